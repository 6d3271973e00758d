"""From an update to a turn: who writes, in which language, where they stand; and who may."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, Update, User

from handlers import failures
from handlers.files import Files
from handlers.home.screens import with_draft
from handlers.turn import Conversation, Turn
from handlers.ui.cards import Cards
from handlers.ui.i18n import LANGUAGES, translator
from handlers.ui.policy import FLAG, Policy
from handlers.ui.screen import Screen
from storage import chats, people, refused_tries
from storage.clock import Clock
from storage.database import Database
from storage.errors import DomainError, TooMany
from storage.opening import opening
from storage.renaming import rename
from storage.rules.access import Actor

log = structlog.get_logger(__name__)

# Nobody in particular: the group's anonymous administrator, a channel, Telegram itself.
FACELESS = frozenset({1087968824, 136817688, 777000})
CANCEL = "/cancel"
NOBODY = 0  # the id of a person who is not kept

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True)
class Surroundings:
    """What turns are made of besides the update."""

    database: Database
    clock: Clock
    zone: ZoneInfo
    default_language: str
    bot_username: str
    files: Files
    most_refusals: int = refused_tries.MOST  # of one person, before there is a wait


@dataclass
class Handling:
    """What became of one update: ``settled`` when it was marked done together with its effect."""

    settled: bool = False


class TurnMiddleware(BaseMiddleware):
    """Outermost, on every update: gives the handlers their ``turn``, and settles it afterwards."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Handle one update; return the screen to show, or None."""
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        around: Surroundings = data["surroundings"]
        if not isinstance(event, Update):
            raise TypeError("turns are made of updates")
        if user is None or user.is_bot or user.id in FACELESS:
            return None
        turn, wait = await _turn(around, event, user, chat)
        data["turn"] = turn
        data["raw_state"] = turn.conversation.state  # what aiogram's StateFilter looks at
        structlog.contextvars.bind_contextvars(update_id=event.update_id)
        tapped = event.callback_query is not None
        try:
            if wait is not None and turn.now < wait and _asks_for_something(event):
                raise TooMany(wait)
            screen = await handler(event, data)
        except DomainError as error:
            screen = await failures.told(turn, error, tapped=tapped)
        await turn.settle()
        data["handling"].settled = turn.written
        if isinstance(screen, Cards):
            return screen
        if not isinstance(screen, Screen):
            return None
        return screen if tapped else with_draft(turn, screen)


class PolicyMiddleware(BaseMiddleware):
    """Innermost: asks the handler's policy before the handler is called."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Call the handler, or refuse."""
        turn: Turn = data["turn"]
        policy: Policy | None = get_flag(data, FLAG)
        if policy is None:
            raise RuntimeError("a handler without a policy")
        tapped = isinstance(event, CallbackQuery)
        if turn.in_group and not policy.groups:
            return failures.elsewhere(turn, _payload(event), tapped=tapped)
        if not policy.admits(turn.actor):
            if not tapped:
                # The role may have been lost within a wizard: its next text must not be refused
                # too. A tap on some old button says nothing about what is being entered.
                turn.conversation.clear()
            return await failures.refused(turn, str(policy.action), tapped=tapped)
        return await handler(event, data)


async def apology(around: Surroundings, update: Update) -> Screen | None:
    """What whoever sent ``update`` is told when it could not be handled; None: nothing, as in a
    group."""
    came = UserContextMiddleware.resolve_event_context(update)
    tapped = update.callback_query is not None
    if came.user is None or not (tapped or update.message):
        return None
    turn, _ = await _turn(around, update, came.user, came.chat)
    if turn.in_group and not tapped:
        return None
    return failures.crashed(turn, tapped=tapped)


async def _turn(
    around: Surroundings, update: Update, user: User, chat: Chat | None
) -> tuple[Turn, datetime | None]:
    """The turn, and until when the person has to wait."""
    now = around.clock.now()
    chat_id = chat.id if chat else user.id
    today = now.astimezone(around.zone).date()
    actor, state, draft, wait = await around.database.read(
        opening, user.id, chat_id, today, around.most_refusals
    )
    if actor is None and update.inline_query:
        # All of Telegram may type the bot's name: that alone makes nobody known to us.
        actor = Actor(NOBODY, user.id, user.full_name)
    elif actor is None:
        person_id = await around.database.write(people.meet, user.id, user.full_name, now)
        actor = Actor(person_id, user.id, user.full_name)
    elif actor.name == str(user.id):  # an owner from the settings, who writes for the first time
        await around.database.write(rename, actor.person_id, user.full_name)
        actor = replace(actor, name=user.full_name)
    language = actor.language or _spoken(user, around.default_language)
    conversation = Conversation(state, draft)
    text = update.message.text if update.message else None
    if not text or (update.message and update.message.forward_origin):
        conversation.leave_choice()
    if text and text.startswith("/") and text.split()[0].split("@")[0] != CANCEL:
        conversation.pause()
    turn = Turn(
        database=around.database,
        actor=actor,
        t=translator(language),
        now=now,
        zone=around.zone,
        conversation=conversation,
        chat_id=chat_id,
        in_group=chat is not None and chat.type != ChatType.PRIVATE,
        update_id=update.update_id,
        bot_username=around.bot_username,
        files=around.files,
    )
    if turn.in_group and update.message and _is_in(update.message):
        await _in_group_again(around.database, update.message.chat, now)
    if not actor.reachable and update.message and not turn.in_group:
        await around.database.write(people.set_reachable, user.id, None)
    return turn, wait


def _asks_for_something(event: Update) -> bool:
    """Whether the update may carry a number: a tap, or a command with more than its name."""
    text = (event.message.text or "") if event.message else ""
    return event.callback_query is not None or (text.startswith("/") and " " in text)


def _is_in(message: Message) -> bool:
    """Whether ``message`` shows that the bot is in its group; a farewell does not."""
    return not (message.left_chat_member or message.migrate_to_chat_id)


async def _in_group_again(database: Database, chat: Chat, now: datetime) -> None:
    """A group from which a message comes can be reached, whatever was thought before."""
    if not await database.read(chats.reachable, chat.id):
        await database.write(chats.seen, chat.id, chat.title or "", now)


def _spoken(user: User, default: str) -> str:
    spoken = (user.language_code or "").split("-")[0]
    return spoken if spoken in LANGUAGES else default


def _payload(event: TelegramObject) -> str:
    """What the private chat is opened with: the command that was given in the group."""
    if isinstance(event, Message) and event.text and event.text.startswith("/"):
        return event.text[1:].split()[0].split("@")[0]
    return "menu"
