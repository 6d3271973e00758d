"""A voter asks what is kept, or to have it erased; what was closed long ago forgets by itself."""

import asyncio
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, insert, select, update

from storage import conversations, inbox, outbox, people, requests, ticking
from storage.data_tasks import erasing, exporting, retention, seeking, tasks
from storage.data_tasks.seen import Seen
from storage.data_tasks.tasks import DataTask, Kind
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.kinds import KINDS
from storage.kinds import Kind as MessageKind
from storage.privacy import cells, words
from storage.privacy.rows import BROADCAST_REPLY, PERSON
from storage.requests import Contact, RequestDraft, RequestFile, VoterRequest, following
from storage.rules.access import Membership, Role
from storage.rules.categories import Category
from storage.rules.request_states import RequestState
from storage.tables import (
    broadcast_replies,
    broadcasts,
    data_tasks,
    metadata,
    request_attachments,
    request_consents,
    request_followers,
    request_sources,
    request_words,
    voter_requests,
)
from tests.conftest import NOW, ZONE
from tests.opened import all_opened
from tests.storage.requests.world import TODAY, World, build

NAME, PHONE, IIN = "Көгершінова Айтолқын", "+77019998877", "900101300007"
CONTACT = Contact(
    PHONE, NAME, "consent-3", NOW, "Абай көшесі 12", IIN, "ab12", "kk", "oral", about="Көгершінов"
)
TEXT = "Мен Көгершінова Айтолқынмын, 8 701 999 88 77, ЖСН 900101300007. Көше шамы жанбайды"
FILE = RequestFile("photo", "AgACAgQAAx", "Көгершінова.jpg", 100)
LAMP = RequestDraft(TEXT, Category.LIGHTING, contact=CONTACT, files=(FILE,), sources=(1, 2))
OTHER = RequestDraft("Көршім айтты: +7 701 999 88 77, ал менікі 8 702 111 22 33", Category.ROADS)
SAID = ("Көгершінов", "Айтолқын", "7019998877", "999 88 77", IIN)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


@pytest.fixture
async def lamp(database: Database, world: World) -> VoterRequest:
    made = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    note = "Айтолқынға +7 (701) 999-88-77 нөмірімен хабарластым"
    await database.write(requests.comment, world.aigul, made.id, note, NOW)
    await database.write(requests.register, world.nurlan, OTHER, NOW, ZONE)
    return made


def everything(tx: Connection) -> str:
    """All that the database holds, opened."""
    found = {
        name: all_opened(table, list(tx.execute(select(table)).mappings()))
        for name, table in metadata.tables.items()
        if name not in ("outbox", "facts")
    }
    return json.dumps(found, ensure_ascii=False, default=str)


def leave_traces(tx: Connection, world: World) -> None:
    """A draft, an update that was set aside, a message, somebody who follows."""
    paused = {"requests": {"state": "x", "data": {"text": TEXT}}, "topics": {"data": "Мал"}}
    draft = {"phone": PHONE, "paused": paused}
    conversations.save(tx, 1, 1, "requests:check", draft, NOW)
    inbox.keep(tx, [(1, {"update_id": 7, "message": {"text": TEXT}})], NOW)
    inbox.set_aside(tx, 7, "ValueError", NOW)
    outbox.put(tx, "code:1", "voters_code", world.aigul.person_id, {"to": NAME}, NOW)


def task_of(tx: Connection, world: World, kind: Kind = Kind.ERASE) -> DataTask:
    return tasks.begin_for(tx, world.dana, kind, "8 701 999 88 77", NOW, ZONE)


async def test_a_task_is_due_in_fifteen_days_and_begun_once(
    database: Database, world: World
) -> None:
    task = await database.write(task_of, world)
    assert task.due_on == date(2026, 12, 9)
    assert (await database.write(task_of, world)).id == task.id
    [row] = await database.read(lambda tx: tx.execute(select(data_tasks)).mappings().all())
    assert "7019998877" not in str(dict(row)), "of whom it is stands sealed"
    assert [one.id for one in await database.read(tasks.open_ones, world.dana)] == [task.id]


@pytest.mark.parametrize("given", ["12345", "Айтолқын", "900101300001", "", "+1 202 555 01 00"])
async def test_what_is_no_number_begins_nothing(
    database: Database, world: World, given: str
) -> None:
    with pytest.raises(NotPossible, match="no_number"):
        await database.write(tasks.begin_for, world.dana, Kind.ERASE, given, NOW, ZONE)


async def test_only_secretaries_and_each_in_the_own_branch(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    task = await database.write(task_of, world)
    with pytest.raises(NotAllowed):
        await database.read(tasks.get, world.aigul, task.id)
    with pytest.raises(NotAllowed):
        await database.write(tasks.begin_of, world.aigul, Kind.ERASE, lamp.id, NOW, ZONE)
    of_marat = await database.write(requests.register, world.marat, OTHER, NOW, ZONE)
    with pytest.raises(NotFound):
        await database.write(tasks.begin_of, world.dana, Kind.ERASE, of_marat.id, NOW, ZONE)
    of_all = await database.write(tasks.begin_for, world.ermek, Kind.ERASE, IIN, NOW, ZONE)
    assert of_all.branch_id is None
    with pytest.raises(NotFound):
        await database.read(tasks.get, world.dana, of_all.id)
    assert {one.id for one in await database.read(tasks.open_ones, world.ermek)} == {
        task.id,
        of_all.id,
    }


async def test_after_erasing_the_person_is_found_nowhere(
    database: Database,
    world: World,
    lamp: VoterRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(KINDS, "voters_code", MessageKind("voters_code", personal=True))
    await database.write(leave_traces, world)
    code = await database.write(following.code_of, world.aigul, lamp.id, NOW)
    follower = await database.write(_voter)
    await database.write(following.follow, follower, code, NOW, "kk")
    before = await database.read(everything)
    assert all(said in before for said in SAID), "it was there"

    task = await database.write(task_of, world)
    _, counted = await database.read(erasing.preview, world.dana, task.id)
    assert {name: n for name, n in counted.items() if n} == {
        "requests": 1, "mentions": 1, "history": 2, "drafts": 2, "updates": 1, "messages": 1,
    }  # fmt: skip
    assert await database.read(everything) != "", "looking changes nothing"
    done = await database.write(erasing.erase, world.dana, task.id, task.version, NOW)

    after = await database.read(everything)
    assert [said for said in SAID if said in after] == []
    assert "Көше шамы жанбайды" in after, "the matter itself stays"
    assert "Абай көшесі" not in after
    assert "702 111 22 33" in after, "and so does what is another's"
    assert done.proof == {
        "requests": 1, "texts": 1, "history": 2, "attachments": 1, "consents": 1, "followers": 1,
        "mentions": 1, "drafts": 2, "updates": 1, "messages": 1,
    }  # fmt: skip
    assert done.subject is None
    for table in (request_attachments, request_followers, request_sources):
        assert await database.read(_rows, table) == []
    found = set(await database.read(lambda tx: tx.execute(select(request_words.c.word)).scalars()))
    assert found.isdisjoint(words.hashes(NAME, words.NAME) | words.hashes("Көгершінова"))
    assert await database.read(_draft) == {"paused": {"topics": {"data": "Мал"}}}
    history = await database.read(requests.history, world.aigul, lamp.id)
    assert [line.kind for line in history][-1] == "erased"


def _rows(tx: Connection, table: Table) -> list[Any]:
    return list(tx.execute(select(table)).all())


def _voter(tx: Connection) -> Any:
    people.meet(tx, 900, NAME, NOW)
    actor = people.actor_of(tx, 900, TODAY)
    assert actor is not None
    return actor


def _draft(tx: Connection) -> dict[str, Any]:
    return conversations.load(tx, 1, 1)[1]


async def seek(database: Database, world: World, task: DataTask) -> Seen:
    seen = Seen()
    for table in seeking.TABLES:
        while more := await database.read(seeking.page, world.dana, task.id, table, seen):
            seen = more
    return seen


async def test_what_is_written_costs_what_was_found_whatever_the_branch_holds(
    database: Database, world: World, lamp: VoterRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the branch is read before, page by page; one comes in between."""
    monkeypatch.setattr(seeking, "PAGE", 7)
    opened: list[str] = []
    unseal = cells.unseal

    def counted(cell: str, name: str, value: Any) -> Any:
        opened.append(cell)
        return unseal(cell, name, value)

    monkeypatch.setattr(cells, "unseal", counted)

    async def cost(many: int) -> tuple[int, DataTask]:
        for number in range(many):
            draft = RequestDraft(f"Көше шамы жанбайды, {number} үй", Category.LIGHTING)
            await database.write(requests.register, world.nurlan, draft, NOW, ZONE)
        task = await database.write(task_of, world)
        seen = await seek(database, world, task)
        assert len(seen.found["voter_requests"]) >= 1
        await database.write(requests.register, world.nurlan, OTHER, NOW, ZONE)
        opened.clear()
        done = await database.write(erasing.erase, world.dana, task.id, task.version, NOW, seen)
        return len(opened), done

    few, first = await cost(2)
    assert first.proof["mentions"] == 2, "what came meanwhile was found, too"
    again = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    note = "Айтолқынға +7 (701) 999-88-77 нөмірімен хабарластым"
    await database.write(requests.comment, world.aigul, again.id, note, NOW)
    await database.write(requests.register, world.nurlan, OTHER, NOW, ZONE)
    many, _ = await cost(40)
    # The first one's request has its contact no more: it is nobody's that could be found.
    assert many <= few
    assert "7019998877" not in await database.read(everything)


async def test_replies_to_broadcasts_are_given_and_erased(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    def replied(tx: Connection) -> None:
        aigul, voter = world.aigul.person_id, people.meet(tx, 900, NAME, NOW)
        tx.execute(
            update(metadata.tables["people"])
            .where(metadata.tables["people"].c.id == voter)
            .values(PERSON.seal_some("900", {"phone": PHONE}))
        )
        row = {"author_id": aigul, "branch_id": world.sar, "text": "Жиын", "state": "sent"}
        broadcast = tx.execute(
            insert(broadcasts).values(**row, created_at=NOW).returning(broadcasts.c.id)
        ).scalar_one()
        said = ((voter, voter, aigul, f"<b>{NAME}</b>: барамын"),
                (voter, aigul, voter, f"Рақмет, Айтолқын, {PHONE}"),
                (world.nurlan.person_id, world.nurlan.person_id, aigul, f"Жазғаны: {PHONE}"),
                (world.nurlan.person_id, world.nurlan.person_id, aigul, "Мен де барамын"),
        )  # fmt: skip
        for minute, (whose, by, to, text) in enumerate(said):
            at = NOW + timedelta(minutes=minute)
            line = {"broadcast_id": broadcast, "person_id": whose, "author_id": by, "to_id": to}
            sealed = BROADCAST_REPLY.seal(
                {**line, "text": text, "sent_at": at, "kind": "photo", "file_id": "AgAC"}
            )
            tx.execute(insert(broadcast_replies).values(sealed))

    await database.write(replied)
    given = await database.write(task_of, world, Kind.EXPORT)
    seen = await seek(database, world, given)
    exported = await database.write(
        exporting.export, world.dana, given.id, given.version, NOW, seen
    )
    assert [row["text"] for row in exported.replies] == [f"<b>{NAME}</b>: барамын"]
    task = await database.write(task_of, world)
    seen = await seek(database, world, task)
    done = await database.write(erasing.erase, world.dana, task.id, task.version, NOW, seen)
    assert done.proof["replies"] == 3
    after = await database.read(everything)
    assert [said for said in SAID if said in after] == []
    rows = all_opened(broadcast_replies, await database.read(_mapped, broadcast_replies))
    assert [(row["text"], row["file_id"]) for row in rows] == [
        ("•••", None), ("Рақмет, •••, •••", "AgAC"), ("Жазғаны: •••", "AgAC"),
        ("Мен де барамын", "AgAC"),
    ]  # fmt: skip
    # A second task finds nothing that the first one took.
    again = await database.write(task_of, world, Kind.EXPORT)
    seen = await seek(database, world, again)
    exported = await database.write(
        exporting.export, world.dana, again.id, again.version, NOW, seen
    )
    assert "•••" not in {row["text"] for row in exported.replies}


def _mapped(tx: Connection, table: Table) -> list[Any]:
    return list(tx.execute(select(table).order_by(table.c.id)).mappings())


async def test_a_request_of_the_same_person_with_another_phone_goes_along(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    """The IIN ties both: it was asked by one phone, and the other one is forgotten, too."""
    second = replace(CONTACT, phone="+77051112233")
    draft = replace(LAMP, text="Жол жөнделмеген", contact=second, files=(), sources=())
    await database.write(requests.register, world.nurlan, draft, NOW, ZONE)
    task = await database.write(task_of, world)
    done = await database.write(erasing.erase, world.dana, task.id, task.version, NOW)
    assert done.proof["requests"] == 2
    assert "7051112233" not in await database.read(everything)


async def test_what_was_split_off_is_the_same_persons(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    """It has no contact of its own, but the name stands in its text."""
    draft = RequestDraft("Көгершінова жолды да айтты", Category.ROADS)
    part = await database.write(requests.register, world.aigul, draft, NOW, ZONE)
    of_it = update(voter_requests).where(voter_requests.c.id == part.id)
    await database.write(lambda tx: tx.execute(of_it.values(split_from=lamp.id)))
    task = await database.write(task_of, world)
    done = await database.write(erasing.erase, world.dana, task.id, task.version, NOW)
    assert done.proof["requests"] == 2
    assert "••• жолды да айтты" in await database.read(everything)


async def test_a_secretary_of_two_branches_gets_a_task_in_each(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    both = replace(
        world.dana,
        memberships=tuple(
            Membership(Role.BRANCH_SECRETARY, branch) for branch in (world.sar, world.bay)
        ),
    )
    await database.write(tasks.begin_for, both, Kind.ERASE, PHONE, NOW, ZONE)
    begun = await database.read(tasks.open_ones, both)
    assert {task.branch_id for task in begun} == {world.sar, world.bay}


async def test_another_branch_keeps_its_own_until_the_region_asks(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    await database.write(requests.register, world.marat, LAMP, NOW, ZONE)
    task = await database.write(task_of, world)
    await database.write(erasing.erase, world.dana, task.id, task.version, NOW)
    left = await database.read(lambda tx: list(tx.execute(_hashes()).scalars()))
    assert [bool(one) for one in left] == [False, False, True]
    of_all = await database.write(tasks.begin_for, world.ermek, Kind.ERASE, PHONE, NOW, ZONE)
    await database.write(erasing.erase, world.ermek, of_all.id, of_all.version, NOW)
    assert "7019998877" not in await database.read(everything)


def _hashes() -> Any:
    return select(voter_requests.c.phone_hash).order_by(voter_requests.c.id)


async def test_erased_twice_or_in_the_wrong_way_is_refused(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    task = await database.write(task_of, world)
    await database.write(erasing.erase, world.dana, task.id, task.version, NOW)
    with pytest.raises(AlreadyChanged):
        await database.write(erasing.erase, world.dana, task.id, task.version, NOW)
    given = await database.write(task_of, world, Kind.EXPORT)
    with pytest.raises(NotPossible, match="kind"):
        await database.write(erasing.erase, world.dana, given.id, given.version, NOW)
    with pytest.raises(NotPossible, match="kind"):
        other = await database.write(task_of, world)
        await database.write(exporting.export, world.dana, other.id, other.version, NOW)


async def test_a_person_gets_everything_that_is_kept_of_her(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    await database.write(requests.open_contact, world.aigul, lamp.id, NOW)
    task = await database.write(tasks.begin_of, world.dana, Kind.EXPORT, lamp.id, NOW, ZONE)
    given = await database.write(exporting.export, world.dana, task.id, task.version, NOW)
    [request] = given.requests
    assert (request["text"], request["contact_iin"]) == (TEXT, IIN)
    assert [line["kind"] for line in given.lines] == ["registered", "about", "comment"]
    assert [file["name"] for file in given.files] == [FILE.name]
    assert [consent["version"] for consent in given.consents] == ["consent-3"]
    assert [row["name"] for row in given.openings] == ["Айгүл Омарова"]
    assert given.task.done_at == NOW
    assert "Көршім" not in str(given), "what another said is another's"


async def test_secretaries_are_reminded_of_what_is_due(database: Database, world: World) -> None:
    await database.write(task_of, world)
    told = []
    for day in range(18):
        at = NOW + timedelta(days=day)
        await database.write(tasks.remind, at, ZONE)
        told.append(await database.read(outbox.next_due))
    kinds = await database.read(_reminded)
    assert kinds == ["5", "1", "0", "-1", "-2"]


def _reminded(tx: Connection) -> list[str]:
    rows = metadata.tables["outbox"].c
    keys = tx.execute(select(rows.key).order_by(rows.id)).scalars()
    return [key.split(":")[2] for key in keys]


async def test_a_task_that_nobody_asked_for_is_dropped(database: Database, world: World) -> None:
    task = await database.write(task_of, world)
    done = await database.write(tasks.drop, world.dana, task.id, task.version, NOW)
    assert done.proof == {"dropped": 1}
    assert await database.read(tasks.open_ones, world.dana) == []


async def closed(database: Database, world: World, lamp: VoterRequest) -> None:
    state = {"state": RequestState.RESOLVED.value, "closed_at": NOW}
    change = update(voter_requests).where(voter_requests.c.id == lamp.id).values(state)
    await database.write(lambda tx: tx.execute(change))


async def test_what_was_closed_a_year_ago_becomes_anonymous_by_itself_and_once(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    await closed(database, world, lamp)
    a_day_early = NOW + timedelta(days=364)
    assert await database.write(retention.tick, a_day_early, ZONE) == 0
    year = NOW + timedelta(days=366)
    assert await database.write(retention.tick, year, ZONE) == 1
    assert await database.write(retention.tick, year, ZONE) == 0
    row = await database.read(
        lambda tx: tx.execute(select(voter_requests).order_by(voter_requests.c.id)).mappings().all()
    )
    assert row[0]["anonymised_at"] == year
    assert row[1]["anonymised_at"] is None, "it is open"
    ended = select(request_consents.c.withdrawn_at)
    assert await database.read(lambda tx: list(tx.execute(ended).scalars())) == [None], "nobody did"
    said = json.dumps(all_opened(voter_requests, row[:1]), ensure_ascii=False, default=str)
    assert [one for one in SAID if one in said] == []


def test_both_are_looked_after_once_a_day() -> None:
    assert {retention.tick, tasks.remind} <= set(ticking.DAILY)


async def test_the_region_sets_after_how_many_months(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    await closed(database, world, lamp)
    assert await database.read(retention.months) == (12, 0)
    await database.write(retention.set_months, world.ermek, 0, 1, NOW)
    with pytest.raises(AlreadyChanged):
        await database.write(retention.set_months, world.ermek, 0, 2, NOW)
    for wrong in (0, -1, 121):
        with pytest.raises(NotPossible):
            await database.write(retention.set_months, world.ermek, 1, wrong, NOW)
    with pytest.raises(NotAllowed):
        await database.write(retention.set_months, world.dana, 1, 2, NOW)
    assert await database.write(retention.tick, NOW + timedelta(days=29), ZONE) == 0
    assert await database.write(retention.tick, NOW + timedelta(days=31), ZONE) == 1


async def test_what_was_sealed_is_not_left_in_the_files(
    database: Database, world: World, lamp: VoterRequest, tmp_path: Path
) -> None:
    """Neither the file nor its log holds the sealed cells that were there before."""
    if not database.is_sqlite:
        pytest.skip("PostgreSQL vacuums in its own time")
    sealed = await database.read(_sealed_cells)
    assert len(sealed) > 5
    task = await database.write(task_of, world)
    await database.write(erasing.erase, world.dana, task.id, task.version, NOW)
    await database.sweep()
    kept = await asyncio.to_thread(_files, tmp_path)
    assert [cell for cell in sealed if cell.encode() in kept] == []


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("buro.db*"))


def _sealed_cells(tx: Connection) -> list[str]:
    c = voter_requests.c
    columns = (c.text, c.contact_name, c.contact_phone, c.contact_iin, c.contact_address)
    [first, second] = tx.execute(select(*columns).order_by(c.id)).all()
    return [*first, second.text]
