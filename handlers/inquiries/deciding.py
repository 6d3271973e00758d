"""Linking an inquiry with the item of an agenda on which a meeting decided on it."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.inquiries import callbacks, cards, decided, stepping
from handlers.inquiries.noting_screens import heading
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines, shortened
from storage import inquiries
from storage.errors import NotAllowed, NotPossible
from storage.inquiries import Decision, Whole, decisions
from storage.rules.access import Action

router = Router(name="inquiries.deciding")

LABEL = 60  # characters on a button


@router.callback_query(callbacks.Decisions.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def show(query: CallbackQuery, turn: Turn, callback_data: callbacks.Decisions) -> Screen:
    """The items of the latest meetings; those it is linked with are ticked."""
    stepping.leave(turn)
    return await _items(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.LinkDecision.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def link(query: CallbackQuery, turn: Turn, callback_data: callbacks.LinkDecision) -> Screen:
    """Link it with an item, or take the link back."""
    of = callback_data
    fn = decisions.link if of.on else decisions.unlink
    try:
        await turn.write(fn, turn.actor, of.id, of.item, turn.now)
    except NotPossible as error:
        return await cards.refused(turn, of.id, error)
    word = turn.t.plain("It is linked.") if of.on else turn.t.plain("The link is taken back.")
    return replace(await _items(turn, of.id, of.page), toast=word)


async def _items(turn: Turn, inquiry_id: int, page: int) -> Screen:
    around = await turn.read(inquiries.whole, turn.actor, inquiry_id)
    inquiry, t = around.inquiry, turn.t
    if not decisions.may_link(turn.actor, inquiry):
        raise NotAllowed(Action.WORK_ON_INQUIRIES, inquiry.branch_id)
    linked = {one.item_id for one in around.decisions}
    others = await turn.read(decisions.offered, turn.actor, inquiry)
    found = [*around.decisions, *(one for one in others if one.item_id not in linked)]
    page = paging.clamp(page, len(found))
    buttons = [
        _tick(turn, around, one, page, on=one.item_id not in linked)
        for one in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(
        t, buttons, page, len(found), lambda to: callbacks.Decisions(id=inquiry.id, page=to)
    )
    return Screen(
        lines(
            heading(turn, inquiry),
            t("🗓 <b>At which meeting was it decided on?</b>"),
            t("Tap the item of the agenda; tap it again to take the link back.")
            if found
            else t("There is no meeting yet that you may see."),
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenInquiry(id=inquiry.id))),
    )


def _tick(turn: Turn, around: Whole, one: Decision, page: int, *, on: bool) -> Button:
    title = turn.t.pick(one.title_kk, one.title_ru)
    said = " · ".join(
        part for part in (decided.day_of(turn, one), f"{one.number}. {title}") if part
    )
    goes = callbacks.LinkDecision(id=around.inquiry.id, item=one.item_id, on=on, page=page)
    return Button(("☐ " if on else "☑️ ") + shortened(said, LABEL), goes)
