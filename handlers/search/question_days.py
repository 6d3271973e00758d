"""Days that a question names: «24 қарашадағы», «24.11», «вчера», «в пятницу», «өткен айда»."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from handlers.ui import date_words as known
from storage.rules.folding import fold

YEARS = range(1990, 2100)
SHORTEST_MONTH = 4  # letters; «мая» and «сен» are too often other words
WEEK = timedelta(days=7)

_MONTHS = {word: month for word, month in known.MONTHS.items() if len(word) >= SHORTEST_MONTH}
_WEEKDAYS = {word: day for word, day in known.WEEKDAYS.items() if len(word) >= SHORTEST_MONTH}
_SHIFTS = known.DAYS_FROM_TODAY | {
    fold(word): shift
    for shift, line in (
        (-1, "кешегі кешегіде вчерашний вчерашнее вчерашнем вчерашнего вчерашняя вчерашней"),
        (0, "бүгінгі бүгінгіде сегодняшний сегодняшнее сегодняшнем сегодняшнего сегодняшней"),
        (1, "ертеңгіде завтрашний завтрашнее завтрашнем завтрашнего завтрашняя завтрашней"),
    )
    for word in line.split()
}
_PERIODS = {
    fold(word): period
    for period, line in (
        ("week", "апта аптада аптадағы аптаның неделе неделю недели неделя"),
        ("month", "ай айда айдағы айының айында месяц месяце месяца"),
        ("year", "жыл жылы жылғы жылдың году год года"),
    )
    for word in line.split()
}
_THIS = frozenset(fold("осы бұл биылғы этой этом этот эту нынешнем текущем").split())
# What may stand between the parts of a date, or after it, and says no more.
_BESIDE = (
    known.YEAR_WORDS
    | known.ADDS_NOTHING
    | known.DAY_ENDINGS
    | frozenset(fold("күн айындағы сінде сында інде ында індегі ындағы сіндегі сындағы").split())
)


class Span(NamedTuple):
    """From the first day to the last one."""

    first: date
    last: date


@dataclass(frozen=True)
class Named:
    """What is said of a day, and by which words of the text.

    Where it is not ``sure`` the same words may be the subject: «охрана окружающей среды».
    """

    words: frozenset[int]
    sure: bool = True
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int | None = None  # days from today
    period: str | None = None  # week, month, year: this one, the one before, the one after


def named(words: Sequence[str]) -> Named | None:
    """The day named among the folded ``words``; None when there is none."""
    found = [one for at in range(len(words)) if (one := _at(words, at)) is not None]
    return next((one for one in found if one.sure), found[0] if found else None)


def spans(one: Named, today: date, tense: int) -> tuple[Span, ...]:
    """The days that may be meant, the likeliest first; ``tense`` -1 is past, 1 is future."""
    if one.shift is not None:
        return _days([today + timedelta(days=one.shift)])
    if one.weekday is not None:
        after = today + timedelta(days=(one.weekday - today.weekday()) % 7)
        before = after if after == today and tense < 0 else after - WEEK
        return _days([before, after] if tense < 0 else [after, before])
    if one.period is not None:
        return (_period(one.period, today, tense),)
    if one.month is None:
        return (Span(date(one.year or 1, 1, 1), date(one.year or 1, 12, 31)),)
    here = today.year
    years = [one.year] if one.year else _nearest(here, date(here, one.month, 1), today, tense)
    return tuple(span for year in years if (span := _of(year, one.month, one.day)) is not None)


def _at(words: Sequence[str], at: int) -> Named | None:
    word = words[at]
    if " " in word:
        return _numbers(word, at)
    if word in _SHIFTS:
        return Named(_with_beside(words, at, at), shift=_SHIFTS[word])
    if word in _MONTHS:
        return _month(words, at)
    if word in _WEEKDAYS:
        return Named(_with_beside(words, at, at), sure=False, weekday=_WEEKDAYS[word])
    if _is_year(word):
        return Named(_with_beside(words, at, at), sure=False, year=int(word))
    if word in _PERIODS:
        return Named(_with_beside(words, at, at), sure=False, period=_PERIODS[word])
    return None


def _numbers(word: str, at: int) -> Named | None:
    """«24.11», «24.11.2026»."""
    day, month, *rest = map(int, word.split())
    year = (rest[0] + 2000 if rest[0] < 100 else rest[0]) if rest else None
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (year and year not in YEARS):
        return None
    return Named(frozenset({at}), day=day, month=month, year=year)


def _month(words: Sequence[str], at: int) -> Named:
    """A month with its day before or after it, and its year; without a day it is not sure."""
    first = last = at
    day = None
    before = [at - 1, *([at - 2] if at and words[at - 1] in _BESIDE else [])]
    for place in (*before, at + 1):
        if 0 <= place < len(words) and words[place].isdecimal() and 1 <= int(words[place]) <= 31:
            day, first, last = int(words[place]), min(first, place), max(last, place)
            break
    year = next((int(word) for word in words if _is_year(word)), None)
    also = [_with_beside(words, n, n) for n, word in enumerate(words) if _is_year(word)]
    places = _with_beside(words, first, last).union(*also)
    return Named(places, day is not None, day, _MONTHS[words[at]], year)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and int(word) in YEARS


def _with_beside(words: Sequence[str], first: int, last: int) -> frozenset[int]:
    """The places from ``first`` to ``last``, and the small words around them."""
    while first > 0 and words[first - 1] in _BESIDE:
        first -= 1
    while last + 1 < len(words) and words[last + 1] in _BESIDE | _PERIODS.keys():
        last += 1
    if first > 0 and words[first - 1] in _THIS:
        first -= 1
    return frozenset(range(first, last + 1))


def _days(days: Sequence[date]) -> tuple[Span, ...]:
    return tuple(Span(day, day) for day in days)


def _period(period: str, today: date, tense: int) -> Span:
    if period == "week":
        first = today - timedelta(days=today.weekday()) + tense * WEEK
        return Span(first, first + timedelta(days=6))
    if period == "year":
        return Span(date(today.year + tense, 1, 1), date(today.year + tense, 12, 31))
    years, month = divmod(today.month - 1 + tense, 12)
    year = today.year + years
    return Span(
        date(year, month + 1, 1),
        date(year, month + 1, calendar.monthrange(year, month + 1)[1]),
    )


def _nearest(here: int, month: date, today: date, tense: int) -> list[int]:
    """The years in which a month without one may be meant."""
    if tense > 0 and month < today.replace(day=1):
        return [here + 1, here]
    if tense < 0 and month > today:
        return [here - 1, here]
    return [here, here + 1, here - 1] if tense > 0 else [here, here - 1, here + 1]


def _of(year: int, month: int, day: int | None) -> Span | None:
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return Span(date(year, month, 1), date(year, month, length))
    return Span(date(year, month, day), date(year, month, day)) if day <= length else None
