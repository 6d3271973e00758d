"""Fictional items of the roadmap, each marked «[демо]»; deadlines in days from the loading."""

from dataclasses import dataclass
from typing import NamedTuple

from storage.first_branches import ORDABASY, REGION, SARYAGASH
from storage.roadmap import State


class Words(NamedTuple):
    """A text in both languages."""

    kk: str
    ru: str


class ToldReport(NamedTuple):
    """What the executor reported ``days_ago``, in the executor's own language."""

    days_ago: int
    state: State
    text: str | None = None


@dataclass(frozen=True)
class ToldItem:
    """An item carried by the person with ``telegram_id``, due ``due_in`` days after loading."""

    number: str
    branch: str
    direction: Words
    title_kk: str
    title_ru: str
    completion: Words
    telegram_id: int
    due_in: int
    reports: tuple[ToldReport, ...] = ()


WATER = Words("Ауызсу және инфрақұрылым", "Питьевая вода и инфраструктура")
EDUCATION = Words("Білім беру", "Образование")
HEALTH = Words("Денсаулық сақтау", "Здравоохранение")
SPORT = Words("Бұқаралық спорт", "Массовый спорт")
BUSINESS = Words("Кәсіпкерлікті қолдау", "Поддержка предпринимательства")
CITIZENS = Words("Азаматтармен жұмыс", "Работа с гражданами")

ACT = Words("орындалған жұмыстар актісі", "акт выполненных работ")
PHOTOS = Words("фотоесеп", "фотоотчёт")
NOTE = Words("Бюроға ақпарат", "информация в Бюро")
MINUTES = Words("кездесу хаттамасы", "протокол встречи")

ITEMS = (
    ToldItem(
        "1.1",
        SARYAGASH,
        WATER,
        "Ақжазық ауылының су құбырын жаңарту [демо]",
        "Обновить водопровод села Акжазык [демо]",
        ACT,
        1007,
        0,
        (
            ToldReport(40, State.IN_PROGRESS, "Подрядчик вышел на объект."),
            ToldReport(6, State.IN_PROGRESS, "Уложено две трети труб, осталась улица Тогай."),
        ),
    ),
    ToldItem(
        "1.2",
        ORDABASY,
        WATER,
        "Байтерек ауылында ұңғыма қазу [демо]",
        "Пробурить скважину в селе Байтерек [демо]",
        ACT,
        1007,
        3,
        (
            ToldReport(30, State.IN_PROGRESS, "Площадка выбрана, идёт бурение."),
            ToldReport(4, State.AT_RISK, "Задерживается поставка насоса."),
        ),
    ),
    ToldItem(
        "1.3",
        REGION,
        WATER,
        "Ауылдардағы су есептегіштерін тексеру [демо]",
        "Проверить счётчики воды в сёлах [демо]",
        NOTE,
        1007,
        -7,
        (ToldReport(21, State.IN_PROGRESS, "Проверена половина сёл."),),
    ),
    ToldItem(
        "1.4",
        SARYAGASH,
        WATER,
        "Теректісай ауылына кіреберіс жолды жөндеу [демо]",
        "Отремонтировать подъездную дорогу к селу Теректисай [демо]",
        ACT,
        1007,
        21,
    ),
    ToldItem(
        "1.5",
        "САУ",
        WATER,
        "Ауыл көшелеріндегі шамдарды үнемді шамға ауыстыру [демо]",
        "Заменить уличные светильники в селе на экономичные [демо]",
        PHOTOS,
        1007,
        -10,
        (
            ToldReport(45, State.IN_PROGRESS),
            ToldReport(12, State.DONE, "Установлены все светильники, фотоотчёт сдан."),
        ),
    ),
    ToldItem(
        "2.1",
        SARYAGASH,
        EDUCATION,
        "Қызылдала мектебі спортзалының жөнделуін қадағалау [демо]",
        "Проконтролировать ремонт спортзала школы Кызылдала [демо]",
        PHOTOS,
        1003,
        0,
        (ToldReport(9, State.IN_PROGRESS, "Шатырдың жартысы жабылды, қалғаны осы аптада бітеді."),),
    ),
    ToldItem(
        "2.2",
        ORDABASY,
        EDUCATION,
        "Көкжиек ауылындағы балабақшаның ашылуына дайындықты тексеру [демо]",
        "Проверить готовность детского сада в селе Кокжиек к открытию [демо]",
        NOTE,
        1004,
        3,
        (ToldReport(10, State.IN_PROGRESS, "Мебель завезена, ждём заключение санслужбы."),),
    ),
    ToldItem(
        "3.1",
        SARYAGASH,
        HEALTH,
        "Ақжазық амбулаториясын жабдықтау [демо]",
        "Оснастить амбулаторию села Акжазык [демо]",
        ACT,
        1003,
        14,
        (ToldReport(16, State.IN_PROGRESS, "Қажетті жабдық тізімі ауруханамен келісілді."),),
    ),
    ToldItem(
        "3.2",
        "ТҮР",
        HEALTH,
        "Қалалық емханада электрондық кезекті іске қосу [демо]",
        "Запустить электронную очередь в городской поликлинике [демо]",
        NOTE,
        1007,
        45,
    ),
    ToldItem(
        "4.1",
        SARYAGASH,
        SPORT,
        "Ауыларалық спорт ойындарын өткізу [демо]",
        "Провести межсельские спортивные игры [демо]",
        PHOTOS,
        1002,
        10,
        (ToldReport(5, State.IN_PROGRESS, "Он ауылдан өтінім түсті, өтетін орны белгіленді."),),
    ),
    ToldItem(
        "4.2",
        ORDABASY,
        SPORT,
        "Балалар ойын алаңдарының жай-күйін тексеру [демо]",
        "Проверить состояние детских площадок [демо]",
        PHOTOS,
        1004,
        -14,
        (ToldReport(18, State.AT_RISK, "Из-за непогоды осмотрены только три площадки."),),
    ),
    ToldItem(
        "5.1",
        "КЕН",
        BUSINESS,
        "Жас шеберлерге арналған шеберхана ашу [демо]",
        "Открыть мастерскую для молодых ремесленников [демо]",
        ACT,
        1007,
        60,
    ),
    ToldItem(
        "5.2",
        REGION,
        BUSINESS,
        "Кәсіпкерлермен ақпараттық кездесулер өткізу [демо]",
        "Провести информационные встречи с предпринимателями [демо]",
        MINUTES,
        1006,
        30,
        (ToldReport(8, State.IN_PROGRESS, "Төрт кездесудің екеуі өтті."),),
    ),
    ToldItem(
        "6.1",
        SARYAGASH,
        CITIZENS,
        "Үш ауылда көшпелі қабылдау өткізу [демо]",
        "Провести выездные приёмы в трёх сёлах [демо]",
        MINUTES,
        1002,
        -2,
        (ToldReport(11, State.IN_PROGRESS, "Екі ауылда өтті, үшіншісінің күні нақтылануда."),),
    ),
    ToldItem(
        "6.2",
        ORDABASY,
        CITIZENS,
        "Депутаттың сайлаушылар алдындағы есеп беру кездесуі [демо]",
        "Отчётная встреча депутата с избирателями [демо]",
        MINUTES,
        1004,
        5,
        (
            ToldReport(20, State.IN_PROGRESS, "Определены место и дата встречи."),
            ToldReport(2, State.DONE, "Встреча прошла, протокол приложен к отчёту."),
        ),
    ),
)
