"""A request goes to a body: the law's clock runs beside the branch's own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert

from storage import people, requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.inquiries import bodies
from storage.inquiries.bodies import Body
from storage.requests import RequestDraft, VoterRequest, sending
from storage.requests.orders import Deed
from storage.rules.access import Actor, Role
from storage.rules.request_states import RequestState
from storage.tables import branches, memberships
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", "lighting", place="Жылға ауылы")
LATER = NOW + timedelta(days=3)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


@pytest.fixture
async def lamp(database: Database, world: World) -> VoterRequest:
    return await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)


async def _body(database: Database, actor: Actor, branch_id: int, name: str) -> Body:
    names = {"name_kk": f"{name} әкімдігі", "name_ru": f"Акимат {name}"}
    return await database.write(bodies.add, actor, branch_id, names, NOW)


async def _send(
    database: Database,
    actor: Actor,
    of: VoterRequest,
    body: Body,
    number: str | None = None,
    day: date | None = None,
) -> VoterRequest:
    return await database.write(
        sending.send, actor, of.id, of.version, body.id, number, day, LATER, ZONE
    )


async def test_two_clocks_and_the_body_sends_it_on(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    akimat = await _body(database, world.dana, world.sar, "Сарыағаш")
    roads = await _body(database, world.dana, world.sar, "Жолдар")
    day = TODAY + timedelta(days=1)
    sent = await _send(database, world.aigul, lamp, akimat, "12-5/1", day)
    assert sent.state is RequestState.SENT_TO_BODY
    assert (sent.due_on, sent.legal_due_on) == (date(2026, 12, 15), date(2026, 12, 17))
    assert (sent.body_id, sent.body_kk, sent.body_number) == (
        akimat.id, "Сарыағаш әкімдігі", "12-5/1",
    )  # fmt: skip

    on = await _send(database, world.dana, sent, roads, None, TODAY + timedelta(days=2))
    assert (on.state, on.body_id, on.body_number) == ("sent_to_body", roads.id, None)
    assert on.legal_due_on == date(2026, 12, 18), "the receiving body opens a procedure of its own"
    lines = await database.read(requests.history, world.aigul, lamp.id)
    assert [(line.kind, line.text) for line in lines[1:]] == [
        ("state", "Сарыағаш әкімдігі, № 12-5/1"),
        ("sent_on", "Жолдар әкімдігі"),
    ]


async def test_number_and_day_come_later(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    akimat = await _body(database, world.dana, world.sar, "Сарыағаш")
    sent = await _send(database, world.aigul, lamp, akimat)
    assert (sent.body_number, sent.legal_due_on) == (None, None)
    of = (world.aigul, lamp.id)
    noted = await database.write(sending.note, *of, sent.version, "7/1", TODAY, LATER, ZONE)
    assert (noted.body_number, noted.legal_due_on) == ("7/1", date(2026, 12, 15))
    again = await database.write(sending.note, *of, noted.version, "7/2", None, LATER, ZONE)
    assert (again.body_number, again.legal_due_on) == ("7/2", date(2026, 12, 15))


async def test_what_is_refused(database: Database, world: World, lamp: VoterRequest) -> None:
    akimat = await _body(database, world.dana, world.sar, "Сарыағаш")
    foreign = await _body(database, world.ermek, world.bay, "Бәйдібек")
    closed = await _body(database, world.dana, world.sar, "Жабық")
    closed = await database.write(
        bodies.set_active, world.dana, closed.id, closed.version, NOW, active=False
    )
    for body in (foreign, closed):
        with pytest.raises(NotPossible, match="body"):
            await _send(database, world.aigul, lamp, body)
    for day, why in (
        (LATER.date() + timedelta(days=1), "in_future"),
        (TODAY - timedelta(days=1), "too_early"),
    ):
        with pytest.raises(NotPossible, match=why):
            await _send(database, world.aigul, lamp, akimat, None, day)
    with pytest.raises(NotPossible, match="number"):
        await _send(database, world.aigul, lamp, akimat, "1" * 61)
    with pytest.raises(NotFound):
        await _send(database, world.marat, lamp, akimat)
    with pytest.raises(NotPossible, match="state"):
        await database.write(
            sending.note, world.aigul, lamp.id, lamp.version, "1", None, LATER, ZONE
        )
    await _send(database, world.aigul, lamp, akimat)
    with pytest.raises(AlreadyChanged) as caught:
        await _send(database, world.dana, lamp, akimat)
    assert caught.value.by == "Айгүл Омарова"


async def test_no_request_is_with_a_body_that_nobody_named(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    to_body = RequestState.SENT_TO_BODY
    for who in (world.aigul, world.dana, world.ermek):
        with pytest.raises(NotPossible, match="body"):
            await database.write(
                requests.change_state, who, lamp.id, lamp.version, to_body, LATER, "жіберілді"
            )
    assert await database.read(requests.get, world.aigul, lamp.id) == lamp
    # With many at once there is no such deed: what can be done is handing, closing, a category.
    assert to_body.value not in {deed.value for deed in Deed}


async def test_the_oblasts_bodies_are_for_every_branch(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    def region(tx: Connection) -> int:
        row = {"code": "ОБЛ", "kind": "region", "name_kk": "Облыс", "name_ru": "Область"}
        made = insert(branches).values(position=1, **row).returning(branches.c.id)
        return int(tx.execute(made).scalar_one())

    oblast = await database.write(region)
    department = await _body(database, world.ermek, oblast, "Энергетика")
    assert (await _send(database, world.aigul, lamp, department)).body_id == department.id


async def test_who_only_reads_sends_nothing(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    row = {"person_id": world.nurlan.person_id, "role": Role.FACTION_LEADER}
    await database.write(
        lambda tx: tx.execute(
            insert(memberships).values(branch_id=world.sar, starts_on=date(2026, 1, 1), **row)
        )
    )
    leader = await database.read(people.actor_of, 2, TODAY)
    assert leader is not None
    akimat = await _body(database, world.dana, world.sar, "Сарыағаш")
    with pytest.raises(NotPossible, match="who"):
        await _send(database, leader, lamp, akimat)
    sent = await _send(database, world.aigul, lamp, akimat)
    with pytest.raises(NotAllowed):
        await _send(database, leader, sent, akimat)
