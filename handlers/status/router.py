"""/status: the numbers, the lists behind them, and what an administrator does about them."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.notices import Recipient
from handlers.status import callbacks, screens
from handlers.status.notices import asked
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, lines
from storage import health, quarantine, restoring, undelivered
from storage.rules.access import Action

router = Router(name="status")


@router.message(Command("status"))
@policy(Action.ADMINISTER)
async def status(message: Message, turn: Turn) -> Screen:
    """How Buro is doing."""
    return screens.status(turn, await turn.read(health.read, turn.now, turn.today))


@router.callback_query(callbacks.Status.filter())
@policy(Action.ADMINISTER)
async def again(query: CallbackQuery, turn: Turn) -> Screen:
    """The same, counted anew."""
    found = await turn.read(health.read, turn.now, turn.today)
    local = turn.local
    toast = turn.t.plain("Counted at {time}", time=f"{local:%H:%M:%S}")
    return screens.status(turn, found, toast=toast)


@router.callback_query(callbacks.SetAsideList.filter())
@policy(Action.ADMINISTER)
async def set_aside(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetAsideList
) -> Screen:
    """The updates that could not be handled."""
    return await _set_aside(turn, callback_data.page)


async def _set_aside(turn: Turn, page: int = 0, *, toast: str | None = None) -> Screen:
    total = await turn.read(quarantine.count, turn.actor)
    page = paging.clamp(page, total)
    found = await turn.read(quarantine.listed, turn.actor, page * paging.PAGE, paging.PAGE)
    return screens.set_aside(turn, found, page, total, toast=toast)


@router.callback_query(callbacks.OpenUpdate.filter())
@policy(Action.ADMINISTER)
async def open_update(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenUpdate
) -> Screen:
    """One of them."""
    one = await turn.read(quarantine.get, turn.actor, callback_data.update_id)
    return screens.one_set_aside(turn, one)


@router.callback_query(callbacks.RetryUpdate.filter())
@policy(Action.ADMINISTER)
async def retry(query: CallbackQuery, turn: Turn, callback_data: callbacks.RetryUpdate) -> Screen:
    """Handle it again."""
    await turn.write(quarantine.retry, turn.actor, callback_data.update_id, turn.now)
    return await _set_aside(turn, toast=turn.t.plain("It is handled again within a minute."))


@router.callback_query(callbacks.DropUpdate.filter())
@policy(Action.ADMINISTER)
async def drop(query: CallbackQuery, turn: Turn, callback_data: callbacks.DropUpdate) -> Screen:
    """Give it up."""
    await turn.write(quarantine.drop, turn.actor, callback_data.update_id, turn.now)
    return await _set_aside(turn, toast=turn.t.plain("Given up; its contents are deleted."))


@router.callback_query(callbacks.UndeliveredList.filter())
@policy(Action.ADMINISTER)
async def not_delivered(query: CallbackQuery, turn: Turn) -> Screen:
    """The messages that did not arrive."""
    return screens.undelivered(turn, await turn.read(undelivered.by_kind, turn.actor, turn.now))


@router.callback_query(callbacks.SendAgain.filter())
@policy(Action.ADMINISTER)
async def send_again(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SendAgain
) -> Screen:
    """Send the uncertain ones of a kind once more."""
    queued = await turn.write(undelivered.send_again, turn.actor, callback_data.kind, turn.now)
    found = await turn.read(undelivered.by_kind, turn.actor, turn.now)
    toast = turn.t.plain("Sent again: {n}", n=queued)
    return screens.undelivered(turn, found, toast=toast)


@router.callback_query(callbacks.UnreachableList.filter())
@policy(Action.ADMINISTER)
async def unreachable(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.UnreachableList
) -> Screen:
    """The people whom nothing reaches."""
    total = await turn.read(undelivered.count_unreachable, turn.actor, turn.today)
    page = paging.clamp(callback_data.page, total)
    names = await turn.read(
        undelivered.unreachable, turn.actor, turn.today, page * paging.PAGE, paging.PAGE
    )
    return screens.unreachable(turn, names, page, total)


@router.callback_query(callbacks.Restored.filter())
@policy(Action.ADMINISTER)
async def restored(query: CallbackQuery, turn: Turn) -> Screen:
    """The question that a restore leaves."""
    screen = await turn.read(asked, Recipient.of(turn), {})
    if screen is not None:
        return screen
    return screens.status(turn, await turn.read(health.read, turn.now, turn.today))


@router.callback_query(callbacks.Decide.filter())
@policy(Action.ADMINISTER)
async def decide(query: CallbackQuery, turn: Turn, callback_data: callbacks.Decide) -> Screen:
    """The answer to it."""
    send = callback_data.send
    held = await turn.write(restoring.confirm, turn.actor, turn.now, turn.zone, send=send)
    t = turn.t
    return Screen(
        lines(
            t("✅ <b>What waited before the restore is sent</b>")
            if send
            else t("✅ <b>What waited before the restore is not sent</b>"),
            t("Messages that waited in it: {n}", n=held.messages),
            t("Reminders that were due in it: {n}", n=held.reminders),
        ),
        rows=(nav.exits(t, callbacks.Status()),),
    )
