"""The steps of announcing a meeting: which one comes, and what an answer leads to."""

from datetime import datetime, time
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.announcing import check, screens
from handlers.meetings.announcing.check import Whole
from handlers.meetings.announcing.draft import CAPABILITY, CHECK, STEPS, Draft
from handlers.turn import Turn
from handlers.ui.screen import Screen
from handlers.ui.typed_dates import DateMistake, Kind, TypedDate
from handlers.ui.typed_days import told
from handlers.ui.wizard import Renderer
from storage import branches, working_days
from storage.meetings import calling, times


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step where the draft stands, with what was wrong with the last answer."""
    step = (turn.conversation.state or "").removeprefix(f"{CAPABILITY}:")
    draft = Draft.of(turn.conversation)
    if step == "body":
        choices = await turn.read(calling.choices, turn.actor)
        return screens.body_step(turn.t, choices, mistake)
    if step == "day":
        working = await turn.read(working_days.load)
        return screens.day_step(turn, working, max(draft.day or turn.today, turn.today), mistake)
    if step == "time":
        return screens.time_step(turn, draft, mistake)
    if step == "place":
        return screens.place_step(turn.t, mistake)
    if step == "agenda":
        return screens.agenda_step(turn.t, mistake)
    return await _check(turn, draft, mistake)


RESUME: dict[str, Renderer] = {f"{CAPABILITY}:{step}": show for step in (*STEPS, CHECK)}


async def _check(turn: Turn, draft: Draft, mistake: Markup | None) -> Screen:
    if draft.next_step != CHECK:
        return await ask(turn, draft.next_step)
    moment = draft.starts_at(turn.zone)
    if moment <= turn.now:
        return await ask(turn, "day", check.passed(turn, moment))
    return check.check(turn, draft, await turn.read(whole, turn, draft), mistake)


def whole(tx: Connection, turn: Turn, draft: Draft) -> Whole:
    """Whose meeting the draft is of, whom it is told to, and what else there is on its day."""
    branch_id, body = int(draft.branch_id or 0), str(draft.body)
    called = calling.called(tx, turn.actor, branch_id, body, turn.today)
    moment = draft.starts_at(turn.zone)
    others = times.others_of_day(tx, branch_id, body, *check.day_of(moment, turn.zone))
    clash = times.clash(tx, branch_id, body, moment)
    return Whole(branches.get(tx, branch_id), called, working_days.load(tx), others, clash)


async def ask(turn: Turn, step: str, mistake: Markup | None = None) -> Screen:
    """Go to ``step`` and show it."""
    turn.conversation.to(f"{CAPABILITY}:{step}")
    return await show(turn, mistake)


async def take(turn: Turn, **answers: Any) -> Screen:
    """Keep answers and go to the first step that has none, else to the check."""
    turn.conversation.data.update(answers)
    return await ask(turn, Draft.of(turn.conversation).next_step)


async def take_date(turn: Turn, typed: TypedDate) -> Screen:
    """Keep a day; the time that was kept for another day may have passed on this one."""
    if typed.time is not None:
        return await take(turn, day=typed.day.isoformat(), time=f"{typed.time:%H:%M}")
    turn.conversation.data["day"] = typed.day.isoformat()
    draft = Draft.of(turn.conversation)
    if draft.time is None:
        return await ask(turn, draft.next_step)
    return await take_time(turn, draft.time)


async def take_time(turn: Turn, at: time) -> Screen:
    """Keep a time, if it is still ahead on the day that was chosen."""
    draft = Draft.of(turn.conversation)
    if draft.day is None or draft.day < turn.today:
        return await ask(turn, "day")
    if datetime.combine(draft.day, at, turn.zone) <= turn.now:
        turn.conversation.data.pop("time", None)
        return await ask(turn, "time", told(turn, DateMistake(Kind.IN_THE_PAST, draft.day)))
    return await take(turn, time=f"{at:%H:%M}")
