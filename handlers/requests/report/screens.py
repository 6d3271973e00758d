"""The monthly report on a phone's screen."""

from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from handlers.requests.callbacks import RequestList
from handlers.requests.report.callbacks import ChooseBranch, OpenReport, ReportBook, ReportCharts
from handlers.ui import dates, nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, column, lines
from storage.branches import Branch
from storage.requests.report import Figures, Report, month_of

TOP = 3  # categories on the screen


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
            *_top(t, made),
        ),
        rows=(
            tuple(arrows),
            (
                Button(t.plain("📄 Report in Excel"), ReportBook(month=at, branch=of)),
                Button(t.plain("📈 Charts"), ReportCharts(month=at, branch=of)),
            ),
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


def _top(t: Translator, made: Report) -> list[Markup]:
    if not made.categories:
        return []
    listed = [f"{t.pick(*names)} – {n}" for names, n in made.categories[:TOP]]
    return [t("Most often: {list}", list=", ".join(listed))]
