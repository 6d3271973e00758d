"""The steps of making an inquiry: where the draft stands, and how each step looks."""

from markupsafe import Markup

from handlers.inquiries import cards, draft_screens
from handlers.inquiries import draft as drafts
from handlers.inquiries.draft import CAPABILITY, Draft
from handlers.turn import Turn
from handlers.ui.screen import Screen
from storage import inquiries
from storage.inquiries import bodies, prefilling

TYPED = ("subject", "text", "basis")
STEPS = ("branch", "body", *TYPED, "requests", "check")


async def show(
    turn: Turn,
    step: str,
    current: Draft,
    *,
    page: int = 0,
    mistake: Markup | None = None,
    kept: str | None = None,
) -> Screen:
    """Stand at ``step`` and show it."""
    if step == "check" and current.next_step != "check":
        step = current.next_step
    linked = await still_linked(turn, step, current)
    drafts.keep(turn, step, current)
    return await shown(turn, step, current, linked, page=page, mistake=mistake, kept=kept)


async def still_linked(turn: Turn, step: str, current: Draft) -> list[prefilling.Source]:
    """Before the look at it: the requests that are still within reach; the others go out."""
    if step != "check":
        return []
    linked = await turn.read(prefilling.still_open_to, turn.actor, current.request_ids)
    current.request_ids = [one.id for one in linked]
    return linked


async def shown(
    turn: Turn,
    step: str,
    current: Draft,
    linked: list[prefilling.Source],
    *,
    page: int = 0,
    mistake: Markup | None = None,
    kept: str | None = None,
) -> Screen:
    """A step as it looks; ``linked`` is what ``still_linked`` has found for it."""
    if step == "branch":
        own = await turn.read(inquiries.author_branches, turn.actor)
        return draft_screens.branch_step(turn, current, own)
    if step == "body":
        branch_id, language = int(current.branch_id or 0), turn.t.language
        found = await turn.read(bodies.addressees, branch_id, language, page, current.body_words)
        return draft_screens.body_step(turn, current, found, mistake)
    if step == "requests":
        offered = await turn.read(prefilling.offered, turn.actor)
        return draft_screens.requests_step(turn, current, offered, page)
    if step == "check":
        body = await turn.read(bodies.get, int(current.body_id or 0))
        return draft_screens.check_step(turn, current, body, [one.number for one in linked])
    return draft_screens.field_step(turn, current, step, mistake, kept)


async def resume(turn: Turn) -> Screen:
    """The step that is open, as it stands."""
    step = str(turn.conversation.state).removeprefix(f"{CAPABILITY}:")
    return await show(turn, step, drafts.current(turn))


async def finished(turn: Turn, draft_id: int) -> Screen:
    """A button of a draft that is no more: what it became, or that it is gone."""
    token = drafts.token(turn.actor.telegram_id, draft_id)
    made = await turn.read(inquiries.by_token, turn.actor, token)
    return draft_screens.gone(turn) if made is None else await cards.show_card(turn, made.id)
