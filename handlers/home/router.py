"""/menu, /help, /cancel, and whatever nothing else understood."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import failures
from handlers.home import screens
from handlers.turn import ASKS, Turn
from handlers.ui import nav, wizard
from handlers.ui.filters import AnyMessage, AnyTap
from handlers.ui.policy import policy
from handlers.ui.screen import Screen

router = Router(name="home")
last = Router(name="home.last")  # included after all others


@router.message(Command("menu"))
@router.callback_query(nav.Home.filter())
@policy(None)
async def menu(event: Message | CallbackQuery, turn: Turn) -> Screen:
    """The first screen; what was being entered is put aside, not lost."""
    turn.conversation.pause()
    return screens.menu(turn)


@router.callback_query(screens.More.filter())
@policy(None)
async def more(query: CallbackQuery, turn: Turn) -> Screen:
    """The rest of the first screen."""
    return screens.more(turn)


@router.message(Command("help"))
@policy(None)
async def help_(message: Message, turn: Turn) -> Screen:
    """What can be done here."""
    return screens.help_screen(turn)


@router.message(Command("cancel"))
@router.callback_query(wizard.CancelWizard.filter())
@policy(None)
async def cancel(event: Message | CallbackQuery, turn: Turn) -> Screen:
    """Leave the wizard; its draft is forgotten because the person said so."""
    t = turn.t
    state = turn.conversation.state
    was_open = state is not None and not state.endswith(ASKS)
    turn.conversation.clear()
    if not was_open and screens.has_drafts(turn):
        return screens.drafts_kept(turn)
    word = t("Cancelled, nothing was kept.") if was_open else t("There was nothing to cancel.")
    return screens.menu(turn, word=word)


@router.callback_query(screens.ForgetDrafts.filter())
@policy(None)
async def forget_drafts(query: CallbackQuery, turn: Turn) -> Screen:
    """All that was put aside is thrown away; what is being entered stays."""
    turn.conversation.forget(*screens.DRAFTS)
    return replace(screens.menu(turn), toast=turn.t.plain("The drafts are deleted."))


@router.callback_query(nav.Nothing.filter())
@policy(None, groups=True)
async def nothing(query: CallbackQuery, turn: Turn) -> None:
    """A label that looks like a button."""


@last.message(AnyMessage())
@policy(None, groups=True)
async def not_understood(message: Message, turn: Turn) -> Screen | None:
    """Nothing else took this message; in a group that is none of our business."""
    if turn.in_group:
        return None
    t = turn.t
    if turn.actor.is_guest:
        return screens.menu(turn)
    return screens.menu(turn, word=t("I did not understand this. What would you like to do?"))


@last.callback_query(AnyTap())
@policy(None, groups=True)
async def dead_button(query: CallbackQuery, turn: Turn) -> Screen:
    """A button of another time, or a forged one."""
    return await failures.unreadable(turn, query.data or "")
