"""Greetings and thanks: they are returned, not searched for."""

import re

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import Message

from handlers.home import screens
from handlers.turn import Turn
from handlers.ui.filters import InPrivate
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.rules.folding import fold

router = Router(name="search.greetings")

_WORD = re.compile(r"[^\W_]+")
_HELLO = frozenset(
    fold(
        "сәлем сәлеметсіз сәлеметсіздер салем ассалаумағалейкум ассалаумағалейкүм армысыз қайырлы "
        "таң күн кеш здравствуйте здравствуй привет приветствую добрый доброе день утро вечер"
    ).split()
)
_THANKS = frozenset(fold("рахмет рақмет спасибо благодарю").split())
_BESIDE = frozenset(fold("бе ма көп үлкен сізге сіздерге баршаңызға вам всем большое").split())


class Polite(Filter):
    """A text of greetings and thanks alone, with no wizard open."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message qualifies."""
        said = _words(message.text)
        return bool(said & (_HELLO | _THANKS)) and said <= _HELLO | _THANKS | _BESIDE


@router.message(Polite(), InPrivate(), StateFilter(None))
@policy(None)
async def returned(message: Message, turn: Turn) -> Screen:
    """Greet back, and say what can be done."""
    t = turn.t
    thanked = bool(_words(message.text) & _THANKS)
    return screens.menu(turn, word=t("You are welcome!") if thanked else t("Hello!"))


def _words(text: str | None) -> frozenset[str]:
    return frozenset(fold(word) for word in _WORD.findall(text or ""))
