"""Co-signers: whom the author asks, and how it stands with them."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.inquiries import callbacks, cards, stepping
from handlers.inquiries.noting_screens import heading
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage import inquiries
from storage.errors import NotAllowed, NotPossible
from storage.inquiries import InquiryState, Signer, is_author, signing
from storage.rules.access import Action

router = Router(name="inquiries.cosigning")


@router.callback_query(callbacks.CoSigners.filter())
@policy(Action.MAKE_INQUIRIES)
async def show(query: CallbackQuery, turn: Turn, callback_data: callbacks.CoSigners) -> Screen:
    """Who was asked, and who may be."""
    stepping.leave(turn)
    return await _list(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.AskToSign.filter())
@policy(Action.MAKE_INQUIRIES)
async def ask(query: CallbackQuery, turn: Turn, callback_data: callbacks.AskToSign) -> Screen:
    """Ask this one."""
    of = callback_data
    try:
        await turn.write(signing.ask, turn.actor, of.id, of.person, turn.now, turn.today)
    except NotPossible as error:
        return await cards.refused(turn, of.id, error)
    return replace(await _list(turn, of.id, 0), toast=turn.t.plain("The deputy is asked to sign."))


async def _list(turn: Turn, inquiry_id: int, page: int) -> Screen:
    around = await turn.read(inquiries.whole, turn.actor, inquiry_id)
    inquiry = around.inquiry
    if not is_author(turn.actor, inquiry):
        raise NotAllowed(Action.MAKE_INQUIRIES, inquiry.branch_id)
    if inquiry.state is not InquiryState.DRAFT:
        return await cards.refused(turn, inquiry_id, NotPossible("state"))
    found = await turn.read(signing.candidates, inquiry, turn.today)
    page = paging.clamp(page, len(found))
    t = turn.t
    buttons = [
        Button(f"➕ {name}", callbacks.AskToSign(id=inquiry.id, person=person_id))
        for person_id, name in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(
        t, buttons, page, len(found), lambda to: callbacks.CoSigners(id=inquiry.id, page=to)
    )
    return Screen(
        lines(
            heading(turn, inquiry),
            t("👥 <b>Co-signers</b>"),
            *(_line(turn, one) for one in around.signers),
            t("Whom to ask? They get the inquiry at once.")
            if found
            else t("There is nobody else to ask."),
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenInquiry(id=inquiry.id))),
    )


def _line(turn: Turn, one: Signer) -> Markup:
    t = turn.t
    if one.signed_at is not None:
        said = t("✅ signed")
    elif one.refused_at is not None:
        said = t("⚠️ refused")
    else:
        said = t("⏳ has not answered yet")
    return Markup("{}: {}").format(one.name, said)
