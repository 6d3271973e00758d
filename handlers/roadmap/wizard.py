"""The report's one open step: a comment and files, which are never a must."""

from dataclasses import astuple, dataclass

from markupsafe import Markup

from handlers.meetings.materials.sent import Sent
from handlers.roadmap import words
from handlers.roadmap.callbacks import MyRoadmap, OpenItem, SendReport
from handlers.turn import Turn
from handlers.ui import texts, wizard
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage import roadmap
from storage.errors import NotFound
from storage.roadmap import Evidence, Item, State
from storage.rules.links import is_link

CAPABILITY = "roadmap"
COMMENT = "roadmap:comment"  # the state is chosen, a comment may be written
CHOOSE = "roadmap:choose"  # a comment may be written, the state sends it
QUOTED = 200


@dataclass(frozen=True)
class Draft:
    """A report that is not sent yet: a comment, and files."""

    comment: str | None = None
    files: tuple[Evidence, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything that could be lost."""
        return bool(self.comment or self.files)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The files, and the links that the comment names."""
        named = [word for word in (self.comment or "").split() if is_link(word)]
        links = (Evidence("link", word) for word in dict.fromkeys(named))
        return (*self.files, *links)[: roadmap.MAX_EVIDENCE]


def begin(turn: Turn, step: str, item: Item, state: State | None = None) -> None:
    """Open the report on ``item``; what else was being entered is put aside."""
    if is_open(turn):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    chosen = state.value if state else None
    turn.conversation.to(step, item=item.id, version=item.version, report=chosen)


def keep(turn: Turn, item_id: int, state: State, unsent: Draft) -> None:
    """Keep what could not be sent: what it says may hold all the same."""
    files = [list(astuple(one)) for one in unsent.files]
    turn.conversation.to(
        COMMENT, item=item_id, report=state.value, comment=unsent.comment, files=files
    )


async def take_file(turn: Turn, came: Sent, caption: str | None) -> Screen | None:
    """Keep a file for the report; the parts of an album after the first without a word."""
    data = turn.conversation.data
    files = list(data.get("files") or [])
    if len(files) >= roadmap.MAX_EVIDENCE:
        limit = roadmap.MAX_EVIDENCE
        return await again(turn, mistake=turn.t("There are {n} files already.", n=limit))
    files.append([came.file.kind, came.file.name, came.file.file_id, came.file.file_unique_id])
    words_too = texts.typed(caption, roadmap.MAX_COMMENT)
    comment = data.get("comment") if isinstance(words_too, texts.Mistake) else words_too
    in_album = came.group is not None and data.get("album") == came.group
    given = {"files": files, "comment": comment, "album": came.group}
    turn.conversation.to(str(turn.conversation.state), **given)
    return None if in_album else await again(turn)


def leave(turn: Turn) -> None:
    """Forget the report that is being entered, if one is."""
    if is_open(turn):
        turn.conversation.clear()


def is_open(turn: Turn) -> bool:
    """Whether a report is being entered."""
    return turn.conversation.state in (COMMENT, CHOOSE)


def draft(turn: Turn, item_id: int) -> Draft:
    """What was written and sent for this item's report, and is not reported yet."""
    data = turn.conversation.data
    if not is_open(turn) or data.get("item") != item_id:
        return Draft()
    files = tuple(Evidence(*one) for one in data.get("files") or ())
    return Draft(data.get("comment") or None, files)


def comment_step(turn: Turn, item: Item, state: State, *, mistake: Markup | None = None) -> Screen:
    """The state is chosen: a comment, or the second tap."""
    t = turn.t
    written = draft(turn, item.id)
    send = SendReport(id=item.id, version=item.version, state=state)
    label = t.plain("Without a comment")
    if written:
        raced = mistake is not None and written.comment is not None
        label = t.plain("Send it all the same") if raced else t.plain("Send the report")
    return wizard.step(
        t,
        2,
        2,
        lines(
            t("Report on № {number}: {state}", number=item.number, state=t(words.STATES[state])),
            *_given(turn, written),
            None if written else t("Write a short comment, or send the report without one."),
            None if written.files else t("A photo or a document may go with it."),
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
            *_given(turn, written),
            t("Choose the state: the report is sent at once."),
        ),
        hint=t("To add a comment, write it first."),
        mistake=mistake,
        rows=(*states, words.details(t, item)),
        back=MyRoadmap(),
    )


def _given(turn: Turn, written: Draft) -> tuple[Markup | None, ...]:
    t, comment = turn.t, written.comment
    return (
        t("Comment of the report: «{text}»", text=shortened(comment, QUOTED)) if comment else None,
        t("📎 Files with the report: {n}", n=len(written.files)) if written.files else None,
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
