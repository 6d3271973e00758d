"""A database of the time before: what is there is sealed, found on, and nowhere left in clear."""

import json
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import JSON, Connection, Table, insert, select, table, text
from sqlalchemy import column as named
from sqlalchemy.exc import DatabaseError

from storage import conversations, inbox, requests, schema
from storage.database import Database
from storage.inquiries import lists
from storage.privacy import index
from storage.privacy.words import NAME, hashes, sought
from storage.rules.access import Role
from storage.tables import (
    UtcDateTime,
    inquiries,
    people,
    request_attachments,
    request_history,
    request_words,
    voter_requests,
)
from tests.conftest import NOW, POSTGRES, POSTGRES_REQUIRED, postgres_drop
from tests.opened import opened
from tests.storage.meetings.world import actor

MANY = 510  # more than one batch
POINT = "42.315,69.59"  # of a location
PHONE, NAMED, IIN = "+77019998877", "Канарейқызы Айсұлу", "850101400123"
DRAFT = {"text": f"{NAMED} келді «үйге»", "n": [1, None]}
UPDATE = {"update_id": 5, "message": {"text": f"{NAMED} {PHONE} {IIN}"}}


@pytest.fixture(params=["sqlite", "postgres"])
async def before(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database as the last version that kept everything in clear left it, filled."""
    name = f"buro_test_{uuid.uuid4().hex[:12]}"
    url = f"sqlite+aiosqlite:///{tmp_path}/old.db"
    if request.param == "postgres":
        try:
            server = await asyncpg.connect(POSTGRES.replace("+asyncpg", "") + "/postgres")
        except (OSError, asyncpg.PostgresError) as error:
            if POSTGRES_REQUIRED:
                raise
            pytest.skip(f"PostgreSQL does not answer: {error}")
        await server.execute(f'CREATE DATABASE "{name}"')
        await server.close()
        url = f"{POSTGRES}/{name}"
    database = Database(url)
    await database.rebuild(schema.upgrade, "0009")
    await database.write(fill)
    yield database
    await database.close()
    if request.param == "postgres":
        await postgres_drop(name)


def fill(tx: Connection) -> None:
    tx.execute(
        text(
            "INSERT INTO branches (id, code, kind, name_kk, name_ru, position)"
            " VALUES (1, 'САР', 'district', 'Сарыағаш', 'Сарыагаш', 1)"
        )
    )
    person = {"id": 1, "telegram_id": 1003, "name": "Ержан", "phone": PHONE, "created_at": NOW}
    tx.execute(insert(people), person)
    put(tx, "inbox", update_id=5, lane=1003, body=json.dumps(UPDATE), state="new", received_at=NOW)
    put(tx, "inbox", update_id=4, lane=1003, body=None, state="done", received_at=NOW)
    put(tx, "lanes", lane=1003)
    put(tx, "conversations", chat_id=1003, telegram_id=1003, state="requests:text", data=DRAFT,
        updated_at=NOW)  # fmt: skip
    for number in range(1, MANY + 1):
        put(
            tx, "voter_requests",
            id=number, number=f"САР-2026-{number:04d}", branch_id=1, year=2026, counter=number,
            text=f"{NAMED}: {number} үйде шам жанбайды", category="lighting", place="Жылға ауылы",
            contact_name=NAMED, contact_phone=PHONE, consent_version="1", consent_at=NOW,
            state="registered", deputy_id=1, registered_at=NOW, due_on=NOW.date(),
            folded=f"{NAMED} шам".casefold(),
        )  # fmt: skip
    put(
        tx, "request_attachments",
        request_id=7, kind="location", file_id=POINT, name=f"{NAMED}.jpg", added_at=NOW,
    )  # fmt: skip
    late = NOW + timedelta(microseconds=123)
    put(
        tx, "request_history",
        request_id=7, at=late, person_id=1, kind="comment", text=f"{NAMED} хабарласты",
    )  # fmt: skip
    put(tx, "bodies", id=1, level="district", branch_id=1, name_kk="Әкімдік", name_ru="Акимат")
    put(
        tx, "inquiries",
        id=3, number="САУ-САР-2026-0001", branch_id=1, year=2026, counter=1, author_id=1, body_id=1,
        level="district", basis=f"{NAMED} өтініші", subject=f"Жарық · {NAMED} үйі", text="Мәтін",
        language="kk", state="draft", created_at=NOW,
        folded=f"сау сар 2026 0001 {NAMED}".casefold(),
    )  # fmt: skip


def put(tx: Connection, into: str, /, **values: Any) -> None:
    types = {key: UtcDateTime() for key in values if key == "at" or key.endswith("_at")}
    columns = [named(key, JSON() if key == "data" else types.get(key)) for key in values]
    tx.execute(insert(table(into, *columns)), values)


async def rows(database: Database, of: Table) -> list[dict[str, Any]]:
    def read(tx: Connection) -> list[dict[str, Any]]:
        return [dict(row) for row in tx.execute(select(of).order_by(*of.primary_key)).mappings()]

    return await database.read(read)


async def test_everything_is_sealed_and_says_the_same(before: Database) -> None:
    await schema.migrate(before)
    requests_kept = await rows(before, voter_requests)
    assert len(requests_kept) == MANY
    for row in requests_kept:
        assert NAMED not in row["text"]
        clear = opened(voter_requests, row)
        assert clear["text"] == f"{NAMED}: {row['id']} үйде шам жанбайды"
        assert (clear["contact_name"], clear["contact_phone"]) == (NAMED, PHONE)
        assert row["phone_hash"] == index.hashed("phone", PHONE)
        assert "Жылға" not in row["place"]
        assert clear["place"] == "Жылға ауылы"
    (file,) = await rows(before, request_attachments)
    assert NAMED not in str(file)
    assert opened(request_attachments, file)["file_id"] == POINT
    assert opened(request_attachments, file)["name"] == f"{NAMED}.jpg"
    (line,) = await rows(before, request_history)
    assert opened(request_history, line)["text"] == f"{NAMED} хабарласты"
    (inquiry,) = await rows(before, inquiries)
    assert NAMED not in str(inquiry)
    assert inquiry["folded"] == "сау сар 2026 0001"
    named_so = {name: inquiry[name] for name in ("number", "subject", "basis")}
    clear = opened(inquiries, named_so)
    assert (clear["subject"], clear["basis"]) == (f"Жарық · {NAMED} үйі", f"{NAMED} өтініші")
    (person,) = await rows(before, people)
    assert opened(people, person)["phone"] == PHONE
    assert await before.read(conversations.load, 1003, 1003) == ("requests:text", DRAFT)
    until = NOW + timedelta(minutes=1)
    (waiting,) = await before.write(inbox.claim, "me", NOW, until, set(), 10)
    assert waiting.body == UPDATE
    shown = await before.read(requests.history, actor(Role.REGIONAL_SECRETARY), 7)
    assert [one.text for one in shown] == [f"{NAMED} хабарласты"]


async def test_what_was_there_is_found_by_its_words(before: Database) -> None:
    await schema.migrate(before)
    for query, kind in (("шамдар", "word"), ("Жылгада", "word"), ("канарей", NAME)):
        (numbers,) = sought(query, [kind])
        assert len(await before.read(found, numbers)) == MANY, query
    secretary = actor(Role.REGIONAL_SECRETARY)
    by_number, by_name = [
        await before.read(lists.search, secretary, words, 0) for words in ("0001", "канарейкызы")
    ]
    assert [one.id for one in (*by_number.inquiries, *by_name.inquiries)] == [3, 3]
    assert not hashes("канарейқызы") & hashes("канарейқызы", NAME)


def found(tx: Connection, numbers: set[int]) -> set[int]:
    query = select(request_words.c.request_id).where(request_words.c.word.in_(numbers))
    return set(tx.execute(query).scalars())


# The pages of PostgreSQL are its own: the README says what to run there.
@pytest.mark.parametrize("before", ["sqlite"], indirect=True)
async def test_nothing_is_left_in_clear_in_the_files(before: Database, tmp_path: Path) -> None:
    await before.close()
    clear = [word.encode() for word in (NAMED, NAMED.casefold(), PHONE, IIN)]
    assert all(any(word in content for content in contents(tmp_path)) for word in clear)
    await schema.migrate(Database(f"sqlite+aiosqlite:///{tmp_path}/old.db"))
    assert not any(word in content for content in contents(tmp_path) for word in clear)


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("old.db*")]


async def test_the_folded_texts_are_gone(before: Database) -> None:
    await schema.migrate(before)
    with pytest.raises(DatabaseError):
        await before.read(lambda tx: tx.execute(text("SELECT folded FROM voter_requests")))
