"""Dates as people read them: «24 қараша, сейсенбі, 10:00», with the days left beside a deadline."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from markupsafe import Markup

from handlers.ui.i18n import LANGUAGES, SOURCE, Translator

_WITH_YEAR = {"kk": "y 'ж'. d MMMM", "ru": "d MMMM y 'г'.", "en": "d MMMM y"}


def day(t: Translator, value: date, today: date) -> str:
    """A day with its weekday; the year only when it is not this one."""
    return f"{short_day(t, value, today)}, {_written(value, 'EEEE', locale_of(t))}"


def short_day(t: Translator, value: date, today: date) -> str:
    """A day without its weekday, for lists and deadlines."""
    pattern = "d MMMM" if value.year == today.year else _WITH_YEAR[locale_of(t)]
    return _written(value, pattern, locale_of(t))


# Everybody asks for the same few days.
@lru_cache(maxsize=1024)
def _written(value: date, pattern: str, locale: str) -> str:
    return format_date(value, pattern, locale=locale)


def moment(t: Translator, local: datetime, today: date) -> str:
    """A day and time of day; ``local`` is already in the zone of the people."""
    return f"{day(t, local.date(), today)}, {local:%H:%M}"


def days_left(t: Translator, deadline: date, today: date) -> Markup:
    """How many calendar days are left, or by how many it is overdue, in words."""
    left = (deadline - today).days
    if left == 0:
        return t("today")
    if left == 1:
        return t("tomorrow")
    if left > 1:
        return t("{n} days left", n=left)
    return t("{n} days overdue", n=-left)


def locale_of(t: Translator) -> str:
    """The locale whose names of months and weekdays go with the texts of ``t``."""
    return t.language if t.language in LANGUAGES else SOURCE
