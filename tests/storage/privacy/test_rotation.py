"""A new key for everything that is sealed: in batches, beside people who write, resumable."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Connection, select, update

from storage import conversations, inbox, outbox, requests
from storage.database import Database
from storage.kinds import KINDS, Kind
from storage.privacy import cells, keys, proof, rotation
from storage.privacy.keys import Ring
from storage.privacy.rows import EVERY, Sealed
from storage.requests import Contact, RequestDraft
from storage.rules.categories import Category
from storage.tables import voter_requests
from tests.conftest import NOW, ZONE
from tests.opened import opened
from tests.storage.requests.world import build

NEW = "feedc0de"
TEXT = "Абай көшесінде шам жанбайды"
HAND_IN = {"update_id": 7, "message": {"text": TEXT}}


def fill(tx: Connection) -> None:
    """Something personal in each place where it may stand."""
    there = build(tx)
    proof.settle(tx)
    inbox.keep(tx, [(1003, HAND_IN)], NOW)
    conversations.save(tx, 1003, 1003, "requests:text", {"text": TEXT}, NOW)
    outbox.put(tx, "code:1", "voters_code", there.aigul.person_id, {"code": TEXT}, NOW)
    contact = Contact("+77011234567", "Асанова Гүлнар", "1", NOW)
    draft = RequestDraft(TEXT, Category.LIGHTING, contact=contact)
    request = requests.register(tx, there.aigul, draft, NOW, ZONE)
    requests.comment(tx, there.aigul, request.id, TEXT, NOW)


@pytest.fixture
async def filled(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setitem(KINDS, "voters_code", Kind("voters_code", personal=True))
    await database.write(fill)
    return database


def with_new(ring: Ring) -> Ring:
    return Ring({**ring.keys, NEW: b"k" * 32}, ring.root)


def everything(tx: Connection) -> list[dict[str, Any]]:
    return [
        opened(table.table, row)
        for table in EVERY
        for row in tx.execute(select(table.table)).mappings()
        if any(_is_sealed(row[name]) for name in table.columns)
    ]


def _is_sealed(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("s1.")


async def resealed(database: Database, key_id: str) -> Counter[str]:
    tally: Counter[str] = Counter()
    for table in EVERY:
        after = await database.write(rotation.reseal, table, key_id, None, tally)
        while after is not None:
            after = await database.write(rotation.reseal, table, key_id, after, tally)
    return tally


async def test_all_is_sealed_with_the_new_key_and_says_the_same(
    filled: Database, ring: Ring
) -> None:
    before = await filled.read(everything)
    keys.use(with_new(ring))
    # Proof, update, draft, message, the request's text, phone and name, its comment.
    assert await resealed(filled, NEW) == {"resealed": 8}
    assert await filled.read(rotation.used) == {NEW}
    keys.use(Ring({NEW: b"k" * 32}, ring.root))
    assert await filled.read(everything) == before
    assert await resealed(filled, NEW) == {}, "nothing is left to do"


async def test_batches_go_on_where_the_last_one_ended(
    filled: Database, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled.write(inbox.keep, [(1003, HAND_IN | {"update_id": n}) for n in range(8, 30)], NOW)
    monkeypatch.setattr(rotation, "BATCH", 5)
    keys.use(with_new(ring))
    assert (await resealed(filled, NEW))["resealed"] == 8 + 22
    assert await filled.read(rotation.used) == {NEW}


async def test_what_was_written_meanwhile_is_not_written_over(
    filled: Database, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading a request and writing it the deputy's correction comes in."""
    keys.use(with_new(ring))
    number = await filled.read(lambda tx: tx.execute(select(voter_requests.c.number)).scalar_one())
    sealed = cells.sealed

    def corrected(tx: Connection) -> Counter[str]:
        def slow(cell: str, row: str, text: str) -> str:
            if cell == "voter_requests.text":
                new = sealed(cell, number, "Түзетілген")
                tx.execute(update(voter_requests).values(text=new))
            return sealed(cell, row, text)

        monkeypatch.setattr(rotation, "sealed", slow)
        tally: Counter[str] = Counter()
        rotation.reseal(tx, _of("voter_requests"), NEW, None, tally)
        return tally

    assert await filled.write(corrected) == {"resealed": 2, "changed meanwhile": 1}
    rows = await filled.read(lambda tx: tx.execute(select(voter_requests)).mappings().all())
    assert [opened(voter_requests, row)["text"] for row in rows] == ["Түзетілген"]


def _of(name: str) -> Sealed:
    return next(table for table in EVERY if table.table.name == name)


async def test_a_damaged_cell_stops_nothing(filled: Database, ring: Ring) -> None:
    async def damage(name: str) -> None:
        table = _of(name)
        bad = {table.columns[0]: f"s1.{ring.newest}.QUJD"}
        await filled.write(lambda tx: tx.execute(update(table.table).values(bad)))

    await damage("inbox")
    await damage("conversations")
    keys.use(with_new(ring))
    assert await resealed(filled, NEW) == {"resealed": 6, "unreadable": 2}
    assert await filled.read(rotation.used) == {NEW, ring.newest}, "the key of what is left stays"


async def test_a_rotation_that_was_broken_off_goes_to_the_same_key(database: Database) -> None:
    assert await database.write(rotation.begin, "11111111") == "11111111"
    assert await database.write(rotation.begin, "22222222") == "11111111"
    await database.write(rotation.end)
    assert await database.write(rotation.begin, "33333333") == "33333333"


def test_whatever_is_sealed_anywhere_is_known_to_the_rotation() -> None:
    """A cell that is sealed by its name and stands in no entry would lose its key."""
    known = {table.cell(column) for table in EVERY for column in table.columns}
    root = Path(__file__).parents[3]
    files = [path for floor in ("storage", "handlers") for path in (root / floor).rglob("*.py")]
    named = re.compile(r'(?:seal|sealed|unseal|opened)\(\s*"(\w+\.\w+)"')
    assert named.findall('sealed("people.phone", key, phone)') == ["people.phone"]
    found = {cell for path in files for cell in named.findall(path.read_text(encoding="utf-8"))}
    assert found <= known, found - known


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.table.name)
def test_a_row_is_named_by_what_is_known_before_it_is_there(table: Sealed) -> None:
    assert "id" not in table.named_by
    for column in (*table.columns, *table.named_by):
        assert column in table.table.c
    assert not any(isinstance(table.table.c[name].type, JSON) for name in table.named_by)
