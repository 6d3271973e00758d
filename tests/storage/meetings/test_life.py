"""A meeting's life: from a draft nobody knows of to the archive, by whoever may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from storage import meetings
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import announcements, copying, editing, life
from storage.rules.meeting_states import FOLLOWS, may_follow
from storage.tables import agenda_items, body_members, search_lines
from storage.tables import meetings as table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings.life_world import (
    ASSEMBLY,
    BUREAU,
    FRIDAY,
    IN_THE_BRANCH,
    MEMBER,
    OWNER,
    SECRETARY,
    TODAY,
    actor,
    called,
    drafted,
    seen,
    told,
)


@pytest.fixture
async def peopled(database: Database) -> Database:
    await database.write(world.people_it)
    return database


async def test_a_draft_is_nobodys_but_those_who_prepare_it(peopled: Database) -> None:
    meeting_id = await drafted(peopled)

    assert (await seen(peopled, meeting_id)).state == "draft"
    assert (await seen(peopled, meeting_id, OWNER)).state == "draft"
    with pytest.raises(NotFound):
        await seen(peopled, meeting_id, MEMBER)
    assert await peopled.read(told, "meeting_announced") == []


async def test_a_draft_is_announced_once(peopled: Database) -> None:
    meeting_id = await drafted(peopled)
    who = await actor(peopled, SECRETARY)

    async def announce() -> announcements.Announced:
        return await peopled.write(announcements.announce_draft, who, meeting_id, 1, 4, NOW, ZONE)

    first = await announce()
    assert (first.recipients, first.again) == (4, False)
    assert await announce() == replace(first, again=True)
    assert await peopled.read(told, "meeting_announced") == IN_THE_BRANCH
    assert (await seen(peopled, meeting_id, MEMBER)).state == "announced"


async def test_whoever_stands_on_the_draft_or_is_elected_is_called(peopled: Database) -> None:
    elected = {"branch_id": world.SARYAGASH, "body": "faction", "starts_on": TODAY}
    await peopled.write(
        lambda tx: tx.execute(body_members.insert().values(**elected, person_id=15)) and None
    )
    meeting_id = await drafted(peopled, replace(ASSEMBLY, body="faction"))
    who = await actor(peopled, SECRETARY)

    result = await peopled.write(announcements.announce_draft, who, meeting_id, 1, 2, NOW, ZONE)

    assert result.recipients == 2
    assert await peopled.read(told, "meeting_announced") == [2, 15]  # with the secretary


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"starts_at": None}, "no_day"),
        ({"starts_at": NOW - timedelta(hours=1)}, "in_the_past"),
        ({"state": "cancelled"}, "cancelled"),
    ],
)
async def test_what_cannot_be_announced(
    peopled: Database, state: dict[str, Any], reason: str
) -> None:
    meeting_id = await drafted(peopled)
    who = await actor(peopled, SECRETARY)
    await peopled.write(lambda tx: tx.execute(update(table).values(**state)) and None)

    with pytest.raises(NotPossible, match=reason):
        await peopled.write(announcements.announce_draft, who, meeting_id, 1, 4, NOW, ZONE)
    assert await peopled.read(told, "meeting_announced") == []


async def test_not_over_another_meeting_of_the_body(peopled: Database) -> None:
    await called(peopled)
    meeting_id = await drafted(peopled, replace(ASSEMBLY, starts_at=FRIDAY + timedelta(hours=1)))
    who = await actor(peopled, SECRETARY)

    with pytest.raises(NotPossible, match="overlaps"):
        await peopled.write(announcements.announce_draft, who, meeting_id, 1, 4, NOW, ZONE)
    at_once = replace(ASSEMBLY, draft="another")
    with pytest.raises(NotPossible, match="overlaps"):
        await peopled.write(announcements.announce, who, at_once, 4, NOW, ZONE)
    other_body = replace(ASSEMBLY, draft="third", body="primary")
    await peopled.write(announcements.announce, who, other_body, 4, NOW, ZONE)


async def test_from_the_beginning_to_the_archive(peopled: Database) -> None:
    meeting_id = await called(peopled)
    who = await actor(peopled, SECRETARY)

    with pytest.raises(NotPossible, match="too_early"):
        await peopled.write(life.begin, who, meeting_id, 1, NOW)
    going_on = await peopled.write(life.begin, who, meeting_id, 1, FRIDAY)
    assert (going_on.state, going_on.began_at) == ("in_progress", FRIDAY)
    later = FRIDAY + timedelta(hours=1)
    held = await peopled.write(life.end, who, meeting_id, going_on.version, later, ZONE)
    assert (held.state, held.ended_at, held.is_over) == ("held", later, True)
    with pytest.raises(NotPossible, match="held"):
        await peopled.write(life.archive, who, meeting_id, held.version, later)
    await peopled.write(lambda tx: tx.execute(update(table).values(state="signed")) and None)
    archived = await peopled.write(life.archive, who, meeting_id, held.version, later)
    assert archived.state == "archived"
    with pytest.raises(NotPossible, match="archived"):
        values = {"title_kk": "Басқа"}
        await peopled.write(editing.edit, who, meeting_id, archived.version, values, later)


async def test_of_two_secretaries_the_second_learns_who_was_first(peopled: Database) -> None:
    meeting_id = await called(peopled)
    first, second = await actor(peopled, OWNER), await actor(peopled, SECRETARY)
    await peopled.write(editing.edit, first, meeting_id, 1, {"place": "мектеп"}, NOW)

    with pytest.raises(AlreadyChanged) as changed:
        await peopled.write(editing.edit, second, meeting_id, 1, {"place": "клуб"}, NOW)

    assert (changed.value.by, changed.value.at) == ("Сейтова Айгүл", NOW)
    assert (await seen(peopled, meeting_id)).place_ru == "мектеп"


@pytest.mark.parametrize("what", [BUREAU, replace(ASSEMBLY, branch_id=world.ORDABASY)])
async def test_a_branch_secretary_leaves_the_others_meetings_alone(
    peopled: Database, what: announcements.Announcement
) -> None:
    meeting_id = await called(peopled, BUREAU, OWNER)
    await peopled.write(
        lambda tx: tx.execute(update(table).values(branch_id=what.branch_id)) and None
    )
    who = await actor(peopled, SECRETARY)

    attempts: tuple[tuple[Callable[..., object], *tuple[object, ...]], ...] = (
        (life.begin, 1, FRIDAY),
        (life.end, 1, FRIDAY, ZONE),
        (life.throw_away, 1, NOW),
        (editing.edit, 1, {"place": "клуб"}, NOW),
        (copying.copy, NOW),
        (announcements.announce_draft, 1, 3, NOW, ZONE),
    )
    for step, *given in attempts:
        with pytest.raises((NotAllowed, NotFound)):
            await peopled.write(step, who, meeting_id, *given)


async def test_a_draft_is_thrown_away_with_all_of_it(peopled: Database) -> None:
    draft, announced = await drafted(peopled), await called(peopled)
    who = await actor(peopled, SECRETARY)

    await peopled.write(life.throw_away, who, draft, 1, NOW)
    with pytest.raises(NotPossible, match="announced"):
        await peopled.write(life.throw_away, who, announced, 1, NOW)
    with pytest.raises(NotFound):
        await seen(peopled, draft)
    items = select(func.count()).where(agenda_items.c.meeting_id == draft)
    found = select(func.count()).where(search_lines.c.meeting_id == draft)
    assert await peopled.read(lambda tx: tx.execute(items).scalar_one()) == 0
    assert await peopled.read(lambda tx: tx.execute(found).scalar_one()) == 0


async def test_a_copy_takes_the_agenda_and_nothing_that_became_of_it(peopled: Database) -> None:
    meeting_id = await called(peopled)
    who = await actor(peopled, SECRETARY)
    await peopled.write(
        lambda tx: (
            tx.execute(update(agenda_items).values(decision_kk="Бекітілсін", state="done")) and None
        )
    )

    new_id = await peopled.write(copying.copy, who, meeting_id, NOW)

    copy = await seen(peopled, new_id)
    assert (copy.state, copy.starts_at, copy.title_ru) == ("draft", None, "Общее собрание")
    assert [(i.title_kk, i.state, i.decision_kk) for i in copy.items] == [
        ("Жылдық есеп", "planned", None),
        ("Сайлау туралы", "planned", None),
    ]
    assert await peopled.write(copying.copy, who, meeting_id, NOW) == new_id  # two taps are one
    page = await peopled.read(meetings.upcoming, who, NOW)
    assert [line.state for line in page.lines] == ["announced", "draft"]
    later = NOW + copying.AT_ONCE
    assert await peopled.write(copying.copy, who, meeting_id, later) != new_id


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"title_kk": ""}, "wrong"),
        ({"title_kk": None}, "wrong"),
        ({"title_ru": "т" * 251}, "too_long"),
        ({"place": "з" * 201}, "too_long"),
        ({"link": "javascript:alert(1)"}, "wrong"),
        ({"kind": "secret"}, "wrong"),
        ({"format": "mail"}, "wrong"),
        ({"latitude": 91.0, "longitude": 0.0}, "wrong"),
        ({"latitude": 42.0}, "wrong"),
        ({"state": "held"}, "wrong"),
        ({"title_en": "x"}, "wrong"),
    ],
)
async def test_what_a_meeting_cannot_be_made(
    peopled: Database, values: dict[str, Any], reason: str
) -> None:
    meeting_id = await drafted(peopled)
    who = await actor(peopled, SECRETARY)

    with pytest.raises(NotPossible, match=reason):
        await peopled.write(editing.edit, who, meeting_id, 1, values, NOW)


async def test_a_known_name_in_the_chair_is_that_person(peopled: Database) -> None:
    meeting_id = await drafted(peopled)
    who = await actor(peopled, SECRETARY)
    chaired = {"chair": "Бекмұратов Ерік"}

    meeting = await peopled.write(editing.edit, who, meeting_id, 1, chaired, NOW)

    chair = await peopled.read(
        lambda tx: tx.execute(select(table.c.chair_id).where(table.c.id == meeting_id)).scalar_one()
    )
    assert (meeting.chair_kk, chair) == ("Бекмұратов Ерік", 6)


async def test_the_room_online_is_for_those_who_are_called(peopled: Database) -> None:
    meeting_id = await called(peopled, BUREAU, OWNER)
    who = await actor(peopled, OWNER)
    link = "https://meet.example.kz/room?pwd=1"
    await peopled.write(editing.edit, who, meeting_id, 1, {"link": link}, NOW)

    assert (await seen(peopled, meeting_id, 1006)).link == link  # of the Bureau
    assert (await seen(peopled, meeting_id, MEMBER)).link is None
    bureau_member = await actor(peopled, 1006)
    in_group = await peopled.read(meetings.get, bureau_member, meeting_id, drafts=False)
    assert in_group.link is None


def test_no_state_leads_back() -> None:
    over = ("held", "signed", "archived", "cancelled")
    assert not any(may_follow(state, "draft") for state in FOLLOWS)
    assert not any(may_follow(state, "announced") for state in FOLLOWS if state != "draft")
    assert not any(may_follow(state, "cancelled") for state in over)
