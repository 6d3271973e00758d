"""The meetings at which an inquiry was decided on, as its card tells of them, and the way back."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.inquiries import callbacks
from handlers.meetings.callbacks import OpenItem
from handlers.turn import Turn
from handlers.ui import dates
from handlers.ui.screen import Button, Row, shortened
from storage.inquiries import Decision, Listed, Whole, decisions

SHOWN = 3  # meetings on the card of an inquiry, inquiries under an item
MEETING, DECIDED = 60, 160  # characters of a meeting's title, of what was decided
TITLE = 40  # of an item, on a button


def lines(turn: Turn, found: Sequence[Decision]) -> tuple[Markup, ...]:
    """The latest meetings, each with what was decided there."""
    return tuple(_line(turn, one) for one in found[-SHOWN:])


def rows(turn: Turn, around: Whole) -> tuple[Row, ...]:
    """To those items, and for whoever may to linking another one."""
    t, inquiry = turn.t, around.inquiry
    made = [
        Button(
            t.plain("🗓 Item {number}: {title}", number=one.number, title=_title(turn, one)),
            OpenItem(id=one.meeting_id, number=one.number),
        )
        for one in around.decisions[-SHOWN:]
    ]
    if decisions.may_link(turn.actor, inquiry):
        made.append(Button(t.plain("🗓 Decision of a meeting…"), callbacks.Decisions(id=inquiry.id)))
    return tuple((button,) for button in made)


def under_item(found: Sequence[Listed]) -> tuple[Row, ...]:
    """From an item of an agenda to the inquiries that were decided on there."""
    buttons = [Button(f"📄 {one.number}", callbacks.OpenInquiry(id=one.id)) for one in found]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def day_of(turn: Turn, one: Decision) -> str | None:
    """The day of the meeting, when it is known."""
    if one.starts_at is None:
        return None
    return dates.short_day(turn.t, one.starts_at.astimezone(turn.zone).date(), turn.today)


def _title(turn: Turn, one: Decision) -> str:
    return shortened(turn.t.pick(one.title_kk, one.title_ru), TITLE)


def _line(turn: Turn, one: Decision) -> Markup:
    t = turn.t
    title = shortened(t.pick(one.meeting_kk, one.meeting_ru), MEETING)
    meeting = ", ".join(part for part in (title, day_of(turn, one)) if part)
    decided = shortened(t.pick(one.decision_kk, one.decision_ru), DECIDED)
    if not decided:
        return t("🗓 At the meeting: {meeting}, item {number}", meeting=meeting, number=one.number)
    return t(
        "🗓 Decided: {meeting}, item {number}: {text}",
        meeting=meeting, number=one.number, text=decided,
    )  # fmt: skip
