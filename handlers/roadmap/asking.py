"""What is written or picked on an item beside a report: a reason, a day, the number of a clause."""

from datetime import date

from markupsafe import Markup

from handlers.meetings.papers.trying import Tried
from handlers.roadmap import card, words
from handlers.roadmap.callbacks import MoreOfItem, OpenItem, RemoveItem
from handlers.turn import Turn
from handlers.ui import calendar, texts, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines
from handlers.ui.typed_dates import DateMistake
from handlers.ui.typed_days import told
from storage import roadmap, working_days
from storage.errors import NotFound
from storage.roadmap import MAX_COMMENT, Item

CAPABILITY = "control"
RETURN, REFUSE, WHY, CLAUSE = (f"{CAPABILITY}:{n}" for n in ("return", "refuse", "why", "clause"))
EXTEND, MOVE = f"{CAPABILITY}:extend", f"{CAPABILITY}:move"  # a day is picked
DAYS = {EXTEND: "rmextend", MOVE: "rmmove"}  # the purpose of each calendar

QUESTIONS = {
    RETURN: N_("Why is the report returned?"),
    REFUSE: N_("Why is the deadline not extended?"),
    WHY: N_("Why is another deadline needed?"),
    CLAUSE: N_("Which clause of the final document says so? Write its number."),
    EXTEND: N_("Until which day is it to be extended?"),
    MOVE: N_("Which day is the new deadline?"),
}
EXAMPLES = {
    RETURN: N_("For example: the photo shows another street."),
    REFUSE: N_("For example: the money was given in time."),
    WHY: N_("For example: the supplier is late with the pipes."),
    CLAUSE: N_("For example: 4"),
}
# Why a step was not possible, in words.
REASONS = {
    "removed": N_("It is under control no more."),
    "nothing_to_check": N_("There is no report to check any more."),
    "own_report": N_("One's own report is checked by somebody else."),
    "own_request": N_("One's own request is decided by somebody else."),
    "nothing_asked": N_("Nothing is asked for any more."),
    "asked_already": N_("Another deadline is asked for already: wait for the decision."),
    "not_later": N_("This day is not later than the deadline it has."),
    "deadline_in_the_past": N_("This day has passed already."),
    "roadmap_item_done": N_("It is reported done."),
    "not_this_year": N_("It is due in a later year anyway."),
    "no_clause": N_("The final document has no such clause."),
    "is_executor": N_("This person executes it already."),
    "no_executor": N_("Say who is to do it."),
    "empty": N_("There is nothing to read in this message."),
    "too_long": N_("This is too long."),
    "number_taken": N_("Another item has this number already."),
    "of_the_document": N_("An instruction is what was adopted: it is not written anew."),
    "same_territory": N_("It is of this territory already."),
    "same_kind": N_("It is of this kind already."),
    "circle": N_("It lies beneath this item already: that would be a circle."),
    "too_many_documents": N_("There are ten documents already."),
    "too_many": N_("There are too many people beside the executor."),
}


def open_step(turn: Turn, state: str, item: Item, **data: object) -> None:
    """Go to a step on ``item``; what else was being entered is put aside."""
    if is_open(turn):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    turn.conversation.to(state, item=item.id, version=item.version, **data)


def is_open(turn: Turn) -> bool:
    """Whether one of these steps is open."""
    return (turn.conversation.state or "").startswith(f"{CAPABILITY}:")


def leave(turn: Turn) -> None:
    """Whoever goes elsewhere writes nothing on an item any more."""
    if is_open(turn):
        turn.conversation.clear()


def about(turn: Turn) -> tuple[int, int]:
    """The item that the step is on, and the version that was seen."""
    data = turn.conversation.data
    return int(data["item"]), int(data["version"])


def typed(turn: Turn, text: str | None) -> str | Markup:
    """What was written (str), or what is wrong with it."""
    found = texts.typed(text, MAX_COMMENT)
    if isinstance(found, texts.Mistake):
        return texts.told(turn.t, found, MAX_COMMENT)
    return found


async def ask(
    turn: Turn, mistake: Markup | DateMistake | None = None, *, month: date | None = None
) -> Screen:
    """The step that is open, as things stand now."""
    t, state = turn.t, str(turn.conversation.state)
    try:
        item = await turn.read(roadmap.get, turn.actor, about(turn)[0])
    except NotFound:
        turn.conversation.clear()
        raise
    if isinstance(mistake, DateMistake):
        mistake = told(turn, mistake)
    question = lines(
        words.heading(t, item),
        words.deadline(t, item, turn.today),
        Markup("<b>{}</b>").format(t(QUESTIONS[state])),
    )
    back = OpenItem(id=item.id)
    if state in DAYS:
        working = await turn.read(working_days.load)
        shown = month or max(item.deadline, turn.today)
        legend = calendar.legend(t, shown, turn.today, working)
        rows = calendar.rows(t, DAYS[state], shown, turn.today, working)
        return wizard.step(t, 1, 1, lines(question, legend), mistake=mistake, rows=rows, back=back)
    return wizard.step(
        t,
        1,
        1,
        question,
        hint=t(EXAMPLES[state]),
        mistake=mistake,
        rows=_without_clause(turn, item) if state == CLAUSE else (),
        back=MoreOfItem(id=item.id) if state == CLAUSE else back,
    )


async def again(turn: Turn) -> Screen:
    """Go on with a step that was put aside: on the item as it is now."""
    item = await turn.read(roadmap.get, turn.actor, about(turn)[0])
    turn.conversation.to(str(turn.conversation.state), version=item.version)
    return await ask(turn)


async def after(turn: Turn, item_id: int, done: Tried[Item], word: str) -> Screen:
    """The card as it stands, with what has just happened or why it has not."""
    leave(turn)
    return done.on(await card.show(turn, item_id, toast=word))


def _without_clause(turn: Turn, item: Item) -> tuple[tuple[Button, ...], ...]:
    meeting = int(turn.conversation.data["meeting"])
    goes = RemoveItem(id=item.id, version=item.version, meeting=meeting, sure=True)
    return ((Button(turn.t.plain("Without a clause"), goes),),)


RESUME: dict[str, wizard.Renderer] = dict.fromkeys(QUESTIONS, again)
