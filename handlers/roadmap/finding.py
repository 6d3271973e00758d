"""«🔎» under the lists: an item by its number, words of it, or whoever executes it."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests.filters import NoCommand
from handlers.roadmap import words
from handlers.roadmap.callbacks import MyRoadmap, OpenItem
from handlers.roadmap.item_callbacks import FindItems
from handlers.turn import ASKS, Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage.roadmap import finding
from storage.roadmap.finding import Found
from storage.rules.access import Action
from storage.rules.terms import terms

router = Router(name="roadmap.finding")

SOUGHT = f"roadmap_find{ASKS}"
LONGEST = 200  # characters


@router.callback_query(FindItems.filter())
@policy(Action.CARRY_ITEMS)
async def ask(query: CallbackQuery, turn: Turn) -> Screen:
    """Ask for number, words, or a name."""
    _await(turn)
    return _step(turn)


@router.message(StateFilter(SOUGHT), NoCommand())
@policy(Action.CARRY_ITEMS)
async def typed(message: Message, turn: Turn) -> Screen:
    """What is looked for; another one may follow at once."""
    t, asked = turn.t, texts.typed(message.text, LONGEST)
    _await(turn)
    if isinstance(asked, texts.Mistake):
        return _step(turn, texts.told(t, asked, LONGEST))
    if not terms(asked):
        return _step(turn, t("There is no letter or digit to search for."))
    found = await turn.read(finding.find, turn.actor, asked)
    if not found.items:
        return _step(turn, t("Nothing is found among the items that you see."))
    return _found(turn, found)


def _await(turn: Turn) -> None:
    """What is typed next is looked for."""
    if turn.conversation.state != SOUGHT:
        turn.conversation.pause()
        turn.conversation.to(SOUGHT)


def _found(turn: Turn, found: Found) -> Screen:
    t = turn.t
    buttons = [
        Button(words.label(t, item, turn.today), OpenItem(id=item.id)) for item in found.items
    ]
    again = Button(t.plain("🔎 Find another item"), FindItems())
    return Screen(
        lines(
            t("🔎 Items found: {n}", n=len(found.items)),
            t("There are more: please say it more precisely.") if found.more else None,
        ),
        rows=(*column(buttons), (again,), nav.exits(t, MyRoadmap())),
    )


def _step(turn: Turn, mistake: Markup | None = None) -> Screen:
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("🔎 Which item do you look for? Write its number, words of it, or its executor."),
        hint=t("For example: 4.12, stadium, Ospanov"),
        mistake=mistake,
        back=MyRoadmap(),
    )
