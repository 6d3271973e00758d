"""The days of a year in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from markupsafe import Markup

from handlers.ui import dates, holidays
from handlers.ui.i18n import Translator
from handlers.ui.screen import shortened
from storage.rules.working_days import WorkingCalendar
from storage.working_days import Override, Year

ESTIMATED = " (estimated)"
NOTE = 60  # characters of a note in a list


@dataclass(frozen=True)
class Entry:
    """A line of the year: a holiday of one or more days, or a day that was moved."""

    start: date
    end: date
    line: Markup
    override: Override | None = None


def entries(t: Translator, year: Year, today: date) -> list[Entry]:
    """Every holiday and every moved day of ``year``, by date."""
    moved = {one.day: one for one in year.overrides}
    found = [
        *_holidays(t, year, frozenset(moved), today),
        *(_moved(t, one, year.calendar) for one in moved.values()),
    ]
    return sorted(found, key=lambda entry: entry.start)


def uncertain(t: Translator, year: Year, today: date) -> str:
    """The holidays ahead whose day is not known yet; empty when there are none."""
    return ", ".join(
        f"{holidays.name(t, english.replace(ESTIMATED, ''))} – {dates.short_day(t, day, day)}"
        for day, english in year.uncertain
        if day >= today
    )


def state(t: Translator, is_working: bool) -> Markup:
    """What a day is."""
    return t("<b>working day</b>") if is_working else t("<b>day off</b>")


def state_now(t: Translator, calendar: WorkingCalendar, day: date) -> Markup:
    """What a day is, with its holiday."""
    english = calendar.holiday(day)
    shown = state(t, calendar.is_working(day))
    return Markup("{} ({})").format(shown, holidays.name(t, english)) if english else shown


def label(t: Translator, one: Override) -> str:
    """A moved day on a button."""
    day = dates.short_day(t, one.day, one.day)
    kind = t.plain("Working day") if one.is_working else t.plain("Day off")
    return f"{day} · {kind}"


def _holidays(t: Translator, year: Year, without: frozenset[date], today: date) -> list[Entry]:
    stretches: list[tuple[date, date, str]] = []
    for day, english in year.calendar.holidays_of(year.year):
        # What has passed is not uncertain any more.
        named = holidays.name(t, english if day >= today else english.replace(ESTIMATED, ""))
        if day in without:
            continue
        if stretches and stretches[-1][1:] == (day - timedelta(days=1), named):
            stretches[-1] = (stretches[-1][0], day, named)
        else:
            stretches.append((day, day, named))
    return [
        Entry(start, end, Markup("{}: {}").format(_span(t, start, end), named))
        for start, end, named in stretches
    ]


def _moved(t: Translator, one: Override, calendar: WorkingCalendar) -> Entry:
    shown = state_now(t, calendar, one.day)
    line = Markup("{}: {}").format(dates.day(t, one.day, one.day), shown)
    if one.note:
        line += Markup(" · {}").format(shortened(one.note, NOTE))
    return Entry(one.day, one.day, line, one)


def _span(t: Translator, start: date, end: date) -> str:
    """A day with its weekday, or the first and the last day; the year stands above."""
    if start == end:
        return dates.day(t, start, start)
    last = format_date(end, "d MMMM", locale=dates.locale_of(t))
    return f"{start.day}–{last}"
