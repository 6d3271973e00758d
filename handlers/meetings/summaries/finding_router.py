"""Deciding on what was found in a text: one by one, a kind at once, and into the meeting."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.meetings.papers import entering
from handlers.meetings.summaries import callbacks, desk_screens, finding_lists, writing
from handlers.meetings.summaries import finding_screens as screens
from handlers.meetings.summaries.callbacks import OpenFinding
from handlers.meetings.summaries.doing import done
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, lines
from storage import meetings
from storage.meetings import deciding, findings, summaries, taking
from storage.rules.access import Action

router = Router(name="meeting_findings")


@router.callback_query(callbacks.Findings.filter())
@policy(Action.PREPARE_MEETINGS)
async def overview(query: CallbackQuery, turn: Turn, callback_data: callbacks.Findings) -> Screen:
    """Everything that was found."""
    entering.leave(turn)
    return await finding_lists.whole(turn, callback_data.id)


@router.callback_query(callbacks.GoOn.filter())
@policy(Action.PREPARE_MEETINGS)
async def go_on(query: CallbackQuery, turn: Turn, callback_data: callbacks.GoOn) -> Screen:
    """The first that nobody has decided on."""
    found = await turn.read(findings.listed, turn.actor, callback_data.id)
    if not found.left:
        return await finding_lists.whole(turn, callback_data.id)
    return await screens.opened(turn, found.left[0].id)


@router.callback_query(OpenFinding.filter())
@policy(Action.PREPARE_MEETINGS)
async def open_finding(query: CallbackQuery, turn: Turn, callback_data: OpenFinding) -> Screen:
    """One finding."""
    entering.leave(turn)
    return await screens.opened(turn, callback_data.id)


@router.callback_query(callbacks.Decide.filter())
@policy(Action.PREPARE_MEETINGS)
async def decide(query: CallbackQuery, turn: Turn, callback_data: callbacks.Decide) -> Screen:
    """Accept or drop it; the next one comes."""
    of = callback_data
    state = findings.ACCEPTED if of.accept else findings.DROPPED
    result = await done(turn, deciding.decide, of.id, of.version, state, turn.now)
    if result.word is not None:
        return result.on(await screens.opened(turn, of.id))
    found, one = await turn.read(findings.around, turn.actor, of.id)
    following = found.after(of.id)
    meeting = await turn.read(meetings.get, turn.actor, one.meeting_id)
    if following is None:
        return finding_lists.overview(turn, meeting, found)
    return screens.finding(turn, meeting, found, following)


@router.callback_query(callbacks.Mend.filter())
@policy(Action.PREPARE_MEETINGS)
async def mend(query: CallbackQuery, turn: Turn, callback_data: callbacks.Mend) -> Screen:
    """What of it is to be mended; where there is one thing only, it is asked for at once."""
    _, one = await turn.read(findings.around, turn.actor, callback_data.id)
    if len(one.limits) == 1:
        detail = callbacks.Detail(next(iter(one.limits)))
        return await entering.begin(turn, writing.detail_step(detail), one.id)
    return screens.mending(turn, one)


@router.callback_query(callbacks.MendDetail.filter())
@policy(Action.PREPARE_MEETINGS)
async def mend_detail(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.MendDetail
) -> Screen:
    """Write a part of it anew."""
    step = writing.detail_step(callback_data.detail)
    return await entering.begin(turn, step, callback_data.id)


@router.callback_query(callbacks.EraseDetail.filter())
@policy(Action.PREPARE_MEETINGS)
async def erase_detail(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.EraseDetail
) -> Screen:
    """Take a part of it away."""
    of = callback_data
    result = await done(turn, deciding.mend, of.id, of.version, of.detail.value, "", turn.now)
    return result.on(await screens.opened(turn, of.id))


@router.callback_query(callbacks.AskItem.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_item(query: CallbackQuery, turn: Turn, callback_data: callbacks.AskItem) -> Screen:
    """Choose the item it stands on."""
    found, one = await turn.read(findings.around, turn.actor, callback_data.id)
    meeting = await turn.read(meetings.get, turn.actor, one.meeting_id)
    return screens.placing(turn, meeting, found, one, callback_data.page)


@router.callback_query(callbacks.PutOn.filter())
@policy(Action.PREPARE_MEETINGS)
async def put_on(query: CallbackQuery, turn: Turn, callback_data: callbacks.PutOn) -> Screen:
    """The item is chosen."""
    of = callback_data
    on = None if of.on == "-" else of.on
    result = await done(turn, deciding.put_on, of.id, of.version, on, turn.now)
    return result.on(await screens.opened(turn, of.id))


@router.callback_query(callbacks.TurnInto.filter())
@policy(Action.PREPARE_MEETINGS)
async def turn_into(query: CallbackQuery, turn: Turn, callback_data: callbacks.TurnInto) -> Screen:
    """A proposal is an instruction, or the other way round."""
    of = callback_data
    result = await done(turn, deciding.turn_into, of.id, of.version, turn.now)
    return result.on(await screens.opened(turn, of.id))


@router.callback_query(callbacks.OfKind.filter())
@policy(Action.PREPARE_MEETINGS)
async def of_kind(query: CallbackQuery, turn: Turn, callback_data: callbacks.OfKind) -> Screen:
    """All of a kind."""
    return await _of_kind(turn, callback_data.id, callback_data.kind, callback_data.page)


@router.callback_query(callbacks.AcceptKind.filter())
@policy(Action.PREPARE_MEETINGS)
async def accept_kind(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AcceptKind
) -> Screen:
    """Accept what is left of a kind, if it still is what was shown."""
    of = callback_data
    args = of.id, of.kind.value, of.seen, of.n
    result = await done(turn, deciding.accept_all, *args, turn.now)
    if result.word is not None:
        return result.on(await _of_kind(turn, of.id, of.kind))
    screen = await finding_lists.whole(turn, of.id)
    return replace(screen, toast=turn.t.plain("Accepted: {n}", n=result.result))


@router.callback_query(callbacks.DropRest.filter())
@policy(Action.PREPARE_MEETINGS)
async def drop_rest(query: CallbackQuery, turn: Turn, callback_data: callbacks.DropRest) -> Screen:
    """Drop what is left, once that is confirmed."""
    of = callback_data
    if not of.sure:
        found = await turn.read(findings.listed, turn.actor, of.id)
        return finding_lists.dropping(turn, found)
    result = await done(turn, deciding.drop_rest, of.id, of.seen, of.n, turn.now)
    return result.on(await finding_lists.whole(turn, of.id))


@router.callback_query(callbacks.TakeOver.filter())
@policy(Action.PREPARE_MEETINGS)
async def take_over(query: CallbackQuery, turn: Turn, callback_data: callbacks.TakeOver) -> Screen:
    """What was accepted goes into the meeting."""
    of = callback_data
    result = await done(turn, taking.take, of.id, turn.now, turn.today)
    taken = result.result
    if taken is None:
        if result.reason == "nothing":
            return result.on(await _desk(turn, of.id))
        return result.on(await finding_lists.whole(turn, of.id))
    return await _desk(turn, of.id, taken)


async def _desk(turn: Turn, meeting_id: int, taken: taking.Taken | None = None) -> Screen:
    t = turn.t
    desk = await turn.read(summaries.desk, turn.actor, meeting_id)
    if taken is None:
        return desk_screens.desk(turn, desk)
    word = lines(
        t(
            "✅ Put into the meeting: items {items}, figures {figures}, proposals {proposals}, "
            "instructions {instructions}.",
            items=taken.items,
            figures=taken.figures,
            proposals=taken.proposals,
            instructions=taken.instructions,
        ),
        t("⚠️ The final document is approved: {n} instructions are left out.", n=taken.left_out)
        if taken.left_out
        else None,
        t("Give the instructions an executor and a day in the final document.")
        if taken.instructions
        else None,
    )
    return desk_screens.desk(turn, desk, word=word)


async def _of_kind(turn: Turn, meeting_id: int, kind: callbacks.Kind, page: int = 0) -> Screen:
    found = await turn.read(findings.listed, turn.actor, meeting_id)
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    return finding_lists.of_kind(turn, meeting, found, kind, page)
