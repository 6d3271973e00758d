"""The monthly report as a workbook, and its charts."""

from datetime import date, datetime, timedelta

from handlers.papers import charts
from handlers.papers.written_workbooks import Column, Kind, NewSheet, Shown, made
from handlers.requests import words
from handlers.requests.report.screens import name, percent
from handlers.ui.i18n import N_, Translator, translator
from storage.requests.report import Report, month_of

Rows = list[tuple[Shown, ...]]


def workbook(language: str, report: Report, at: datetime) -> bytes:
    """The report in ``language``: a sheet for each of its parts."""
    t = translator(language)
    groups = (
        (t.plain("By category"), [(t.pick(*names), n) for names, n in report.categories]),
        (t.plain("By place"), [(t.pick(*names), n) for names, n in report.places]),
        (t.plain("By channel"), [(words.channel(t, code), n) for code, n in report.channels]),
        (t.plain("By outcome"), [(words.state(t, code), n) for code, n in report.outcomes]),
    )
    return made(
        (_summary(t, report), *(_group(t, *one) for one in groups), _overdue(t, report)), "", at
    )


def pictures(language: str, report: Report) -> list[bytes]:
    """The charts in ``language``: by category, place and outcome, and week by week."""
    t = translator(language)
    month, others = name(t, report.month), t.plain("The others (chart)")
    groups = (
        (N_("By category: {month}"), [(t.pick(*names), n) for names, n in report.categories]),
        (N_("By place: {month}"), [(t.pick(*names), n) for names, n in report.places]),
        (N_("By outcome: {month}"), [(words.state(t, code), n) for code, n in report.outcomes]),
    )
    weeks = charts.pairs(
        t.plain("By week: {month}", month=month),
        t.plain("Received (chart)"),
        t.plain("Done (chart)"),
        [(_week(first, last), came, went) for first, last, came, went in _ends(report)],
    )
    drawn = [charts.bars(t.plain(said, month=month), rows, others) for said, rows in groups if rows]
    return [*drawn, weeks]


def _ends(report: Report) -> list[tuple[date, date, int, int]]:
    """Each week of the report with its last day in the month."""
    firsts = [first for first, _, _ in report.weeks]
    nexts = [*firsts[1:], month_of(report.month, 1)]
    return [
        (first, after - timedelta(days=1), came, went)
        for (first, came, went), after in zip(report.weeks, nexts, strict=True)
    ]


def _week(first: date, last: date) -> str:
    """«2–8»: the month stands above."""
    return str(first.day) if first == last else f"{first.day}–{last.day}"


def _summary(t: Translator, report: Report) -> NewSheet:
    now, before = report.now, report.before
    rows: Rows = [
        (t.plain("Received (chart)"), now.received, before.received),
        (t.plain("Done (chart)"), now.done, before.done),
        (t.plain("Done on time"), now.on_time, before.on_time),
        (t.plain("Done on time, %"), percent(now.percent), percent(before.percent)),
        (t.plain("Median term, working days"), now.median, before.median),
        (t.plain("Overdue on the day of the report"), len(report.overdue), None),
    ]
    columns = (
        Column(t.plain("Figure (column)"), width=40),
        Column(name(t, report.month), Kind.NUMBER, width=18),
        Column(t.plain("The month before"), Kind.NUMBER, width=18),
    )
    return NewSheet(t.plain("Summary (sheet)"), columns, rows)


def _group(t: Translator, title: str, rows: list[tuple[str, int]]) -> NewSheet:
    columns = (Column(title, width=44), Column(t.plain("Requests (number)"), Kind.WHOLE, width=12))
    return NewSheet(title, columns, rows)


def _overdue(t: Translator, report: Report) -> NewSheet:
    columns = (
        Column(t.plain("Number (column)"), width=18),
        Column(t.plain("Category (column)"), width=28),
        Column(t.plain("Place (column)"), width=36),
        Column(t.plain("Deputy (column)"), width=30),
        Column(t.plain("Due (column)"), Kind.DAY, width=14),
    )
    rows = [
        (one.number, t.pick(*one.category), t.pick(*one.place), one.deputy, one.due_on)
        for one in report.overdue
    ]
    return NewSheet(t.plain("Overdue (sheet)"), columns, rows)
