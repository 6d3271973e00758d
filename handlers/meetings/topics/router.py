"""Topics: members propose, the secretary takes them into a meeting or declines with a word."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.agenda import words
from handlers.meetings.topics import screens
from handlers.meetings.topics.callbacks import (
    AcceptTopic,
    DeclineTopic,
    OpenTopic,
    OwnTopics,
    ProposeTopic,
    TopicFor,
    Topics,
)
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing, texts
from handlers.ui.filters import HasText
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage import meetings
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.meetings import carrying, topics
from storage.meetings.preparing import prepares
from storage.meetings.topics import LIMIT, WORD_LIMIT
from storage.rules.access import Action

router = Router(name="meetings.topics")

CAPABILITY = "topics"
TEXT, WORD = f"{CAPABILITY}:text", f"{CAPABILITY}:word"


@router.message(Command("topic"))
@router.callback_query(ProposeTopic.filter())
@policy(Action.READ_MEETINGS)
async def begin(_event: Message | CallbackQuery, turn: Turn) -> Screen:
    """For which body."""
    _leave(turn)
    choosing.wait(turn, CAPABILITY)
    return await turn.read(_bodies, turn)


@router.message(StateFilter(f"{CAPABILITY}{CHOOSES}"), HasText())
@policy(Action.READ_MEETINGS)
async def body_named(message: Message, turn: Turn) -> Screen:
    """The body was typed, or a part of it."""
    known = await turn.read(topics.choices, turn.actor)
    labels = [(label, one) for one in known for label in screens.names(turn.t, one)]
    chosen = choosing.meant(message.text, labels)
    if chosen is None:
        return await turn.read(_bodies, turn, choosing.below(turn.t))
    turn.conversation.to(TEXT, branch=chosen.branch.id, body=chosen.body)
    return await show(turn)


@router.callback_query(TopicFor.filter())
@policy(Action.READ_MEETINGS)
async def body_chosen(query: CallbackQuery, turn: Turn, callback_data: TopicFor) -> Screen:
    """For this one: the topic is typed next."""
    known = await turn.read(topics.choices, turn.actor)
    wanted = (callback_data.branch, callback_data.body)
    if wanted not in {(one.branch.id, one.body) for one in known}:
        raise NotFound("body")
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(TEXT, branch=callback_data.branch, body=callback_data.body)
    return await show(turn)


@router.message(StateFilter(TEXT))
@policy(Action.READ_MEETINGS)
async def text_typed(message: Message, turn: Turn) -> Screen:
    """The topic goes to the secretary."""
    text = texts.typed(message.text, LIMIT)
    if isinstance(text, texts.Mistake):
        return await _mistaken(turn, text, message.text, LIMIT)
    data = turn.conversation.data
    try:
        topic_id = await turn.write_then(
            lambda _: turn.conversation.clear(),
            topics.propose,
            turn.actor,
            int(data["branch"]),
            str(data["body"]),
            " ".join(text.split()),
            turn.now,
            turn.today,
        )
    except NotPossible as error:
        return await show(turn, _why(turn, error), text)
    return screens.proposed(turn, await turn.read(topics.get, turn.actor, topic_id))


@router.callback_query(OwnTopics.filter())
@policy(Action.READ_MEETINGS)
async def own(query: CallbackQuery, turn: Turn, callback_data: OwnTopics) -> Screen:
    """What the person has proposed."""
    return screens.own(turn, await turn.read(topics.own, turn.actor, callback_data.page))


@router.callback_query(Topics.filter())
@policy(Action.PREPARE_MEETINGS)
async def waiting(query: CallbackQuery, turn: Turn, callback_data: Topics) -> Screen:
    """What waits for a decision."""
    of = None
    if callback_data.meeting:
        meeting = await turn.read(meetings.get, turn.actor, callback_data.meeting)
        of = (meeting.branch_id, meeting.body)
    page = await turn.read(topics.waiting, turn.actor, callback_data.page, of)
    return screens.waiting(turn, page, callback_data.meeting)


@router.callback_query(OpenTopic.filter())
@policy(Action.READ_MEETINGS)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenTopic) -> Screen:
    """One topic."""
    _leave(turn)
    return await turn.read(_opened, turn, callback_data.id)


@router.callback_query(AcceptTopic.filter())
@policy(Action.PREPARE_MEETINGS)
async def accept(query: CallbackQuery, turn: Turn, callback_data: AcceptTopic) -> Screen:
    """Onto the agenda of this meeting."""
    id_, version, meeting = callback_data.id, callback_data.version, callback_data.meeting
    try:
        await turn.write(topics.accept, turn.actor, id_, version, meeting, turn.now)
    except AlreadyChanged as change:
        return await _overtaken(turn, id_, change)
    except NotPossible as error:
        shown = await turn.read(_opened, turn, id_)
        return replace(shown, toast=words.impossible(turn.t, error), alert=True)
    return await turn.read(_opened, turn, id_)


@router.callback_query(DeclineTopic.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin_declining(query: CallbackQuery, turn: Turn, callback_data: DeclineTopic) -> Screen:
    """The word is typed next."""
    topic = await turn.read(topics.get, turn.actor, callback_data.id)
    if topic.state != topics.WAITING:
        return await turn.read(_opened, turn, topic.id)
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(WORD, topic=topic.id, version=topic.version)
    return await show(turn)


@router.message(StateFilter(WORD))
@policy(Action.PREPARE_MEETINGS)
async def word_typed(message: Message, turn: Turn) -> Screen:
    """The topic is declined with this word."""
    text = texts.typed(message.text, WORD_LIMIT)
    if isinstance(text, texts.Mistake):
        return await _mistaken(turn, text, message.text, WORD_LIMIT)
    data = turn.conversation.data
    topic_id, version = int(data["topic"]), int(data["version"])
    try:
        await turn.write_then(
            lambda _: turn.conversation.clear(),
            topics.decline,
            turn.actor,
            topic_id,
            version,
            text,
            turn.now,
        )
    except AlreadyChanged as change:
        turn.conversation.clear()
        return await _overtaken(turn, topic_id, change)
    return await turn.read(_opened, turn, topic_id)


async def show(turn: Turn, mistake: Markup | None = None, kept: str | None = None) -> Screen:
    """The step that is open, with what is wrong with the last input and that input itself."""
    data = turn.conversation.data
    if turn.conversation.state == WORD:
        topic = await turn.read(topics.get, turn.actor, int(data.get("topic") or 0))
        return screens.word_step(turn, topic, mistake, kept)
    return screens.text_step(turn, str(data.get("body")), mistake, kept)


RESUME: dict[str, Renderer] = {TEXT: show, WORD: show}


async def _mistaken(turn: Turn, mistake: texts.Mistake, text: str | None, limit: int) -> Screen:
    told = texts.told(turn.t, mistake, limit)
    if mistake is texts.Mistake.TOO_LONG:
        length = len((text or "").strip())
        told = turn.t(
            "The text has {length} characters, at most {limit} are possible.",
            length=length,
            limit=limit,
        )
    return await show(turn, told, text)


async def _overtaken(turn: Turn, topic_id: int, change: AlreadyChanged) -> Screen:
    """Another secretary was first: how it was decided, and by whom."""
    shown = await turn.read(_opened, turn, topic_id)
    if change.by is None:
        return shown
    word = turn.t.plain("{name} has decided on it already.", name=change.by)
    return replace(shown, toast=word, alert=True)


def _opened(tx: Connection, turn: Turn, topic_id: int) -> Screen:
    topic = topics.get(tx, turn.actor, topic_id)
    decides = prepares(turn.actor, topic.branch_id, topic.body)
    open_ = decides and topic.state == topics.WAITING
    found = carrying.targets(tx, topic.branch_id, topic.body, turn.now) if open_ else []
    return screens.opened(turn, topic, found, decides=decides)


def _bodies(tx: Connection, turn: Turn, mistake: Markup | None = None) -> Screen:
    choices = topics.choices(tx, turn.actor)
    own_ = topics.own(tx, turn.actor).total
    to_decide = topics.waiting(tx, turn.actor).total
    return screens.bodies(turn, choices, own_, to_decide, mistake)


def _leave(turn: Turn) -> None:
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()


def _why(turn: Turn, error: NotPossible) -> Markup:
    if error.reason == "too_many":
        return turn.t(
            "You have {n} topics waiting already. When one is decided on, send the next.",
            n=topics.WAITING_LIMIT,
        )
    return turn.t("A topic for this body cannot be taken from you.")
