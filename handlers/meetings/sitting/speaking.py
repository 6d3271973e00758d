"""What somebody at the meeting says from the phone: a proposal or a remark, in one message."""

from markupsafe import Markup

from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.sitting import words
from handlers.meetings.sitting.callbacks import Kind, Propose, SendTo
from handlers.meetings.sitting.screens import discussed
from handlers.meetings.texts import clipped, title
from handlers.turn import FILLED, Turn
from handlers.ui import nav, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines
from storage import meetings
from storage.errors import NotFound
from storage.meetings import AgendaItem, Meeting
from storage.meetings.wording import TEXT_LIMIT
from storage.rules.meeting_states import IN_PROGRESS

CAPABILITY = "proposing"
TEXT = f"{CAPABILITY}:text"
CHOOSE = f"{CAPABILITY}:choose"  # it is written, but the item is another one by now

ASK = {
    Kind.PROPOSAL: N_("Your proposal on item {item}"),
    Kind.REMARK: N_("Your critical remark on item {item}"),
}
SENT = {
    Kind.PROPOSAL: N_("✅ Your proposal has gone to the secretary"),
    Kind.REMARK: N_("✅ Your remark has gone to the secretary"),
}


def rows(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    """The row of a meeting's card for those who speak while an item is discussed."""
    if not meeting.standing.speaks or discussed(meeting) is None:
        return ()
    t = turn.t
    return (
        (
            Button(t.plain("Propose"), Propose(id=meeting.id, kind=Kind.PROPOSAL)),
            Button(t.plain("Remark"), Propose(id=meeting.id, kind=Kind.REMARK)),
        ),
    )


def line(turn: Turn, meeting: Meeting) -> Markup | None:
    """The line of a meeting's card on what is discussed now."""
    item = discussed(meeting) if meeting.state == IN_PROGRESS else None
    return turn.t("Now discussed: {item}", item=words.item_line(turn.t, item)) if item else None


def begin(turn: Turn, meeting: Meeting, item: AgendaItem, kind: Kind) -> Screen:
    """Ask for the text; what else was being entered is put aside."""
    if is_open(turn):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    turn.conversation.to(TEXT, meeting=meeting.id, item=item.id, kind=kind.value)
    return _step(turn, meeting, item, kind)


def is_open(turn: Turn) -> bool:
    """Whether the person is saying something."""
    return turn.conversation.state in (TEXT, CHOOSE)


def kind_of(turn: Turn) -> Kind:
    """What is being said."""
    return Kind(turn.conversation.data.get("kind", Kind.PROPOSAL))


async def again(turn: Turn, *, mistake: Markup | None = None) -> Screen:
    """The step that is open, as things stand now."""
    data = turn.conversation.data
    try:
        meeting = await turn.read(meetings.get, turn.actor, int(data.get("meeting") or 0))
    except NotFound:
        turn.conversation.clear()
        raise
    item = next((one for one in meeting.items if one.id == data.get("item")), None)
    if data.get("text") or item is None:
        return choose(turn, meeting, str(data.get("text") or ""), mistake)
    return _step(turn, meeting, item, kind_of(turn), mistake)


def choose(turn: Turn, meeting: Meeting, text: str, mistake: Markup | None = None) -> Screen:
    """The item is another one by now, or is gone: the text is kept, and the person chooses."""
    turn.conversation.to(CHOOSE, text=text, **{FILLED: True})
    t = turn.t
    meant = turn.conversation.data.get("item")
    now = discussed(meeting)
    old = next((one for one in meeting.items if one.id == meant and one != now), None)
    # What was never discussed cannot be meant.
    old = old if old and old.state in ("open", "done") else None
    labels = ((now, N_("Now: {item}")), (old, N_("As meant: {item}")))
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("⚠️ <b>Another item is discussed now.</b> Your text is kept:")
            if old
            else t("⚠️ <b>The item you wrote on is not there any more.</b> Your text is kept:"),
            Markup("<i>«{}»</i>").format(clipped(text, TEXT_LIMIT)),
            t("On which item shall it be sent?") if now or old else _nowhere(turn),
        ),
        mistake=mistake,
        rows=tuple(
            (Button(t.plain(label, item=words.item_label(t, item)), SendTo(item=item.id)),)
            for item, label in labels
            if item is not None
        ),
        back=OpenMeeting(id=meeting.id),
    )


def sent(turn: Turn, meeting: Meeting, kind: Kind) -> Screen:
    """It has gone to the secretary."""
    return Screen(
        lines(turn.t(SENT[kind]), title(turn, meeting), line(turn, meeting)),
        rows=(*rows(turn, meeting), nav.exits(turn.t, OpenMeeting(id=meeting.id))),
    )


def closed(turn: Turn, meeting_id: int, text: str) -> Screen:
    """The meeting is over: the text can only be given back."""
    t = turn.t
    return Screen(
        lines(
            t("⚠️ The meeting does not go on now, so this was not sent:"),
            Markup("<i>«{}»</i>").format(clipped(text, TEXT_LIMIT)),
        ),
        rows=(nav.exits(t, OpenMeeting(id=meeting_id)),),
    )


def _nowhere(turn: Turn) -> Markup:
    return turn.t(
        "No item is under discussion. When one is, write anything: the choice is shown anew."
    )


def _step(
    turn: Turn, meeting: Meeting, item: AgendaItem, kind: Kind, mistake: Markup | None = None
) -> Screen:
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(t(ASK[kind], item=words.item_line(t, item))),
            t("What you write goes to the secretary of the meeting."),
        ),
        hint=t("Write it in one message, at most {n} characters.", n=TEXT_LIMIT),
        mistake=mistake,
        back=OpenMeeting(id=meeting.id),
    )


RESUME: dict[str, wizard.Renderer] = {TEXT: again, CHOOSE: again}
