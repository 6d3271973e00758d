"""«🔎» under the list, and /requests with what is looked for behind it."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import lists
from handlers.requests.callbacks import OpenRequest, RequestList
from handlers.requests.contacts import MISTAKES
from handlers.requests.filters import NoCommand
from handlers.requests.finding.callbacks import FindRequest
from handlers.turn import ASKS, Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage.requests import finding
from storage.requests.finding import By, Findings
from storage.rules.access import Action
from storage.rules.terms import terms

router = Router(name="requests.finding")

SOUGHT = f"request_search{ASKS}"
LONGEST = 200  # characters
FOUND = {
    By.NUMBER: N_("🔎 Found by number:"),
    By.PHONE: N_("🔎 Found by phone; that you looked is recorded:"),
    By.IIN: N_("🔎 Found by IIN; that you looked is recorded:"),
    By.NAME: N_("🔎 Found by name; that you looked is recorded:"),
    By.WORDS: N_("🔎 Found by words:"),
}


@router.callback_query(FindRequest.filter())
@policy(Action.WORK_ON_REQUESTS)
async def ask(query: CallbackQuery, turn: Turn) -> Screen:
    """Ask for number, phone, name or words."""
    _await(turn)
    return _step(turn)


@router.message(StateFilter(SOUGHT), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def typed(message: Message, turn: Turn) -> Screen:
    """What is looked for; another one may follow at once."""
    return await search(turn, message.text)


async def search(turn: Turn, text: str | None) -> Screen:
    """What is found of ``text``, or what to type instead."""
    t, asked = turn.t, texts.typed(text, LONGEST)
    _await(turn)
    if isinstance(asked, texts.Mistake):
        return _step(turn, texts.told(t, asked, LONGEST))
    if not terms(asked):
        return _step(turn, t("There is no letter or digit to search for."))
    found = await turn.write(finding.find, turn.actor, asked, turn.now)
    if found.fault is not None:
        return _step(turn, t(MISTAKES[found.fault]))
    if not found.requests:
        return _step(turn, t("Nothing is found among the requests that you see."))
    return _found(turn, found)


def numbered(turn: Turn, typed: str, found: Findings) -> Screen:
    """Several requests of the number that was ``typed`` after /request; or that there is none."""
    if found.requests:
        return _found(turn, found)
    t = turn.t
    again = Button(t.plain("🔎 Search again (requests)"), FindRequest())
    return Screen(
        lines(
            t("🔎 There is no request № {number} among those that you see.", number=typed),
            t("To register a new one, write what the voter asks: /request …"),
        ),
        rows=((again,), nav.exits(t, RequestList())),
    )


def _await(turn: Turn) -> None:
    """What is typed next is looked for."""
    if turn.conversation.state != SOUGHT:
        turn.conversation.pause()
        turn.conversation.to(SOUGHT)


def _found(turn: Turn, found: Findings) -> Screen:
    t = turn.t
    buttons = [
        Button(lists.row(t, one, turn.today), OpenRequest(id=one.id)) for one in found.requests
    ]
    again = Button(t.plain("🔎 Search again (requests)"), FindRequest())
    return Screen(
        lines(
            t(FOUND[found.by]),
            t("There are more: please say it more precisely.") if found.more else None,
        ),
        rows=(*column(buttons), (again,), nav.exits(t, RequestList())),
    )


def _step(turn: Turn, mistake: Markup | None = None) -> Screen:
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("🔎 Which request do you look for? Write its number, a phone, a name, or words of it."),
        hint=t("For example: 147, САР-2026-0147, 8 701 123 45 67, көше шамы"),
        mistake=mistake,
        back=RequestList(),
    )
