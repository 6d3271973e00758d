"""Asking only those handlers that an event can be meant for.

aiogram asks every filter of every router in turn: a tap is compared with a hundred kinds of buttons
before its own. What is written on an event (its command, the prefix of its button) and where the
person stands (the state) rule nearly all of them out beforehand. Those that are left are asked as
ever, in the order in which they were declared, so that nothing but time depends on this.
"""

from typing import Any

from aiogram import Dispatcher
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

SEPARATOR = ":"  # between the parts of callback data
OTHER = "*"  # any word or state that no handler asks for

Key = tuple[str, str | None, str | None]


class SignpostDispatcher(Dispatcher):
    """A dispatcher that keeps a short list of handlers for each word and state.

    Routers are included before the first update. They have no filters and no middlewares of their
    own (ValueError): those would have to be asked, too.
    """

    def __init__(self) -> None:
        # Our own conversation state stands in the turn's transaction; aiogram's stands outside.
        super().__init__(disable_fsm=True)
        self._lists: dict[Key, TelegramEventObserver] = {}
        self._known: dict[str, frozenset[str | None]] = {}

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Let the first handler answer whose filters let ``event`` pass."""
        found = self.shortlist(update_type, event, kwargs.get("raw_state"))
        return await found.trigger(event, **kwargs)

    def shortlist(
        self, update_type: str, event: TelegramObject, state: str | None
    ) -> TelegramEventObserver:
        """The handlers that ``event`` can be meant for while the person stands in ``state``."""
        known = self._known.get(update_type)
        if known is None:
            known = self._known[update_type] = self._asked_for(update_type)
        word = _word_on(event)
        key = (
            update_type,
            word if word in known else OTHER,
            state if state in known else OTHER,
        )
        found = self._lists.get(key)
        if found is None:
            found = self._lists[key] = TelegramEventObserver(self, update_type)
            found.handlers = [one for one in self._declared(update_type) if _can_be(one, *key[1:])]
        return found

    def _asked_for(self, update_type: str) -> frozenset[str | None]:
        """The words and states that any filter names: others all go the same way."""
        named: set[str | None] = {None}
        for handler in self._declared(update_type):
            for filter_ in handler.filters or ():
                named |= _words_of(filter_.callback) or set()
                named |= _states_of(filter_.callback) or set()
        return frozenset(named)

    def _declared(self, update_type: str) -> list[HandlerObject]:
        found: list[HandlerObject] = []
        for router in self.chain_tail:
            observer = router.observers[update_type]
            own = observer.middleware if router is not self else ()
            if len(own) or len(observer.outer_middleware) or observer._handler.filters:  # noqa: SLF001
                raise ValueError(f"{router.name}: what a router asks for itself is passed over")
            found += observer.handlers
        return found


def _word_on(event: TelegramObject) -> str | None:
    """The command of a message, the prefix of a tapped button."""
    if isinstance(event, CallbackQuery):
        return (event.data or "").partition(SEPARATOR)[0]
    text = (event.text or event.caption) if isinstance(event, Message) else None
    if not text or not text.lstrip().startswith("/"):
        return None
    return Command.extract_command(text).command.casefold()


def _can_be(handler: HandlerObject, word: str | None, state: str | None) -> bool:
    for filter_ in handler.filters or ():
        words, states = _words_of(filter_.callback), _states_of(filter_.callback)
        if words is not None and word not in words:
            return False
        if states is not None and state not in states:
            return False
    return True


def _words_of(filter_: Any) -> set[str | None] | None:
    """The words that a filter lets pass; None when that cannot be told beforehand."""
    if isinstance(filter_, Command) and filter_.prefix == "/":
        plain = {one.casefold() for one in filter_.commands if isinstance(one, str)}
        return {*plain} if len(plain) == len(filter_.commands) else None
    if isinstance(filter_, CallbackQueryFilter) and (
        filter_.callback_data.__separator__ == SEPARATOR
    ):
        return {filter_.callback_data.__prefix__}
    return None


def _states_of(filter_: Any) -> set[str | None] | None:
    """The states that a filter lets pass; None when that cannot be told beforehand."""
    if not isinstance(filter_, StateFilter) or "*" in filter_.states:
        return None
    plain = {one for one in filter_.states if one is None or isinstance(one, str)}
    return plain if len(plain) == len(filter_.states) else None
