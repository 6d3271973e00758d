"""Items put under control by hand: their core, what is written later, parts, documents, search."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from storage import people, roadmap
from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.renaming import rename
from storage.roadmap import Evidence, Item, Kind, Term, adding, documents, editing, finding, parts
from storage.roadmap.adding import Wanted
from storage.tables import control_items, outbox, reminders
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world

TODAY, DEADLINE = date(2026, 11, 24), date(2026, 12, 24)
TITLE = "Көше шамдарын жөндеу"
FILE = Evidence("document", "қаулы.pdf", "file-1", "unique-1")


@pytest.fixture
async def wanted(database: Database) -> Wanted:
    def build(tx: Connection) -> int:
        world.settle(tx, NOW)
        world.item(tx, "6.2", DEADLINE, NOW, branch_id=world.ORDABASY)
        return world.actor(tx, world.DAUREN, NOW).person_id

    executor_id = await database.write(build)
    return Wanted(Kind.ROADMAP, world.SARYAGASH, TITLE, "kk", DEADLINE, executor_id=executor_id)


def as_(who: int, fn: Callable[..., Any], *args: Any) -> Callable[[Connection], Any]:
    return lambda tx: fn(tx, world.actor(tx, who, NOW), *args)


async def put(database: Database, wanted: Wanted, who: int = world.SECRETARY) -> Item:
    item = await database.write(as_(who, adding.put, wanted, NOW, ZONE))
    assert isinstance(item, Item)
    return item


async def edit(database: Database, item: Item, field: str, text: str | None) -> Item:
    given = (item.id, item.version, field, text, "kk", NOW)
    edited = await database.write(as_(world.SECRETARY, editing.write, *given))
    assert isinstance(edited, Item)
    return edited


async def found(database: Database, typed: str, who: int = world.SECRETARY) -> list[str]:
    held = await database.read(as_(who, finding.find, typed))
    return [one.number for one in held.items]


async def test_an_item_is_put_down_numbered_told_and_reminded_of(
    database: Database, wanted: Wanted
) -> None:
    item = await put(database, wanted)
    assert (item.number, item.title_kk, item.title_ru) == ("7", TITLE, None)
    planned = select(reminders.c.subject_id).where(reminders.c.person_id == wanted.executor_id)
    assert item.id in await database.read(lambda tx: set(tx.execute(planned).scalars()))
    told = select(outbox.c.kind).where(outbox.c.person_id == wanted.executor_id)
    assert "roadmap_handed" in await database.read(lambda tx: set(tx.execute(told).scalars()))
    for kind in (Kind.RECOMMENDATION, Kind.REPORTING):
        other = await put(database, replace(wanted, kind=kind, language="ru", term=Term.YEARLY))
        assert (other.number, other.title_kk, other.term) == ("1", None, "yearly")
    named = replace(wanted, executor_id=None, executor_name="Акимат, Ким О.")
    assert (await put(database, named)).executor == "Акимат, Ким О."
    [entry] = await database.read(as_(world.SECRETARY, roadmap.history, item.id))
    assert entry.kind == "added"


async def test_what_cannot_be_put_down(database: Database, wanted: Wanted) -> None:
    for change, reason in (
        ({"deadline": TODAY - timedelta(days=1)}, "deadline_in_the_past"),
        ({"title": "  "}, "empty"),
        ({"title": "а" * 2001}, "too_long"),
        ({"executor_id": None}, "no_executor"),
        ({"kind": Kind.INSTRUCTION}, "no_such_kind"),
    ):
        with pytest.raises(NotPossible, match=reason):
            await put(database, replace(wanted, **change))
    member = await database.read(lambda tx: world.actor(tx, world.MEMBER, NOW).person_id)
    with pytest.raises(NotFound):  # a member reports on nothing
        await put(database, replace(wanted, executor_id=member))
    for who in (world.OTHER_SECRETARY, world.BUREAU, world.DAUREN):
        with pytest.raises(NotAllowed):
            await put(database, wanted, who)


async def test_its_words_are_written_later_and_found_at_once(
    database: Database, wanted: Wanted
) -> None:
    item = await put(database, wanted)
    for field, text in (("object", "Жылға ауылы"), ("number", "6.3"), ("direction", "Жарық")):
        item = await edit(database, item, field, text)
    assert (item.object, item.number, item.direction_kk) == ("Жылға ауылы", "6.3", "Жарық")
    assert await found(database, "жылга") == ["6.3"]
    assert (await edit(database, item, "object", None)).object is None
    assert await found(database, "жылга") == []
    item = await database.read(as_(world.SECRETARY, roadmap.get, item.id))
    wrong: tuple[tuple[str, str | None, str], ...] = (
        ("number", "6.2", "number_taken"),
        ("title", None, "empty"),
        ("body", "а" * 501, "too_long"),
        ("state", "done", "no_such_field"),
    )
    for bad, said, reason in wrong:
        with pytest.raises(NotPossible, match=reason):
            await edit(database, item, bad, said)

    def make_instruction(tx: Connection) -> int:
        own = select(control_items.c.branch_id, control_items.c.deadline, control_items.c.state)
        row = tx.execute(own.where(control_items.c.id == item.id)).mappings().one()
        values = {**row, "kind": "instruction", "series": "m1", "number": "1", "title_kk": "Бұйрық"}
        statement = insert(control_items).values(values).returning(control_items.c.id)
        return int(tx.execute(statement).scalar_one())

    instruction = await database.write(make_instruction)
    for fn, args in (
        (editing.write, ("title", "Басқа", "kk", NOW)),
        (editing.come_from, (None, NOW)),
    ):
        with pytest.raises(NotPossible, match="of_the_document"):
            await database.write(as_(world.SECRETARY, fn, instruction, 1, *args))


async def test_direction_and_meeting_are_chosen_of_those_that_are_there(
    database: Database, wanted: Wanted
) -> None:
    item = await put(database, wanted)

    def prepare(tx: Connection) -> tuple[int, int, int]:
        own = world.item(tx, "1.1", DEADLINE, NOW)
        other = world.item(tx, "1.2", DEADLINE, NOW, branch_id=world.ORDABASY)
        return own, other, world.bureau_meeting(tx, NOW)

    own, other, meeting = await database.write(prepare)
    direct = as_(world.SECRETARY, editing.direct, item.id, item.version, own, NOW)
    item = await database.write(direct)
    assert item.direction_ru == "Спорт"
    source = as_(world.SECRETARY, editing.come_from, item.id, item.version, meeting, NOW)
    item = await database.write(source)
    assert item.meeting_kk == "Бюро отырысы"
    for fn, foreign in ((editing.direct, other), (editing.come_from, 10**6)):
        with pytest.raises(NotFound):
            await database.write(as_(world.SECRETARY, fn, item.id, item.version, foreign, NOW))


async def test_parts_and_documents_stand_on_the_card(database: Database, wanted: Wanted) -> None:
    above, below = await put(database, wanted), await put(database, wanted)
    assert not await database.read(as_(world.DAUREN, parts.around, above))
    under = as_(world.SECRETARY, roadmap.set_parent, below.id, below.version, above.id, NOW)
    below = await database.write(under)
    family = await database.read(as_(world.DAUREN, parts.around, below))
    assert (family.parent.id, family.children) == (above.id, ())
    family = await database.read(as_(world.DAUREN, parts.around, above))
    assert [one.id for one in family.children] == [below.id]
    # Whoever carries neither sees no other item through a part of it.
    assert not await database.read(as_(world.ASEL, parts.around, below))
    for n in range(1, documents.MOST + 1):
        attach = as_(world.SECRETARY, documents.attach, above.id, FILE, NOW)
        assert await database.write(attach) == n
    with pytest.raises(NotPossible, match="too_many_documents"):
        await database.write(attach)
    with pytest.raises(NotAllowed):
        await database.write(as_(world.DAUREN, documents.attach, above.id, FILE, NOW))
    papers = await database.read(roadmap.papers_of, above.id)
    assert (papers.documents[0], papers.proofs) == (FILE, [])
    assert await database.read(as_(world.DAUREN, roadmap.evidence_of, above.id)) == []


async def test_items_are_found_by_number_words_and_executor(
    database: Database, wanted: Wanted
) -> None:
    item = await put(database, wanted)
    for typed in (
        "№ 7",
        "7",
        "шамдар",  # another form
        "коше",  # typed on a Russian layout
        "жөндиу",  # a slip
        "Қасымов",
        "дәурен шам",
    ):
        assert await found(database, typed) == ["7"], typed
    assert await found(database, "№") == []
    assert await found(database, "стадион") == []
    assert await found(database, "6.2") == []  # of another district
    assert await found(database, "6.2", world.BUREAU) == ["6.2"]
    assert await found(database, "спорт", world.DAUREN) == ["6.2"]  # carried by oneself
    assert await found(database, "шамдар", world.ASEL) == []
    asel = await database.read(lambda tx: world.actor(tx, world.ASEL, NOW).person_id)
    hand = as_(world.SECRETARY, roadmap.hand_over, item.id, item.version, asel, NOW, ZONE)
    await database.write(hand)
    assert await found(database, "Қасымов") == []
    assert await found(database, "әсел", world.ASEL) == ["7"]
    # Under another name it is found by that one, without a word of the item being changed.
    await database.write(rename, asel, "Сәуле Нұрланқызы")
    assert await found(database, "сәуле") == ["7"]
    assert await found(database, "әсел") == []

    def leave(tx: Connection) -> Any:
        person_id = people.meet(tx, 1099, "Қонақ Асан", NOW)
        guest = people.actor_of(tx, 1099, TODAY)
        assert guest is not None, person_id
        return finding.find(tx, guest, "шам")

    with pytest.raises(NotAllowed):
        await database.write(leave)
