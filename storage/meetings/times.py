"""When meetings of one body stand beside or over one another."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, select, true

from storage.rules.meeting_states import AHEAD, CALLED
from storage.tables import meetings

LASTS = timedelta(hours=2)  # how long a meeting is taken to last where two could overlap


@dataclass(frozen=True)
class Clash:
    """Another meeting of the same body that goes on at the same time."""

    id: int
    title_kk: str
    title_ru: str
    starts_at: datetime


def others_of_day(
    tx: Connection,
    branch_id: int,
    body: str,
    begins: datetime,
    ends: datetime,
    *,
    besides: int | None = None,
) -> list[datetime]:
    """When other announced meetings of the same body start, from ``begins`` until ``ends``."""
    query = select(meetings.c.starts_at).where(
        _of_body(branch_id, body, besides),
        meetings.c.state.in_(AHEAD),
        meetings.c.starts_at >= begins,
        meetings.c.starts_at < ends,
    )
    return list(tx.execute(query.order_by(meetings.c.starts_at)).scalars())


def clash(
    tx: Connection,
    branch_id: int,
    body: str,
    starts_at: datetime,
    *,
    besides: int | None = None,
) -> Clash | None:
    """The called meeting of the same body that one at ``starts_at`` would overlap, if any."""
    query = select(
        meetings.c.id, meetings.c.title_kk, meetings.c.title_ru, meetings.c.starts_at
    ).where(
        _of_body(branch_id, body, besides),
        meetings.c.state.in_(CALLED),
        meetings.c.starts_at > starts_at - LASTS,
        meetings.c.starts_at < starts_at + LASTS,
    )
    row = tx.execute(query.order_by(meetings.c.starts_at).limit(1)).first()
    return None if row is None else Clash(*row)


def _of_body(branch_id: int, body: str, besides: int | None) -> ColumnElement[bool]:
    other = true() if besides is None else meetings.c.id != besides
    return and_(meetings.c.branch_id == branch_id, meetings.c.body == body, other)
