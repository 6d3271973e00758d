"""The fictional Bureau: who was elected to it, and who is called to its next meeting.

Only one of its members can be chosen in the local Telegram; the others never wrote to the bot: the
secretary marks them in the roll and writes their votes down.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from storage.demo.joining import MEMBER_FOR, actor
from storage.demo.papers import PAPERS, Paper
from storage.demo.people import PEOPLE
from storage.demo.silent import BUREAU
from storage.meetings import announcements, answers, bodies, calling, reading
from storage.tables import agenda_items, body_members, invitees, materials

SECRETARY = 1001
MEMBERS = (1006, *(telegram_id for telegram_id, _ in BUREAU))
# How those answered who did before the demo begins: Telegram id → what they said, why not.
ANSWERS = {
    1007: (answers.WILL, None),
    1201: (answers.WILL, None),
    1202: (answers.WILL, None),
    1203: (answers.WILL, None),
    1204: (answers.CANNOT, "Іссапардамын [демо]"),
}
MINUTES = (20, 15, 15, 15, 10, 10)  # planned for the items of the next meeting


def elect(tx: Connection, branch_id: int, today: date) -> None:
    """Keep the elected members of the Bureau, as long in office as they are in the party."""
    seat = {"branch_id": branch_id, "body": bodies.BUREAU, "starts_on": today - MEMBER_FOR}
    people = [actor(tx, telegram_id, today).person_id for telegram_id in MEMBERS]
    tx.execute(insert(body_members), [{"person_id": person_id, **seat} for person_id in people])


def call(tx: Connection, meeting_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Announce the draft of the next meeting: speakers, times, papers, and the first answers."""
    today = now.astimezone(zone).date()
    secretary = actor(tx, SECRETARY, today)
    draft = reading.get(tx, secretary, meeting_id)
    for item, minutes in zip(draft.items, MINUTES, strict=True):
        who = next(one for one in PEOPLE if one.name == item.speaker_kk)
        planned = {"minutes": minutes, "speaker_id": actor(tx, who.telegram_id, today).person_id}
        tx.execute(update(agenda_items).where(agenda_items.c.id == item.id).values(**planned))
        for paper in PAPERS:
            if paper.item == item.number:
                _keep(tx, meeting_id, item.id, paper, secretary.person_id, now)
    many = len(calling.who(tx, draft.branch_id, draft.body, today, meeting_id))
    announcements.announce_draft(tx, secretary, meeting_id, draft.version, many, now, zone)
    for telegram_id, (said, reason) in ANSWERS.items():
        person_id = actor(tx, telegram_id, today).person_id
        mine = invitees.c.meeting_id == meeting_id, invitees.c.person_id == person_id
        invitee_id = tx.execute(select(invitees.c.id).where(*mine)).scalar_one()
        answers.put(tx, invitee_id, said, now, reason=reason)


def _keep(
    tx: Connection, meeting_id: int, item_id: int, paper: Paper, person_id: int, now: datetime
) -> None:
    tx.execute(
        insert(materials).values(
            meeting_id=meeting_id,
            item_id=item_id,
            kind="document",
            # Telegram never had it: it is sent from the disk.
            file_id=paper.path,
            file_unique_id=paper.path,
            name=paper.name,
            path=paper.path,
            added_by=person_id,
            added_at=now,
        )
    )
