"""Leases: which of several processes does what only one may do at a time."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, update

from storage.tables import leases
from storage.upsert import insert_new


def hold(tx: Connection, name: str, holder: str, now: datetime, lasts: timedelta) -> bool:
    """Take or renew the lease ``name`` for ``lasts``; False while another holds it.

    A holder that died loses it when its time is over; nobody has to clean up.
    """
    until = now + lasts
    taken = tx.execute(
        update(leases)
        .where(leases.c.name == name, or_(leases.c.holder == holder, leases.c.until <= now))
        .values(holder=holder, until=until)
    )
    if taken.rowcount == 1:
        return True
    insert_new(tx, leases, [{"name": name, "holder": holder, "until": until}])
    # Whether that row went in or another process was faster, the row itself tells.
    again = tx.execute(
        update(leases).where(leases.c.name == name, leases.c.holder == holder).values(until=until)
    )
    return again.rowcount == 1


def let_go(tx: Connection, name: str, holder: str, now: datetime) -> None:
    """Give the lease back before its time, so that another need not wait."""
    tx.execute(
        update(leases).where(leases.c.name == name, leases.c.holder == holder).values(until=now)
    )
