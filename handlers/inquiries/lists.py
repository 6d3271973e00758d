"""Lists of inquiries behind filters, and what a search found."""

from collections.abc import Callable

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.inquiries import callbacks, keeping_callbacks, stepping, words
from handlers.requests.filters import NoCommand
from handlers.turn import ASKS, Turn
from handlers.ui import nav, paging, texts, wizard
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, lines
from handlers.ui.wizard import Renderer
from storage import inquiries
from storage.inquiries import Page
from storage.rules.access import Action, may

router = Router(name="inquiries.lists")

SEARCH = f"inquiry_search{ASKS}"
WORDS_LIMIT = 100

FILTERS = {
    "mine": N_("My inquiries ({n})"),
    "sign": N_("To sign ({n})"),
    "branch": N_("Of the branch ({n})"),
    "overdue": N_("Overdue answers ({n})"),
    "answered": N_("Answered ({n})"),
    "closed": N_("Ended ({n})"),
}


@router.message(Command("inquiries"))
@policy(Action.WORK_ON_INQUIRIES)
async def command(message: Message, turn: Turn, command: CommandObject) -> Screen:
    """/inquiries: the open ones; with words behind it, what has them."""
    found = texts.typed(command.args, WORDS_LIMIT)
    if command.args and not isinstance(found, texts.Mistake):
        return await _found(turn, found, 0)
    return await listing(turn, _first(turn), 0)


@router.callback_query(callbacks.InquiryList.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def list_page(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InquiryList
) -> Screen:
    """A filter and page of the list."""
    _leave(turn)
    return await listing(turn, callback_data.which, callback_data.page)


@router.callback_query(callbacks.SearchInquiries.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def begin_search(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SearchInquiries
) -> Screen:
    """Ask for the words."""
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(SEARCH)
    return await ask_words(turn)


@router.message(StateFilter(SEARCH), NoCommand())
@policy(Action.WORK_ON_INQUIRIES)
async def words_typed(message: Message, turn: Turn) -> Screen:
    """What has these words."""
    typed = texts.typed(message.text, WORDS_LIMIT)
    if isinstance(typed, texts.Mistake):
        return await ask_words(turn, texts.told(turn.t, typed, WORDS_LIMIT))
    return await _found(turn, typed, 0)


@router.callback_query(callbacks.FoundInquiries.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def found_page(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.FoundInquiries
) -> Screen:
    """Another page of what was found."""
    looked_for = turn.conversation.data.get("looked_for")
    if turn.conversation.state != SEARCH or not looked_for:
        return await listing(turn, _first(turn), 0)
    return await _found(turn, str(looked_for), callback_data.page)


async def ask_words(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The only step of a search."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("🔎 Which inquiry are you looking for?"),
        hint=t("A part of the number or of the subject, for example: lighting"),
        mistake=mistake,
        back=callbacks.InquiryList(which=_first(turn)),
    )


async def _resume(turn: Turn) -> Screen:
    return await ask_words(turn)


RESUME: dict[str, Renderer] = {SEARCH: _resume}


async def listing(turn: Turn, which: str, page: int) -> Screen:
    """A page behind a filter; what is not open to the person is the first one instead."""
    counts = await turn.read(inquiries.counts, turn.actor, turn.today)
    which = which if which in counts else _first(turn)
    found = await turn.read(inquiries.listing, turn.actor, which, turn.today, page)
    t = turn.t
    return Screen(
        lines(
            t("📄 <b>Deputy inquiries</b>"),
            None if found.total else _nothing(turn),
        ),
        rows=(
            *_rows(turn, found, lambda to: callbacks.InquiryList(which=which, page=to)),
            *_filters(turn, counts, which),
            *_doors(turn),
            nav.exits(t),
        ),
    )


async def _found(turn: Turn, looked_for: str, page: int) -> Screen:
    if turn.conversation.state != SEARCH:
        _leave(turn)
        turn.conversation.pause()
    turn.conversation.to(SEARCH, looked_for=looked_for)
    found = await turn.read(inquiries.search, turn.actor, looked_for, page)
    t = turn.t
    return Screen(
        lines(
            t("🔎 Found: {n} · «{words}»", n=found.total, words=looked_for),
            None if found.total else t("Type other words, or a part of the number."),
        ),
        rows=(
            *_rows(turn, found, lambda to: callbacks.FoundInquiries(page=to)),
            nav.exits(t, callbacks.InquiryList(which=_first(turn))),
        ),
    )


def _rows(turn: Turn, found: Page, to: Callable[[int], CallbackData]) -> tuple[Row, ...]:
    buttons = [
        Button(words.row(turn.t, one, turn.today), callbacks.OpenInquiry(id=one.id))
        for one in found.inquiries
    ]
    return paging.rows(turn.t, buttons, found.number, found.total, to)


def _filters(turn: Turn, counts: dict[str, int], which: str) -> tuple[Row, ...]:
    # Nobody is told of a pile that is empty, but for the own one.
    shown = [name for name in counts if counts[name] or name in (which, _first(turn))]
    buttons = [
        Button(
            ("• " if name == which else "") + turn.t.plain(FILTERS[name], n=counts[name]),
            callbacks.InquiryList(which=name),
        )
        for name in shown
    ]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def _doors(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    first = [Button(t.plain("🔎 Find an inquiry"), callbacks.SearchInquiries())]
    if may(turn.actor, Action.MAKE_INQUIRIES):
        first.insert(0, Button(t.plain("📄 New inquiry"), callbacks.NewInquiry()))
    second = []
    if may(turn.actor, Action.KEEP_ADDRESSEES):
        second.append(Button(t.plain("🏛 Directory of bodies"), keeping_callbacks.Bodies()))
    if may(turn.actor, Action.SET_INQUIRY_TERMS):
        second.append(Button(t.plain("Terms and letter"), keeping_callbacks.InquirySettings()))
    return tuple(tuple(row) for row in (first, second) if row)


def _nothing(turn: Turn) -> Markup:
    if may(turn.actor, Action.MAKE_INQUIRIES):
        return turn.t("Nothing here. An inquiry is made from a request's card, or below.")
    return turn.t("Nothing here. Deputies make inquiries from their requests.")


def _first(turn: Turn) -> str:
    """The own ones of a deputy; those of the branch for whoever looks after one."""
    return "mine" if may(turn.actor, Action.MAKE_INQUIRIES) else "branch"


def _leave(turn: Turn) -> None:
    """Whoever looks at a list notes nothing, and looks for nothing, any more."""
    stepping.leave(turn)
    if turn.conversation.state == SEARCH:
        turn.conversation.clear()
