"""The screens of meetings."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.meetings import attendance_rows, manage, venue
from handlers.meetings.asking import narrowing
from handlers.meetings.asking import rows as asking_rows
from handlers.meetings.callbacks import (
    MeetingList,
    NextMeeting,
    OpenItem,
    OpenMeeting,
    Summary,
    WholeSummary,
)
from handlers.meetings.exchange import screens as exchange
from handlers.meetings.materials.callbacks import Materials
from handlers.meetings.papers import rows as paper_rows
from handlers.meetings.sitting import speaking
from handlers.meetings.summaries import telling
from handlers.meetings.texts import (
    agenda_line,
    clipped,
    label,
    named,
    source,
    title,
    when,
)
from handlers.meetings.topics.callbacks import ProposeTopic
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines
from storage.meetings import Meeting, MeetingPage
from storage.meetings.lists import Home
from storage.meetings.telling import Told
from storage.rules.meeting_states import CANCELLED, RESCHEDULED

IN_A_ROW = 4  # numbers that fit beside one another on a phone
REASON = 300  # characters
WHOLE = 3500  # characters of a written summary in one message


def listed(turn: Turn, page: MeetingPage, asked: MeetingList, homes: Sequence[Home] = ()) -> Screen:
    """A page of the meetings ahead or behind; ``homes`` are what it can be narrowed to."""
    t, past = turn.t, asked.past
    if not page.lines and not narrowing.is_narrow(asked):
        return none_listed(turn, past=past)
    heading = t("🗓 <b>Meetings held: {n}</b>", n=page.total) if past else None
    buttons = [Button(label(turn, line), OpenMeeting(id=line.id)) for line in page.lines]
    return Screen(
        lines(
            heading or t("🗓 <b>Meetings ahead: {n}</b>", n=page.total),
            narrowing.said(turn, asked, homes),
        ),
        rows=(
            *paging.rows(
                t, buttons, page.page, page.total, lambda n: asked.model_copy(update={"page": n})
            ),
            *narrowing.rows(turn, asked, homes),
            (_other_list(turn, past=past),),
            *_topic_row(turn),
            *exchange.row(turn),
            *_exits(turn),
        ),
    )


def none_listed(turn: Turn, *, past: bool) -> Screen:
    """Nothing to list, and what one can do now."""
    t = turn.t
    text = t("🗓 No meeting has been held yet. See what is ahead.") if past else None
    return Screen(
        text or t("🗓 No meeting is announced yet. Meanwhile see what was held."),
        rows=(
            (_other_list(turn, past=past),),
            *_topic_row(turn),
            *exchange.row(turn),
            *_exits(turn),
        ),
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
            speaking.line(turn, meeting),
            *venue.of(turn, meeting),
            named(turn, N_("In the chair: {value}"), meeting.chair_kk, meeting.chair_ru),
            *attendance_rows.said(turn, meeting),
            _reason(turn, meeting),
            t("On the agenda: {n} items", n=total) if total else t("The agenda is not ready yet"),
            *(agenda_line(turn, item) for item in shown),
            source(turn, meeting),
            t("<i>Tap a number to open the item.</i>") if total else None,
        ),
        rows=(
            *speaking.rows(turn, meeting),
            *attendance_rows.rows(turn, meeting),
            *_in_rows(numbers),
            *paging.rows(t, (), page, total, lambda n: OpenMeeting(id=meeting.id, page=n)),
            *_summary_row(turn, meeting),
            *_own_row(turn, meeting),
            *paper_rows.rows(turn, meeting),
            *venue.rows(turn, meeting),
            asking_rows.share(t, meeting),
            *manage.button(turn, meeting),
            *_exits(turn, MeetingList(past=meeting.is_over)),
        ),
    )


def summary(turn: Turn, meeting: Meeting, told: Told, *, word: Markup | None = None) -> Screen:
    """What was considered, the key figures, what was decided, and what is to be done of it.

    ``word`` comes first. Of a meeting that nobody told of yet, its card.
    """
    if not meeting.is_over:
        return card(turn, meeting, word=word)
    t = turn.t
    details: tuple[Row, ...] = ()
    if meeting.items:
        goes = OpenItem(id=meeting.id, number=meeting.items[0].number)
        details = ((Button(t.plain("Details, item by item"), goes),),)
    if telling.is_cut(turn, meeting, told):
        whole = Button(t.plain("The whole summary"), WholeSummary(id=meeting.id))
        details = ((whole,), *details)
    return Screen(
        telling.told(turn, meeting, told, word=word),
        rows=(
            *details,
            (Button(t.plain("Other meetings held"), MeetingList(past=True)),),
            *_exits(turn, OpenMeeting(id=meeting.id)),
        ),
    )


def whole_summary(turn: Turn, meeting: Meeting) -> Screen:
    """Everything that was written in the summary, with whom it is attributed to."""
    return Screen(
        lines(
            title(turn, meeting),
            when(turn, meeting),
            clipped(telling.whole_text(turn, meeting), WHOLE),
            source(turn, meeting),
        ),
        rows=_exits(turn, Summary(id=meeting.id)),
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


def _reason(turn: Turn, meeting: Meeting) -> Markup | None:
    """Why it was moved or cancelled."""
    if not meeting.reason or meeting.state not in (RESCHEDULED, CANCELLED):
        return None
    return turn.t("Reason: {text}", text=clipped(meeting.reason, REASON))


def _summary_row(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    if not meeting.is_over:
        return ()
    return ((Button(turn.t.plain("Summary and decision"), Summary(id=meeting.id)),),)


def _own_row(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    """The way to the files, which are for whoever asks only, never for a group."""
    if turn.in_group:
        return ()
    t = turn.t
    papers = (Button(t.plain("📎 Materials"), Materials(meeting=meeting.id)),)
    return ((*(papers if meeting.items else ()), *asking_rows.calendar(t, meeting)),)


def _topic_row(turn: Turn) -> tuple[Row, ...]:
    if turn.in_group:
        return ()
    return ((Button(turn.t.plain("📝 Propose a topic"), ProposeTopic()),),)


def _in_rows(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(
        tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)
    )


def _exits(
    turn: Turn, goes: MeetingList | OpenMeeting | NextMeeting | Summary | None = None
) -> tuple[Row, ...]:
    """The ways out; the menu is personal, so in a group there is only the way back."""
    if not turn.in_group:
        return (nav.exits(turn.t, goes),)
    return ((nav.back(turn.t, goes),),) if goes else ()
