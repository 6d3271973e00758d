"""The parts of reading one by one: names and posts, periods, units, what was asked for."""

import pytest

from storage.rules.releases.figures import figures
from storage.rules.releases.findings import Person
from storage.rules.releases.people import People
from storage.rules.releases.periods import periods
from storage.rules.releases.places import places
from storage.rules.releases.proposals import proposals
from storage.rules.releases.sentences import sentences


def _people(text: str) -> list[Person]:
    return list(People(sentences(text)).all)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Кеше аудан әкімі Самат Ержановтың есебі тыңдалды.", "Самат Ержанов"),
        ("Бөлім басшысы Самат Бекбайдың есебі тыңдалды.", "Самат Бекбай"),
        ("Мәслихат төрағасы Айгүл Серікқызының баяндамасы тыңдалды.", "Айгүл Серікқызы"),
        ("Мәслихат депутаты Рүстем Қасымұлына тапсырылды.", "Рүстем Қасымұлы"),
        ("Бюро мүшесі Жанкелді Төлебергенов сөз сөйледі.", "Жанкелді Төлебергенов"),
        ("Заслушан отчёт акима района Асхата Нурпеисова.", "Асхат Нурпеисов"),
        ("Под председательством Асхата Маратовича Нурпеисова.", "Асхат Маратович Нурпеисов"),
        ("Отчиталась директор школы Айгуль Нурпеисова.", "Айгуль Нурпеисова"),
        ("Поручено директору школы Карине Нурпеисовой.", "Карина Нурпеисова"),
        ("Поручено акиму района Нурпеисову А.М. и другим.", "А. М. Нурпеисов"),
        ("Вместе с депутатом Асхатом Нурпеисовым осмотрели школу.", "Асхат Нурпеисов"),
    ],
)
def test_a_name_is_put_into_the_nominative(text: str, name: str) -> None:
    assert [person.name for person in _people(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Жиын Абай Құнанбаев атындағы мектепте өтті.",
        "Заседание прошло в школе имени Абая Кунанбаева.",
        "«Алтын Дән» және «Ауыл Береке» бағдарламалары қаралды.",
        "Управление Алматинской области и Республика Казахстан.",
        "Саяси Кеңес пен Қоғамдық Кеңестің бірлескен жиыны өтті.",
        "По итогам Года Молодёжи принята Дорожная Карта.",
    ],
)
def test_streets_schools_and_programmes_are_nobody(text: str) -> None:
    assert _people(text) == []


def test_one_person_under_several_names_is_one() -> None:
    text = (
        "Аудандық мәслихат төрағасы Болат Сейітов есеп берді. "
        "Болат Маратұлы су мәселесін айтты. Б. Сейітовке сұрақ қойылды."
    )
    assert [(p.name, p.positions) for p in _people(text)] == [
        ("Болат Маратұлы Сейітов", ("Аудандық мәслихат төрағасы",))
    ]


def test_a_post_that_two_share_is_of_both() -> None:
    text = "Фракция мүшелері Болат Сейітов пен Гүлмира Асанова ұсыныс айтты."
    assert [(p.name, p.positions) for p in _people(text)] == [
        ("Болат Сейітов", ("Фракция мүшесі",)),
        ("Гүлмира Асанова", ("Фракция мүшесі",)),
    ]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        (
            "Асхат Нурпеисов, председатель совета ветеранов, поддержал.",
            "председатель совета ветеранов",
        ),
        ("Асхат Нурпеисов – депутат городского маслихата.", "депутат городского маслихата"),
        (
            "Слово дали исполнительному секретарю филиала Асхату Нурпеисову.",
            "исполнительный секретарь филиала",
        ),
        ("Болат Сейітов – аудандық мәслихат депутаты.", "аудандық мәслихат депутаты"),
    ],
)
def test_a_post_is_read_before_and_behind_the_name(text: str, position: str) -> None:
    assert _people(text)[0].positions == (position,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2023 жылы және биыл", ["2023", "this"]),
        ("биылғы алты айда", ["this-6M"]),
        ("2022 жылғы 9 айда", ["2022-9M"]),
        ("өткен жылдың үшінші тоқсанында", ["last-Q3"]),
        ("2030-2032 жылдар аралығында", ["2030-2032"]),
        ("алдағы жылы", ["next"]),
        ("за девять месяцев 2022 года", ["2022-9M"]),
        ("в первом квартале текущего года", ["this-Q1"]),
        ("за второе полугодие прошлого года", ["last-H2"]),
        ("в 2021–2023 годах", ["2021-2023"]),
        ("по сравнению с прошлым годом", []),
        ("18 жастағы азаматтар, ай сайын", []),
        ("№ 2024 мектеп", []),
    ],
)
def test_periods_have_a_code(text: str, codes: list[str]) -> None:
    assert [found.period.code for found in periods(text, text.lower())] == codes


def test_a_code_is_numbered_by_the_year_of_the_text() -> None:
    text = "былтыр, биылғы үш айда"
    found = [stretch.period.in_year(2031) for stretch in periods(text, text)]
    assert found == ["2030", "2031-3M"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Жолдың 12,5 пайызы жөнделді.", [("12,5", "%", None)]),
        ("Бұған 3 млрд. теңге бөлінді.", [("3", "млрд теңге", None)]),
        ("Ауданда 40 мыңнан астам тұрғын бар.", [("40", "мың тұрғын", "more")]),
        ("Несие 5-6 пайызбен берілді.", [("5-6", "%", None)]),
        ("Құны 200 млн. теңгеге дейінгі жобалар.", [("200", "млн теңге", "up_to")]),
        ("Ауданда 25 жаңа жұмыс орны ашылды.", [("25", "жаңа жұмыс орны", None)]),
        ("Построено около 30 домов.", [("30", "домов", "about")]),
        (
            "Выделено 1,5 млрд тенге и 20 млн тенге.",
            [("1,5", "млрд тенге", None), ("20", "млн тенге", None)],
        ),
        ("Принято не менее 1 200 обращений.", [("1 200", "обращений", "at_least")]),
        ("24 қарашада сағат 10:30-да № 5 мектепте 3-мәселе қаралды.", []),
        ("Приказ № 45 от 12.05.2026, ул. Абая, 17, тел. 87011234567.", []),
        ("Создано 3 года назад, 18 лет.", []),
    ],
)
def test_a_number_is_a_figure_when_it_has_a_unit(
    text: str, wanted: list[tuple[str, str, str | None]]
) -> None:
    found = [figure for part in sentences(text) for figure in figures(part, None, None)]
    assert [(f.value, f.unit, f.bound) for f in found] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Көпір салу қажет.", [("proposal", "Көпір салу қажет")]),
        ("Ол ашылуы тиіс жаңа зауыттар туралы айтты.", []),
        ("Қажетті құжаттар жиналды, керек адам келді.", []),
        ("Әкімдікке жолды жөндеу тапсырылды.", [("instruction", "Әкімдікке жолды жөндеу")]),
        ("Необходимо отметить работу депутатов.", []),
        (
            "Депутаты предложили построить мост и открыть аптеку.",
            [("proposal", "построить мост"), ("proposal", "открыть аптеку")],
        ),
        (
            "Районный парк должен работать и зимой.",
            [("proposal", "Районный парк должен работать и зимой")],
        ),
        ("Акиму поручено отремонтировать дорогу.", [("instruction", "отремонтировать дорогу")]),
    ],
)
def test_what_is_asked_for_is_told_from_what_is(text: str, wanted: list[tuple[str, str]]) -> None:
    parts = sentences(text)
    found = [asked for part in parts for asked in proposals(part, People(parts), None)]
    assert [(asked.kind, asked.text) for asked in found] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Аққұм елді мекеніндегі мектеп", ("Аққұм елді мекені",)),
        (
            "Шиелі, Арал аудандары мен Байқоңыр қаласында",
            ("Шиелі ауданы", "Арал ауданы", "Байқоңыр қаласы"),
        ),
        ("дорога в Шиелийском районе", ("Шиелийский район",)),
        ("мост в городе Арал", ("город Арал",)),
        ("біздің ауданда", ()),
    ],
)
def test_places_are_named_in_the_nominative(text: str, wanted: tuple[str, ...]) -> None:
    assert places(text) == wanted


def test_a_broken_line_goes_on_and_an_abbreviation_ends_nothing() -> None:
    text = "Көлемі\n5 млрд. теңгеге жетті. Бұл обл. Арал жағында болды.\n\nЕкінші абзац"
    assert [part.text for part in sentences(text)] == [
        "Көлемі\n5 млрд. теңгеге жетті.",
        "Бұл обл. Арал жағында болды.",
        "Екінші абзац",
    ]
