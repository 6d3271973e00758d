"""A council that was held: its agenda was made before, its press release came after."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select

from storage import meetings, people
from storage.meetings import NewItem, NewMeeting
from storage.rules.access import Actor, Role
from storage.tables import memberships
from storage.tables import people as people_table
from tests import world
from tests.conftest import NOW

TODAY = date(2026, 11, 24)
AIGUL, MOLDIR, DARKHAN, SAULE, ERIK, OLEG = 1001, 1002, 1003, 1005, 1006, 1015
ZARINA = 2002  # the other secretary of Saryagash
AIDOS = 2003  # who speaks there, known to the bot

RELEASES = Path(__file__).parent.parent / "rules" / "releases"
RELEASE = (RELEASES / "council_kk.txt").read_text("utf-8")
RELEASE_RU = (RELEASES / "bureau_ru.txt").read_text("utf-8")


@dataclass(frozen=True)
class Held:
    """The council, the Bureau and a council that is still ahead."""

    council: int
    bureau: int
    ahead: int


def fill(tx: Connection) -> Held:
    world.people_it(tx)
    return hold(tx)


def hold(tx: Connection) -> Held:
    """The meetings, with two people more in Saryagash."""
    _join(tx, ZARINA, "Бектаева Зарина", Role.BRANCH_SECRETARY)
    _join(tx, AIDOS, "Қайратов Айдос", Role.MEMBER)
    return Held(
        council=_add(
            tx,
            world.SARYAGASH,
            "political_council",
            "held",
            NewItem(
                title_kk="Мектептерді жөндеу туралы",
                title_ru="О ремонте школ",
            ),
            NewItem(
                title_kk="Ауыз су туралы",
                title_ru="О питьевой воде",
                speaker_kk="Оспанов Марат Серікұлы",
                speaker_ru="Оспанов Марат Серикович",
            ),
        ),
        bureau=_add(tx, world.REGION, "bureau", "held"),
        ahead=_add(tx, world.SARYAGASH, "political_council", "announced"),
    )


def who(tx: Connection, telegram_id: int) -> Actor:
    actor = people.actor_of(tx, telegram_id, TODAY)
    assert actor is not None
    return actor


def member_of_saryagash(tx: Connection, person_id: int) -> bool:
    held = select(memberships.c.id).where(
        memberships.c.person_id == person_id, memberships.c.branch_id == world.SARYAGASH
    )
    return tx.execute(held).first() is not None


def _add(tx: Connection, branch_id: int, body: str, state: str, *items: NewItem) -> int:
    days = 3 if state == "announced" else -2 if body == "bureau" else -1
    return meetings.add(
        tx,
        NewMeeting(
            branch_id=branch_id,
            body=body,
            state=state,
            title_kk=f"Отырыс: {body}",
            title_ru=f"Заседание: {body}",
            starts_at=NOW + timedelta(days=days),
            items=items,
        ),
    )


def _join(tx: Connection, telegram_id: int, name: str, role: Role) -> None:
    person = {"id": telegram_id, "telegram_id": telegram_id, "name": name, "language": "kk"}
    tx.execute(insert(people_table).values(created_at=NOW, **person))
    tx.execute(
        insert(memberships).values(
            person_id=telegram_id,
            role=role,
            branch_id=world.SARYAGASH,
            starts_on=date(2026, 1, 1),
        )
    )
