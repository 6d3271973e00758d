"""Secretaries keep the settlements of their branches: add, rename, close and open again."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests.filters import NoCommand
from handlers.requests.settings.callbacks import RequestSettings
from handlers.requests.settlements import callbacks, screens
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.keeping import Keeping
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage.errors import NotAllowed, NotPossible
from storage.requests import settlements
from storage.requests.settlements import AT_ONCE, NAME_LIMIT, NAMES, Settlement
from storage.rules.access import Action

router = Router(name="requests.settlements")

CAPABILITY = "settlements"
ADDING, RENAMING = f"{CAPABILITY}:add", f"{CAPABILITY}:rename"
CANNOT = {
    "no_name": N_("A name needs letters."),
    "too_long": N_("It is too long: at most {n} characters."),
    "too_many": N_("At most {many} lines at once."),
    "known": N_("There is a settlement of this name already."),
}
PARTS = N_("Line {line}: the names in Kazakh and in Russian, with a semicolon between.")


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    data = turn.conversation.data
    if turn.conversation.state == ADDING:
        return screens.add_step(turn, int(data["branch"]), mistake)
    one = await turn.read(settlements.to_keep, turn.actor, int(data["settlement"]))
    return screens.rename_step(turn, one, str(data["field"]), mistake)


def _why(turn: Turn, reason: str) -> Markup:
    return turn.t(CANNOT[reason], n=NAME_LIMIT, many=AT_ONCE)


LIST: Keeping[Settlement, int] = Keeping(CAPABILITY, settlements.to_keep, screens.card, _why, show)
RESUME: dict[str, Renderer] = {ADDING: show, RENAMING: show}


@router.callback_query(callbacks.Settlements.filter())
@policy(Action.KEEP_SETTLEMENTS)
async def listed(query: CallbackQuery, turn: Turn, callback_data: callbacks.Settlements) -> Screen:
    """The settlements of a branch; of which one, where there are several."""
    LIST.leave(turn)
    return await _listing(turn, callback_data.branch, callback_data.page)


@router.callback_query(callbacks.OpenSettlement.filter())
@policy(Action.KEEP_SETTLEMENTS)
async def opened(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenSettlement
) -> Screen:
    """One settlement."""
    LIST.leave(turn)
    return await LIST.shown(turn, callback_data.id)


@router.callback_query(callbacks.AddSettlements.filter())
@policy(Action.KEEP_SETTLEMENTS)
async def add(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddSettlements) -> Screen:
    """New ones are typed next."""
    places = await turn.read(settlements.places, turn.actor)
    if callback_data.branch not in {one.id for one in places}:
        raise NotAllowed(Action.KEEP_SETTLEMENTS, callback_data.branch)
    LIST.begin(turn, ADDING, branch=callback_data.branch)
    return await show(turn)


@router.callback_query(callbacks.RenameSettlement.filter())
@policy(Action.KEEP_SETTLEMENTS)
async def rename(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RenameSettlement
) -> Screen:
    """One of its names is typed next."""
    of = callback_data
    one = await turn.read(settlements.to_keep, turn.actor, of.id)
    if one.version != of.version or of.field not in NAMES:
        return await LIST.changed(turn, of.id)
    LIST.begin(turn, RENAMING, settlement=one.id, version=one.version, field=of.field)
    return await show(turn)


@router.callback_query(callbacks.SettlementActive.filter())
@policy(Action.KEEP_SETTLEMENTS)
async def set_active(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SettlementActive
) -> Screen:
    """Close it, or open it again."""
    of = callback_data
    return await LIST.tapped(turn, of.id, of.version, settlements.set_active, active=of.active)


@router.message(StateFilter(RENAMING), NoCommand())
@policy(Action.KEEP_SETTLEMENTS)
async def renamed(message: Message, turn: Turn) -> Screen:
    """The name as it was typed."""
    data = turn.conversation.data
    of, said = int(data["settlement"]), message.text or ""
    given = (of, int(data["version"]), str(data["field"]), said, turn.now)
    return await LIST.typed(turn, of, settlements.rename, *given)


@router.message(StateFilter(ADDING), NoCommand())
@policy(Action.KEEP_SETTLEMENTS)
async def added(message: Message, turn: Turn) -> Screen:
    """The names of new ones."""
    names: list[tuple[str, str]] = []
    for number, line in enumerate((message.text or "").splitlines() or [""], 1):
        kk, semicolon, ru = line.partition(";")
        if semicolon:
            names.append((kk, ru))
        elif line.strip() or not message.text:
            return await show(turn, turn.t(PARTS, line=number))
    branch_id = int(turn.conversation.data["branch"])
    try:
        n = await turn.write_then(
            lambda _: turn.conversation.clear(),
            settlements.add, turn.actor, branch_id, names, turn.now,
        )  # fmt: skip
    except NotPossible as error:
        return await show(turn, _why(turn, error.reason))
    return await _listing(turn, branch_id, 0, turn.t("✅ Settlements added: {n}", n=n))


async def _listing(turn: Turn, branch_id: int, page: int, word: Markup | None = None) -> Screen:
    places = await turn.read(settlements.places, turn.actor)
    wanted = branch_id or (places[0].id if len(places) == 1 else 0)
    if not wanted:
        return screens.branches(turn, places, page)
    branch = next((one for one in places if one.id == wanted), None)
    if branch is None:
        raise NotAllowed(Action.KEEP_SETTLEMENTS, wanted)
    every = await turn.read(settlements.kept, turn.actor, branch.id)
    several = len(places) > 1
    back = callbacks.Settlements() if several else RequestSettings()
    return screens.listing(turn, branch, every, page, back, word)
