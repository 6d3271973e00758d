"""What a voter's request is about, proposed from its words in Kazakh or Russian."""

from enum import StrEnum

from storage.rules.folding import fold


class Category(StrEnum):
    """The subjects whose words are known; what is offered stands in the database by these codes."""

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
    AGRICULTURE = "agriculture"
    SPORT_CULTURE = "sport_culture"
    SAFETY = "safety"
    ECOLOGY = "ecology"
    INTERNET = "internet"
    BUSINESS = "business"
    DOCUMENTS = "documents"
    OTHER = "other"


# Beginnings of words (whole words where a space ends them); several words stand side by side.
_STEMS: dict[Category, tuple[str, ...]] = {
    # What belongs to a school or a hospital is theirs, roof and road included: they come first.
    Category.EDUCATION: (
        "мектеп", "мектебі", "балабақша", "мұғалім", "оқушы", "сынып", "колледж",
        "школ", "детский сад", "детского сад", "детском сад", "детсад", "садик", "учител",
        "учени", "класс",
    ),
    Category.HEALTH: (
        "аурухана", "емхана", "дәрігер", "дәрі", "жедел жәрдем", "медпункт", "фельдшер",
        "больниц", "поликлин", "врач", "лекарств", "скорая", "скорой", "медицин", "фап ",
    ),
    Category.ROADS: (
        "жол жөнде", "жол нашар", "жол салын", "жол жоқ", "жолдың", "жолы ", "жолға", "жолда ",
        "асфальт", "шұңқыр", "тротуар", "көпір", "дорог", "яма", "ямы", "мост", "гравий",
    ),
    Category.LIGHTING: (
        "көше шам", "көшеде шам", "көшеде жарық", "көше жарығ", "шам жан", "шамы", "шамдар",
        "бағаншам", "жарықтандыр", "освещ", "нет освещ", "фонар", "уличный свет", "света на улиц",
        "темно на улиц",
    ),
    Category.WATER: (
        "ауыз су", "су жоқ", "су құбыр", "су кел", "суы ", "судың", "құдық", "су бас", "арық",
        "канал", "суғар", "вода", "воды", "воду", "водой", "воде ", "водопров", "водоснаб",
        "канализац", "скважин", "арык", "колодец",
    ),
    Category.ENERGY: (
        "электр", "жарық", "жарық жоқ", "жарық сөн", "тоқ ", "газ", "трансформатор", "жылу",
        "қазандық", "нет света", "света нет", "свет отключ", "отключают свет", "отопл",
        "котельн", "подстанц", "напряжен",
    ),
    Category.WASTE: (
        "қоқыс", "қалдық", "тазалық", "мусор", "свалк", "контейнер", "тбо",
    ),
    Category.HOUSING: (
        "тұрғын үй", "пәтер", "баспана", "шатыр", "кіреберіс", "лифт", "үй кезег", "квартир",
        "жиль", "крыш", "подъезд", "кск", "оси ", "жкх", "подвал", "многоэтаж",
    ),
    Category.TRANSPORT: (
        "автобус", "аялдама", "такси", "қоғамдық көлік", "көлік жоқ", "маршрут", "остановк",
        "транспорт", "проезд", "светофор", "бағдаршам",
    ),
    Category.SOCIAL: (
        "жәрдемақы", "зейнетақы", "мүгедек", "көпбала", "көп бала", "әлеуметтік көмек", "атаулы",
        "аутизм", "ерекше қажет", "пособ", "пенси", "инвалид", "многодет", "социальн", "соцпомощ",
        "особыми потребност",
    ),
    Category.EMPLOYMENT: (
        "жұмыссыз", "жұмыс орны", "жұмыс орын", "жұмысқа", "жұмыс жоқ", "жұмыс тап", "жалақы",
        "еңбекақы", "работу", "без работ", "нет работ", "безработ", "зарплат", "трудоустр",
        "вакан",
    ),
    Category.LAND: (
        "жер телім", "жер учаск", "жер кезег", "жер бер", "жайылым", "шабындық", "егіс",
        "земельн", "земл", "участок", "пастбищ",
    ),
    Category.SPORT_CULTURE: (
        "спорт", "стадион", "мәдениет", "кітапхана", "клуб", "футбол", "бассейн", "саябақ",
        "ойын алаң", "культур", "библиотек", "парк ", "парка ", "детская площад",
        "детской площад", "игровая площад",
    ),
    Category.SAFETY: (
        "қауіпсіз", "полиция", "ұрлық", "өрт", "қаңғыбас ит", "бұралқы", "ит тала",
        "бейнебақылау", "безопасн", "кража", "воров", "пожар", "бродяч", "собак", "видеонаблюд",
        "хулиган",
    ),
    Category.AGRICULTURE: (
        "мал шаруашылы", "ауыл шаруашылы", "ветеринар", "тыңайтқыш", "егін",
        "сельск хоз", "сельского хоз", "сельскохоз", "удобрен", "скот", "урожай", "комбикорм",
    ),
    Category.ECOLOGY: (
        "экологи", "ауа ластан", "түтін", "ағаш кес", "ағаш отырғыз", "көгалдандыр", "загрязн",
        "вырубк", "озелен", "выбросы ",
    ),
    Category.INTERNET: (
        "интернет", "ұялы байланыс", "байланыс жоқ", "байланыс нашар", "мобильн связь",
        "мобильной связ", "нет связи", "плохая связь", "сотовой связ", "оптоволок",
    ),
    Category.BUSINESS: (
        "кәсіпкер", "жеңілдетілген несие", "бизнес", "предпринимат", "льготный кредит", "дүкен аш",
    ),
    Category.DOCUMENTS: (
        "халыққа қызмет көрсету орталы", "хқко", "цон ", "цона ", "жеке куәлік", "анықтама бер",
        "тіркеу бер", "удостоверен", "справку", "прописк",
    ),
}  # fmt: skip

_FOLDED = {
    category: tuple(" " + fold(stem) + (" " if stem.endswith(" ") else "") for stem in stems)
    for category, stems in _STEMS.items()
}


def propose(text: str) -> Category | None:
    """The category whose words stand in ``text`` most; None when no word tells.

    A longer beginning says more than a short one; of equals the one written first is taken.
    """
    padded = f" {fold(text)} "
    weights = {category: _weight(padded, stems) for category, stems in _FOLDED.items()}
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] else None


def _weight(padded: str, stems: tuple[str, ...]) -> int:
    return sum(len(stem) for stem in stems if stem in padded)
