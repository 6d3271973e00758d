"""Proposals of meetings, by which objects are taken under control."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.errors import NotAllowed, NotFound
from storage.meetings.access import visible
from storage.objects.reading import manages
from storage.rules.access import Action, Actor, may
from storage.tables import agenda_items, branches, meetings, proposals

OFFERED = 40  # proposals, newest first


@dataclass(frozen=True)
class Offered:
    """A proposal that was accepted at a meeting."""

    id: int
    text_kk: str | None
    text_ru: str | None
    meeting_id: int
    meeting_kk: str
    meeting_ru: str


def offered(tx: Connection, actor: Actor) -> list[Offered]:
    """The newest proposals by which ``actor`` may take objects under control."""
    rows = tx.execute(_proposals(actor).order_by(proposals.c.id.desc()).limit(OFFERED))
    return [_offered(row) for row in rows if manages(actor, row.branch_id)]


def proposal(tx: Connection, actor: Actor, proposal_id: int) -> Offered:
    """One of them. Raises NotFound."""
    return _offered(row_of(tx, actor, proposal_id))


def _proposals(actor: Actor) -> Any:
    return (
        select(
            proposals.c.id,
            proposals.c.text_kk,
            proposals.c.text_ru,
            meetings.c.id.label("meeting_id"),
            meetings.c.title_kk.label("meeting_kk"),
            meetings.c.title_ru.label("meeting_ru"),
            meetings.c.branch_id,
        )
        .join(agenda_items, agenda_items.c.id == proposals.c.item_id)
        .join(meetings, meetings.c.id == agenda_items.c.meeting_id)
        .join(branches, branches.c.id == meetings.c.branch_id)
        .where(proposals.c.state == "accepted", visible(actor))
    )


def row_of(tx: Connection, actor: Actor, proposal_id: int) -> Row[Any]:
    """The proposal with the branch of its meeting. Raises NotFound, NotAllowed."""
    if not may(actor, Action.MANAGE_ROADMAP):
        raise NotAllowed(Action.MANAGE_ROADMAP)
    row: Row[Any] | None = tx.execute(
        _proposals(actor).where(proposals.c.id == proposal_id)
    ).first()
    if row is None:
        raise NotFound("proposal")
    return row


def _offered(row: Row[Any]) -> Offered:
    return Offered(
        row.id, row.text_kk, row.text_ru, row.meeting_id, row.meeting_kk or "", row.meeting_ru or ""
    )
