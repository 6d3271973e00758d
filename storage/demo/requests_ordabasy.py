"""Fictional requests of voters of Ordabasy, as the deputy wrote them down in Russian."""

from storage.demo.told import ToldRequest, ToldStep
from storage.rules.categories import Category
from storage.rules.request_states import RequestState

DEPUTY = 1004

ORDABASY_REQUESTS = (
    ToldRequest(
        DEPUTY,
        2,
        Category.TRANSPORT,
        "село Кокжиек",
        "На остановке у школы нет навеса, дети ждут автобус под дождём. [демо]",
    ),
    ToldRequest(
        DEPUTY,
        6,
        Category.WATER,
        "село Байтерек, ул. Садовая",
        "Арык не чистили с весны, вода заходит во дворы. [демо]",
        (ToldStep(5, RequestState.IN_PROGRESS, "Договорилась о выезде с аппаратом акима села."),),
        phone="+77000000006",
        contact="Лугова Мария",
    ),
    ToldRequest(
        DEPUTY,
        31,
        Category.ENERGY,
        "село Кокжиек, ул. Степная",
        "Второй месяц не движется очередь на подключение газа. [демо]",
        (
            ToldStep(30, RequestState.IN_PROGRESS),
            ToldStep(26, None, "Запросила в газовой службе список очередников."),
        ),
    ),
    ToldRequest(
        DEPUTY,
        9,
        Category.ROADS,
        "село Байтерек",
        "У пешеходного моста через канал сломаны перила. [демо]",
        (ToldStep(7, RequestState.SENT_TO_BODY, None, "автомобиль жолдары бөлімі", "АД-19"),),
    ),
    ToldRequest(
        DEPUTY,
        20,
        Category.LIGHTING,
        "село Кокжиек, ул. Школьная",
        "После ремонта линии на половине улицы нет освещения. [демо]",
        (
            ToldStep(
                19,
                RequestState.SENT_TO_BODY,
                None,
                "коммуналдық шаруашылық бөлімі",
                "ЖКХ-203",
            ),
            ToldStep(3, RequestState.ANSWERED, "Отдел ответил: светильники поступят через неделю."),
        ),
        phone="+77000000007",
        contact="Садовский Тимур",
    ),
    ToldRequest(
        DEPUTY,
        25,
        Category.EDUCATION,
        "село Байтерек",
        "Семья не понимает, как встать в очередь в детский сад через портал. [демо]",
        (
            ToldStep(25, RequestState.IN_PROGRESS),
            ToldStep(24, RequestState.WITHDRAWN, "Семья отозвала обращение: место ей уже дали."),
        ),
    ),
    ToldRequest(
        DEPUTY,
        17,
        Category.OTHER,
        "село Байтерек",
        "Записка без имени и адреса: «всё плохо, наведите порядок». [демо]",
        (
            ToldStep(16, RequestState.IN_PROGRESS),
            ToldStep(15, RequestState.LEFT, "Ни сути, ни автора: уточнить не у кого."),
        ),
    ),
    ToldRequest(
        DEPUTY,
        52,
        Category.WASTE,
        "село Кокжиек",
        "За селом появилась стихийная свалка. [демо]",
        (
            ToldStep(50, RequestState.SENT_TO_BODY, None, "әкімдігі", "08-61"),
            ToldStep(39, RequestState.ANSWERED, "Свалку обещали убрать до конца недели."),
            ToldStep(34, RequestState.RESOLVED, "Свалка убрана, поставлен запрещающий знак."),
            ToldStep(32, RequestState.CLOSED, "Проверила на месте, жители подтвердили."),
        ),
    ),
)
