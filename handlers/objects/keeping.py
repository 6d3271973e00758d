"""Taking an object under control, changing what is known of it, taking it off again."""

from collections.abc import Callable
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers import failures
from handlers.inquiries import past_days
from handlers.objects import keeping_screens, screens, words
from handlers.objects.callbacks import (
    EditObject,
    KeepObject,
    ObjectCurator,
    RemoveObject,
    TakeBy,
    TakeObject,
)
from handlers.objects.stepping import begin, leave, state
from handlers.requests.filters import NoCommand
from handlers.turn import CHOOSES, FILLED, Turn
from handlers.ui import amounts, choosing
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage import branches, objects, people
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.objects import FIELDS, ControlledObject, NewObject, sources
from storage.objects import keeping as kept
from storage.objects.keeping import DAYS, REQUIRED
from storage.rules.access import Action

router = Router(name="objects.keeping")

TAKE, EDIT, REMOVE = state("take"), state("edit"), state("remove")
PROPOSAL, BRANCH = "object_proposal", "object_branch"  # chosen before
NONE = "-"  # typed where a value is taken away
NUMBERS = ("cost", "percent")


@router.callback_query(TakeObject.filter())
@policy(Action.MANAGE_ROADMAP)
async def take(query: CallbackQuery, turn: Turn, callback_data: TakeObject) -> Screen:
    """By which proposal."""
    leave(turn)
    offered = await turn.read(sources.offered, turn.actor)
    if offered:
        choosing.wait(turn, PROPOSAL)
    return keeping_screens.proposals(turn, offered, callback_data.page)


@router.message(StateFilter(f"{PROPOSAL}{CHOOSES}"), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def proposal_named(message: Message, turn: Turn) -> Screen:
    """Words of the proposal were typed."""
    offered = await turn.read(sources.offered, turn.actor)
    labels = [(text or "", one) for one in offered for text in (one.text_kk, one.text_ru)]
    chosen = choosing.meant(message.text, labels)
    if chosen is None:
        return keeping_screens.proposals(turn, offered, 0, choosing.below(turn.t))
    return await _begin(turn, TakeBy(proposal=chosen.id))


@router.callback_query(TakeBy.filter())
@policy(Action.MANAGE_ROADMAP)
async def take_by(query: CallbackQuery, turn: Turn, callback_data: TakeBy) -> Screen:
    """In which branch; then its words."""
    return await _begin(turn, callback_data)


@router.message(StateFilter(f"{BRANCH}{CHOOSES}"), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def branch_named(message: Message, turn: Turn) -> Screen:
    """The branch was typed, or a part of its name."""
    proposal_id = int(turn.conversation.data["proposal"])
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    labels = [(name, one.id) for one in reach for name in (one.name_kk, one.name_ru)]
    branch = choosing.meant(message.text, labels)
    mistake = choosing.below(turn.t) if branch is None else None
    return await _begin(turn, TakeBy(proposal=proposal_id, branch=branch or 0), mistake)


async def _begin(turn: Turn, by: TakeBy, mistake: Markup | None = None) -> Screen:
    one = await turn.read(sources.proposal, turn.actor, by.proposal)
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    if not by.branch and len(reach) != 1:
        choosing.wait(turn, BRANCH, proposal=one.id)
        return keeping_screens.branch_step(turn, one, reach, mistake)
    branch = by.branch or reach[0].id
    if all(known.id != branch for known in reach):
        raise NotFound("branch")
    begin(turn, "take", proposal=one.id, branch=branch)
    return await show(turn)


@router.message(StateFilter(TAKE), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def taken(message: Message, turn: Turn) -> Screen:
    """Names, and place and contractor where they are known, a line each."""
    said = [line.strip() for line in (message.text or "").splitlines() if line.strip()]
    if not keeping_screens.LEAST <= len(said) <= len(keeping_screens.LINES):
        return await show(turn, turn.t("Two to four lines are needed, as in the example."))
    given = dict(zip(keeping_screens.LINES, said, strict=False))
    details = {name: text for name, text in given.items() if name not in REQUIRED and text != NONE}
    proposal_id = int(turn.conversation.data["proposal"])
    turn.conversation.to(TAKE, **{FILLED: True})
    branch_id = int(turn.conversation.data["branch"])
    new = NewObject(proposal_id, given["name_kk"], given["name_ru"], branch_id, details)
    return await _write(turn, objects.take, new, turn.now, turn.today)


@router.callback_query(KeepObject.filter())
@policy(Action.MANAGE_ROADMAP)
async def keep(query: CallbackQuery, turn: Turn, callback_data: KeepObject) -> Screen:
    """What can be changed."""
    leave(turn)
    try:
        one = await turn.read(kept.managed, turn.actor, callback_data.id)
    except NotPossible as error:
        return await _card(turn, callback_data.id, words.why(turn.t, error.reason))
    return keeping_screens.fields(turn, one)


@router.callback_query(EditObject.filter())
@policy(Action.MANAGE_ROADMAP)
async def edit(query: CallbackQuery, turn: Turn, callback_data: EditObject) -> Screen:
    """A field is typed next; a curator is chosen."""
    of = callback_data
    one = await turn.read(kept.managed, turn.actor, of.id)
    if one.version != of.version or of.field not in FIELDS:
        return _stale(turn, one, AlreadyChanged())
    leave(turn)
    if of.field == "curator_id":
        able = (Action.REPORT_ROADMAP, one.branch_id, turn.today)
        return keeping_screens.curator(turn, one, await turn.read(people.able, *able), of.page)
    begin(turn, "edit", object=one.id, version=one.version, field=of.field)
    return await show(turn)


@router.callback_query(ObjectCurator.filter())
@policy(Action.MANAGE_ROADMAP)
async def curator(query: CallbackQuery, turn: Turn, callback_data: ObjectCurator) -> Screen:
    """Who is its curator."""
    of = callback_data
    given = (of.id, of.version, "curator_id", of.person, turn.now, turn.zone)
    return await _write(turn, objects.change, *given)


@router.message(StateFilter(EDIT), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def typed(message: Message, turn: Turn) -> Screen:
    """A field as it was typed."""
    data, said = turn.conversation.data, (message.text or "").strip()
    field = str(data["field"])
    value: str | float | date | None = said
    if said == NONE and field not in REQUIRED:
        value = None
    elif field in NUMBERS:
        value = amounts.read(said)
        if value is None:
            return await show(turn, turn.t("This is no number: {value}", value=said[:60]))
    elif field in DAYS:
        day = past_days.typed(turn, said)
        if isinstance(day, Markup):
            return await show(turn, day)
        value = day
    given = (int(data["object"]), int(data["version"]), field, value, turn.now, turn.zone)
    return await _write(turn, objects.change, *given)


@router.callback_query(RemoveObject.filter())
@policy(Action.MANAGE_ROADMAP)
async def remove(query: CallbackQuery, turn: Turn, callback_data: RemoveObject) -> Screen:
    """The decision is typed next."""
    one = await turn.read(kept.managed, turn.actor, callback_data.id)
    if one.version != callback_data.version:
        return _stale(turn, one, AlreadyChanged())
    begin(turn, "remove", object=one.id, version=one.version)
    return await show(turn)


@router.message(StateFilter(REMOVE), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def removed(message: Message, turn: Turn) -> Screen:
    """By which decision it is taken off."""
    data = turn.conversation.data
    given = (int(data["object"]), int(data["version"]), message.text or "", turn.now)
    return await _write(turn, objects.remove, *given)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    now, data = turn.conversation.state, turn.conversation.data
    if now == TAKE:
        one = await turn.read(sources.proposal, turn.actor, int(data["proposal"]))
        return keeping_screens.take_step(turn, one, mistake)
    kept_one = await turn.read(objects.get, turn.actor, int(data["object"]))
    if now == REMOVE:
        return keeping_screens.remove_step(turn, kept_one, mistake)
    return keeping_screens.edit_step(turn, kept_one, str(data["field"]), mistake)


RESUME: dict[str, Renderer] = dict.fromkeys((TAKE, EDIT, REMOVE), show)


async def _write(turn: Turn, fn: Callable[..., ControlledObject], *given: Any) -> Screen:
    """Do it; what does not fit is told at the step that is open, else on the card."""
    try:
        one = await turn.write_then(lambda _: turn.conversation.clear(), fn, turn.actor, *given)
    except NotPossible as error:
        why = words.why(turn.t, error.reason)
        if turn.conversation.state in RESUME and error.reason != "removed":
            return await show(turn, why)
        turn.conversation.clear()
        return await _card(turn, int(given[0]), why)
    except AlreadyChanged as error:
        turn.conversation.clear()
        return _stale(turn, await turn.read(objects.get, turn.actor, int(given[0])), error)
    return screens.card(turn, one, turn.t("✅ Kept."))


async def _card(turn: Turn, object_id: int, said: Markup) -> Screen:
    one = await turn.read(objects.get, turn.actor, object_id)
    return screens.card(turn, one, Markup("⚠️ {}").format(said))


def _stale(turn: Turn, one: ControlledObject, error: AlreadyChanged) -> Screen:
    return screens.card(turn, one, Markup("⚠️ {}").format(failures.changed(turn, error)))
