"""What is said of clauses and instructions, in lines and on buttons."""

from collections.abc import Callable
from datetime import date, datetime

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.meetings.papers.callbacks import Language
from handlers.meetings.texts import clipped
from handlers.notices import Recipient
from handlers.turn import Turn
from handlers.ui import dates
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.meetings.clauses import Clause
from storage.meetings.tasks import Instruction

LABEL = 60  # characters on a button
WORDS = 30  # of a text there
SHORT = 300  # of a text in a line
TEXT = 1500  # of an instruction in its card

TurnTo = Callable[[int], CallbackData]
InLanguage = Callable[[Language], CallbackData]

STATES = {
    "drafted": N_("⏳ Being prepared"),
    "under_control": N_("⏳ Under control"),
    "removed": N_("✅ Removed from control"),
}


def clause_label(t: Translator, clause: Clause) -> str:
    """A clause in a list."""
    mark = " 📌" if clause.instructions else ""
    text = shortened(t.pick(clause.text_kk, clause.text_ru), LABEL - 8)
    return f"{clause.number}. {text}{mark}"


def task_label(t: Translator, i: Instruction, today: date) -> str:
    """An instruction in a list: what presses, what it is, who."""
    left = t.plain("no deadline yet")
    if i.deadline is not None:
        left = dates.days_left(t, i.deadline, today).unescape()
    text = shortened(t.pick(i.text_kk, i.text_ru), WORDS)
    parts = (left, text, i.executor or t.plain("no executor yet"))
    return shortened(" · ".join(parts), LABEL)


def deadline(t: Translator, i: Instruction, today: date) -> Markup:
    """The last day with the days left; of one without it, that there is none."""
    if i.deadline is None:
        return t("no deadline yet")
    day = dates.day(t, i.deadline, today)
    return Markup("{} · <b>{}</b>").format(day, dates.days_left(t, i.deadline, today))


def instruction(viewer: Turn | Recipient, i: Instruction) -> tuple[Markup | None, ...]:
    """An instruction line by line."""
    t = viewer.t
    branch = t.pick(i.branch_kk, i.branch_ru)
    return (
        Markup("{}").format(clipped(t.pick(i.text_kk, i.text_ru), TEXT)),
        t("Executor: {name}", name=i.executor or t("no executor yet")),
        t("Together with: {names}", names=", ".join(i.co_executors)) if i.co_executors else None,
        t("Branch: {name}", name=branch) if branch else None,
        t("Object: {name}", name=i.object) if i.object else None,
        t("To be done by: {date}", date=deadline(t, i, viewer.today)),
        t("By the meeting: {title}", title=t.pick(i.meeting_kk, i.meeting_ru)),
    )


def day_of(viewer: Turn | Recipient, moment: datetime) -> str:
    """The day of a moment as people read it."""
    return dates.short_day(viewer.t, moment.astimezone(viewer.zone).date(), viewer.today)
