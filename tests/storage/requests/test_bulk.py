import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import people, requests
from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.requests import (
    RequestDraft,
    VoterRequest,
    bulk,
    categories,
    closing,
    deputies,
    handing,
    merging,
)
from storage.requests.orders import MOST, TOLD, Deed, Order, Result
from storage.rules.access import Actor, Role
from storage.rules.categories import Category
from storage.rules.request_states import RequestState
from storage.tables import audit, memberships, outbox, voter_requests
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build

LAMP = "Көше шамы жанбайды"


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def _registered(database: Database, *who: Actor) -> list[VoterRequest]:
    made = []
    for actor in who:
        (branch, *_) = [one.branch_id for one in actor.memberships]
        draft = RequestDraft(LAMP, Category.LIGHTING, branch_id=branch)
        made.append(await database.write(requests.register, actor, draft, NOW, ZONE))
    return made


def _order(deed: Deed, *of: VoterRequest, to: str | None = None) -> Order:
    return Order(deed, {one.id: one.version for one in of}, to)


async def _done(database: Database, who: Actor, order: Order) -> Result:
    looked = await database.read(bulk.look, who, order, TODAY)
    done = await database.write(bulk.do, who, order, NOW, TODAY)
    assert looked == done
    return done


async def _told(database: Database) -> list[tuple[int, str, list[str]]]:
    rows = await database.read(
        lambda tx: tx.execute(
            select(outbox.c.person_id, outbox.c.params).where(outbox.c.kind == TOLD)
        ).all()
    )
    return sorted((row.person_id, row.params["what"], row.params["numbers"]) for row in rows)


async def test_many_are_handed_over_with_one_notice_a_person(
    database: Database, world: World
) -> None:
    one, two, three = await _registered(database, world.aigul, world.aigul, world.both)
    to = world.nurlan.person_id
    done = await _done(database, world.dana, _order(Deed.HAND, one, two, three, to=str(to)))
    assert (done.done, done.left_out) == ([one.number, two.number, three.number], [])
    theirs = [await database.read(requests.get, world.nurlan, each.id) for each in (one, two)]
    assert [(each.deputy_id, each.handed_from) for each in theirs] == [(to, None)] * 2
    assert await _told(database) == sorted(
        [
            (world.aigul.person_id, "moved", [one.number, two.number]),
            (world.both.person_id, "moved", [three.number]),
            (to, "got", [one.number, two.number, three.number]),
        ]
    )
    past, many = await database.read(deputies.past, world.aigul, 0, 8)
    assert many == 2
    assert {(each.number, each.state) for each in past} == {
        (one.number, RequestState.REGISTERED),
        (two.number, RequestState.REGISTERED),
    }


async def test_what_changed_meanwhile_is_left_out_and_named(
    database: Database, world: World
) -> None:
    one, two, three, four = await _registered(database, *[world.aigul] * 4)
    order = _order(Deed.CATEGORY, one, two, three, four, to=Category.ROADS)
    await database.write(
        requests.change_state, world.aigul, one.id, 1, RequestState.IN_PROGRESS, NOW
    )
    await database.write(merging.merge, world.aigul, two.id, 1, three.id, 1, NOW)
    done = await _done(database, world.dana, order)
    assert done.done == [four.number]
    assert done.left_out == [
        (one.number, "changed"),
        (two.number, "changed"),
        (three.number, "changed"),
    ]
    assert (await database.read(requests.get, world.dana, four.id)).category == "roads"
    assert await _told(database) == [(world.aigul.person_id, "category", [four.number])]


async def test_reported_ones_are_closed_and_the_others_named(
    database: Database, world: World
) -> None:
    one, two, own = await _registered(database, world.aigul, world.aigul, world.dana)
    for each, who in ((one, world.aigul), (own, world.dana)):
        given = (each.id, each.version, RequestState.REDIRECTED, "Хат", (), NOW, TODAY)
        await database.write(closing.report, who, *given)
    now = [await database.read(requests.get, world.dana, each.id) for each in (one, two, own)]
    done = await _done(database, world.dana, _order(Deed.CLOSE, *now))
    assert done.done == [one.number]
    assert dict(done.left_out) == {two.number: "state", own.number: "own"}
    assert (await database.read(requests.get, world.dana, one.id)).state is RequestState.CLOSED
    assert await _told(database) == [(world.aigul.person_id, "close", [one.number])]


async def test_foreign_and_unknown_ones_are_not_touched(database: Database, world: World) -> None:
    (own,) = await _registered(database, world.aigul)
    (theirs,) = await _registered(database, world.marat)
    order = Order(Deed.CATEGORY, {own.id: 1, theirs.id: 1, -1: 1, 2**62: 1}, Category.ROADS)
    assert (await _done(database, world.dana, order)).done == [own.number]
    assert (await database.read(requests.get, world.marat, theirs.id)).category == "lighting"
    for stranger in (world.nurlan, world.gone):
        with pytest.raises(NotAllowed):
            await database.write(bulk.do, stranger, order, NOW, TODAY)


@pytest.mark.parametrize(
    ("chosen", "to", "error", "reason"),
    [
        ({}, "roads", NotPossible, "none"),
        (dict.fromkeys(range(1, MOST + 2), 1), "roads", NotPossible, "too_many"),
        ({1: 1}, "nowhere", NotFound, "request_category"),
        ({1: 1}, None, NotFound, "request_category"),
        ({1: 1}, "lighting", NotPossible, "category"),
    ],
)
async def test_an_order_that_cannot_be(
    database: Database, world: World, chosen: dict[int, int], to: str | None,
    error: type[Exception], reason: str,
) -> None:  # fmt: skip
    await database.write(categories.set_active, world.ermek, "lighting", 1, NOW, active=False)
    order = Order(Deed.CATEGORY, chosen, to)
    with pytest.raises(error, match=reason):
        await database.read(bulk.look, world.dana, order, TODAY)
    with pytest.raises(error, match=reason):
        await database.write(bulk.do, world.dana, order, NOW, TODAY)


@pytest.mark.parametrize("to", ["marat", "gone", "dana"])
async def test_only_a_deputy_of_the_branch_gets_them(
    database: Database, world: World, to: str
) -> None:
    (one,) = await _registered(database, world.aigul)
    order = _order(Deed.HAND, one, to=str(getattr(world, to).person_id))
    assert (await _done(database, world.dana, order)).left_out == [(one.number, "no_deputy")]


async def test_of_several_branches_who_is_a_deputy_in_each_may_get_them(
    database: Database, world: World
) -> None:
    def more(tx: Connection) -> Any:
        kel = people.meet(tx, 21, "Келес депутаты", NOW)
        region = people.meet(tx, 20, "Әсел Тілеуова", NOW)
        start = {"role": Role.DEPUTY, "starts_on": date(2026, 1, 1)}
        tx.execute(insert(memberships).values(person_id=kel, branch_id=world.kel, **start))
        tx.execute(insert(memberships).values(person_id=region, **start))
        return people.actor_of(tx, 21, TODAY)

    keles = await database.write(more)
    one, two = await _registered(database, world.aigul, keles)
    found = await database.read(bulk.to_whom, world.ermek, [one.id, two.id], TODAY)
    assert [(each.name, each.regional) for each in found] == [
        ("Сара Қадырова", False),
        ("Әсел Тілеуова", True),
    ]
    assert await database.read(bulk.to_whom, world.ermek, [], TODAY) == []


async def test_two_secretaries_at_once_do_each_of_them_once(
    database: Database, world: World
) -> None:
    made = await _registered(database, *[world.aigul] * 4)
    orders = [
        _order(Deed.HAND, *made, to=str(world.nurlan.person_id)),
        _order(Deed.HAND, *reversed(made), to=str(world.both.person_id)),
    ]
    results = await asyncio.gather(
        database.write(bulk.do, world.dana, orders[0], NOW, TODAY),
        database.write(bulk.do, world.ermek, orders[1], NOW, TODAY),
    )
    assert sorted(n for result in results for n in result.done) == [one.number for one in made]


async def test_what_a_deputy_left_behind_is_found_and_given_on(
    database: Database, world: World
) -> None:
    one, two, three = await _registered(database, world.aigul, world.aigul, world.nurlan)
    await database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == world.aigul.person_id)
            .values(ends_on=TODAY - timedelta(days=1))
        )
    )
    (left,) = await database.read(deputies.left, world.dana, TODAY)
    assert (left.deputy_id, left.requests) == (world.aigul.person_id, 2)
    given = (left.deputy_id, left.branch_id, TODAY, MOST)
    found = await database.read(deputies.left_by, world.dana, *given)
    assert set(found) == {one.id, two.id}
    order = Order(Deed.HAND, found, str(world.nurlan.person_id))
    assert (await _done(database, world.dana, order)).done == [one.number, two.number]
    assert await database.read(deputies.left, world.dana, TODAY) == []
    assert (await database.read(requests.get, world.nurlan, three.id)).deputy_id
    for stranger in (world.marat, world.nurlan):
        assert await database.read(deputies.left, stranger, TODAY) == []
        assert await database.read(deputies.left_by, stranger, *given) == {}


async def test_given_back_to_nobody_it_is_the_new_deputys_at_once(
    database: Database, world: World
) -> None:
    (one,) = await _registered(database, world.aigul)
    await database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == world.aigul.person_id)
            .values(ends_on=TODAY - timedelta(days=1))
        )
    )
    to = world.nurlan.person_id
    await database.write(handing.hand_over, world.dana, one.id, 1, to, NOW, TODAY, "Округі бойынша")
    theirs = await database.read(requests.get, world.nurlan, one.id)
    assert theirs.handed_from is None
    lines = await database.read(requests.history, world.nurlan, one.id)
    assert [(line.kind, line.text) for line in lines[1:]] == [
        ("handed", "Нұрлан Бекенов"),
        ("handed_word", "Округі бойынша"),
    ]
    told = await database.read(
        lambda tx: tx.execute(select(outbox.c.kind, outbox.c.person_id)).all()
    )
    assert (handing.MOVED_ON, world.aigul.person_id) in [tuple(row) for row in told]
    kept = await database.read(
        lambda tx: [*tx.execute(select(audit)).all(), *tx.execute(select(outbox)).all()]
    )
    assert "Округі" not in str(kept)


async def test_taken_twice_at_once_it_is_taken_once(database: Database, world: World) -> None:
    (one,) = await _registered(database, world.aigul)
    to = world.nurlan.person_id
    await database.write(handing.hand_over, world.aigul, one.id, 1, to, NOW, TODAY)
    results = await asyncio.gather(
        *(database.write(handing.take, world.nurlan, one.id, 2, NOW) for _ in range(2)),
        return_exceptions=True,
    )
    assert sum(result is None for result in results) == 1
    row = await database.read(lambda tx: tx.execute(select(voter_requests)).mappings().one())
    assert (row["deputy_id"], row["handed_from"], row["version"]) == (to, None, 3)
