"""What the reference and the report say, a line each, alike on the screen and on paper."""

from datetime import date

from handlers.indicators import words as indicator_words
from handlers.objects import words as object_words
from handlers.roadmap.words import STATES
from handlers.ui import dates
from handlers.ui.i18n import Translator
from handlers.ui.screen import shortened
from storage.indicators import Seen
from storage.objects import ControlledObject
from storage.preparing import Direction, Gathered, PreparedItem
from storage.roadmap import State

ORDER = (
    State.DONE,
    State.IN_PROGRESS,
    State.PARTLY,
    State.EXTENDED,
    State.AT_RISK,
    State.NOT_DONE,
    State.PLANNED,
)
REASON = 300  # characters
TITLE = 300


def subject(t: Translator, found: Gathered) -> str:
    """What the question is about: direction, territory, or the whole roadmap."""
    parts = []
    if found.direction is not None:
        parts.append(name_of(t, found.direction))
    if found.branch is not None:
        parts.append(t.pick(found.branch.name_kk, found.branch.name_ru))
    return " · ".join(parts) or t.plain("The whole roadmap")


def name_of(t: Translator, direction: Direction) -> str:
    """A direction in the language of ``t``."""
    return t.pick(direction.kk, direction.ru)


def states(t: Translator, found: Gathered) -> list[tuple[str, int]]:
    """How many items are in each state, those without any left out."""
    count = found.by_state
    return [(t.plain(STATES[state]), count[state]) for state in ORDER if count[state]]


def indicator(t: Translator, seen: Seen) -> str:
    """An indicator with its last fact beside the plan, the execution, the trend, what is wrong."""
    one, stands = seen.indicator, seen.standing
    name = indicator_words.name(t, one)
    if stands.last is None:
        return f"{name}: {t.plain('no facts yet')}"
    parts = [
        t.plain(
            "{period}: {fact}, plan {plan}",
            period=indicator_words.period(t, stands.last.period),
            fact=indicator_words.figure(t, one, stands.last.fact),
            plan=indicator_words.figure(t, one, stands.last.plan),
        )
    ]
    if stands.execution is not None:
        percent = indicator_words.percent(stands.execution)
        parts.append(t.plain("carried out: {percent}", percent=percent))
    if stands.trend is not None:
        parts.append(t.plain(indicator_words.TRENDS[stands.trend]))
    if stands.is_problem:
        parts.append(indicator_words.state(t, stands))
    return f"{name}: {'; '.join(parts)}"


def item(t: Translator, one: PreparedItem, today: date) -> str:
    """An item with its deadline and who carries it."""
    late = dates.days_left(t, one.deadline, today).unescape()
    day = dates.short_day(t, one.deadline, today)
    who = ", ".join(part for part in (one.body, one.executor) if part)
    title = shortened(t.pick(one.title_kk, one.title_ru), TITLE)
    parts = [f"№ {one.number} {title}", who, f"{day} ({late})"]
    return " · ".join(part for part in parts if part)


def reason(t: Translator, one: PreparedItem) -> str:
    """What was said of it last, or that nothing was."""
    if one.said:
        return t.plain("Reason: {text}", text=shortened(one.said, REASON))
    return t.plain("No reason was reported.")


def object_(t: Translator, one: ControlledObject, today: date) -> str:
    """An object with how far it is ready and by when."""
    parts = [
        object_words.name(t, one),
        object_words.state(t, one, today),
        f"{one.percent} %" if one.percent is not None else "",
    ]
    if one.plan_on is not None:
        parts.append(t.plain("to be finished {date}", date=dates.short_day(t, one.plan_on, today)))
    if one.open_recommendations:
        parts.append(t.plain("open recommendations: {n}", n=one.open_recommendations))
    return " · ".join(part for part in parts if part)


def instruction(t: Translator, one: PreparedItem, today: date) -> str:
    """An instruction of a former meeting that nobody has answered."""
    meeting = t.pick(one.meeting_kk, one.meeting_ru)
    said = item(t, one, today)
    return f"{said} · {meeting}" if meeting else said


def quarter(t: Translator, today: date) -> str:
    """«2026 жылғы IV тоқсан», «IV квартал 2026 года»."""
    number = ("I", "II", "III", "IV")[(today.month - 1) // 3]
    return t.plain("quarter {number} of {year}", number=number, year=today.year)
