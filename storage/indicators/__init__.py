"""Indicators: who sees them, how they stand, what is planned and what is reported of them."""

from storage.indicators.keeping import FIELDS, NewIndicator, add, change, set_plan
from storage.indicators.reading import (
    Entry,
    Indicator,
    Seen,
    Value,
    Which,
    find,
    get,
    history,
    listed,
    may_report,
    narrowed,
)
from storage.indicators.reporting import report

SUBJECT = "indicator"

__all__ = [
    "FIELDS",
    "SUBJECT",
    "Entry",
    "Indicator",
    "NewIndicator",
    "Seen",
    "Value",
    "Which",
    "add",
    "change",
    "find",
    "get",
    "history",
    "listed",
    "may_report",
    "narrowed",
    "report",
    "set_plan",
]
