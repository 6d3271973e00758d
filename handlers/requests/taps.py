"""The taps on the way to a registered request, and the registration itself."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.requests import aside, callbacks, consent, draft, steps
from handlers.requests.contact_reading import Given
from handlers.requests.draft import Draft
from handlers.requests.steps import show
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import requests
from storage.errors import NotFound
from storage.requests import categories
from storage.rules.access import Action
from storage.rules.request_kinds import Channel, Kind

router = Router(name="requests.taps")


@router.callback_query(callbacks.DraftStep.filter())
@policy(Action.LOG_REQUESTS)
async def to_step(query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftStep) -> Screen:
    """Back, or to place and contact."""
    current = draft.opened(turn, callback_data.draft)
    if current is None or callback_data.step not in steps.STEPS:
        return await finished(turn, callback_data.draft)
    return await show(turn, callback_data.step, _without_unagreed(current))


@router.callback_query(callbacks.DraftSkip.filter())
@policy(Action.LOG_REQUESTS)
async def skip(query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftSkip) -> Screen:
    """Place or contact stay out."""
    current = draft.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    if callback_data.step == "place":
        current.put(None)
    else:
        current.give(Given())
        current.shared = None
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftCategory.filter())
@policy(Action.LOG_REQUESTS)
async def category_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftCategory
) -> Screen:
    """The category is confirmed or another one is taken."""
    current = draft.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    offered = {one.code for one in await turn.read(categories.offered)}
    if callback_data.category not in offered:
        return await show(turn, "category", current)
    current.category = callback_data.category
    needs_branch = current.branch_id is None and draft.several_branches(turn)
    return await show(turn, "branch" if needs_branch else "check", current)


@router.callback_query(callbacks.DraftChoice.filter())
@policy(Action.LOG_REQUESTS)
async def chosen(query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftChoice) -> Screen:
    """Another form or another channel."""
    current = draft.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    if callback_data.part == "kind" and callback_data.value in set(Kind):
        current.kind = callback_data.value
    if callback_data.part == "channel" and callback_data.value in set(Channel):
        current.channel = callback_data.value
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftBranches.filter())
@policy(Action.LOG_REQUESTS)
async def other_branches(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftBranches
) -> Screen:
    """Another page of branches."""
    if draft.opened(turn, callback_data.draft) is None:
        return await finished(turn, callback_data.draft)
    return await steps.branch_step(turn, page=callback_data.page)


@router.callback_query(callbacks.DraftBranch.filter())
@policy(Action.LOG_REQUESTS)
async def branch_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftBranch
) -> Screen:
    """The branch; whether the actor may log there is checked when it is registered, too."""
    current = draft.opened(turn, callback_data.draft)
    own = await turn.read(requests.log_branches, turn.actor)
    if callback_data.branch_id not in {branch.id for branch in own}:
        raise NotFound("branch")
    if current is None:
        return await finished(turn, callback_data.draft)
    current.branch_id, current.settlement_id = callback_data.branch_id, None
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftPhone.filter())
@policy(Action.LOG_REQUESTS)
async def phone_taken(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftPhone
) -> Screen:
    """The phone in the text, or the contact that came along; the consent comes next."""
    current = draft.opened(turn, callback_data.draft)
    found = current.offered_contact if current else None
    if current is None or found is None:
        return await finished(turn, callback_data.draft)
    current.give(Given(*found))
    return await show(turn, "consent", current)


@router.callback_query(callbacks.DraftConsent.filter())
@policy(Action.LOG_REQUESTS)
async def consent_given(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftConsent
) -> Screen:
    """The voter has agreed: the moment is kept with the wording's version."""
    current = draft.opened(turn, callback_data.draft)
    if current is None or current.given == Given() or current.wording is None:
        return await finished(turn, callback_data.draft)
    current.consent_at = turn.now.isoformat()
    current.consent_channel = consent.PAPER if callback_data.paper else consent.ORAL
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftRegister.filter())
@policy(Action.LOG_REQUESTS)
async def register(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftRegister
) -> Screen:
    """Register: this message becomes one line, the receipt comes as a message of its own."""
    current = draft.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    turn.conversation.clear()
    aside.remember_channel(turn, current.channel)
    ready = _without_unagreed(current).ready(turn.actor.telegram_id)
    request = await turn.write(requests.register, turn.actor, ready, turn.now, turn.zone)
    return _registered(turn, request)


async def finished(turn: Turn, draft_id: int) -> Screen:
    """A button of a draft that is no more: what it became, or that it is gone."""
    token = draft.token(turn.actor.telegram_id, draft_id)
    request = await turn.read(requests.by_token, turn.actor, token)
    if request is None:
        return toast(turn.t.plain("This draft is not open any more. Begin anew: /request"))
    return _registered(turn, request)


def _registered(turn: Turn, request: requests.VoterRequest) -> Screen:
    t = turn.t
    return Screen(
        t("✅ № {number} is registered", number=request.number),
        rows=(nav.exits(t, callbacks.RequestList()),),
    )


def _without_unagreed(current: Draft) -> Draft:
    """A contact that was not agreed to does not outlive its step."""
    if current.consent_at is None:
        current.give(Given())
    return current
