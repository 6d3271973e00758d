"""The short lists of handlers: whoever would have answered before answers still."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram import Bot, Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.client import make_dispatcher
from bot.intake.signpost import SignpostDispatcher
from handlers.ui.policy import policy
from storage.rules.access import Actor, Membership, Role

WORDS = (
    "  /next",
    "/NEXT",
    "/next@buro_test_bot сәрсенбі",
    "/",
    "/ next",
    "/nosuchthing",
    "/*",
    "next",
    "*",
    "Жылға ауылында көше шамы жанбайды, Абай көшесі 5",
    "рахмет",
    "📝",
)
DAUREN = Actor(3, 1003, "Дәурен", memberships=(Membership(Role.DEPUTY, 1),))
SHARE = 16
DATA = ("", ":", "*", "nosuchbutton:1", "next:", "home", "home:1:2")


def said(text: str, **more: Any) -> Message:
    written = {"text": text} if text else {}
    return Message.model_validate(
        {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1003, "type": "private"},
            "from": {"id": 1003, "is_bot": False, "first_name": "Дәурен"},
            **written,
            **more,
        }
    )


def tapped(data: str) -> CallbackQuery:
    return CallbackQuery.model_validate(
        {
            "id": "1",
            "from": {"id": 1003, "is_bot": False, "first_name": "Дәурен"},
            "chat_instance": "1",
            "data": data,
        }
    )


def declared(kind: str) -> list[HandlerObject]:
    return [
        handler
        for router in make_dispatcher().chain_tail
        for handler in router.observers[kind].handlers
    ]


def filters_of(kind: str, wanted: type) -> Iterator[Any]:
    for handler in declared(kind):
        for filter_ in handler.filters or ():
            if isinstance(filter_.callback, wanted):
                yield filter_.callback


def states(*kinds: str) -> list[str | None]:
    found = {state for kind in kinds for f in filters_of(kind, StateFilter) for state in f.states}
    return [*sorted(one for one in found if one), None, "nosuchstate"]


def states_for(kind: str, nth: int) -> list[str | None]:
    """Those that handlers of this kind look at; of the others a share, each time another one."""
    own = states(kind)
    others = [one for one in states("message", "callback_query") if one not in own]
    return [*own, *others[nth % SHARE :: SHARE]]


def messages() -> list[Message]:
    commands = {word for one in filters_of("message", Command) for word in one.commands}
    texts = [*WORDS, *(f"/{word}" for word in commands), *(f"/{word} 4" for word in commands)]
    captioned = {"photo": [{"file_id": "A", "file_unique_id": "A", "width": 1, "height": 1}]}
    return [*map(said, texts), said(""), said("", caption="/request шам жоқ", **captioned)]


def taps() -> list[CallbackQuery]:
    kinds = {one.callback_data for one in filters_of("callback_query", CallbackQueryFilter)}
    full = [":".join([kind.__prefix__, *("1" for _ in kind.model_fields)]) for kind in kinds]
    empty = [kind.__prefix__ + ":" * len(kind.model_fields) for kind in kinds]
    return [tapped(data) for data in (*DATA, *full, *empty)]


async def left_by_data(handlers: list[HandlerObject], event: TelegramObject) -> list[HandlerObject]:
    """Those that the data of a button does not rule out in every state: there are hundreds."""

    async def passes(handler: HandlerObject) -> bool:
        asked = (f for f in handler.filters or () if isinstance(f.callback, CallbackQueryFilter))
        return all([await one.call(event) for one in asked])

    return [handler for handler in handlers if await passes(handler)]


async def first(
    handlers: list[HandlerObject], event: TelegramObject, state: str | None, bot: Bot
) -> HandlerObject | None:
    turn = SimpleNamespace(actor=DAUREN, in_group=False, conversation=SimpleNamespace(state=state))
    for handler in handlers:
        passes, _ = await handler.check(event, raw_state=state, bot=bot, turn=turn)
        if passes:
            return handler
    return None


@pytest.fixture
def bot() -> Bot:
    bot = Bot("1000000001:TokenOfTheLocalTelegramInTests")
    bot._me = said("hm").from_user.model_copy(update={"username": "buro_test_bot"})  # type: ignore[union-attr]
    return bot


@pytest.mark.parametrize(
    ("kind", "events"), [("message", messages), ("callback_query", taps)], ids=["said", "tapped"]
)
async def test_the_same_handler_answers_as_if_all_were_asked(
    kind: str, events: Any, bot: Bot
) -> None:
    dispatcher = make_dispatcher()
    assert isinstance(dispatcher, SignpostDispatcher)
    everyone = declared(kind)
    answered = set()
    for nth, event in enumerate(events()):
        possible = await left_by_data(everyone, event)
        for state in states_for(kind, nth):
            asked = dispatcher.shortlist(kind, event, state).handlers
            expected = await first(possible, event, state, bot)
            assert await first(asked, event, state, bot) is expected, (event, state)
            answered.add(id(expected))
    assert len(answered) > len(everyone) // 2, "the events must reach most of the handlers"


async def test_few_are_asked_and_little_is_kept() -> None:
    dispatcher = make_dispatcher()
    assert isinstance(dispatcher, SignpostDispatcher)
    everyone = len(declared("callback_query"))
    assert len(dispatcher.shortlist("callback_query", tapped("next"), None).handlers) < everyone / 5
    before = len(dispatcher._lists)
    for n in range(50):
        dispatcher.shortlist("message", said(f"/word{n}"), f"state:{n}")
    assert len(dispatcher._lists) <= before + 1, "what people type must not fill the memory"


@pytest.mark.parametrize("asks", ["filter", "middleware", "outer_middleware"])
async def test_what_a_router_asks_by_itself_is_refused_not_passed_over(asks: str) -> None:
    router = Router(name="strict")

    @router.message(Command("hm"))
    @policy(None)
    async def hm(_message: Message) -> None: ...

    getattr(router.message, asks)(Command("hm"))
    dispatcher = SignpostDispatcher()
    dispatcher.include_router(router)
    with pytest.raises(ValueError, match="strict"):
        dispatcher.shortlist("message", said("/hm"), None)
