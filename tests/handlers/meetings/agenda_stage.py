"""What the stories of an agenda share: who comes, where they stand, how they tap and read."""

from typing import Any

import pytest
from sqlalchemy import Connection

from bot.simulator.client import Person
from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.manage import Manage
from storage import people
from storage.rules.access import Actor
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.talking import taps
from tests.storage.meetings.agenda_world import Ids, add_meetings

AIGUL, MOLDIR, DARKHAN, RUSLAN, SAULE, ERIK, OLEG = 1001, 1002, 1003, 1004, 1005, 1006, 1015

Json = dict[str, Any]


@pytest.fixture
async def ids(stage: Stage) -> Ids:
    return await stage.database.write(add_meetings)


async def says(person: Person, text: str, expected: str) -> Json:
    await person.send(text)
    return await person.wait_for(expected)


async def opens(person: Person, data: str, expected: str) -> Json:
    """Tap an old or a forged button: whatever data under the last message."""
    last = await person.last()
    await person.tap_data(last["message_id"], data)
    return await person.wait_for(expected)


async def manages(person: Person, meeting_id: int, label: str, expected: str) -> Json:
    """From a meeting's screen of what can be done, one tap further."""
    await opens(person, OpenMeeting(id=meeting_id).pack(), "🗓")
    last = await person.last()
    await person.tap_data(last["message_id"], Manage(id=meeting_id).pack())
    return await taps(person, label, expected)


def actor(tx: Connection, telegram_id: int) -> Actor:
    found = people.actor_of(tx, telegram_id, NOW.date())
    assert found is not None
    return found
