"""The words of dates in Kazakh and Russian, folded, each with what it means.

Everything is looked up after ``storage.rules.folding.fold``: «дүйсенбі», «Дуйсенби» and
"ДҮЙСЕНБІ" are one word here, so Kazakh typed on a Russian keyboard is understood.
"""

from collections.abc import Iterable

from storage.rules.folding import fold

_KK_ENDINGS = (
    *("", "да", "де", "та", "те", "га", "ге", "ка", "ке", "дан", "ден", "нан", "нен", "тан", "тен"),
    *("нын", "нин", "дын", "дин", "тын", "тин", "дагы", "деги", "тагы", "теги", "ги", "гы"),
    *("сы", "си", "сында", "синде", "сина", "сине"),
)


def _forms(stem: str, endings: Iterable[str]) -> list[str]:
    return [fold(stem) + ending for ending in endings]


def _numbered(
    table: Iterable[tuple[str, str]], endings: Iterable[str], first: int
) -> dict[str, int]:
    """Each line holds the whole word and, after spaces, its short forms; numbered from first."""
    known: dict[str, int] = {}
    for number, (stem, short) in enumerate(table, start=first):
        known.update(dict.fromkeys([*_forms(stem, endings), *fold(short).split()], number))
    return known


def _russian(table: Iterable[str], first: int) -> dict[str, int]:
    """Each line holds every form of one word."""
    return {
        fold(form): number
        for number, line in enumerate(table, start=first)
        for form in line.split()
    }


_KK_MONTHS = (
    ("қаңтар", "қаң"),
    ("ақпан", "ақп"),
    ("наурыз", "нау"),
    ("сәуір", "сәу"),
    ("мамыр", "мам"),
    ("маусым", "мау"),
    ("шілде", "шіл"),
    ("тамыз", "там"),
    ("қыркүйек", "қыр"),
    ("қазан", "қаз"),
    ("қараша", "қар"),
    ("желтоқсан", "жел желт"),
)
_RU_MONTHS = (
    "январь января январе январю янв",
    "февраль февраля феврале февралю фев февр",
    "март марта марте марту мар",
    "апрель апреля апреле апрелю апр",
    "май мая мае маю",
    "июнь июня июне июню июн",
    "июль июля июле июлю июл",
    "август августа августе августу авг",
    "сентябрь сентября сентябре сентябрю сен сент",
    "октябрь октября октябре октябрю окт",
    "ноябрь ноября ноябре ноябрю ноя нояб",
    "декабрь декабря декабре декабрю дек",
)
_KK_WEEKDAYS = (
    ("дүйсенбі", "дс дүй дүйс"),
    ("сейсенбі", "сс сей"),
    ("сәрсенбі", "ср сәр"),
    ("бейсенбі", "бс бей бейс"),
    ("жұма", "жм"),
    ("сенбі", "сб"),
    ("жексенбі", "жс жек"),
)
_RU_WEEKDAYS = (
    "понедельник понедельника понедельнику пн пон",
    "вторник вторника вторнику вт",
    "среда среду среды среде ср",
    "четверг четверга четвергу чт чет",
    "пятница пятницу пятницы пятнице пт пят",
    "суббота субботу субботы субботе сб суб",
    "воскресенье воскресенья воскресенью вс вск воскр",
)

MONTHS = _numbered(_KK_MONTHS, _KK_ENDINGS, 1) | _russian(_RU_MONTHS, 1)
# Monday is 0, as ``date.weekday`` has it.
WEEKDAYS = _numbered(_KK_WEEKDAYS, _KK_ENDINGS, 0) | _russian(_RU_WEEKDAYS, 0)
# «дүйсембі» is how many write it as they say it.
WEEKDAYS |= {word.replace("нби", "мби"): day for word, day in WEEKDAYS.items() if "нби" in word}

# Words that are a day by themselves → days from today.
DAYS_FROM_TODAY = {
    **_russian(("позавчера", "вчера", "сегодня", "завтра", "послезавтра"), -2),
    **_russian(("алдыңгүні алдыңгүн", "кеше", "бүгін бүгінге", "ертең ертеңге ертеңгі"), -2),
    **_russian(("бүрсігүні бүрсігүн бүрсүгүні бүрсікүні бүрсігүнге",), 2),
}

_NUMBERS = (
    "бір один одна одну одного",
    "екі два две двух",
    "үш три трех",
    "төрт четыре четырех",
    "бес пять пяти",
    "алты шесть шести",
    "жеті семь семи",
    "сегіз восемь восьми",
    "тоғыз девять девяти",
    "он десять десяти",
)
NUMBERS = _russian(_NUMBERS, 1)

IN = frozenset(fold("через спустя").split())  # «через 3 дня»
AFTER = frozenset(fold("кейін соң").split())  # «3 күннен кейін»
DAY_UNITS = frozenset(fold("день дня дней күн күннен күнінен").split())
WEEK_UNITS = frozenset(fold("неделю недели недель апта аптадан").split())
MONTH_UNITS = frozenset(fold("месяц месяца месяцев ай айдан").split())

# «келесі дүйсенбі», «на следующей неделе в среду»
NEXT = frozenset(fold("келесі следующий следующую следующее следующая следующей").split())
OF_WEEK = frozenset(fold("аптаның аптада апта неделе недели неделя").split())

# What makes the number after it an hour, and what makes the number before it one.
BEFORE_HOUR = frozenset(fold("в во к ко с со сағат сағ").split())
AFTER_HOUR = frozenset(fold("ч час часа часов часам").split())
MINUTES = frozenset(fold("мин минут минута минуты минутта минутқа").split())
# Parts of the day: an hour before noon that stands with one of the first lies after noon.
AFTERNOON = frozenset(fold("дня днем вечера вечером кешкі кешке кеште түскі түсте").split())
MORNING = frozenset(fold("утра утром ночи таңғы таңда таңертең таңертеңгі").split())

YEAR_WORDS = frozenset(fold("г год года году ж жыл жылы жылғы жылдың").split())
# Endings written with a hyphen after a number: of an hour («15-те») and of a day («24-і»).
HOUR_ENDINGS = frozenset(("те", "де", "та", "да", "ге", "ке", "га", "ка", "нен", "ден", "дан"))
DAY_ENDINGS = frozenset(
    ("и", "ы", "си", "сы", "го", "ого", "е", "ое", "му", "не", "на", "ине", "инде")
)
NOON = fold("түстен")  # «түстен кейін» is the afternoon
# Words that say no more than the numbers beside them.
ADDS_NOTHING = (
    BEFORE_HOUR
    | AFTER_HOUR
    | MINUTES
    | MORNING
    | frozenset(fold("на күні күнгі айы айының айында числа число дата осы этот эту это").split())
)
