"""The screens of instructions: one of them, those of a meeting, and one's own."""

from datetime import date

from markupsafe import Markup

from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.papers import words
from handlers.meetings.papers.callbacks import (
    DEADLINE,
    AskBranch,
    AskDeadline,
    AskObject,
    For,
    MeetingTasks,
    MyTasks,
    OpenClause,
    OpenInstruction,
    PickBranch,
    Picker,
    RemoveInstruction,
    RewordInstruction,
)
from handlers.meetings.texts import title
from handlers.roadmap.callbacks import OpenItem
from handlers.turn import Turn
from handlers.ui import calendar, nav, paging, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.branches import Branch
from storage.meetings import Meeting, tasks
from storage.meetings.preparing import prepares
from storage.meetings.tasks import Instruction, TaskPage
from storage.rules.access import Action, may
from storage.rules.working_days import WorkingCalendar

LACKS = {
    "executor": N_("⚠️ Before approval it needs an executor."),
    "deadline": N_("⚠️ Before approval it needs a deadline ahead."),
}


async def opened(turn: Turn, instruction_id: int, *, own: bool = False) -> Screen:
    """An instruction as it stands now."""
    return card(turn, await turn.read(tasks.get, turn.actor, instruction_id), own=own)


def card(turn: Turn, i: Instruction, *, own: bool = False) -> Screen:
    """An instruction; while it is drafted, with everything that can be filled in."""
    t = turn.t
    drafted = i.state == "drafted"
    fills = drafted and prepares(turn.actor, i.meeting_branch_id, i.meeting_body)
    return Screen(
        lines(
            t(
                "📌 <b>Instruction № {number}</b> · {state}",
                number=i.number,
                state=t(words.STATES[i.state]),
            ),
            *words.instruction(turn, i),
            *(t(LACKS[lack]) for lack in i.lacks(turn.today) if drafted),
        ),
        rows=(
            *(_filling(turn, i) if fills else ()),
            *_control(turn, i),
            nav.exits(t, _back(i, own=own)),
        ),
    )


def _control(turn: Turn, i: Instruction) -> tuple[Row, ...]:
    """The way to its card under control, for those who carry it or look after its branch."""
    carries = turn.actor.person_id in {i.executor_id, *i.co_executor_ids}
    if i.control_id is None or not (carries or may(turn.actor, Action.SEE_BRANCH_ROADMAP)):
        return ()
    return ((Button(turn.t.plain("🎯 Report and control"), OpenItem(id=i.control_id)),),)


def removing(turn: Turn, i: Instruction) -> Screen:
    """Before it is dropped."""
    t = turn.t
    sure = RemoveInstruction(id=i.id, version=i.version, sure=True)
    return Screen(
        lines(
            t("⚠️ <b>Delete instruction № {number}?</b>", number=i.number),
            shortened(t.pick(i.text_kk, i.text_ru), words.SHORT),
            t("Its clause stays."),
        ),
        rows=((Button(t.plain("Yes, delete"), sure),), nav.exits(t, OpenInstruction(id=i.id))),
    )


def mine(turn: Turn, page: TaskPage) -> Screen:
    """What one carries out."""
    t = turn.t
    return Screen(
        lines(
            t("📌 <b>My instructions: {n}</b>", n=page.total),
            t("By deadline. Tap one to read it.")
            if page.total
            else t("No instruction is yours now. Once one is given to you, you will be told."),
        ),
        rows=(
            *_list(turn, page, lambda n: MyTasks(page=n), own=True),
            nav.exits(t),
        ),
    )


def of_meeting(turn: Turn, meeting: Meeting, page: TaskPage) -> Screen:
    """The instructions of a meeting, with state and days left."""
    t = turn.t
    return Screen(
        lines(
            t("📌 <b>Instructions of the meeting: {n}</b>", n=page.total),
            title(turn, meeting),
            None if page.total else t("No instruction was given."),
            t("They come under control when the final document is approved.")
            if page.total and meeting.document_at is None
            else None,
        ),
        rows=(
            *_list(turn, page, lambda n: MeetingTasks(id=meeting.id, page=n), own=False),
            nav.exits(t, OpenMeeting(id=meeting.id)),
        ),
    )


def deadline_step(
    turn: Turn,
    i: Instruction,
    working: WorkingCalendar,
    month: date,
    mistake: Markup | None = None,
) -> Screen:
    """Until when: tapped or written."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("<b>Until when is it to be done?</b>"),
            shortened(t.pick(i.text_kk, i.text_ru), words.SHORT),
            calendar.legend(t, month, turn.today, working),
        ),
        hint=t("Tap a day or write it: 24.12, Friday, in 2 weeks."),
        mistake=mistake,
        rows=calendar.rows(t, DEADLINE, month, turn.today, working),
        back=OpenInstruction(id=i.id),
    )


def branch_step(turn: Turn, i: Instruction, every: list[Branch], page: int) -> Screen:
    """Which branch it is about."""
    t = turn.t
    page = paging.clamp(page, len(every))
    buttons = [
        Button(
            shortened(t.pick(branch.name_kk, branch.name_ru), words.LABEL),
            PickBranch(id=i.id, version=i.version, branch=branch.id),
        )
        for branch in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(
            t("<b>Which branch is it about?</b>"),
            shortened(t.pick(i.text_kk, i.text_ru), words.SHORT),
        ),
        rows=(
            *paging.rows(
                t,
                buttons,
                page,
                len(every),
                lambda n: AskBranch(id=i.id, version=i.version, page=n),
            ),
            nav.exits(t, OpenInstruction(id=i.id)),
        ),
    )


def _filling(turn: Turn, i: Instruction) -> tuple[Row, ...]:
    t = turn.t
    about = {"id": i.id, "version": i.version}
    executor = Button(t.plain("Executor"), Picker(why=For.INSTRUCTION, **about))
    together = Button(t.plain("Co-executors"), Picker(why=For.TOGETHER, **about))
    return (
        (executor, Button(t.plain("Deadline"), AskDeadline(**about))),
        (together, Button(t.plain("Branch"), AskBranch(**about))),
        (
            Button(t.plain("Object"), AskObject(id=i.id)),
            Button(t.plain("Wording"), RewordInstruction(id=i.id)),
        ),
        (Button(t.plain("Delete the instruction"), RemoveInstruction(**about)),),
    )


def _back(i: Instruction, *, own: bool) -> OpenClause | MyTasks | MeetingTasks:
    if own:
        return MyTasks()
    if i.state == "drafted" and i.clause_id is not None:
        return OpenClause(id=i.clause_id)
    return MeetingTasks(id=i.meeting_id)


def _list(turn: Turn, page: TaskPage, turn_to: words.TurnTo, *, own: bool) -> tuple[Row, ...]:
    buttons = [
        Button(words.task_label(turn.t, i, turn.today), OpenInstruction(id=i.id, own=own))
        for i in page.instructions
    ]
    return paging.rows(turn.t, buttons, page.number, page.total, turn_to)
