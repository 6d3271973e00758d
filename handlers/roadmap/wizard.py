"""The report's one written step: a comment, which is never a must."""

from markupsafe import Markup

from handlers.roadmap import words
from handlers.roadmap.callbacks import MyRoadmap, OpenItem, SendReport
from handlers.turn import Turn
from handlers.ui import texts, wizard
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage import roadmap
from storage.errors import NotFound
from storage.roadmap import Item, State

COMMENT = "roadmap:comment"  # the state is chosen, a comment may be written
CHOOSE = "roadmap:choose"  # a comment may be written, the state sends it
QUOTED = 200


def begin(turn: Turn, step: str, item: Item, state: State | None = None) -> None:
    """Open the report on ``item``; what else was being entered is put aside."""
    if is_open(turn):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    chosen = state.value if state else None
    turn.conversation.to(step, item=item.id, version=item.version, report=chosen)


def keep(turn: Turn, item_id: int, state: State, comment: str) -> None:
    """Keep a comment that could not be sent: what it says may hold all the same."""
    turn.conversation.to(COMMENT, item=item_id, report=state.value, comment=comment)


def is_open(turn: Turn) -> bool:
    """Whether a report is being entered."""
    return turn.conversation.state in (COMMENT, CHOOSE)


def draft(turn: Turn, item_id: int) -> str | None:
    """The comment that was written on this item and is not sent yet."""
    data = turn.conversation.data
    if not is_open(turn) or data.get("item") != item_id:
        return None
    comment = data.get("comment")
    return str(comment) if comment else None


def comment_step(turn: Turn, item: Item, state: State, *, mistake: Markup | None = None) -> Screen:
    """The state is chosen: a comment, or the second tap."""
    t = turn.t
    written = draft(turn, item.id)
    send = SendReport(id=item.id, version=item.version, state=state)
    label = t.plain("Send it all the same") if written else t.plain("Without a comment")
    return wizard.step(
        t,
        2,
        2,
        lines(
            t("Report on № {number}: {state}", number=item.number, state=t(words.STATES[state])),
            t("Comment of the report: «{text}»", text=shortened(written, QUOTED))
            if written
            else t("Write a short comment, or send the report without one."),
        ),
        hint=t("For example: the foundation is laid, the roof is next."),
        mistake=mistake,
        rows=((Button(label, send),),),
        back=OpenItem(id=item.id),
    )


def choose_step(turn: Turn, item: Item, *, mistake: Markup | None = None) -> Screen:
    """The state sends the report; a comment may be written before."""
    t = turn.t
    written = draft(turn, item.id)
    states = column(
        Button(words.report(t, state), SendReport(id=item.id, version=item.version, state=state))
        for state in words.REPORTS
    )
    return wizard.step(
        t,
        1,
        1,
        lines(
            words.heading(t, item),
            words.deadline(t, item, turn.today),
            t("Comment of the report: «{text}»", text=shortened(written, QUOTED))
            if written
            else None,
            t("Choose the state: the report is sent at once."),
        ),
        hint=t("To add a comment, write it first."),
        mistake=mistake,
        rows=(*states, words.details(t, item)),
        back=MyRoadmap(),
    )


async def again(turn: Turn, *, mistake: Markup | None = None) -> Screen:
    """The step that is open, as things stand now; the item may be another's by now (NotFound)."""
    data = turn.conversation.data
    try:
        item = await turn.read(roadmap.get, turn.actor, int(data.get("item") or 0))
    except NotFound:
        turn.conversation.clear()
        raise
    if data.get("version") != item.version:
        # Whoever goes on sees the item as it is now, so that is what the report is about.
        turn.conversation.to(str(turn.conversation.state), version=item.version)
    if turn.conversation.state == COMMENT and data.get("report"):
        return comment_step(turn, item, State(data["report"]), mistake=mistake)
    return choose_step(turn, item, mistake=mistake)


def mistaken(turn: Turn, mistake: texts.Mistake, text: str | None) -> Markup:
    """What is wrong with a comment, in words."""
    if mistake is texts.Mistake.TOO_LONG:
        return turn.t(
            "The comment has {length} characters, at most {limit} are possible.",
            length=len((text or "").strip()),
            limit=roadmap.MAX_COMMENT,
        )
    return texts.told(turn.t, mistake, roadmap.MAX_COMMENT)


RESUME: dict[str, wizard.Renderer] = {COMMENT: again, CHOOSE: again}
