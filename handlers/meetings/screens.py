"""The screens of meetings."""

from markupsafe import Markup

from handlers.meetings.callbacks import (
    MeetingList,
    NextMeeting,
    OpenItem,
    OpenMeeting,
    Summary,
)
from handlers.meetings.texts import (
    agenda_line,
    clipped,
    label,
    named,
    source,
    title,
    when,
)
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines
from storage.meetings import Meeting, MeetingPage

IN_A_ROW = 4  # numbers that fit beside one another on a phone
SUMMARY = 1200  # characters
DECISION = 900
ITEMS_IN_SUMMARY = 6


def listed(turn: Turn, page: MeetingPage, *, past: bool) -> Screen:
    """A page of the meetings ahead or behind."""
    t = turn.t
    if not page.lines:
        return none_listed(turn, past=past)
    heading = t("🗓 <b>Meetings held: {n}</b>", n=page.total) if past else None
    buttons = [Button(label(turn, line), OpenMeeting(id=line.id)) for line in page.lines]
    return Screen(
        heading or t("🗓 <b>Meetings ahead: {n}</b>", n=page.total),
        rows=(
            *paging.rows(
                t, buttons, page.page, page.total, lambda n: MeetingList(page=n, past=past)
            ),
            (_other_list(turn, past=past),),
            *_exits(turn),
        ),
    )


def none_listed(turn: Turn, *, past: bool) -> Screen:
    """Nothing to list, and what one can do now."""
    t = turn.t
    text = t("🗓 No meeting has been held yet. See what is ahead.") if past else None
    return Screen(
        text or t("🗓 No meeting is announced yet. Meanwhile see what was held."),
        rows=((_other_list(turn, past=past),), *_exits(turn)),
    )


def card(turn: Turn, meeting: Meeting, page: int = 0, *, word: Markup | None = None) -> Screen:
    """A meeting: when, where, how many items, and a page of its agenda; ``word`` comes first."""
    t = turn.t
    total = len(meeting.items)
    page = paging.clamp(page, total)
    shown = meeting.items[page * paging.PAGE : (page + 1) * paging.PAGE]
    numbers = [Button(str(i.number), OpenItem(id=meeting.id, number=i.number)) for i in shown]
    return Screen(
        lines(
            word,
            title(turn, meeting),
            when(turn, meeting),
            named(turn, N_("Venue: {value}"), meeting.place_kk, meeting.place_ru),
            named(turn, N_("In the chair: {value}"), meeting.chair_kk, meeting.chair_ru),
            t("On the agenda: {n} items", n=total) if total else t("The agenda is not ready yet"),
            *(agenda_line(turn, item) for item in shown),
            source(turn, meeting),
            t("<i>Tap a number to open the item.</i>") if total else None,
        ),
        rows=(
            *_in_rows(numbers),
            *paging.rows(t, (), page, total, lambda n: OpenMeeting(id=meeting.id, page=n)),
            *_summary_row(turn, meeting),
            *_exits(turn, MeetingList(past=meeting.state == "held")),
        ),
    )


def summary(turn: Turn, meeting: Meeting, *, word: Markup | None = None) -> Screen:
    """What was considered, the key figures, and what was decided; ``word`` comes first.

    Of a meeting that nobody told of yet, its card.
    """
    if meeting.state != "held":
        return card(turn, meeting, word=word)
    t = turn.t
    told = t.pick(meeting.summary_kk, meeting.summary_ru)
    decided = t.pick(meeting.decision_kk, meeting.decision_ru)
    total = len(meeting.items)
    agenda = [] if told else meeting.items[:ITEMS_IN_SUMMARY]
    details = Button(t.plain("Details, item by item"), OpenItem(id=meeting.id, number=1))
    return Screen(
        lines(
            word,
            title(turn, meeting),
            when(turn, meeting),
            t("Considered: {n} items", n=total) if total else None,
            clipped(told, SUMMARY) if told else None,
            *(agenda_line(turn, item) for item in agenda),
            "" if told and decided else None,
            t("<b>Decided:</b> {text}", text=clipped(decided, DECISION)) if decided else None,
            source(turn, meeting),
        ),
        rows=(
            *(((details,),) if total else ()),
            (Button(t.plain("Other meetings held"), MeetingList(past=True)),),
            *_exits(turn, OpenMeeting(id=meeting.id)),
        ),
    )


def none_next(turn: Turn) -> Screen:
    """No meeting is announced."""
    return none_listed(turn, past=False)


def none_held(turn: Turn) -> Screen:
    """No meeting was held, so there is no summary."""
    return none_listed(turn, past=True)


def _other_list(turn: Turn, *, past: bool) -> Button:
    t = turn.t
    if past:
        return Button(t.plain("Meetings ahead"), MeetingList())
    return Button(t.plain("Meetings held"), MeetingList(past=True))


def _summary_row(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    if meeting.state != "held":
        return ()
    return ((Button(turn.t.plain("Summary and decision"), Summary(id=meeting.id)),),)


def _in_rows(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(
        tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)
    )


def _exits(
    turn: Turn, goes: MeetingList | OpenMeeting | NextMeeting | None = None
) -> tuple[Row, ...]:
    """The ways out; the menu is personal, so in a group there is only the way back."""
    if not turn.in_group:
        return (nav.exits(turn.t, goes),)
    return ((nav.back(turn.t, goes),),) if goes else ()
