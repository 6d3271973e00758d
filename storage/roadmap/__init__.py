"""Items under control: who carries them, by when, what is reported, checked and decided."""

from storage.roadmap.changing import carriers, carry_over, hand_over, move_deadline, put_beside
from storage.roadmap.entries import last_of, last_report
from storage.roadmap.items import NewRoadmapItem, add, set_parent
from storage.roadmap.reading import carried, find, get, history, mine, of_branch, of_instruction
from storage.roadmap.records import (
    PAGE,
    SUBJECT,
    Entry,
    Item,
    Kind,
    ListedItem,
    Page,
    State,
    Term,
    Which,
)
from storage.roadmap.reporting import (
    MAX_COMMENT,
    MAX_EVIDENCE,
    Evidence,
    Papers,
    evidence_of,
    may_report,
    papers_of,
    report,
    require_report,
)

__all__ = [
    "MAX_COMMENT",
    "MAX_EVIDENCE",
    "PAGE",
    "SUBJECT",
    "Entry",
    "Evidence",
    "Item",
    "Kind",
    "ListedItem",
    "NewRoadmapItem",
    "Page",
    "Papers",
    "State",
    "Term",
    "Which",
    "add",
    "carried",
]
__all__ += [
    "carriers",
    "carry_over",
    "evidence_of",
    "find",
    "get",
    "hand_over",
    "history",
    "last_of",
    "last_report",
    "may_report",
    "mine",
    "move_deadline",
    "of_branch",
    "of_instruction",
    "papers_of",
    "put_beside",
    "report",
    "require_report",
    "set_parent",
]
