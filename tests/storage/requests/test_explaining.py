"""«Why this term?» ends on the day that is kept, whatever moved it."""

import random
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage import requests, working_days
from storage.database import Database
from storage.errors import NotFound, NotPossible
from storage.inquiries import bodies
from storage.requests import RequestDraft, asked_extensions, explaining, extending, pausing, sending
from storage.requests.asked_extensions import LEGAL, OWN
from storage.requests.explaining import Explained
from storage.rules.due_days import Kind
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", "lighting", place="Жылға ауылы")


def _moved_about(tx: Connection, seed: int) -> list[Explained]:
    """A request to which five things happen; its own term explained after each."""
    dice = random.Random(seed)  # noqa: S311 — the same story each time
    world = build(tx)
    lamp = requests.register(tx, world.aigul, LAMP, NOW, ZONE)
    moment, seen = NOW, []
    for _ in range(5):
        moment += timedelta(days=dice.randrange(4))
        if dice.random() < 0.5:
            lamp = pausing.start(tx, world.aigul, lamp.id, lamp.version, "қағаз", moment, ZONE)
            moment += timedelta(days=dice.randrange(9))
            lamp = pausing.end(tx, world.dana, lamp.id, lamp.version, moment, ZONE)
        else:
            _extended(tx, world, lamp, moment, dice.randrange(1, 6))
            lamp = requests.get(tx, world.aigul, lamp.id)
        seen.append(explaining.why(tx, world.aigul, lamp.id, OWN, ZONE))
    return seen


def _extended(
    tx: Connection, world: World, lamp: requests.VoterRequest, moment: datetime, by: int
) -> None:
    later = working_days.load(tx).add(max(lamp.due_on, moment.date()), by)
    of = (world.aigul, lamp.id, lamp.version)
    extending.ask(tx, *of, OWN, later, "уақыт керек", moment, ZONE)
    one = asked_extensions.waiting(tx, lamp.id, OWN)
    assert one is not None
    extending.decide(tx, world.ermek, one.id, one.version, moment, ZONE, approved=True)


@pytest.mark.parametrize("seed", range(6))
async def test_it_ends_on_the_kept_day_after_each_move(database: Database, seed: int) -> None:
    for explained in await database.write(_moved_about, seed):
        assert explained.count == 15
        assert explained.days[-1].day == explained.due_on == explained.request.due_on
        assert explained.holds


async def test_the_bodys_term_starts_on_a_working_day(database: Database) -> None:
    def sent(tx: Connection) -> tuple[Explained, Explained]:
        world = build(tx)
        lamp = requests.register(tx, world.aigul, LAMP, NOW, ZONE)
        names: dict[str, str | None] = {"name_kk": "Әкімдік", "name_ru": "Акимат"}
        akimat = bodies.add(tx, world.dana, world.sar, names, NOW)
        saturday, monday = date(2026, 11, 28), NOW + timedelta(days=6)
        sending.send(
            tx, world.aigul, lamp.id, lamp.version, akimat.id, None, saturday, monday, ZONE
        )
        of = (tx, world.aigul, lamp.id)
        return explaining.why(*of, LEGAL, ZONE), explaining.why(*of, OWN, ZONE)

    legal, own = await database.write(sent)
    assert (legal.came_on, legal.start) == (date(2026, 11, 28), date(2026, 11, 30))
    assert (legal.count, legal.days[-1].day) == (15, legal.request.legal_due_on)
    assert own.two
    assert {day.kind for day in own.days} == {Kind.COUNTED, Kind.WEEKEND}


async def test_what_cannot_be_explained(database: Database) -> None:
    world = await database.write(build)
    lamp = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    with pytest.raises(NotPossible, match="clock"):
        await database.read(explaining.why, world.aigul, lamp.id, LEGAL, ZONE)
    with pytest.raises(NotFound):
        await database.read(explaining.why, world.marat, lamp.id, OWN, ZONE)
    assert lamp.registered_at.astimezone(ZONE).date() == TODAY
