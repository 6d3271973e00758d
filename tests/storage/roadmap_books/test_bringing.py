"""A roadmap is brought: all or none, known again, differences first; within one's reach."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, event, select

from storage import roadmap
from storage.database import Database
from storage.errors import NotAllowed, NotPossible
from storage.roadmap import NewRoadmapItem, State, Term
from storage.roadmap_books import bringing, checking, exporting
from storage.roadmap_books.rows import Checked, GivenItem
from storage.rules.access import Actor
from storage.tables import control_history, control_items, control_people, memberships, reminders
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build

DAY = date(2026, 12, 31)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


def line(number: str = "1.1", row: int = 5, **more: Any) -> GivenItem:
    given = {"title_kk": "Ипподром салу", "direction_kk": "Спорт", "executor": "Айгүл Омарова"}
    return GivenItem("Жол", row, number, number, DAY, **{**given, **more})


async def looked(database: Database, actor: Actor, rows: list[GivenItem], branch: int) -> Checked:
    return await database.read(checking.check, actor, rows, branch, TODAY)


async def brought(
    database: Database, actor: Actor, rows: list[GivenItem], branch: int
) -> bringing.Brought:
    seal = (await looked(database, actor, rows, branch)).seal
    return await database.write(bringing.bring, actor, rows, branch, seal, NOW, ZONE)


async def items(database: Database) -> list[Any]:
    query = select(control_items).order_by(control_items.c.id)
    return await database.read(lambda tx: list(tx.execute(query)))


async def test_new_lines_become_items_with_reminders(database: Database, world: World) -> None:
    rows = [
        line(),
        line("1.2", 6, executor="Ешкім Емес", deadline_text="желі бойынша", state=State.AT_RISK),
        line("1.3", 7, territory="Келес ауданы", executor=None, term=Term.YEARLY),
    ]
    seen = await looked(database, world.ermek, rows, world.sar)
    assert (len(seen.new), seen.same, seen.problems, seen.without_executor) == (3, 0, (), 2)
    assert await brought(database, world.ermek, rows, world.sar) == bringing.Brought(3, 0)
    one, other, third = await items(database)
    assert (one.executor_id, one.executor_name) == (world.aigul.person_id, None)
    assert (other.executor_id, other.executor_name) == (None, "Ешкім Емес")
    assert (other.state, third.branch_id, third.term) == ("at_risk", world.kel, "yearly")
    planned = select(reminders.c.subject_id).where(reminders.c.state == "planned").distinct()
    assert await database.read(lambda tx: list(tx.execute(planned).scalars())) == [one.id]
    again = await looked(database, world.ermek, rows, world.sar)
    assert (again.new, again.changed, again.same) == ((), (), 3)


async def test_brought_again_it_shows_and_takes_over_differences(
    database: Database, world: World
) -> None:
    await brought(database, world.dana, [line()], world.sar)
    (before,) = await items(database)
    later = replace(
        line(executor="Нұрлан Бекенов", title_ru="Построить ипподром"),
        deadline=DAY + timedelta(days=90),
    )
    (change,) = (await looked(database, world.dana, [later], world.sar)).changed
    assert change.changes == {
        "title_ru": (None, "Построить ипподром"),
        "deadline": (DAY, DAY + timedelta(days=90)),
        "executor": ("Айгүл Омарова", "Нұрлан Бекенов"),
    }
    assert await brought(database, world.dana, [later], world.sar) == bringing.Brought(0, 1)
    (after,) = await items(database)
    assert (after.executor_id, after.extensions) == (world.nurlan.person_id, 1)
    # What the file does not tell stays as it was.
    assert (after.title_kk, after.version) == (before.title_kk, before.version + 1)
    kinds = select(control_history.c.kind).order_by(control_history.c.id)
    assert await database.read(lambda tx: list(tx.execute(kinds).scalars())) == [
        "deadline",
        "executor",
        "imported",
    ]
    planned = select(reminders.c.person_id).where(reminders.c.state == "planned").distinct()
    assert await database.read(lambda tx: set(tx.execute(planned).scalars())) == {
        world.nurlan.person_id
    }


async def test_nothing_is_brought_when_something_changed_since_it_was_shown(
    database: Database, world: World
) -> None:
    rows = [line(), line("1.2", 6)]
    seal = (await looked(database, world.dana, rows, world.sar)).seal
    await brought(database, world.dana, [line()], world.sar)
    with pytest.raises(NotPossible, match="changed"):
        await database.write(bringing.bring, world.dana, rows, world.sar, seal, NOW, ZONE)
    assert [one.number for one in await items(database)] == ["1.1"]


@pytest.mark.parametrize(
    ("rows", "field", "reason"),
    [
        ([line(), line(row=6)], "external_id", "id_twice"),
        ([line(), replace(line(row=6), external_id="X")], "number", "id_twice"),
        ([line(territory="Нью-Йорк")], "territory", "no_branch"),
        ([line(title_kk="о" * 2001)], "title_kk", "too_long"),
        ([line(body="о" * 501)], "body", "too_long"),
    ],
)
async def test_one_wrong_line_keeps_all_out(
    database: Database, world: World, rows: list[GivenItem], field: str, reason: str
) -> None:
    good = line("9.9", 4)
    seen = await looked(database, world.dana, [good, *rows], world.sar)
    assert [(one.field, one.reason) for one in seen.problems] == [(field, reason)]
    with pytest.raises(NotPossible, match="changed"):
        await database.write(
            bringing.bring, world.dana, [good, *rows], world.sar, seen.seal, NOW, ZONE
        )
    assert await items(database) == []


async def test_another_branchs_items_and_lines_are_out_of_reach(
    database: Database, world: World
) -> None:
    await brought(database, world.ermek, [line()], world.bay)
    other = await looked(database, world.dana, [line()], world.sar)
    assert [one.reason for one in other.problems] == ["not_yours"]
    for branch in (world.bay, None):
        seen = await database.read(checking.check, world.dana, [line("2")], branch, TODAY)
        assert [one.reason for one in seen.problems] == ["required"]
    with pytest.raises(NotAllowed):
        await database.read(checking.check, world.aigul, [line()], world.sar, TODAY)


async def test_what_is_off_control_is_left_as_it_is(database: Database, world: World) -> None:
    await brought(database, world.dana, [line()], world.sar)
    await database.write(
        lambda tx: tx.execute(control_items.update().values(state=State.REMOVED.value))
    )
    seen = await looked(database, world.dana, [line(body="Басқа")], world.sar)
    assert (seen.removed, seen.changed, seen.problems) == (1, (), ())


async def test_an_executor_is_known_by_the_post_too(database: Database, world: World) -> None:
    post = "Спорт басқармасының басшысы"

    def give(tx: Connection) -> None:
        own = memberships.c.person_id == world.aigul.person_id
        tx.execute(memberships.update().where(own).values(position_kk=post))

    await database.write(give)
    await brought(database, world.dana, [line(executor=post)], world.sar)
    (one,) = await items(database)
    assert one.executor_id == world.aigul.person_id
    again = await looked(database, world.dana, [line(executor=post)], world.sar)
    assert (again.changed, again.same) == ((), 1)


async def beside(database: Database) -> set[tuple[int, str]]:
    query = select(control_people.c.person_id, control_people.c.part)
    return await database.read(lambda tx: {(one.person_id, one.part) for one in tx.execute(query)})


async def test_people_beside_and_the_indicator_are_brought_and_sent(
    database: Database, world: World
) -> None:
    aigul, nurlan = world.aigul.person_id, world.nurlan.person_id
    said = "Нұрлан Бекенов; Су басқармасы, Б. Ким; Айгүл Омарова"
    row = line(co_executors=said, curators="Нұрлан Бекенов", indicator="Қамту, %")
    await brought(database, world.dana, [row], world.sar)
    # The executor is nothing beside, and whoever executes together is no curator.
    assert await beside(database) == {(nurlan, "co_executor")}
    (kept,) = await items(database)
    assert (kept.co_executor_names, kept.indicator) == ("Су басқармасы, Б. Ким", "Қамту, %")
    planned = select(reminders.c.person_id).distinct()
    who = await database.read(lambda tx: set(tx.execute(planned).scalars()))
    assert who == {aigul, nurlan}
    (sent,) = (await database.read(exporting.export, world.dana)).rows
    assert sent.co_executors == "Нұрлан Бекенов; Су басқармасы, Б. Ким"
    assert (await looked(database, world.dana, [sent], world.sar)).same == 1
    later = replace(row, co_executors="Ким Б.", curators="Нұрлан Бекенов")
    (change,) = (await looked(database, world.dana, [later], world.sar)).changed
    assert change.changes == {
        "co_executors": ("Нұрлан Бекенов; Су басқармасы, Б. Ким", "Ким Б."),
        "curators": (None, "Нұрлан Бекенов"),
    }
    await brought(database, world.dana, [later], world.sar)
    assert await beside(database) == {(nurlan, "curator")}
    both = replace(row, external_id="2", number="2", co_executors="Нұрлан Бекенов, Айгүл Омарова")
    seen = await looked(database, world.dana, [both], world.sar)
    assert not seen.problems
    with patch("storage.roadmap_books.beside.MOST", 0):
        seen = await looked(database, world.dana, [both], world.sar)
    assert [one.reason for one in seen.problems] == ["too_many_people"]


async def test_many_lines_cost_few_statements(database: Database, world: World) -> None:
    """Whoever else writes waits for the statements of a file, not of each of its lines."""
    rows = [line(f"1.{n}", n) for n in range(400)]
    seal = (await looked(database, world.dana, rows, world.sar)).seal
    count = 0

    def bring(tx: Connection) -> bringing.Brought:
        def one_more(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(tx, "before_cursor_execute", one_more)
        return bringing.bring(tx, world.dana, rows, world.sar, seal, NOW, ZONE)

    assert (await database.write(bring)).new == 400
    assert count < 100


async def test_what_is_sent_is_a_fixed_point(database: Database, world: World) -> None:
    rows = [
        line("1.10", deadline_text="желі бойынша", territory="САР"),
        line("1.9", 6, executor="Ешкім Емес", object="Ипподром", term=Term.QUARTER),
    ]
    await brought(database, world.dana, rows, world.sar)
    own = NewRoadmapItem("7", world.sar, "С", None, "Чатта\nқосылған", None, None, DAY)
    await database.write(roadmap.add, own, NOW, ZONE)
    sent = await database.read(exporting.export, world.dana)
    assert [one.number for one in sent.rows] == ["1.9", "1.10", "7"]
    flat = [replace(one, title_kk=" ".join((one.title_kk or "").split())) for one in sent.rows]
    again = await looked(database, world.dana, flat, world.sar)
    assert (again.new, again.changed, again.problems, again.same) == ((), (), (), 3)
