"""What is asked in plain words: what there is on a day, when somebody speaks; on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import meetings, search_index
from storage.database import Database
from storage.errors import NotAllowed
from storage.meetings import NewItem, NewMeeting, asked
from storage.rules.access import Role
from storage.tables import agenda_items, co_speakers
from tests.conftest import NOW
from tests.storage.meetings.world import World, actor, fill

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "name",
    [
        "Сапаров",
        "Ержан Сапаров",
        "Сапаровтың",
        "Сапаровым",
        "Ержана Сапарова",
        "сапаров ержан",
        "спорт басқармасының басшысы",
        "руководителя управления спорта",
    ],
)
async def test_a_speaker_is_known_by_every_form_of_name_and_post(
    database: Database, name: str
) -> None:
    world = await database.write(fill)
    gulnar = actor(Role.MEMBER, world.saryagash)
    found = await database.read(asked.spoken_by, gulnar, name, NOW)
    assert [(one.meeting_id, one.number) for one in found] == [
        (world.ahead, 2),
        (world.later, 2),
        (world.held, 1),
    ]


async def test_what_was_and_what_will_be_are_told_apart(database: Database) -> None:
    world = await database.write(fill)
    gulnar = actor(Role.MEMBER, world.saryagash)
    behind = await database.read(asked.spoken_by, gulnar, "Сапаров", NOW, -1)
    assert [one.meeting_id for one in behind] == [world.held]
    ahead = await database.read(asked.spoken_by, gulnar, "Сапаров", NOW, 1)
    assert [one.meeting_id for one in ahead] == [world.ahead, world.later]
    # She has spoken on nothing yet, so what is ahead is the answer.
    only = await database.read(asked.spoken_by, gulnar, "Тлеубаева", NOW, -1)
    assert [one.meeting_id for one in only] == [world.ahead, world.later]


async def test_whoever_only_proposed_something_is_no_speaker(database: Database) -> None:
    world = await database.write(fill)
    gulnar = actor(Role.MEMBER, world.saryagash)
    for name in ("Оразов", "ипподром", "Сапаров Айгүл", "…", ""):
        assert not await database.read(asked.spoken_by, gulnar, name, NOW), name


async def test_a_co_speaker_speaks_too(database: Database) -> None:
    world = await database.write(fill)
    await database.write(_beside, world.ahead)
    found = await database.read(asked.spoken_by, actor(Role.OWNER), "Нұрлан Қасымов", NOW)
    assert [(one.meeting_id, one.number) for one in found] == [(world.ahead, 1)]


async def test_a_speaker_on_an_item_for_the_bureau_only_is_no_answer_to_others(
    database: Database,
) -> None:
    world = await database.write(fill)
    secret = update(agenda_items).values(visibility="bureau")
    await database.write(lambda tx: tx.execute(secret))
    assert not await database.read(
        asked.spoken_by, actor(Role.MEMBER, world.kentau), "Сапаров", NOW
    )
    seen = await database.read(asked.spoken_by, actor(Role.BUREAU_MEMBER), "Сапаров", NOW)
    assert len(seen) >= 3
    with pytest.raises(NotAllowed):
        await database.read(asked.spoken_by, actor(None), "Сапаров", NOW)


async def test_an_item_that_was_carried_over_is_not_spoken_on_there(database: Database) -> None:
    world = await database.write(fill)
    gone = update(agenda_items).where(agenda_items.c.meeting_id == world.ahead)
    await database.write(lambda tx: tx.execute(gone.values(state="carried")))
    found = await database.read(asked.spoken_by, actor(Role.MEMBER, world.kentau), "Сапаров", NOW)
    assert world.ahead not in [one.meeting_id for one in found]


async def test_the_first_span_that_has_a_meeting_is_the_answer(database: Database) -> None:
    world = await database.write(fill)
    gulnar = actor(Role.MEMBER, world.saryagash)
    empty, last_week = (NOW - 2 * DAY, NOW - DAY), (NOW - 8 * DAY, NOW - 6 * DAY)
    month = (NOW, NOW + 40 * DAY)
    found = await database.read(asked.within, gulnar, [empty, last_week, month])
    assert [line.id for line in found] == [world.held]
    found = await database.read(asked.within, gulnar, [empty, month, last_week])
    assert [line.id for line in found] == [world.ahead, world.later]
    assert not await database.read(asked.within, gulnar, [empty])
    assert not await database.read(asked.within, gulnar, [])
    assert not await database.read(asked.within, gulnar, [month], "faction")


async def test_neither_a_draft_nor_a_foreign_meeting_is_the_answer(database: Database) -> None:
    world = await database.write(fill)
    secretary = actor(Role.BRANCH_SECRETARY, world.saryagash)
    two_days = (NOW, NOW + 2 * DAY + timedelta(hours=1))
    assert not await database.read(asked.within, secretary, [two_days])
    kentau = actor(Role.MEMBER, world.kentau)
    found = await database.read(asked.within, kentau, [two_days])
    assert [line.id for line in found] == [world.kentau_ahead]


async def test_a_busy_month_is_cut_to_a_page(database: Database) -> None:
    world = await database.write(_busy)
    found = await database.read(asked.within, actor(Role.OWNER), [(NOW, NOW + 40 * DAY)])
    assert len(found) == 8
    said = await database.read(asked.spoken_by, actor(Role.OWNER), "Сапаров", NOW)
    assert len(said) == 8
    assert said[0].meeting_id != world.held


def _beside(tx: Connection, meeting_id: int) -> None:
    query = select(agenda_items.c.id).where(
        agenda_items.c.meeting_id == meeting_id, agenda_items.c.number == 1
    )
    one = {"item_id": tx.execute(query).scalar_one(), "position": 1}
    tx.execute(insert(co_speakers).values(**one, name="Қасымов Нұрлан", post="инженер"))
    search_index.index_meeting(tx, meeting_id)


def _busy(tx: Connection) -> World:
    world = fill(tx)
    item = NewItem(title_kk="Есеп", title_ru="Отчёт", speaker_kk="Ержан Сапаров")
    for n in range(12):
        at = NOW + DAY + n * timedelta(hours=4)
        meetings.add(
            tx, NewMeeting(world.region, "Бюро", "Бюро", at, state="announced", items=(item,))
        )
    return world
