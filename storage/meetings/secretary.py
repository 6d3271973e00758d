"""Who hears of what happens to a meeting: its secretary."""

from datetime import date

from sqlalchemy import Connection, RowMapping, select

from storage import people
from storage.meetings.preparing import prepares
from storage.tables import meeting_announcements


def of(tx: Connection, meeting: RowMapping, today: date) -> list[int]:
    """The people who look after a meeting now: its secretary, else whoever announced it.

    Where neither is known or in office any more, the secretaries of its branch.
    """
    announced = select(meeting_announcements.c.person_id).where(
        meeting_announcements.c.meeting_id == meeting["id"]
    )
    for person_id in (meeting["secretary_id"], tx.execute(announced).scalar()):
        if person_id is not None and _in_office(tx, person_id, meeting, today):
            return [person_id]
    return [person.id for person in people.secretaries(tx, meeting["branch_id"], today)]


def _in_office(tx: Connection, person_id: int, meeting: RowMapping, today: date) -> bool:
    actor = people.actor_of(tx, people.get(tx, person_id).telegram_id, today)
    return actor is not None and prepares(actor, meeting["branch_id"], meeting["body"])
