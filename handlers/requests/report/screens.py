"""The monthly report on a phone's screen."""

from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from handlers.requests import words
from handlers.requests.callbacks import OpenRequest, RequestList
from handlers.requests.report.callbacks import (
    ChooseBranch,
    OpenReport,
    ReportBook,
    ReportCharts,
    ReportOverdue,
)
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.branches import Branch
from storage.requests.report import Figures, Report, month_of

TOP = 3  # of each group on the screen
LABEL = 84  # characters on a button


def number(month: date) -> int:
    """A month as a button carries it."""
    return month.year * 12 + month.month - 1


def first_day(number: int) -> date:
    """The opposite of ``number``."""
    return date(number // 12, number % 12 + 1, 1)


def name(t: Translator, month: date) -> str:
    """«2026 ж. қараша», «ноябрь 2026 г.»"""
    pattern = {"kk": "y 'ж'. MMMM", "ru": "LLLL y 'г'."}.get(t.language, "LLLL y")
    return format_date(month, pattern, locale=dates.locale_of(t))


def days(value: float | None) -> str:
    """A median in digits: whole, or with a half."""
    return "–" if value is None else f"{value:g}".replace(".", ",")


def report(
    t: Translator, made: Report, branch: Branch | None, several: bool, today: date
) -> Screen:
    """The figures of a month beside those of the one before."""
    at, of = number(made.month), branch.id if branch else 0
    earlier, later = month_of(made.month, -1), month_of(made.month, 1)
    arrows = [Button(f"‹ {earlier:%m.%Y}", OpenReport(month=at - 1, branch=of))]
    if later <= today:
        arrows.append(Button(f"{later:%m.%Y} ›", OpenReport(month=at + 1, branch=of)))
    choice = (Button(t.plain("🏢 Choose the branch (report)"), ChooseBranch(month=at)),)
    return Screen(
        lines(
            t("📊 <b>Report on requests: {month}</b>", month=name(t, made.month)),
            t.pick(branch.name_kk, branch.name_ru) if branch else None,
            *_figures(t, made.now, made.before),
            t("Overdue now: {n}", n=len(made.overdue)),
            *_groups(t, made),
        ),
        rows=(
            tuple(arrows),
            (
                Button(t.plain("📄 Report in Excel"), ReportBook(month=at, branch=of)),
                Button(t.plain("📈 Charts"), ReportCharts(month=at, branch=of)),
            ),
            *_late(t, made, at, of),
            *((choice,) if several else ()),
            nav.exits(t, RequestList()),
        ),
    )


def branches(t: Translator, listed: list[Branch], month: int) -> Screen:
    """Which branch; all of them is the first choice."""
    every = Button(t.plain("All branches (report)"), OpenReport(month=month))
    buttons = [
        Button(t.pick(one.name_kk, one.name_ru), OpenReport(month=month, branch=one.id))
        for one in listed
    ]
    return Screen(
        t("Which branch is the report about?"),
        rows=(*column([every, *buttons]), nav.exits(t, OpenReport(month=month))),
    )


def _figures(t: Translator, now: Figures, before: Figures) -> list[Markup]:
    return [
        t("Received: {n} (a month before: {before})", n=now.received, before=before.received),
        t("Done: {n} (a month before: {before})", n=now.done, before=before.done),
        t(
            "On time: {n} (a month before: {before})",
            n=percent(now.percent),
            before=percent(before.percent),
        ),
        t(
            "Median term, working days: {n} (a month before: {before})",
            n=days(now.median),
            before=days(before.median),
        ),
    ]


def percent(value: int | None) -> str:
    """«83 %», or a dash where nothing was done."""
    return "–" if value is None else f"{value} %"


def _groups(t: Translator, made: Report) -> list[Markup]:
    """Of what the month is made up: the biggest of each kind."""
    groups = (
        (N_("Most often: {list}"), [(t.pick(*names), n) for names, n in made.categories]),
        (N_("Places: {list}"), [(t.pick(*names), n) for names, n in made.places]),
        (N_("Came by: {list}"), [(words.channel(t, code), n) for code, n in made.channels]),
        (N_("Outcomes: {list}"), [(words.state(t, code), n) for code, n in made.outcomes]),
    )
    return [
        t(said, list="; ".join(f"{name} – {n}" for name, n in rows[:TOP]))
        for said, rows in groups
        if rows
    ]


def _late(t: Translator, made: Report, month: int, branch_id: int) -> tuple[Row, ...]:
    if not made.overdue:
        return ()
    label = t.plain("⚠️ Overdue ones: {n}", n=len(made.overdue))
    return ((Button(label, ReportOverdue(month=month, branch=branch_id)),),)


def overdue(t: Translator, made: Report, branch: Branch | None, page: int, today: date) -> Screen:
    """A page of what is overdue, the latest first: number, how late, whose it is."""
    at, of = number(made.month), branch.id if branch else 0
    page = paging.clamp(page, len(made.overdue))
    buttons = [
        Button(
            shortened(
                f"{one.number} · {dates.days_left(t, one.due_on, today).unescape()}"
                f" · {t.pick(*one.category)} · {one.deputy}",
                LABEL,
            ),
            OpenRequest(id=one.id),
        )
        for one in made.overdue[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(
            t("⚠️ <b>Overdue today: {n}</b>", n=len(made.overdue)),
            t.pick(branch.name_kk, branch.name_ru) if branch else None,
        ),
        rows=(
            *paging.rows(
                t, buttons, page, len(made.overdue),
                lambda to: ReportOverdue(month=at, branch=of, page=to),
            ),
            nav.exits(t, OpenReport(month=at, branch=of)),
        ),
    )  # fmt: skip
