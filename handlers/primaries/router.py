"""Secretaries keep the primary organisations of their branches, and who belongs to them."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.primaries import callbacks, screens
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.keeping import Keeping
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage import primaries
from storage.errors import NotAllowed, NotPossible
from storage.primaries import Primary
from storage.rules.access import Action
from storage.rules.folding import fold
from storage.rules.names import LIMIT

router = Router(name="primaries")

CAPABILITY = "primaries"
ADDING, RENAMING, FINDING = (f"{CAPABILITY}:{step}" for step in ("add", "rename", "find"))
CANNOT = {
    "no_name": N_("A name needs letters."),
    "too_long": N_("It is too long: at most {n} characters."),
    "too_many": N_("At most {many} lines at once."),
    "known": N_("There is a primary organisation of this name already."),
}


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    data = turn.conversation.data
    if turn.conversation.state == ADDING:
        return screens.add_step(turn, int(data["branch"]), mistake)
    if turn.conversation.state == FINDING:
        return await _members(turn, int(data["primary"]), 0, data.get("sought", ""))
    one = await turn.read(primaries.to_keep, turn.actor, int(data["primary"]))
    return screens.rename_step(turn, one, mistake)


def _why(turn: Turn, reason: str) -> Markup:
    return turn.t(CANNOT[reason], n=LIMIT, many=primaries.AT_ONCE)


LIST: Keeping[Primary, int] = Keeping(CAPABILITY, primaries.to_keep, screens.card, _why, show)
RESUME: dict[str, Renderer] = {ADDING: show, RENAMING: show, FINDING: show}


@router.callback_query(callbacks.Primaries.filter())
@policy(Action.KEEP_PRIMARIES)
async def listed(query: CallbackQuery, turn: Turn, callback_data: callbacks.Primaries) -> Screen:
    """Those of a branch; of which one, where there are several."""
    LIST.leave(turn)
    return await _listing(turn, callback_data.branch, callback_data.page)


@router.callback_query(callbacks.OpenPrimary.filter())
@policy(Action.KEEP_PRIMARIES)
async def opened(query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenPrimary) -> Screen:
    """One of them."""
    LIST.leave(turn)
    return await LIST.shown(turn, callback_data.id)


@router.callback_query(callbacks.AddPrimaries.filter())
@policy(Action.KEEP_PRIMARIES)
async def add(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddPrimaries) -> Screen:
    """New ones are typed next."""
    places = await turn.read(primaries.places, turn.actor)
    if callback_data.branch not in {one.id for one in places}:
        raise NotAllowed(Action.KEEP_PRIMARIES, callback_data.branch)
    LIST.begin(turn, ADDING, branch=callback_data.branch)
    return await show(turn)


@router.callback_query(callbacks.RenamePrimary.filter())
@policy(Action.KEEP_PRIMARIES)
async def rename(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RenamePrimary
) -> Screen:
    """Its names are typed next."""
    one = await turn.read(primaries.to_keep, turn.actor, callback_data.id)
    if one.version != callback_data.version:
        return await LIST.changed(turn, one.id)
    LIST.begin(turn, RENAMING, primary=one.id, version=one.version)
    return await show(turn)


@router.callback_query(callbacks.PrimaryActive.filter())
@policy(Action.KEEP_PRIMARIES)
async def set_active(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.PrimaryActive
) -> Screen:
    """Close it, or open it again."""
    of = callback_data
    return await LIST.tapped(turn, of.id, of.version, primaries.set_active, active=of.active)


@router.message(StateFilter(ADDING), NoCommand())
@policy(Action.KEEP_PRIMARIES)
async def added(message: Message, turn: Turn) -> Screen:
    """The names of new ones, a line each: in Kazakh, and after a semicolon in Russian."""
    names = [_names(line) for line in (message.text or "").splitlines() or [""]]
    branch_id = int(turn.conversation.data["branch"])
    given = (turn.actor, branch_id, names, turn.now)
    try:
        n = await turn.write_then(lambda _: turn.conversation.clear(), primaries.add, *given)
    except NotPossible as no:
        return await show(turn, _why(turn, no.reason))
    return await _listing(turn, branch_id, 0, turn.t("✅ Primary organisations added: {n}", n=n))


@router.message(StateFilter(RENAMING), NoCommand())
@policy(Action.KEEP_PRIMARIES)
async def renamed(message: Message, turn: Turn) -> Screen:
    """The names as they were typed."""
    data = turn.conversation.data
    number = int(data["primary"])
    given = (number, int(data["version"]), *_names(message.text or ""), turn.now)
    return await LIST.typed(turn, number, primaries.rename, *given)


@router.callback_query(callbacks.Members.filter())
@policy(Action.KEEP_PRIMARIES)
async def members(query: CallbackQuery, turn: Turn, callback_data: callbacks.Members) -> Screen:
    """Who belongs to it; a name may be typed."""
    LIST.begin(turn, FINDING, primary=callback_data.id)
    return await _members(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.SwitchMember.filter())
@policy(Action.KEEP_PRIMARIES)
async def switch(query: CallbackQuery, turn: Turn, callback_data: callbacks.SwitchMember) -> Screen:
    """One more, or one less."""
    of = callback_data
    await turn.write(primaries.switch, turn.actor, of.id, of.person, turn.now, turn.today)
    sought = turn.conversation.data.get("sought", "") if turn.conversation.state == FINDING else ""
    return await _members(turn, of.id, of.page, sought)


@router.message(StateFilter(FINDING), NoCommand())
@policy(Action.KEEP_PRIMARIES)
async def found(message: Message, turn: Turn) -> Screen:
    """The people of the branch whose names have what was typed."""
    number, sought = int(turn.conversation.data["primary"]), message.text or ""
    turn.conversation.to(FINDING, sought=sought[:LIMIT])
    return await _members(turn, number, 0, sought[:LIMIT])


async def _listing(turn: Turn, branch_id: int, page: int, word: Markup | None = None) -> Screen:
    places = await turn.read(primaries.places, turn.actor)
    wanted = branch_id or (places[0].id if len(places) == 1 else 0)
    if not wanted:
        return screens.branches(turn, places, page)
    branch = next((one for one in places if one.id == wanted), None)
    if branch is None:
        raise NotAllowed(Action.KEEP_PRIMARIES, wanted)
    every = await turn.read(primaries.kept, turn.actor, branch.id)
    return screens.listing(turn, branch, every, page, word, several=len(places) > 1)


async def _members(turn: Turn, number: int, page: int, sought: str = "") -> Screen:
    one = await turn.read(primaries.to_keep, turn.actor, number)
    everybody = await turn.read(primaries.people_of, turn.actor, one.branch_id, turn.today)
    wanted = fold(sought)
    shown = [each for each in everybody if wanted in fold(each.name)]
    return screens.members(turn, one, shown, page, sought)


def _names(line: str) -> tuple[str, str]:
    kk, _, ru = line.partition(";")
    return kk, ru.strip()
