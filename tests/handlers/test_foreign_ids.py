"""Numbers of what is not one's own, forged into every button and command that there is.

Read from the routers: whoever adds a button need add nothing here. An answer says nothing of the
row, nothing changes, and the try is recorded wherever something was looked for.
"""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Update
from sqlalchemy import Connection, func, select

from bot.client import make_dispatcher
from bot.intake.turns import Handling, Surroundings
from handlers.files import FETCH_LIMIT, FileGone
from handlers.requests import cards
from handlers.turn import Turn
from handlers.ui.screen import Screen
from storage import inbox
from storage.clock import MovableClock
from storage.database import Database
from storage.errors import NotFound
from storage.refused_tries import MOST
from storage.tables import audit, metadata
from tests import world
from tests.conftest import NOW, ZONE, sqlite_copy
from tests.handlers import foreign_world, walking
from tests.handlers.foreign_world import BESIDE, CANARY, FOREIGN, MINE, NUMBER, OWN, Place

SECRETARY, DEPUTY, GUEST = 1002, 1003, 1008
DELETED = 99_999
MANGLED = ("-1", str(2**63), "abc", "777'--", "777.5")
UPDATES = 4000  # of one walk
BOT = Bot("1000000001:OfTheWalk")
WITH_IDS = [kind for kind in walking.buttons() if walking.ids(kind)]


class NoFiles:
    """Nobody gets a file on this walk, or leaves one."""

    async def fetch(self, file_id: str, limit: int = FETCH_LIMIT) -> bytes:
        raise FileGone(file_id, limit)

    async def keep(self, name: str, content: bytes) -> str:
        raise AssertionError("nothing is kept", name, len(content))

    async def kept(self, path: str) -> bytes:
        raise FileGone(path)


class Walk:
    """Somebody who forges, straight at the dispatcher: the answers and what they left behind."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = MovableClock(world.StartingAt(NOW))
        self.most_refusals = UPDATES  # a walker may try as often as a walk needs
        self._ids = count(1)

    async def begin(self, who: int, *places: Place) -> None:
        """Settle what is not the walker's, and let the walker in."""
        await self.database.write(world.people_it)
        for place in places:
            await self.database.write(foreign_world.settle, place)
        waiting = [(who, {"update_id": number}) for number in range(1, UPDATES)]
        await self.database.write(inbox.keep, waiting, NOW)
        self._who = who
        await self.say("/menu")

    async def tap(self, data: str) -> str:
        """The answer to a tap on a button with ``data``."""
        message = {"message_id": 5, "date": 1, "chat": self._chat, "text": "…"}
        query = {"id": "1", "from": self._user, "chat_instance": "1", "data": data}
        return await self._handle({"callback_query": {**query, "message": message}})

    async def say(self, text: str) -> str:
        """The answer to a message."""
        message = {"message_id": 5, "date": 1, "chat": self._chat, "from": self._user}
        return await self._handle({"message": {**message, "text": text}})

    async def refused(self) -> int:
        """How many refusals are recorded."""
        return await self.database.read(_refusals)

    async def _handle(self, body: dict[str, Any]) -> str:
        around = Surroundings(
            self.database, self.clock, ZONE, "kk", "buro_test_bot", NoFiles(), self.most_refusals
        )
        update = Update.model_validate({"update_id": next(self._ids), **body}, context={"bot": BOT})
        answer = await make_dispatcher().feed_update(
            BOT, update, surroundings=around, handling=Handling()
        )
        return "" if answer is None else _said(answer)

    @property
    def _chat(self) -> dict[str, Any]:
        return {"id": self._who, "type": "private", "first_name": "Асан"}

    @property
    def _user(self) -> dict[str, Any]:
        return {"id": self._who, "is_bot": False, "first_name": "Асан", "language_code": "kk"}


@pytest.fixture
async def walk(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[Walk]:
    database = Database(sqlite_copy(migrated_sqlite, tmp_path))
    yield Walk(database)
    await database.close()


def _said(screen: Screen) -> str:
    labels = [button.label for row in screen.rows for button in row]
    files = [attachment.name for attachment in screen.attachments]
    return json.dumps([screen.text, screen.toast, labels, files], ensure_ascii=False, default=str)


def _kept(tx: Connection) -> dict[str, list[str]]:
    """Every row of what people keep; where somebody stands in a draft of the own is no matter."""
    return {
        table.name: sorted(map(repr, tx.execute(select(table)).all()))
        for table in metadata.sorted_tables
        if table.name not in {"inbox", "lanes", "audit", "conversations", "refused_tries"}
    }


def _refusals(tx: Connection) -> int:
    query = select(func.count()).where(audit.c.outcome == "refused")
    return tx.execute(query).scalar_one()


def test_the_walk_finds_buttons_and_commands() -> None:
    assert len(WITH_IDS) > 100
    assert {"follow", "join", "request", "start"} <= set(walking.commands())


@pytest.mark.parametrize(
    ("who", "place"),
    [
        (SECRETARY, FOREIGN),
        (DEPUTY, FOREIGN),
        (GUEST, FOREIGN),
        (DEPUTY, BESIDE),
    ],
    ids=["secretary", "deputy", "guest", "deputy beside"],
)
async def test_what_is_not_ones_own_looks_like_what_is_not_there(
    walk: Walk, who: int, place: Place
) -> None:
    await walk.begin(who, place)
    before = await walk.database.read(_kept)
    told, unrecorded = [], []
    for kind in WITH_IDS:
        refused = await walk.refused()
        foreign = await walk.tap(walking.forged(kind, place.number))
        recorded = await walk.refused() > refused
        deleted = await walk.tap(walking.forged(kind, DELETED))
        if CANARY in foreign:
            told.append((kind.__name__, foreign))
        # What was not even looked for tells nothing; the bodies of a branch are for all of it.
        common = place is BESIDE and "body" in walking.ids(kind)
        if not recorded and foreign != deleted and not common:
            unrecorded.append((kind.__name__, foreign, deleted))
    assert not told
    assert not unrecorded
    assert await walk.database.read(_kept) == before


DRAFTS = ("stdone", "rqbr", "iqbr", "iqreq", "iqbody")


@pytest.mark.parametrize("command", [None, "/request", "/inquiry"])
async def test_a_foreign_number_for_a_draft_is_recorded(walk: Walk, command: str | None) -> None:
    """Whether the draft is open, another one, or gone: what is picked for it has to be in reach."""
    await walk.begin(DEPUTY, FOREIGN)
    before = await walk.database.read(_kept)
    if command:
        await walk.say(command)
    kinds = [kind for kind in WITH_IDS if kind.__prefix__ in DRAFTS]
    assert len(kinds) == len(DRAFTS)
    for kind in kinds:
        refused = await walk.refused()
        answer = await walk.tap(walking.forged(kind, FOREIGN.number))
        assert "Сізге арналмаған" in answer, (kind, answer)
        assert await walk.refused() == refused + 1, kind
    assert await walk.database.read(_kept) == before


async def test_what_is_no_number_is_refused_and_recorded(walk: Walk) -> None:
    await walk.begin(DEPUTY, FOREIGN)
    before = await walk.database.read(_kept)
    wrong = []
    for kind in WITH_IDS:
        for value in MANGLED:
            data = walking.forged(kind, value)
            if len(data.encode()) > 64:  # Telegram sends no longer one
                continue
            refused = await walk.refused()
            answer = await walk.tap(data)
            if CANARY in answer or await walk.refused() != refused + 1:
                wrong.append((data, answer))
    assert not wrong
    assert await walk.database.read(_kept) == before


async def test_a_foreign_number_beside_ones_own_moves_nothing(walk: Walk) -> None:
    """What is one's own is taken, and another's is named for it: a person, a branch, an item."""
    await walk.begin(DEPUTY, FOREIGN, MINE)
    before = await walk.database.read(_kept)
    told = []
    for kind in WITH_IDS:
        for field in walking.ids(kind) if len(walking.ids(kind)) > 1 else []:
            answer = await walk.tap(walking.forged(kind, OWN, **{field: NUMBER}))
            if CANARY in answer:
                told.append((kind.__name__, field, answer))
    assert not told
    assert await walk.database.read(_kept) == before


@pytest.mark.parametrize("who", [SECRETARY, DEPUTY, GUEST], ids=["secretary", "deputy", "guest"])
async def test_a_command_with_a_foreign_number_tells_nothing(walk: Walk, who: int) -> None:
    await walk.begin(who, FOREIGN)
    before = await walk.database.read(_kept)
    numbers = (str(NUMBER), f"m{NUMBER}", f"m{NUMBER}-1", f"r_{NUMBER}", f"i_{NUMBER}", *MANGLED)
    for command in walking.commands():
        for said in numbers:
            assert CANARY not in await walk.say(f"/{command} {said}"), (command, said)
        await walk.say("/cancel")
    after = await walk.database.read(_kept)
    for name, rows in before.items():
        assert set(rows) <= set(after[name]), name


async def test_a_refusal_after_something_was_written_is_recorded(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The role ends between the change and the card that is shown of it."""

    async def written(turn: Turn, _request_id: int) -> None:
        await turn.write(lambda _tx: None)
        raise NotFound("voter_request")

    await walk.begin(DEPUTY, FOREIGN)
    monkeypatch.setattr(cards, "show_card", written)
    refused = await walk.refused()
    assert "Сізге арналмаған" in await walk.tap(f"rqopen:{NUMBER}")
    assert await walk.refused() == refused + 1


async def test_whoever_tries_number_after_number_has_to_wait(walk: Walk) -> None:
    await walk.begin(DEPUTY, FOREIGN)
    walk.most_refusals = MOST
    for number in range(MOST):
        assert "Сізге арналмаған" in await walk.tap(f"rqopen:{NUMBER + number}")
    recorded = await walk.refused()
    assert "Тым көп әрекет" in await walk.tap(f"rqopen:{NUMBER}")
    assert "Тым көп әрекет" in await walk.say(f"/start m{NUMBER}")
    assert "Мәзір" in await walk.say("/menu"), "the way home stays open"
    began = walk.database
    walk.database = Database(began.url.render_as_string(hide_password=False))
    assert "Тым көп әрекет" in await walk.tap(f"rqopen:{NUMBER}"), "a new process knows it, too"
    await walk.database.close()
    walk.database = began
    assert await walk.refused() == recorded, "and the trail is not filled by it"
    walk.clock.move(timedelta(minutes=11))
    assert "Сізге арналмаған" in await walk.tap(f"rqopen:{NUMBER}")


async def test_of_a_mangled_button_only_its_kind_is_recorded(walk: Walk) -> None:
    await walk.begin(DEPUTY)
    await walk.tap("rqopen:701-999-88-77")
    await walk.tap("Айсұлу:1")
    await walk.tap("7019998877")

    def details(tx: Connection) -> list[Any]:
        query = select(audit.c.details).where(audit.c.action == "read_button")
        return list(tx.execute(query.order_by(audit.c.id)).scalars())

    assert await walk.database.read(details) == [{"kind": "rqopen"}, {}, {}]
