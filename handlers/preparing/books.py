"""The quarterly report as a workbook: by direction, items, indicators, objects."""

from datetime import date, datetime

from handlers.indicators import words as indicator_words
from handlers.objects import words as object_words
from handlers.papers.written_workbooks import Column, Kind, NewSheet, Shown, made
from handlers.preparing import words
from handlers.roadmap.words import STATES
from handlers.ui.i18n import Translator, translator
from storage.preparing import Gathered
from storage.roadmap import State

Rows = list[tuple[Shown, ...]]


def workbook(language: str, found: Gathered, today: date, at: datetime) -> bytes:
    """The report in ``language``."""
    t = translator(language)
    sheets = (
        _summary(t, found, today),
        _items(t, found, today),
        _indicators(t, found),
        _objects(t, found, today),
    )
    return made(sheets, "", at)


def _summary(t: Translator, found: Gathered, today: date) -> NewSheet:
    counted: dict[str, dict[State | str, int]] = {}
    for one in found.items:
        name = t.pick(one.direction_kk, one.direction_ru) or t.plain("Without a direction")
        row = counted.setdefault(name, {})
        for key in (one.state, "all", *(("late",) if one.is_overdue(today) else ())):
            row[key] = row.get(key, 0) + 1
    columns = (
        Column(t.plain("Direction (column)"), width=40),
        Column(t.plain("Items (column)"), Kind.WHOLE, width=10),
        *(Column(t.plain(STATES[state]), Kind.WHOLE, width=16) for state in words.ORDER),
        Column(t.plain("Overdue (column)"), Kind.WHOLE, width=14),
    )
    rows: Rows = [
        (
            name,
            row["all"],
            *(row.get(state, 0) for state in words.ORDER),
            row.get("late", 0),
        )
        for name, row in counted.items()
    ]
    return NewSheet(words.quarter(t, today), columns, rows)


def _items(t: Translator, found: Gathered, today: date) -> NewSheet:
    columns = (
        Column("№", width=10),
        Column(t.plain("Direction (column)"), width=28),
        Column(t.plain("Item (column)"), width=50),
        Column(t.plain("Territory (column)"), width=28),
        Column(t.plain("Responsible (column)"), width=32),
        Column(t.plain("Deadline (column)"), Kind.DAY, width=14),
        Column(t.plain("State (column)"), width=22),
        Column(t.plain("Days overdue (column)"), Kind.WHOLE, width=14),
        Column(t.plain("Extensions (column)"), Kind.WHOLE, width=14),
        Column(t.plain("Said last (column)"), width=50),
    )
    rows: Rows = [
        (
            one.number,
            t.pick(one.direction_kk, one.direction_ru),
            t.pick(one.title_kk, one.title_ru),
            t.pick(one.branch_kk, one.branch_ru),
            ", ".join(part for part in (one.body, one.executor) if part),
            one.deadline,
            t.plain(STATES[one.state]),
            (today - one.deadline).days if one.is_overdue(today) else None,
            one.extensions,
            one.said,
        )
        for one in found.items
    ]
    return NewSheet(t.plain("Items (sheet)"), columns, rows)


def _indicators(t: Translator, found: Gathered) -> NewSheet:
    columns = (
        Column(t.plain("Indicator (column)"), width=50),
        Column(t.plain("Unit (column)"), width=14),
        Column(t.plain("Period (column)"), width=28),
        Column(t.plain("Plan (chart)"), Kind.NUMBER, width=14),
        Column(t.plain("Fact (chart)"), Kind.NUMBER, width=14),
        Column(t.plain("Carried out, % (column)"), Kind.NUMBER, width=14),
        Column(t.plain("State (column)"), width=28),
    )
    rows: Rows = []
    for one in found.indicators:
        last, execution = one.standing.last, one.standing.execution
        rows.append(
            (
                t.pick(one.indicator.name_kk, one.indicator.name_ru),
                t.pick(one.indicator.unit_kk, one.indicator.unit_ru),
                indicator_words.period(t, last.period) if last else None,
                last.plan if last else None,
                last.fact if last else None,
                None if execution is None else round(execution, 1),
                indicator_words.state(t, one.standing),
            )
        )
    return NewSheet(t.plain("Indicators (part)"), columns, rows)


def _objects(t: Translator, found: Gathered, today: date) -> NewSheet:
    columns = (
        Column(t.plain("Object (column)"), width=50),
        Column(t.plain("Territory (column)"), width=28),
        Column(t.plain("State (column)"), width=20),
        Column(t.plain("Ready, % (column)"), Kind.WHOLE, width=14),
        Column(t.plain("To be finished (column)"), Kind.DAY, width=16),
        Column(t.plain("Last visit (column)"), Kind.DAY, width=16),
    )
    rows: Rows = [
        (
            t.pick(one.name_kk, one.name_ru),
            t.pick(one.branch_kk, one.branch_ru),
            object_words.state(t, one, today),
            one.percent,
            one.plan_on,
            one.visited_on,
        )
        for one in found.objects
    ]
    return NewSheet(t.plain("Objects (sheet)"), columns, rows)
