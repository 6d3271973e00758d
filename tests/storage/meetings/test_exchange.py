"""Meetings that come as lines of a workbook, those that go out, and what an archive holds."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, func, select, update

from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.meetings import voting
from storage.meetings.exchange import adding, archive, checking, exporting
from storage.meetings.exchange.rows import Given, ItemRow, MeetingRow, Problem
from storage.rules.access import Actor
from storage.tables import (
    agenda_items,
    audit,
    co_speakers,
    meetings,
    outbox,
    search_docs,
)
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings import sitting_world as sitting
from tests.storage.meetings.agenda_world import AIGUL, DARKHAN, DAY, MOLDIR, SAULE, fill, who

AHEAD = NOW + timedelta(days=10)
HELD_ON = datetime(2025, 3, 12, 5, 30, tzinfo=UTC)

COUNCIL = MeetingRow(2, "A", "САР", "political_council", title_kk="Кеңес отырысы", starts_at=AHEAD)
BUREAU = MeetingRow(
    3,
    "B",
    "Туркестанский областной филиал",
    "bureau",
    kind="visiting",
    title_kk="Бюро отырысы",
    title_ru="Заседание Бюро",
    starts_at=HELD_ON,
    format="hybrid",
    link="https://example.kz/zal",
    latitude=43.2973,
    longitude=68.2518,
    chair_kk="Бекмұратов Ерік",
    summary_kk="Қысқаша",
    source_ru="Пресс-служба",
)
ROADS = ItemRow(2, "B", 2, title_kk="Жолдар", decision_ru="Утвердить", minutes=15)
WATER = ItemRow(
    3,
    "B",
    1,
    kind="control",
    title_ru="О воде",
    speaker_kk="Оразов Дархан",
    co_speakers=(("Ли Виктория", "басқарма басшысы"), ("Бөтен Адам", None)),
    visibility="bureau",
    state="carried",
)
GIVEN = Given((COUNCIL, BUREAU), (ROADS, WATER))


async def actor(database: Database, telegram_id: int) -> Actor:
    return await database.read(who, telegram_id)


async def brings(database: Database, telegram_id: int, given: Given) -> adding.Added:
    """Somebody looks at lines and adds them."""
    bringer = await actor(database, telegram_id)
    seen = await database.read(checking.check, bringer, given, NOW)
    return await database.write(adding.add, bringer, given, seen.seal, NOW)


async def wrong(database: Database, telegram_id: int, given: Given) -> list[tuple[Any, ...]]:
    """Row, column and reason of everything that is wrong."""
    seen = await database.read(checking.check, await actor(database, telegram_id), given, NOW)
    return [(one.row, one.field, one.reason) for one in seen.problems]


def empty(tx: Connection) -> None:
    """No meeting is there any more."""
    tx.execute(delete(meetings))


async def test_lines_become_meetings_with_their_agendas_and_nobody_is_told(
    database: Database,
) -> None:
    await database.write(world.people_it)
    done = await brings(database, AIGUL, GIVEN)
    assert done == adding.Added(meetings=2, held=1, items=2)

    def kept(tx: Connection) -> tuple[list[Any], list[Any], list[Any]]:
        columns = (meetings.c.state, meetings.c.branch_id, meetings.c.title_ru, meetings.c.chair_id)
        items = select(
            agenda_items.c.number, agenda_items.c.title_kk, agenda_items.c.title_ru,
            agenda_items.c.state, agenda_items.c.speaker_id, agenda_items.c.visibility,
        )  # fmt: skip
        beside = select(co_speakers.c.name, co_speakers.c.person_id, co_speakers.c.post)
        return (
            [tuple(row) for row in tx.execute(select(*columns).order_by(meetings.c.id))],
            [tuple(row) for row in tx.execute(items.order_by(agenda_items.c.number))],
            [tuple(row) for row in tx.execute(beside.order_by(co_speakers.c.position))],
        )

    found, items, beside = await database.read(kept)
    erik = 6
    assert found == [
        ("draft", world.SARYAGASH, "Кеңес отырысы", None),
        ("held", world.REGION, "Заседание Бюро", erik),
    ]
    assert items == [
        (1, None, "О воде", "carried", 3, "bureau"),
        (2, "Жолдар", None, "done", None, "members"),
    ]
    assert beside == [("Ли Виктория", 7, "басқарма басшысы"), ("Бөтен Адам", None, None)]

    def traces(tx: Connection) -> tuple[int, int, int]:
        trail = select(func.count()).where(audit.c.action == "import_meeting")
        return (
            tx.execute(select(func.count()).select_from(outbox)).scalar_one(),
            tx.execute(trail).scalar_one(),
            tx.execute(select(func.count(search_docs.c.meeting_id.distinct()))).scalar_one(),
        )

    assert await database.read(traces) == (0, 2, 2)


async def test_a_meeting_is_held_when_it_is_past_and_decided_or_when_it_says_so(
    database: Database,
) -> None:
    await database.write(world.people_it)
    past = replace(COUNCIL, starts_at=HELD_ON)
    decided = ItemRow(2, "A", title_kk="Есеп", decision_kk="Бекітілсін")
    aigul = await actor(database, AIGUL)

    async def state(row: MeetingRow, *items: ItemRow) -> str:
        seen = await database.read(checking.check, aigul, Given((row,), items), NOW)
        assert not seen.problems
        return seen.new[0].state

    assert await state(past) == "draft"
    assert await state(past, decided) == "held"
    assert await state(COUNCIL, decided) == "draft", "it is ahead"
    assert await state(replace(past, state="held")) == "held"
    assert await state(replace(past, state="draft"), decided) == "draft"
    undated = replace(past, starts_at=None, state="held", period_kk="2025 жылғы наурыз")
    assert await state(undated) == "held"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"branch": "Жоқ филиал"}, ("branch", "no_branch")),
        ({"body": "bureau"}, ("body", "wrong_body")),
        ({"title_kk": None}, ("title_kk", "no_title")),
        ({"title_ru": "ж" * 251}, ("title_ru", "too_long")),
        ({"state": "announced"}, ("state", "no_choice")),
        ({"state": "held"}, ("state", "held_ahead")),
        ({"state": "held", "starts_at": None}, ("day", "held_when")),
        ({"link": "javascript:alert(1)"}, ("link", "no_link")),
        ({"latitude": 43.2}, ("longitude", "half_a_point")),
        ({"latitude": 91.0, "longitude": 68.0}, ("latitude", "no_point")),
        ({"branch": "ОРД"}, ("branch", "not_yours")),
        ({"branch": "ОБЛ", "body": "bureau"}, ("branch", "not_yours")),
    ],
)
async def test_what_is_wrong_with_a_meeting_is_said_at_its_column(
    database: Database, change: dict[str, Any], expected: tuple[str, str]
) -> None:
    await database.write(world.people_it)
    given = Given((replace(COUNCIL, **change),))
    assert await wrong(database, MOLDIR, given) == [(2, *expected)]
    with pytest.raises(NotPossible, match="problems"):
        await brings(database, MOLDIR, given)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key": "Z"}, [("key", "no_meeting")]),
        ({"title_ru": None}, [("title_kk", "no_title")]),
        ({"heard_kk": "ұ" * 2001}, [("heard_kk", "too_long")]),
        ({"minutes": 0}, [("minutes", "out_of_range")]),
        ({"number": 61}, [("number", "out_of_range")]),
        ({"visibility": "everybody"}, [("visibility", "no_choice")]),
        ({"co_speakers": (("А", None),) * 11}, [("co_speakers", "too_many")]),
        ({"co_speakers": (("А" * 201, None),)}, [("co_speakers", "too_long")]),
    ],
)
async def test_what_is_wrong_with_an_item_is_said_at_its_column(
    database: Database, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    await database.write(world.people_it)
    given = replace(GIVEN, items=(replace(WATER, **change),))
    assert await wrong(database, AIGUL, given) == [(3, *one) for one in expected]


async def test_lines_that_contradict_one_another(database: Database) -> None:
    await database.write(world.people_it)
    given = Given(
        (COUNCIL, replace(BUREAU, key="A")),
        (replace(ROADS, key="A"), replace(WATER, key="A", number=2)),
    )
    assert await wrong(database, AIGUL, given) == [
        (2, "key", "key_twice"),
        (3, "key", "key_twice"),
        (2, "number", "number_twice"),
        (3, "number", "number_twice"),
    ]
    agenda = tuple(ItemRow(row, "A", title_kk="Мәселе") for row in range(2, 64))
    assert await wrong(database, AIGUL, Given((COUNCIL,), agenda)) == [(62, "key", "too_many")]
    done = ItemRow(2, "A", title_kk="Мәселе", state="done")
    assert await wrong(database, AIGUL, Given((COUNCIL,), (done,))) == [
        (2, "state", "done_in_a_draft")
    ]


async def test_all_of_it_or_nothing(database: Database) -> None:
    await database.write(world.people_it)
    bad = replace(GIVEN, problems=(Problem("items", 9, "minutes", "formula", "C9"),))
    with pytest.raises(NotPossible, match="problems"):
        await brings(database, AIGUL, bad)
    counted = select(func.count()).select_from(meetings)
    assert await database.read(lambda tx: tx.execute(counted).scalar_one()) == 0


async def test_only_what_was_looked_at_is_added(database: Database) -> None:
    await database.write(world.people_it)
    aigul = await actor(database, AIGUL)
    seen = await database.read(checking.check, aigul, GIVEN, NOW)
    other = replace(GIVEN, items=(ROADS, replace(WATER, minutes=20)))
    with pytest.raises(NotPossible, match="changed"):
        await database.write(adding.add, aigul, other, seen.seal, NOW)
    await database.write(adding.add, aigul, GIVEN, seen.seal, NOW)
    with pytest.raises(NotPossible, match="changed"):
        await database.write(adding.add, aigul, GIVEN, seen.seal, NOW)
    with pytest.raises(NotPossible, match="nothing_new"):
        await brings(database, AIGUL, GIVEN)


async def test_two_who_bring_the_same_at_once_add_it_once(database: Database) -> None:
    await database.write(world.people_it)
    aigul = await actor(database, AIGUL)
    seal = (await database.read(checking.check, aigul, GIVEN, NOW)).seal
    both = [database.write(adding.add, aigul, GIVEN, seal, NOW) for _ in range(2)]
    came = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in came) == ["Added", "NotPossible"]
    counted = select(func.count()).select_from(meetings)
    assert await database.read(lambda tx: tx.execute(counted).scalar_one()) == 2


@pytest.mark.parametrize("telegram_id", [DARKHAN, SAULE])
async def test_whoever_prepares_no_meeting_brings_and_gets_none(
    database: Database, telegram_id: int
) -> None:
    await database.write(fill)
    person = await actor(database, telegram_id)
    with pytest.raises(NotAllowed):
        await database.read(checking.check, person, GIVEN, NOW)
    with pytest.raises(NotAllowed):
        await database.write(adding.add, person, GIVEN, "", NOW)
    with pytest.raises(NotAllowed):
        await database.read(exporting.export, person)


# What goes out


def content(tx: Connection) -> list[list[tuple[Any, ...]]]:
    """All that the form is about, of every meeting, without ids."""
    titled = meetings.c.title_kk.label("of")
    of_item = agenda_items.join(meetings, meetings.c.id == agenda_items.c.meeting_id)
    queries: list[Any] = [
        _columns(meetings, (*adding.OF_MEETING, "branch_id", "state", "chair_id")),
        _columns(agenda_items, (*adding.OF_ITEM, "number", "state", "speaker_id"), titled)
        .select_from(of_item),
        _columns(co_speakers, ("position", "name", "post", "person_id"), titled)
        .add_columns(agenda_items.c.number)
        .select_from(co_speakers.join(of_item, agenda_items.c.id == co_speakers.c.item_id)),
    ]  # fmt: skip
    return [sorted((tuple(row) for row in tx.execute(query)), key=str) for query in queries]


def _columns(table: Table, names: tuple[str, ...], *others: Any) -> Any:
    return select(*(table.c[name] for name in names), *others)


async def test_what_goes_out_comes_back_the_same(database: Database) -> None:
    await database.write(fill)
    await brings(database, AIGUL, GIVEN)
    # Nobody was told of them here: what is only announced comes back as a draft.
    drafts = update(meetings).where(meetings.c.state == "announced").values(state="draft")
    await database.write(lambda tx: tx.execute(drafts) and None)
    aigul = await actor(database, AIGUL)
    went = await database.read(exporting.export, aigul)
    before = await database.read(content)
    assert len(went.given.meetings) == 6
    assert len(went.given.items) == 5

    seen = await database.read(checking.check, aigul, went.given, NOW)
    assert (seen.new, seen.problems, len(seen.known)) == ((), (), 6), "it adds nothing to itself"

    await database.write(empty)
    await brings(database, AIGUL, went.given)
    assert await database.read(content) == before
    assert (await database.read(exporting.export, aigul)).given == went.given


async def test_a_branch_secretary_gets_the_meetings_that_she_prepares(database: Database) -> None:
    ids = await database.write(fill)
    cancelled = update(meetings).where(meetings.c.id == ids.assembly).values(state="cancelled")
    await database.write(lambda tx: tx.execute(cancelled) and None)
    moldir = await actor(database, MOLDIR)
    hers = await database.read(exporting.export, moldir)
    assert [row.title_kk for row in hers.given.meetings] == [
        "Отырыс political_council 3",
        "Отырыс political_council 30",
    ]
    assert {row.branch for row in hers.given.meetings} == {"САР"}
    assert [row.title_kk for row in hers.given.items] == ["Бірінші", "Екінші"]
    assert (hers.cancelled, hers.older) == (1, 0)
    assert await database.read(exporting.codes, moldir) == ("САР",)
    assert await database.read(exporting.codes, await actor(database, AIGUL)) == (
        "ОБЛ",
        "САР",
        "ОРД",
    )


async def test_what_does_not_fit_in_is_the_oldest(database: Database) -> None:
    await database.write(fill)
    aigul = await actor(database, AIGUL)
    fitting = await database.read(lambda tx: exporting.export(tx, aigul, rows=3))
    assert [row.title_kk for row in fitting.given.meetings] == [
        "Отырыс bureau 5",
        "Отырыс assembly 9",
        "Отырыс political_council 30",
    ]
    assert fitting.older == 1


async def test_a_meeting_that_goes_on_goes_out_as_a_draft(database: Database) -> None:
    await database.write(sitting.fill)
    aigul = await actor(database, AIGUL)
    went = await database.read(exporting.export, aigul)
    assert [row.state for row in went.given.meetings] == ["draft"]
    assert {row.state for row in went.given.items} == {"planned"}


# The archive


async def test_an_archive_is_for_whoever_prepares_the_meeting(database: Database) -> None:
    going = await database.write(sitting.fill)
    aigul = await sitting.actor(database, sitting.AIGUL)
    ballot = await database.write(voting.open_, aigul, going.sport, None, NOW, DAY)
    erik = await sitting.actor(database, sitting.ERIK)
    await database.write(voting.cast, erik, ballot.id, "for", NOW, DAY)
    read: Callable[..., Any] = archive.whole
    kept = await database.read(read, aigul, going.meeting, ZONE, DAY)
    assert [(one.number, one.name, one.choice) for one in kept.votes] == [
        (1, "Бекмұратов Ерік", "for")
    ]
    assert len(kept.attendance) == 15
    assert [one.name for one in kept.attendance if one.came_at is None] == [
        sitting.MEMBERS[9][1],
        sitting.MEMBERS[10][1],
    ]
    for telegram_id in (sitting.MOLDIR, sitting.ERIK, sitting.SAULE):
        other = await sitting.actor(database, telegram_id)
        with pytest.raises((NotAllowed, NotFound)):
            await database.read(read, other, going.meeting, ZONE, DAY)
