"""The choice of a person: for a new instruction (the second tap), its executor, those beside."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.papers import entering, instruction_screens
from handlers.meetings.papers.callbacks import (
    For,
    OpenClause,
    OpenInstruction,
    Pick,
    Picker,
    PickWritten,
)
from handlers.meetings.papers.trying import tried
from handlers.meetings.sitting.callbacks import OpenProposal
from handlers.turn import Turn
from handlers.ui import nav, paging, texts
from handlers.ui.filters import AnyMessage
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines, shortened, toast
from storage.meetings import clauses, instructions, proposals, tasks
from storage.meetings.instructions import NAME_LIMIT, Executor
from storage.rules.access import Action

router = Router(name="meeting_picking")

STEP = "person"
STATE = f"{entering.CAPABILITY}:{STEP}"
LABEL = 60  # characters

QUESTIONS = {
    For.PROPOSAL: N_("Who carries it out?"),
    For.CLAUSE: N_("Who carries it out?"),
    For.INSTRUCTION: N_("Who carries it out?"),
    For.TOGETHER: N_("Who helps to carry it out? A second tap takes a person off."),
}


@router.callback_query(Picker.filter())
@policy(Action.PREPARE_MEETINGS)
async def picker(query: CallbackQuery, turn: Turn, callback_data: Picker) -> Screen:
    """The people to choose from; a name may be written too."""
    of = callback_data
    part = _written(turn, of) if of.page else ""
    entering.open_step(turn, STEP, why=of.why.value, about=of.id, part=part)
    return await _choice(turn, of, part)


@router.message(StateFilter(STATE), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def name_written(message: Message, turn: Turn) -> Screen:
    """A part of a name narrows the list; somebody not registered stays as written."""
    name = texts.typed(message.text, NAME_LIMIT)
    data = turn.conversation.data
    with entering.closing(turn):
        of = await _anew(turn, For(data["why"]), int(data["about"]))
    if isinstance(name, texts.Mistake):
        told = texts.told(turn.t, name, NAME_LIMIT)
        return await _choice(turn, of, str(data.get("part") or ""), told)
    name = " ".join(name.split())
    turn.conversation.to(STATE, part=name)
    return await _choice(turn, of, name)


@router.callback_query(Pick.filter())
@policy(Action.PREPARE_MEETINGS)
async def picked(query: CallbackQuery, turn: Turn, callback_data: Pick) -> Screen:
    """A person is chosen, or nobody yet."""
    of = callback_data
    return await _give(turn, of.why, of.id, of.version, Executor(person_id=of.person or None))


@router.callback_query(PickWritten.filter())
@policy(Action.PREPARE_MEETINGS)
async def picked_by_name(query: CallbackQuery, turn: Turn, callback_data: PickWritten) -> Screen:
    """Somebody who is not registered is chosen by the name that was written."""
    of = callback_data
    name = _written(turn, of)
    if not name:
        return toast(turn.t.plain("Write the name once more."), alert=True)
    return await _give(turn, of.why, of.id, of.version, Executor(name=name))


def _written(turn: Turn, of: Picker | PickWritten) -> str:
    """The name that was written for this very choice."""
    data = turn.conversation.data
    here = turn.conversation.state == STATE and data.get("about") == of.id
    return str(data.get("part") or "") if here and data.get("why") == of.why.value else ""


async def _give(turn: Turn, why: For, about: int, version: int, to: Executor) -> Screen:
    if why is For.TOGETHER:
        # The choice stays open: several are chosen one after another.
        person_id = to.person_id or 0
        toggled = await tried(
            turn, instructions.toggle_co_executor, about, version, person_id, turn.now
        )
        return toggled.on(await _choice(turn, await _anew(turn, why, about), ""))
    entering.leave(turn)
    if why is For.INSTRUCTION:
        done = await tried(turn, instructions.set_executor, about, version, to, turn.now)
        return done.on(await instruction_screens.opened(turn, about))
    fn = instructions.of_proposal if why is For.PROPOSAL else instructions.of_clause
    given = await tried(turn, fn, about, version, to, turn.now)
    if given.result is not None:
        return await instruction_screens.opened(turn, given.result)
    return given.on(await _choice(turn, await _anew(turn, why, about), ""))


async def _anew(turn: Turn, why: For, about: int) -> Picker:
    """The choice as things stand now."""
    if why is For.PROPOSAL:
        version = (await turn.read(proposals.get, turn.actor, about)).version
    elif why is For.CLAUSE:
        version = (await turn.read(clauses.get, turn.actor, about)).version
    else:
        version = (await turn.read(tasks.get, turn.actor, about)).version
    return Picker(why=why, id=about, version=version)


async def _choice(turn: Turn, of: Picker, part: str, mistake: Markup | None = None) -> Screen:
    t = turn.t
    meeting_id, text, beside = await _about(turn, of)
    found, total = await turn.read(
        tasks.candidates, turn.actor, meeting_id, turn.today, of.page, part
    )
    page = min(of.page, paging.pages(total) - 1)
    buttons = [
        Button(
            shortened(("✅ " if one.id in beside else "") + one.name, LABEL),
            Pick(why=of.why, id=of.id, version=of.version, person=one.id),
        )
        for one in found
    ]
    by_name = Button(
        shortened(t.plain("As written: {name}", name=part), LABEL),
        PickWritten(why=of.why, id=of.id, version=of.version),
    )
    later = Button(t.plain("Later"), Pick(why=of.why, id=of.id, version=of.version, person=0))
    new = of.why in (For.PROPOSAL, For.CLAUSE)
    return Screen(
        lines(
            Markup("<b>{}</b>").format(t(QUESTIONS[of.why])),
            shortened(text, 300),
            t("Found by «{part}»: {n}", part=part, n=total) if part else None,
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t("<i>Tap a person, or write a name or a part of it.</i>"),
        ),
        rows=(
            *paging.rows(t, buttons, page, total, lambda n: of.model_copy(update={"page": n})),
            *(((by_name,),) if part and of.why is not For.TOGETHER else ()),
            *(((later,),) if new else ()),
            nav.exits(t, _back(of)),
        ),
    )


async def _about(turn: Turn, of: Picker) -> tuple[int, str, frozenset[int]]:
    """The meeting, the words that are to be carried out, and who is a co-executor already."""
    t = turn.t
    if of.why is For.PROPOSAL:
        sent = await turn.read(proposals.get, turn.actor, of.id)
        return sent.meeting_id, t.pick(sent.text_kk, sent.text_ru), frozenset()
    if of.why is For.CLAUSE:
        one = await turn.read(clauses.get, turn.actor, of.id)
        return one.meeting_id, t.pick(one.text_kk, one.text_ru), frozenset()
    task = await turn.read(tasks.get, turn.actor, of.id)
    beside = task.co_executor_ids if of.why is For.TOGETHER else frozenset()
    return task.meeting_id, t.pick(task.text_kk, task.text_ru), beside


def _back(of: Picker) -> OpenProposal | OpenClause | OpenInstruction:
    if of.why is For.PROPOSAL:
        return OpenProposal(id=of.id)
    return OpenClause(id=of.id) if of.why is For.CLAUSE else OpenInstruction(id=of.id)


async def again(turn: Turn) -> Screen:
    """The choice that was left, as things stand now."""
    data = turn.conversation.data
    with entering.closing(turn):
        of = await _anew(turn, For(data["why"]), int(data["about"]))
    return await _choice(turn, of, str(data.get("part") or ""))
