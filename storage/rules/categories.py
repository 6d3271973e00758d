"""What a voter's request is about, proposed from its words in Kazakh or Russian."""

from enum import StrEnum

from storage.rules.folding import fold


class Category(StrEnum):
    """The subjects of requests, in the order in which they are offered."""

    ROADS = "roads"
    LIGHTING = "lighting"
    WATER = "water"
    ENERGY = "energy"  # electricity, gas, heating
    WASTE = "waste"
    HOUSING = "housing"
    TRANSPORT = "transport"
    EDUCATION = "education"
    HEALTH = "health"
    SOCIAL = "social"
    EMPLOYMENT = "employment"
    LAND = "land"
    SPORT_CULTURE = "sport_culture"
    SAFETY = "safety"
    OTHER = "other"


# Beginnings of words; two words stand for the two next to one another.
_STEMS: dict[Category, tuple[str, ...]] = {
    Category.ROADS: (
        "жол жөнде", "жол нашар", "жол салын", "жолдың", "жолы", "жолға", "жолда ", "асфальт",
        "шұңқыр", "тротуар", "көпір", "дорог", "ямы", "мост", "гравий", "щебень",
    ),
    Category.LIGHTING: (
        "көше шам", "көшеде шам", "шам жан", "шамы жан", "шамдар", "бағаншам", "жарықтандыр",
        "шам ", "освещ", "фонар", "уличный свет", "света на улиц", "темно на улиц",
    ),
    Category.WATER: (
        "ауыз су", "су жоқ", "су құбыр", "су кел", "суы", "сумен", "судың", "құдық", "су бас",
        "арық", "канал", "суғар", "вод", "водопровод", "канализац", "скважин", "арык", "колодец",
    ),
    Category.ENERGY: (
        "электр", "жарық жоқ", "жарық сөн", "тоқ ", "ток ", "ток", "газ", "трансформатор",
        "жылу", "қазандық", "нет света", "свет отключ", "отключают свет", "отопл", "котельн",
        "подстанц", "напряжен",
    ),
    Category.WASTE: (
        "қоқыс", "қалдық", "полигон", "тазалық", "мусор", "свалк", "контейнер", "вывоз тбо", "тбо",
    ),
    Category.HOUSING: (
        "тұрғын үй", "пәтер", "баспана", "шатыр", "кіреберіс", "лифт", "үй кезег", "квартир",
        "жиль", "крыш", "подъезд", "кск", "оси ", "жкх", "подвал", "многоэтаж",
    ),
    Category.TRANSPORT: (
        "автобус", "аялдама", "такси", "қоғамдық көлік", "көлік жоқ", "маршрут", "остановк",
        "транспорт", "проезд", "бағдаршам",
    ),
    Category.EDUCATION: (
        "мектеп", "мектебі", "балабақша", "балабақ", "мұғалім", "оқушы", "сынып", "колледж",
        "школ", "детск сад", "детский сад", "детсад", "садик", "учител", "учени", "класс",
    ),
    Category.HEALTH: (
        "аурухана", "емхана", "дәрігер", "дәрі", "жедел жәрдем", "медпункт", "фельдшер",
        "больниц", "поликлин", "врач", "лекарств", "скорая", "скорой", "медицин", "фап ",
    ),
    Category.SOCIAL: (
        "жәрдемақы", "зейнетақы", "мүгедек", "көпбала", "көп бала", "әлеуметтік көмек", "атаулы",
        "аутизм", "ерекше қажет", "пособ", "пенси", "инвалид", "многодет", "социальн", "соцпомощ",
        "особыми потребност",
    ),
    Category.EMPLOYMENT: (
        "жұмыссыз", "жұмыс орны", "жұмыс орын", "жұмысқа", "жұмыс жоқ", "жұмыс тап", "жалақы",
        "еңбекақы", "работ", "безработ", "зарплат", "трудоустр", "вакан",
    ),
    Category.LAND: (
        "жер телім", "жер учаск", "жер кезег", "жер бер", "жайылым", "шабындық", "егіс",
        "земельн", "земл", "участок", "пастбищ", "акт на зем",
    ),
    Category.SPORT_CULTURE: (
        "спорт", "стадион", "мәдениет", "кітапхана", "клуб", "футбол", "бассейн", "саябақ",
        "ойын алаң", "культур", "библиотек", "парк", "детская площад", "детской площад",
        "игровая площад",
    ),
    Category.SAFETY: (
        "қауіпсіз", "полиция", "ұрлық", "өрт", "қаңғыбас ит", "бұралқы", "ит тала", "бейнебақылау",
        "безопасн", "кража", "воров", "пожар", "бродяч", "собак", "видеонаблюд", "хулиган",
    ),
}  # fmt: skip

_FOLDED = {
    category: tuple(" " + fold(stem) + (" " if stem.endswith(" ") else "") for stem in stems)
    for category, stems in _STEMS.items()
}


def propose(text: str) -> Category | None:
    """The category whose words stand in ``text`` most; None when no word tells.

    A longer beginning says more than a short one; of equals the one offered first is taken.
    """
    padded = f" {fold(text)} "
    weights = {category: _weight(padded, stems) for category, stems in _FOLDED.items()}
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] else None


def _weight(padded: str, stems: tuple[str, ...]) -> int:
    return sum(len(stem) for stem in stems if stem in padded)
