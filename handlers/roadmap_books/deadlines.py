"""Deadlines as roadmaps have them: «31.12.2026 ж.», «IV тоқсан», «2025–2027 жж.», «жыл сайын».

A quarter, a month, a year stand for their last day. Where only an order of work is named («желі
бойынша», «тұрақты») it is the last day of the plan's year, and the words are kept beside it.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from handlers.papers import cells
from handlers.papers.cells import Cell, CellError, Fault
from handlers.ui.date_words import MONTHS
from storage.rules.folding import fold

DATE, QUARTER, YEARLY = "date", "quarter", "yearly"  # terms

_WORD = re.compile(r"[^\W\d_]+|\d+")
_DAY = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?!\d)")
_YEARS = range(2000, 2101)
_CENTURY = 2000
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_HALF = ("жартыжылд", "полугоди")
_QUARTER = ("токсан", "квартал", "кв")
_EACH_YEAR = ("жыл сайын", "ежегодно", "каждый год")
# No day is named: the work goes on, or by a plan of its own.
_UNDATED = (
    *("жели бойынша", "кесте бойынша", "туракты", "жыл бойы", "кажеттилигине", "мерзиминде"),
    *("постоянно", "в течение", "по графику", "по мере", "на постоянной", "по сети", "согласно"),
)


@dataclass(frozen=True)
class Deadline:
    """A day; ``term`` says how it is meant, ``said`` is how the file has it when that is more."""

    day: date
    term: str = DATE
    said: str | None = None


def read(cell: Cell, year: int) -> Deadline | None:
    """The deadline of a cell; ``year`` is the plan's, for what names none. None for an empty cell.

    Raises CellError.
    """
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and value in _YEARS:
        return Deadline(date(int(value), 12, 31), said=str(int(value)))
    if not isinstance(value, str) or cell.fault is not None:
        found = cells.day(cell)
        return Deadline(found.day) if found else None
    return _worded(value, year)


def _worded(value: str, year: int) -> Deadline:
    said = " ".join(value.split())
    words = _WORD.findall(fold(said))
    whole = " ".join(words)
    years = [int(word) for word in words if word.isdecimal() and int(word) in _YEARS]
    each_year = any(phrase in whole for phrase in _EACH_YEAR)
    named = years[-1] if years else year
    found = _exact(said) or _quarter(words, named) or _half(words, named) or _month(words, named)
    if found is None and (years or each_year or any(phrase in whole for phrase in _UNDATED)):
        found = Deadline(date(named, 12, 31))
    if found is None:
        raise CellError(Fault.NO_DAY, said)
    term = YEARLY if each_year else found.term
    plain = term == DATE and _DAY.fullmatch(said) is not None
    return Deadline(found.day, term, None if plain else said)


def _exact(said: str) -> Deadline | None:
    """The last of the days that are written in figures: of a span it is its end."""
    found = _DAY.findall(said)
    if not found:
        return None
    day, month, year = (int(part) for part in found[-1])
    try:
        return Deadline(date(year if year > 99 else year + _CENTURY, month, day))
    except ValueError:
        raise CellError(Fault.NO_DAY, said) from None


def _quarter(words: list[str], year: int) -> Deadline | None:
    number = _numbered(words, _QUARTER, 4)
    if number is None:
        return None
    return Deadline(_last_of(year, number * 3), QUARTER)


def _half(words: list[str], year: int) -> Deadline | None:
    number = _numbered(words, _HALF, 2)
    return None if number is None else Deadline(_last_of(year, number * 6))


def _month(words: list[str], year: int) -> Deadline | None:
    """A day with its month, or a month alone."""
    places = [place for place, word in enumerate(words) if word in MONTHS]
    if not places:
        return None
    at = places[-1]
    month, last = MONTHS[words[at]], monthrange(year, MONTHS[words[at]])[1]
    beside = [words[place] for place in (at - 1, at + 1) if 0 <= place < len(words)]
    days = [int(word) for word in beside if word.isdecimal() and int(word) not in _YEARS]
    if not days:
        return Deadline(date(year, month, last))
    if not 1 <= days[0] <= last:
        raise CellError(Fault.NO_DAY, " ".join(words))
    return Deadline(date(year, month, days[0]))


def _numbered(words: list[str], stems: tuple[str, ...], most: int) -> int | None:
    """The number that stands before, or after, the last word with one of ``stems``."""
    places = [place for place, word in enumerate(words) if word.startswith(stems)]
    if not places:
        return None
    around = [*reversed(words[: places[-1]]), *words[places[-1] + 1 :]]
    numbers = (_number(word) for word in around)
    return next((number for number in numbers if 1 <= number <= most), None)


def _number(word: str) -> int:
    # The Kazakh letter looks like the Roman numeral, and is typed for it: folded it is «и».
    return _ROMAN.get(word.replace("и", "i")) or (int(word) if word.isdecimal() else 0)


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
