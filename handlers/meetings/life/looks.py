"""How the steps of moving a meeting look, and the look at it before people are told."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.announcing import check
from handlers.meetings.announcing.screens import TIMES_IN_A_ROW, USUAL_TIMES
from handlers.meetings.life import callbacks, words
from handlers.meetings.life.callbacks import PURPOSE, Edit
from handlers.meetings.manage import Manage
from handlers.turn import Turn
from handlers.ui import calendar, date_mistakes, dates, nav, wizard
from handlers.ui.screen import Button, Row, Screen, lines
from storage import working_days
from storage.meetings import Meeting, change_notices, steps, times
from storage.meetings.times import Clash
from storage.rules.meeting_states import DRAFT
from storage.rules.working_days import WorkingCalendar


@dataclass(frozen=True)
class Plan:
    """What was entered so far."""

    day: date | None = None
    hour: time | None = None
    reason: str | None = None

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Plan":
        """The plan as it was kept."""
        day, hour = data.get("day"), data.get("hour")
        return cls(
            day=date.fromisoformat(day) if day else None,
            hour=time.fromisoformat(hour) if hour else None,
            reason=data.get("reason"),
        )

    def starts_at(self, zone: ZoneInfo) -> datetime | None:
        """The moment it is moved to; None while day or hour is open."""
        if self.day is None or self.hour is None:
            return None
        return datetime.combine(self.day, self.hour, zone)

    def seal(self, meeting: Meeting, told: int) -> str:
        """A mark of this very content, told to this number of people."""
        return seal(meeting.id, meeting.version, str(self.day), str(self.hour), self.reason, told)


@dataclass(frozen=True)
class NewDay:
    """A meeting that is moved, how many had its first notice, and what else there is then."""

    meeting: Meeting
    told: int
    working: WorkingCalendar
    clash: Clash | None
    others: list[datetime]  # of the same body on that day


def seal(*content: object) -> str:
    """A short mark of what was shown."""
    whole = json.dumps(content, ensure_ascii=False, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def new_day(tx: Connection, turn: Turn, meeting_id: int, moment: datetime | None) -> NewDay:
    """What moving the meeting to ``moment`` leads to. Raises NotFound and NotAllowed."""
    meeting = steps.managed(tx, turn.actor, meeting_id)
    told = len(change_notices.told(tx, meeting_id))
    working = working_days.load(tx)
    if moment is None:
        return NewDay(meeting, told, working, None, [])
    clash = times.clash(tx, meeting.branch_id, meeting.body, moment, besides=meeting.id)
    begins, ends = check.day_of(moment, turn.zone)
    others = times.others_of_day(
        tx, meeting.branch_id, meeting.body, begins, ends, besides=meeting.id
    )
    return NewDay(meeting, told, working, clash, others)


def day_step(turn: Turn, found: NewDay, mistake: Markup | None, month: str | None) -> Screen:
    """The day: tapped or typed."""
    t, today = turn.t, turn.today
    shown = _month(turn, found.meeting, month)
    return wizard.step(
        t,
        1,
        _steps(found),
        lines(t("On which day?"), _now_at(turn, found.meeting)),
        hint=lines(
            t("Tap a day or type it: {example}", example=date_mistakes.example(t, today)),
            calendar.legend(t, shown, today, found.working),
        ),
        mistake=mistake,
        rows=calendar.rows(t, PURPOSE, shown, today, found.working),
        back=_back(found),
    )


def hour_step(turn: Turn, found: NewDay, day: date, mistake: Markup | None) -> Screen:
    """The time of day; on today only what is still ahead."""
    t, now = turn.t, turn.local
    buttons = [
        Button(f"{at:%H:%M}", callbacks.PickHour(minutes=at.hour * 60 + at.minute))
        for at in USUAL_TIMES
        if day != now.date() or at > now.time()
    ]
    rows: tuple[Row, ...] = tuple(
        tuple(buttons[i : i + TIMES_IN_A_ROW]) for i in range(0, len(buttons), TIMES_IN_A_ROW)
    )
    return wizard.step(
        t,
        2,
        _steps(found),
        t("At what time? {day}", day=dates.day(t, day, turn.today)),
        hint=t("Tap a time or type it, for example: 15:30"),
        mistake=mistake,
        rows=rows,
        back=callbacks.ToStep(step="day"),
    )


def reason_step(turn: Turn, mistake: Markup | None) -> Screen:
    """Why it is moved, for those who are told."""
    t = turn.t
    return wizard.step(
        t,
        3,
        3,
        t("Why is it moved? Those called will read it."),
        hint=t("For example: the speakers are on a business trip"),
        mistake=mistake,
        back=callbacks.ToStep(step="hour"),
        skip=callbacks.NoReason(),
    )


def check_move(
    turn: Turn, found: NewDay, plan: Plan, mistake: Markup | None, alert: str | None
) -> Screen:
    """Exactly what will happen, to how many; confirmed on this very content."""
    t, meeting = turn.t, found.meeting
    moment = plan.starts_at(turn.zone)
    if moment is None:
        return day_step(turn, found, mistake, None)
    day = moment.date()
    problem = mistake
    if found.clash is not None:
        problem = words.overlaps(turn, found.clash)
    elif moment <= turn.now:
        problem = words.refused(turn, "in_the_past")
    confirm = callbacks.ConfirmMove(
        id=meeting.id, version=meeting.version, seal=plan.seal(meeting, found.told)
    )
    yes: tuple[Row, ...] = (
        (Button(t.plain("✅ Move it, tell {n} people", n=found.told), confirm),),
    )
    blocked = found.clash is not None or moment <= turn.now
    return Screen(
        lines(
            t("🗓 <b>Check before it is moved</b>"),
            Markup("⚠️ {}").format(problem) if problem else None,
            t.pick(meeting.title_kk, meeting.title_ru),
            _now_at(turn, meeting),
            Markup("<b>{}</b> · {}").format(
                t("New time: {moment}", moment=words.moment(turn, moment)),
                dates.days_left(t, day, turn.today),
            ),
            check.far(t, day, turn.today),
            check.day_off(t, day, found.working),
            check.others(t, found.others, turn.zone) if found.clash is None else None,
            t("Reason: {text}", text=plan.reason) if plan.reason else t("Reason: not given"),
            "",
            t("The notice goes at once to {n} people who had the first one.", n=found.told),
            t("They are asked anew whether they come."),
        ),
        rows=(
            *(() if blocked else yes),
            (
                Button(t.plain("Change the day"), callbacks.ToStep(step="day")),
                Button(t.plain("Change the time"), callbacks.ToStep(step="hour")),
            ),
            (Button(t.plain("Change the reason"), callbacks.ToStep(step="reason")),),
            (Button(t.plain("Leave it as it is"), wizard.CancelWizard()),),
        ),
        toast=alert,
        alert=alert is not None,
    )


def moved(turn: Turn, meeting: Meeting, told: int) -> Screen:
    """It has another day or hour."""
    t = turn.t
    moment = words.moment(turn, meeting.starts_at) if meeting.starts_at else ""
    return Screen(
        lines(
            t("✅ <b>The meeting is moved</b>"),
            t.pick(meeting.title_kk, meeting.title_ru),
            moment,
            t("The notice goes to {n} people, to each in their language.", n=told),
        ),
        rows=(nav.exits(t, Manage(id=meeting.id)),),
    )


def _steps(found: NewDay) -> int:
    return 2 if found.meeting.state == DRAFT else 3


def _back(found: NewDay) -> Edit | Manage:
    meeting = found.meeting
    return Edit(id=meeting.id) if meeting.state == DRAFT else Manage(id=meeting.id)


def _now_at(turn: Turn, meeting: Meeting) -> Markup | None:
    if meeting.starts_at is None:
        return None
    return turn.t("Now it is at: {moment}", moment=words.moment(turn, meeting.starts_at))


def _month(turn: Turn, meeting: Meeting, month: str | None) -> date:
    if month is not None:
        return max(date.fromisoformat(month), turn.today)
    if meeting.starts_at is None:
        return turn.today
    return max(meeting.starts_at.astimezone(turn.zone).date(), turn.today)
