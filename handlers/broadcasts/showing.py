"""A broadcast as it stands now, and the list of one's own."""

from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.broadcasts import cards, lists, screens, wizard
from handlers.broadcasts.approval import screens as approval_screens
from handlers.broadcasts.steering import boards
from handlers.broadcasts.steering import screens as steering_screens
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.screen import Screen
from storage import broadcasts, deliveries
from storage.broadcasts import approving
from storage.broadcasts.reading import get
from storage.rules.access import Action, scope


async def shown(turn: Turn, number: int, toast: str | None = None) -> Screen:
    """The preview of a draft, else how the broadcast fares. Raises NotFound, NotAllowed."""
    found = await turn.read(get, turn.actor, number)
    if found.state == "draft":
        draft = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
        return screens.preview(turn.t, draft, now=turn.local, toast=toast)
    if found.state == "cancelled":
        return await mine(turn, toast=turn.t.plain("This draft was discarded."))
    if found.state == "scheduled":
        return steering_screens.scheduled(turn.t, found, turn.local, toast=toast)
    if found.state == "awaiting":
        return approval_screens.asked(turn.t, found, toast=toast)
    seen = await turn.read(deliveries.progress, turn.actor, number)
    own = found.author_id == turn.actor.person_id
    return cards.card(turn.t, seen, now=turn.now, own=own, toast=toast)


async def followed(
    turn: Turn, query: CallbackQuery, number: int, toast: str | None = None
) -> Screen:
    """As ``shown``; on the message that keeps up by itself what it shows at this moment."""
    found = await turn.read(get, turn.actor, number)
    if not boards.is_board(query, found):
        return await shown(turn, number, toast)
    seen = await turn.read(deliveries.progress, turn.actor, number)
    return boards.board(turn.t, seen, turn.now, toast=toast)


async def stands_otherwise(turn: Turn, number: int) -> Screen:
    """Somebody was first: this is how it stands now."""
    return await shown(turn, number, turn.t.plain("This is how the broadcast stands now."))


async def mine(
    turn: Turn, page: int = 0, *, toast: str | None = None, word: Markup | None = None
) -> Screen:
    """One page of what the person has sent or drafted."""
    total = await turn.read(deliveries.count_mine, turn.actor)
    page = paging.clamp(page, total)
    found = await turn.read(deliveries.mine, turn.actor, page * paging.PAGE, paging.PAGE)
    whole = scope(turn.actor, Action.BROADCAST) is None
    limit = await turn.read(approving.limit) if whole else None
    return lists.mine(turn.t, found, page, total, turn.zone, limit=limit, toast=toast, word=word)


def leave_draft(turn: Turn, number: int) -> None:
    """Stop asking for anything of this draft: a button under it says something else."""
    conversation = turn.conversation
    if conversation.state in wizard.OF_A_DRAFT and conversation.data.get("broadcast_id") == number:
        conversation.clear()


def ask_of_draft(turn: Turn, state: str, **draft: object) -> None:
    """Go to a step about one draft; what else is being entered is put aside."""
    if turn.conversation.state in wizard.OF_A_DRAFT:
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    turn.conversation.to(state, **draft)
