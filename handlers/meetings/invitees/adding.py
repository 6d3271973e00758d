"""Adding somebody to a meeting's list: in which capacity, and by which name."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.meetings.invitees import callbacks, screens, showing
from handlers.meetings.invitees.callbacks import Capacity
from handlers.meetings.refusals import refused
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.errors import NotPossible
from storage.meetings import invitees, inviting, registered
from storage.rules.access import Action

router = Router(name="meetings.invitees.adding")

NAME = "invitees:name:ask"


@router.callback_query(callbacks.Add.filter())
@policy(Action.PREPARE_MEETINGS)
async def add(query: CallbackQuery, turn: Turn, callback_data: callbacks.Add) -> Screen:
    """First, in which capacity."""
    leave(turn)
    await turn.read(invitees.counts, turn.actor, callback_data.id)
    return screens.capacity_step(turn, await showing.meeting_of(turn, callback_data.id))


@router.callback_query(callbacks.AddAs.filter())
@policy(Action.PREPARE_MEETINGS)
async def add_as(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddAs) -> Screen:
    """Then, by which name."""
    await turn.read(invitees.counts, turn.actor, callback_data.id)
    leave(turn)
    turn.conversation.pause()
    turn.conversation.to(NAME, meeting=callback_data.id, capacity=callback_data.capacity.value)
    meeting = await showing.meeting_of(turn, callback_data.id)
    return screens.name_step(turn, meeting, callback_data.capacity)


@router.message(StateFilter(NAME), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def name_typed(message: Message, turn: Turn) -> Screen:
    """A surname to look for, or a name and position."""
    data = turn.conversation.data
    meeting = await showing.meeting_of(turn, int(data["meeting"]))
    capacity = Capacity(data["capacity"])
    limit = inviting.NAME_LIMIT + inviting.POST_LIMIT
    typed = texts.typed(message.text, limit)
    if not isinstance(typed, texts.Mistake) and not texts.has_words(_parts(typed)[0]):
        typed = texts.Mistake.EMPTY
    if isinstance(typed, texts.Mistake):
        mistake = texts.told(turn.t, typed, limit)
        return screens.name_step(turn, meeting, capacity, mistake=mistake)
    name, post = _parts(typed)
    limits = ((name, inviting.NAME_LIMIT), (post or "", inviting.POST_LIMIT))
    for part, most in limits:
        if (not part and part is name) or len(part) > most:
            told = texts.told(turn.t, texts.Mistake.TOO_LONG, most)
            return screens.name_step(turn, meeting, capacity, mistake=told)
    turn.conversation.to(NAME, name=name, post=post)
    found = await turn.read(registered.find, meeting.branch_id, name, turn.today)
    whole = f"{name}, {post}" if post else name
    return screens.name_step(turn, meeting, capacity, typed=whole, found=found)


@router.callback_query(callbacks.AddPerson.filter())
@policy(Action.PREPARE_MEETINGS)
async def add_person(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AddPerson
) -> Screen:
    """A registered person."""
    leave(turn)
    given = (callback_data.id, callback_data.person, callback_data.capacity.value, turn.now)
    try:
        invitee_id = await turn.write(inviting.add, turn.actor, *given)
    except NotPossible as no:
        return refused(turn.t, no, await showing.overview(turn, callback_data.id))
    return await _added(turn, invitee_id)


@router.callback_query(callbacks.AddNamed.filter())
@policy(Action.PREPARE_MEETINGS)
async def add_named(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddNamed) -> Screen:
    """Somebody by the name that was typed."""
    data = turn.conversation.data
    is_open = turn.conversation.state == NAME and data.get("meeting") == callback_data.id
    name, post = data.get("name"), data.get("post")
    if not is_open or not name:
        meeting = await showing.meeting_of(turn, callback_data.id)
        return screens.capacity_step(turn, meeting)
    leave(turn)
    given = (callback_data.id, name, post, callback_data.capacity.value, turn.now)
    try:
        invitee_id = await turn.write(inviting.add_named, turn.actor, *given)
    except NotPossible as no:
        return refused(turn.t, no, await showing.overview(turn, callback_data.id))
    return await _added(turn, invitee_id)


async def _added(turn: Turn, invitee_id: int) -> Screen:
    one = await turn.read(invitees.get, turn.actor, invitee_id)
    return await showing.one_of(turn, one, turn.t.plain("Added to the list."))


def leave(turn: Turn) -> None:
    """Leave the step where a name is typed."""
    if turn.conversation.state == NAME:
        turn.conversation.clear()


def _parts(typed: str) -> tuple[str, str | None]:
    """«Name, position» in its two parts."""
    name, _, post = typed.partition(",")
    return " ".join(name.split()), " ".join(post.split()) or None
