"""A meeting that goes on: members say what they propose, the secretary decides on it."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.meetings.papers import entering
from handlers.meetings.papers.entering import Present
from handlers.meetings.papers.trying import Tried, tried
from handlers.meetings.sitting import callbacks, screens, speaking, words
from handlers.meetings.sitting.callbacks import Conduct, OpenProposal
from handlers.meetings.sitting.screens import discussed
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.filters import AnyMessage
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import meetings
from storage.errors import NotFound
from storage.meetings import papers as item_papers
from storage.meetings import proposals, sitting
from storage.meetings.wording import TEXT_LIMIT
from storage.rules.access import Action
from storage.rules.meeting_states import IN_PROGRESS

router = Router(name="meeting_sitting")


# Members


@router.callback_query(callbacks.Propose.filter())
@policy(Action.READ_MEETINGS)
async def propose(query: CallbackQuery, turn: Turn, callback_data: callbacks.Propose) -> Screen:
    """Begin to write on the item that is discussed."""
    meeting = await turn.read(meetings.get, turn.actor, callback_data.id)
    item = discussed(meeting)
    if meeting.state != IN_PROGRESS or item is None:
        return toast(turn.t.plain("No item is under discussion now."), alert=True)
    if not await turn.read(proposals.speaks, turn.actor, meeting.id):
        return toast(turn.t.plain("Only those who are called to the meeting speak."), alert=True)
    return speaking.begin(turn, meeting, item, callback_data.kind)


@router.message(StateFilter(speaking.TEXT), AnyMessage())
@policy(Action.READ_MEETINGS)
async def take_words(message: Message, turn: Turn) -> Screen:
    """What is proposed goes to the secretary, on the item it was meant for."""
    text = texts.typed(message.text, TEXT_LIMIT)
    if isinstance(text, texts.Mistake):
        return await speaking.again(turn, mistake=texts.told(turn.t, text, TEXT_LIMIT))
    return await _send(turn, int(turn.conversation.data["item"]), text, anyway=False)


@router.message(StateFilter(speaking.CHOOSE), AnyMessage())
@policy(Action.READ_MEETINGS)
async def take_other_words(message: Message, turn: Turn) -> Screen:
    """Other words, while the item is still to be chosen."""
    text = texts.typed(message.text, TEXT_LIMIT)
    if isinstance(text, texts.Mistake):
        return await speaking.again(turn, mistake=texts.told(turn.t, text, TEXT_LIMIT))
    turn.conversation.to(speaking.CHOOSE, text=text)
    return await speaking.again(turn)


@router.callback_query(callbacks.SendTo.filter())
@policy(Action.READ_MEETINGS)
async def send_to(query: CallbackQuery, turn: Turn, callback_data: callbacks.SendTo) -> Screen:
    """What was written is sent on the item that was chosen."""
    text = turn.conversation.data.get("text")
    if turn.conversation.state != speaking.CHOOSE or not text:
        return toast(turn.t.plain("This was sent or cancelled already."), alert=True)
    return await _send(turn, callback_data.item, str(text), anyway=True)


async def _send(turn: Turn, item_id: int, text: str, *, anyway: bool) -> Screen:
    kind, meeting_id = speaking.kind_of(turn), int(turn.conversation.data["meeting"])
    state, data = turn.conversation.state, dict(turn.conversation.data)
    turn.conversation.clear()
    try:
        done = await tried(
            turn, proposals.send, item_id, kind.value, text, turn.now, turn.today, anyway=anyway
        )
    except NotFound:
        done = Tried(reason="item_changed")
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    if done.reason == "item_changed":
        turn.conversation.state, turn.conversation.data = state, data
        return speaking.choose(turn, meeting, text)
    if done.reason is not None:
        return speaking.closed(turn, meeting_id, text)
    return speaking.sent(turn, meeting, kind)


# The secretary


@router.callback_query(Conduct.filter())
@policy(Action.PREPARE_MEETINGS)
async def conduct(query: CallbackQuery, turn: Turn, callback_data: Conduct) -> Screen:
    """How the meeting stands."""
    entering.leave(turn)
    return await _conduct(turn, callback_data.id)


@router.callback_query(callbacks.ChooseItem.filter())
@policy(Action.PREPARE_MEETINGS)
async def choose_item(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChooseItem
) -> Screen:
    """Which item is discussed now."""
    await turn.read(sitting.stands, turn.actor, callback_data.id)
    meeting = await turn.read(meetings.get, turn.actor, callback_data.id)
    return screens.choose_item(turn, meeting, callback_data.page)


@router.callback_query(callbacks.TakeItem.filter())
@policy(Action.PREPARE_MEETINGS)
async def take_item(query: CallbackQuery, turn: Turn, callback_data: callbacks.TakeItem) -> Screen:
    """An item comes under discussion."""
    of = callback_data
    done = await tried(turn, sitting.take, of.id, of.item, of.seen, turn.now)
    return done.on(await _conduct(turn, of.id))


@router.callback_query(callbacks.NextItem.filter())
@policy(Action.PREPARE_MEETINGS)
async def next_item(query: CallbackQuery, turn: Turn, callback_data: callbacks.NextItem) -> Screen:
    """The next item comes under discussion."""
    of = callback_data
    done = await tried(turn, sitting.next_item, of.id, of.seen, turn.now)
    return done.on(await _conduct(turn, of.id))


@router.callback_query(callbacks.TakeDraft.filter())
@policy(Action.PREPARE_MEETINGS)
async def take_draft(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.TakeDraft
) -> Screen:
    """The draft decision becomes the decision."""
    of = callback_data
    done = await tried(turn, sitting.take_draft, of.item, of.version, turn.now)
    return done.on(await _of_item(turn, of.item))


@router.callback_query(callbacks.EnterDecision.filter())
@policy(Action.PREPARE_MEETINGS)
async def enter_decision(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.EnterDecision
) -> Screen:
    """Write what was decided."""
    return await entering.begin(turn, "decision", callback_data.item)


@router.callback_query(callbacks.Proposals.filter())
@policy(Action.PREPARE_MEETINGS)
async def list_proposals(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.Proposals
) -> Screen:
    """What was proposed."""
    entering.leave(turn)
    of = callback_data
    page = await turn.read(proposals.listed, turn.actor, of.id, of.page, of.state.value)
    meeting = await turn.read(meetings.get, turn.actor, of.id)
    return screens.proposals(turn, meeting, page, of.state)


@router.callback_query(OpenProposal.filter())
@policy(Action.PREPARE_MEETINGS)
async def open_proposal(query: CallbackQuery, turn: Turn, callback_data: OpenProposal) -> Screen:
    """One proposal."""
    entering.leave(turn)
    return await _proposal(turn, callback_data.id)


@router.callback_query(callbacks.Accept.filter())
@policy(Action.PREPARE_MEETINGS)
async def accept(query: CallbackQuery, turn: Turn, callback_data: callbacks.Accept) -> Screen:
    """Take it into the final document."""
    of = callback_data
    done = await tried(turn, proposals.accept, of.id, of.version, turn.now)
    return done.on(await _proposal(turn, of.id))


@router.callback_query(callbacks.Decline.filter())
@policy(Action.PREPARE_MEETINGS)
async def decline(query: CallbackQuery, turn: Turn, callback_data: callbacks.Decline) -> Screen:
    """Leave it out."""
    of = callback_data
    done = await tried(turn, proposals.decline, of.id, of.version, turn.now)
    return done.on(await _proposal(turn, of.id))


@router.callback_query(callbacks.RewordProposal.filter())
@policy(Action.PREPARE_MEETINGS)
async def reword(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RewordProposal
) -> Screen:
    """Edit its wording."""
    return await entering.begin(turn, "proposal", callback_data.id)


async def _conduct(turn: Turn, meeting_id: int) -> Screen:
    stands = await turn.read(sitting.stands, turn.actor, meeting_id)
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    if meeting.state != IN_PROGRESS:
        return screens.over(turn, meeting)
    return screens.conduct(turn, meeting, stands)


async def _of_item(turn: Turn, item_id: int) -> Screen:
    found = await turn.read(item_papers.of_item, turn.actor, item_id)
    return await _conduct(turn, found.meeting.id)


async def _proposal(turn: Turn, proposal_id: int) -> Screen:
    return screens.proposal(turn.t, await turn.read(proposals.get, turn.actor, proposal_id))


async def _decision(turn: Turn, item_id: int) -> Present:
    found = await turn.read(item_papers.of_item, turn.actor, item_id)
    text = turn.t.pick(found.item.decision_kk, found.item.decision_ru)
    item = words.item_line(turn.t, found.item)
    return Present(text, found.item.version, Conduct(id=found.meeting.id), item)


async def _wording(turn: Turn, proposal_id: int) -> Present:
    sent = await turn.read(proposals.get, turn.actor, proposal_id)
    text = turn.t.pick(sent.text_kk, sent.text_ru)
    return Present(text, sent.version, OpenProposal(id=proposal_id))


entering.TEXTS["decision"] = entering.Text(
    N_("What was decided on the item?"), TEXT_LIMIT, _decision, sitting.decide, _of_item
)
entering.TEXTS["proposal"] = entering.Text(
    N_("The wording of the proposal"), TEXT_LIMIT, _wording, proposals.reword, _proposal
)
