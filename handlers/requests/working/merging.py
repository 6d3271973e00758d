"""Merging requests about one matter, and parting them again."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import asking, callbacks, words
from handlers.requests import completing_steps as steps
from handlers.requests.cards import overtaken, show_card
from handlers.requests.filters import NoCommand
from handlers.requests.working.callbacks import MergeInto, PartAgain, Similars, TypeMain
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing, dates, nav
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage import requests
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.requests import VoterRequest, merging, similar
from storage.requests.similar import Similar
from storage.rules.access import Action

router = Router(name="requests.merging")

PLACE = "request_similar"
CANNOT = {
    "itself": N_("A request is not merged into itself."),
    "branch": N_("Requests of two branches are not merged."),
    "merged": N_("One of the two is merged already."),
    "state": N_("One of the two has an outcome already."),
    "apart": N_("This request is not merged with another."),
}


@router.callback_query(Similars.filter())
@policy(Action.WORK_ON_REQUESTS)
async def similars(query: CallbackQuery, turn: Turn, callback_data: Similars) -> Screen:
    """Which ones may be about the same matter."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    return await _offer(turn, request)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def similar_named(message: Message, turn: Turn) -> Screen:
    """One of them was typed, or a part of its line; the number of any other does as well."""
    request = await turn.read(requests.get, turn.actor, int(turn.conversation.data["id"]))
    try:
        main = await _named(turn, request, message.text or "")
        await turn.read(merging.pair, turn.actor, request.id, main.id)
    except NotFound:
        return await _offer(turn, request, choosing.below(turn.t))
    except NotPossible as error:
        return await _offer(turn, request, turn.t(CANNOT[error.reason]))
    turn.conversation.leave_choice()
    return _preview(turn, request, main)


@router.callback_query(TypeMain.filter())
@policy(Action.WORK_ON_REQUESTS)
async def type_main(query: CallbackQuery, turn: Turn, callback_data: TypeMain) -> Screen:
    """The number is typed next."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    return await steps.ask(turn, "merge", request)


@router.message(StateFilter("completing:merge"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def main_typed(message: Message, turn: Turn) -> Screen:
    """The number of the main request."""
    request_id, _ = asking.asked_about(turn)
    request = await turn.read(requests.get, turn.actor, request_id)
    try:
        main = await turn.read(merging.numbered, turn.actor, request, message.text or "")
        await turn.read(merging.pair, turn.actor, request_id, main.id)
    except NotFound:
        return await steps.merge_step(turn, turn.t("There is no request of this number."))
    except NotPossible as error:
        return await steps.merge_step(turn, turn.t(CANNOT[error.reason]))
    turn.conversation.clear()
    return _preview(turn, request, main)


@router.callback_query(MergeInto.filter())
@policy(Action.WORK_ON_REQUESTS)
async def merge(query: CallbackQuery, turn: Turn, callback_data: MergeInto) -> Screen:
    """What happens then; after the second tap it happens."""
    of, t = callback_data, turn.t
    try:
        request, main = await turn.read(merging.pair, turn.actor, of.id, of.into)
        if not of.sure:
            return _preview(turn, request, main)
        given = (of.id, of.version, of.into, of.into_version, turn.now)
        await turn.write(merging.merge, turn.actor, *given)
    except NotPossible as error:
        return await show_card(turn, of.id, t.plain(CANNOT[error.reason]))
    except AlreadyChanged as error:
        return await overtaken(turn, of.id, error)
    done = t("🔗 № {number} goes on with this one.", number=request.number)
    return await show_card(turn, main.id, said=done)


@router.callback_query(PartAgain.filter())
@policy(Action.ARRANGE_REQUESTS)
async def part(query: CallbackQuery, turn: Turn, callback_data: PartAgain) -> Screen:
    """What happens then; after the second tap it happens."""
    of, t = callback_data, turn.t
    if not of.sure:
        request = await turn.read(requests.get, turn.actor, of.id)
        sure = of.model_copy(update={"sure": True})
        return Screen(
            lines(
                t("↩️ № {number} goes on by itself again.", number=request.number),
                t("Its former deputy gets it back, if the mandate lasts; both are told."),
            ),
            rows=(
                (Button(t.plain("↩️ Yes, part them"), sure),),
                nav.exits(t, callbacks.OpenRequest(id=of.id)),
            ),
        )
    try:
        await turn.write(merging.part, turn.actor, of.id, of.version, turn.now, turn.today)
    except NotPossible as error:
        return await show_card(turn, of.id, t.plain(CANNOT[error.reason]))
    except AlreadyChanged as error:
        return await overtaken(turn, of.id, error)
    return await show_card(turn, of.id, t.plain("The request goes on by itself again."))


async def _named(turn: Turn, request: VoterRequest, typed: str) -> VoterRequest:
    """Which one is meant, by its number or by words of its line. Raises NotFound."""
    try:
        return await turn.read(merging.numbered, turn.actor, request, typed)
    except NotFound:
        found = await turn.read(similar.similar, turn.actor, request)
        words_only = not any(letter.isdecimal() for letter in typed)
        lines_of = [(_row(turn, one), one.id) for one in found if words_only]
        meant = choosing.meant(typed, lines_of)
        if meant is None:
            raise
        return await turn.read(requests.get, turn.actor, meant)


async def _offer(turn: Turn, request: VoterRequest, mistake: Markup | None = None) -> Screen:
    t = turn.t
    found = await turn.read(similar.similar, turn.actor, request)
    choosing.wait(turn, PLACE, id=request.id)
    buttons = [Button(_row(turn, one), _into(request, one.id)) for one in found]
    buttons.append(Button(t.plain("🔢 Write the number"), TypeMain(id=request.id)))
    return Screen(
        lines(
            t("🔗 With which one is № {number} merged?", number=request.number),
            t("These are alike in words and place. The one that is chosen becomes the main one.")
            if found
            else t("There is none alike. The number of the main one can be written."),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(*column(buttons), nav.exits(t, callbacks.MoreOfRequest(id=request.id))),
    )


def _into(request: VoterRequest, main_id: int) -> MergeInto:
    # The version of the main one is that of the preview.
    return MergeInto(id=request.id, version=request.version, into=main_id, into_version=1)


def _row(turn: Turn, one: Similar) -> str:
    t = turn.t
    day = dates.short_day(t, one.registered_at.astimezone(turn.zone).date(), turn.today)
    return " · ".join(filter(None, (one.number, day, words.place(t, one), one.deputy_name)))


def _preview(turn: Turn, request: VoterRequest, main: VoterRequest) -> Screen:
    t = turn.t

    def into(one: VoterRequest, other: VoterRequest, *, sure: bool) -> MergeInto:
        return MergeInto(
            id=one.id, version=one.version, into=other.id, into_version=other.version, sure=sure
        )

    return Screen(
        lines(
            t("🔗 № {number} goes on with № {main}", number=request.number, main=main.number),
            Markup("«{}»").format(words.short(t, request.text, 120)),
            Markup("→ «{}»").format(words.short(t, main.text, 120)),
            t("Responsible deputy: {name}", name=main.deputy_name),
            t("Lists show the main one alone; files, inquiries and followers stay within reach."),
            t("Each voter sees the state of the main one by the own link, and no other data."),
            t("A secretary can undo it."),
        ),
        rows=(
            (Button(t.plain("🔗 Yes, merge"), into(request, main, sure=True)),),
            (Button(t.plain("⇄ The other way round"), into(main, request, sure=False)),),
            nav.exits(t, Similars(id=request.id)),
        ),
    )
