"""What a secretary sees while a new item is put under control."""

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from handlers.roadmap import words
from handlers.roadmap.callbacks import BranchRoadmap
from handlers.roadmap.item_callbacks import (
    AddItem,
    NewItemBranch,
    NewItemDay,
    NewItemExecutor,
    NewItemTitle,
)
from handlers.turn import Turn
from handlers.ui import calendar, dates, nav, paging, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from handlers.ui.typed_dates import DateMistake
from handlers.ui.typed_days import told
from storage.branches import Branch
from storage.roadmap import Kind, Term
from storage.roadmap.carrying import Carrier
from storage.rules.folding import fold
from storage.rules.working_days import WorkingCalendar

CAPABILITY = "roadmap_add"
TITLE, EXECUTOR, DEADLINE = (f"{CAPABILITY}:{step}" for step in ("title", "who", "until"))
DAYS = "rmnew"  # the purpose of the calendar
STEPS = 3
QUARTERS = 4  # that are offered
QUOTED, NAME = 120, 40  # characters
ROMAN = ("I", "II", "III", "IV")

EXAMPLES = {
    Kind.ROADMAP: N_("For example: light the streets of the village of Zhylga."),
    Kind.RECOMMENDATION: N_("For example: speed up the work on the irrigation canal."),
    Kind.REPORTING: N_("For example: report to the Bureau on the repair of schools."),
}


def title_step(
    turn: Turn, branch: Branch, several: bool, mistake: Markup | DateMistake | None = None
) -> Screen:
    """What is to be done."""
    t, chosen = turn.t, Kind(turn.conversation.data["kind"])
    kinds = column(
        Button(("• " if kind is chosen else "") + t.plain(name), AddItem(kind=kind))
        for kind, name in words.KINDS.items()
    )
    where: Row = (Button(t.plain("📍 Another territory"), NewItemBranch()),)
    return wizard.step(
        t,
        1,
        STEPS,
        lines(
            t("What is to be done? Write it in one message."),
            t("Territory: {name}", name=t.pick(branch.name_kk, branch.name_ru)),
        ),
        hint=t(EXAMPLES[chosen]),
        mistake=_said(turn, mistake),
        rows=(*kinds, *((where,) if several else ())),
        back=BranchRoadmap(),
    )


def branch_step(turn: Turn, reach: Sequence[Branch], page: int) -> Screen:
    """In which branch."""
    t = turn.t
    page = paging.clamp(page, len(reach))
    buttons = [
        Button(t.pick(one.name_kk, one.name_ru), NewItemBranch(branch=one.id))
        for one in reach[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    kind = Kind(turn.conversation.data["kind"])
    turned = paging.rows(t, buttons, page, len(reach), lambda to: NewItemBranch(page=to))
    return Screen(
        t("Which territory is the item of?"), rows=(*turned, nav.exits(t, AddItem(kind=kind)))
    )


def executor_step(
    turn: Turn, able: Sequence[Carrier], mistake: Markup | DateMistake | None = None
) -> Screen:
    """Who executes it: those whom the bot knows, narrowed by what was written."""
    t, data = turn.t, turn.conversation.data
    sought = str(data.get("sought") or "")
    found = [one for one in able if all(word in fold(one.name) for word in fold(sought).split())]
    page = paging.clamp(int(data.get("page") or 0), len(found))
    shown = found[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [Button(carrier(one), NewItemExecutor(person=one.id)) for one in shown]
    as_written = t.plain("✍️ As written: {name}", name=shortened(sought, NAME))
    written: Row = (Button(as_written, NewItemExecutor(written=True)),)
    return wizard.step(
        t,
        2,
        STEPS,
        lines(
            Markup("«{}»").format(shortened(str(data["title"]), QUOTED)),
            t("Who is to do it? Tap, or write a name."),
            None if all(one.reachable for one in shown) else t(UNREACHED),
            t("Whoever is not in the bot gets no reminders: invite them.") if sought else None,
        ),
        hint=t("For example: Ospanov, or the post of whoever is not in the bot"),
        mistake=_said(turn, mistake),
        rows=(
            *paging.rows(t, buttons, page, len(found), lambda to: NewItemExecutor(page=to)),
            *((written,) if sought else ()),
        ),
        back=NewItemTitle(),
    )


UNREACHED = N_("🔕 The bot does not reach them: they have not started it, or have blocked it.")


def carrier(one: Carrier) -> str:
    """Somebody on a button, marked when the bot does not reach them."""
    return one.name if one.reachable else f"🔕 {one.name}"


def deadline_step(
    turn: Turn,
    working: WorkingCalendar,
    month: date,
    mistake: Markup | DateMistake | None = None,
) -> Screen:
    """Until when: a day, the end of a quarter, each year."""
    t, today = turn.t, turn.today
    quarters = [Button(_quarter(turn, day), _term(day, Term.QUARTER)) for day in _ends(today)]
    pairs = tuple(tuple(quarters[n : n + 2]) for n in range(0, len(quarters), 2))
    december = date(today.year, 12, 31)
    each_year = Button(t.plain("Each year, until 31 December"), _term(december, Term.YEARLY))
    return wizard.step(
        t,
        3,
        STEPS,
        lines(
            Markup("«{}»").format(shortened(str(turn.conversation.data["title"]), QUOTED)),
            t("Until when? Tap a day or a quarter, or write it."),
            calendar.legend(t, month, today, working),
        ),
        hint=t("For example: 25.12, IV quarter, 2027, every year"),
        mistake=_said(turn, mistake),
        rows=(*calendar.rows(t, DAYS, month, today, working), *pairs, (each_year,)),
        back=NewItemExecutor(),
    )


def day_off_step(turn: Turn, day: date, working: WorkingCalendar) -> Screen:
    """A deadline on a day off: the working day before it may be meant."""
    t, today = turn.t, turn.today
    before = working.previous_working(day)
    keep = t.plain("Leave {date}", date=dates.short_day(t, day, today))
    rows: list[Row] = [(Button(keep, _term(day, Term.DATE)),)]
    if before >= today:
        earlier = t.plain("Make it {date}", date=dates.short_day(t, before, today))
        rows.insert(0, (Button(earlier, _term(before, Term.DATE)),))
    return wizard.step(
        t,
        3,
        STEPS,
        t("{date} is a day off. Reminders come on working days.", date=dates.day(t, day, today)),
        rows=tuple(rows),
        back=NewItemExecutor(),
    )


def _said(turn: Turn, mistake: Markup | DateMistake | None) -> Markup | None:
    return told(turn, mistake) if isinstance(mistake, DateMistake) else mistake


def _term(day: date, term: Term) -> NewItemDay:
    return NewItemDay(day=day.isoformat(), term=term.value)


def _quarter(turn: Turn, day: date) -> str:
    number = ROMAN[(day.month - 1) // 3]
    return turn.t.plain("quarter {number} of {year}", number=number, year=day.year)


def _ends(today: date) -> list[date]:
    """The last days of this quarter and of the next ones."""
    first = today.year * 4 + (today.month - 1) // 3
    begins = [date(n // 4, n % 4 * 3 + 1, 1) for n in range(first + 1, first + 1 + QUARTERS)]
    return [day - timedelta(days=1) for day in begins]
