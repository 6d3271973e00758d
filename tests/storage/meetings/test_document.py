"""After the meeting: clauses, instructions on them, approval, and what the papers still lack."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, select, update

from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import (
    clauses,
    document,
    instructions,
    life,
    proposals,
    reading,
    signing,
    sitting,
    tasks,
)
from storage.meetings.document import Document
from storage.meetings.instructions import NOBODY_YET, Executor
from storage.tables import agenda_items, memberships, outbox
from storage.tables import meetings as meetings_table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings import sitting_world as w
from tests.storage.meetings.sitting_world import Going

IN_A_MONTH = date(2026, 12, 24)
VIKTORIA = Executor(person_id=w.VIKTORIA - 1000)


@pytest.fixture
async def going(database: Database) -> Going:
    return await database.write(w.fill)


async def proposed(database: Database, item: int, text: str) -> int:
    erik = await w.actor(database, w.ERIK)
    return await database.write(proposals.send, erik, item, "proposal", text, NOW, w.TODAY)


async def whole(database: Database, going: Going) -> Document:
    return await database.read(document.whole, await w.actor(database, w.AIGUL), going.meeting)


async def written(database: Database, going: Going, *texts: str) -> list[int]:
    aigul = await w.actor(database, w.AIGUL)
    return [
        await database.write(clauses.add, aigul, going.meeting, None, text, NOW) for text in texts
    ]


def order(doc: Document) -> list[tuple[int, str | None]]:
    return [(one.number, one.text_kk) for one in doc.clauses]


async def test_a_proposal_becomes_a_clause_an_instruction_and_is_under_control(
    database: Database, going: Going
) -> None:
    aigul = await w.actor(database, w.AIGUL)
    proposal = await proposed(database, going.sport, "Стадион салынсын")
    task = await database.write(instructions.of_proposal, aigul, proposal, 1, VIKTORIA, NOW)
    with pytest.raises(AlreadyChanged):  # a second tap makes no second one
        await database.write(instructions.of_proposal, aigul, proposal, 1, VIKTORIA, NOW)

    found = await database.read(tasks.get, aigul, task)
    assert (found.text_kk, found.executor, found.state) == (
        "Стадион салынсын",
        "Ли Виктория",
        "drafted",
    )
    assert found.lacks(w.TODAY) == ("deadline",)
    await database.write(w.held, going)
    seal = (await whole(database, going)).seal
    with pytest.raises(NotPossible, match="unfinished"):
        await database.write(document.approve, aigul, going.meeting, seal, NOW, w.TODAY)
    await database.write(
        instructions.set_deadline, aigul, task, found.version, IN_A_MONTH, NOW, w.TODAY
    )
    together = instructions.toggle_co_executor
    assert await database.write(together, aigul, task, 2, w.DARKHAN - 1000, NOW)
    with pytest.raises(NotPossible, match="changed"):
        await database.write(document.approve, aigul, going.meeting, seal, NOW, w.TODAY)

    seal = (await whole(database, going)).seal
    assert await database.write(document.approve, aigul, going.meeting, seal, NOW, w.TODAY) == 1
    for who in (w.VIKTORIA, w.DARKHAN):
        mine = await database.read(tasks.mine, await w.actor(database, who))
        assert [one.state for one in mine.instructions] == ["under_control"]
    told = select(outbox.c.person_id).where(outbox.c.kind == document.KIND)
    assert set(await database.read(lambda tx: list(tx.execute(told).scalars()))) == {
        w.VIKTORIA - 1000,
        w.DARKHAN - 1000,
    }


async def test_after_approval_nothing_changes(database: Database, going: Going) -> None:
    aigul = await w.actor(database, w.AIGUL)
    one, other = await written(database, going, "Бірінші", "Екінші")
    late = await proposed(database, going.sport, "Кешіккен")
    task = await database.write(instructions.of_clause, aigul, one, 1, VIKTORIA, NOW)
    await database.write(instructions.set_deadline, aigul, task, 1, IN_A_MONTH, NOW, w.TODAY)
    await database.write(w.held, going)
    seal = (await whole(database, going)).seal
    both = [aigul, await w.actor(database, w.ZHANAR)]
    approved = await asyncio.gather(
        *(database.write(document.approve, a, going.meeting, seal, NOW, w.TODAY) for a in both),
        return_exceptions=True,
    )
    assert sorted(map(str, approved)) == ["1", "approved"]

    for fn, args in (
        (clauses.reword, (other, 1, "Басқа", NOW)),
        (clauses.move, (other, 1, -1, NOW)),
        (clauses.remove, (other, 1, NOW)),
        (clauses.add, (going.meeting, None, "Тағы", NOW)),
        (proposals.accept, (late, 1, NOW)),
        (instructions.set_object, (task, 3, "мектеп", NOW)),
        (sitting.decide, (going.sport, 1, "Шешім", NOW)),
    ):
        with pytest.raises(NotPossible, match="approved"):
            await database.write(fn, aigul, *args)


async def test_after_the_signing_no_decision_changes(database: Database, going: Going) -> None:
    aigul = await w.actor(database, w.AIGUL)
    await database.write(w.held, going)
    await database.write(sitting.decide, aigul, going.sport, 1, "Бекітілсін", NOW)
    await database.write(signing.sign, aigul, going.meeting, 1, "12", NOW)
    with pytest.raises(NotPossible, match="signed"):
        await database.write(sitting.decide, aigul, going.sport, 2, "Басқаша", NOW)
    await written(database, going, "Бекітілген соң тармақ")  # the document is still being made


async def test_a_branch_instructs_its_own_people_only(database: Database, going: Going) -> None:
    def of_another_branch(tx: Connection) -> None:
        tx.execute(
            update(meetings_table)
            .where(meetings_table.c.id == going.meeting)
            .values(branch_id=world.SARYAGASH)
        )
        tx.execute(
            update(memberships)
            .where(memberships.c.person_id == VIKTORIA.person_id)
            .values(branch_id=world.ORDABASY)
        )

    aigul = await w.actor(database, w.AIGUL)
    (one,) = await written(database, going, "Бірінші")
    task = await database.write(instructions.of_clause, aigul, one, 1, NOBODY_YET, NOW)
    await database.write(of_another_branch)
    with pytest.raises(NotFound):
        await database.write(instructions.set_executor, aigul, task, 1, VIKTORIA, NOW)
    with pytest.raises(NotFound):
        await database.write(
            instructions.toggle_co_executor, aigul, task, 1, w.VIKTORIA - 1000, NOW
        )
    found, _ = await database.read(tasks.candidates, aigul, going.meeting, w.TODAY, 0, "Ли")
    assert "Ли Виктория" not in [one.name for one in found]
    own = Executor(person_id=w.DARKHAN - 1000)
    await database.write(instructions.set_executor, aigul, task, 1, own, NOW)


async def test_in_the_archive_nothing_is_decided_anew(database: Database, going: Going) -> None:
    aigul = await w.actor(database, w.AIGUL)
    (one,) = await written(database, going, "Бірінші")
    late = await proposed(database, going.sport, "Кешіккен")
    await database.write(w.held, going)
    with_seal = (going.meeting, (await whole(database, going)).seal, NOW, w.TODAY)
    signed = update(meetings_table).values(state="signed")
    await database.write(lambda tx: tx.execute(signed))
    version = (await database.read(reading.get, aigul, going.meeting)).version
    with pytest.raises(NotPossible, match="unapproved"):  # it could never be approved any more
        await database.write(life.archive, aigul, going.meeting, version, NOW)
    archived = update(meetings_table).values(state="archived")
    await database.write(lambda tx: tx.execute(archived))

    for fn, args in (
        (clauses.reword, (one, 1, "Басқа", NOW)),
        (proposals.accept, (late, 1, NOW)),
        (instructions.of_clause, (one, 1, VIKTORIA, NOW)),
        (sitting.decide, (going.sport, 1, "Шешім", NOW)),
        (document.approve, with_seal),
    ):
        with pytest.raises(NotPossible, match="archived"):
            await database.write(fn, aigul, *args)


async def test_clauses_change_places_and_close_up(database: Database, going: Going) -> None:
    aigul = await w.actor(database, w.AIGUL)
    first, second, third = await written(database, going, "А", "Ә", "Б")
    await database.write(clauses.move, aigul, third, 1, -1, NOW)
    assert order(await whole(database, going)) == [(1, "А"), (2, "Б"), (3, "Ә")]
    await database.write(clauses.move, aigul, first, 1, -1, NOW)  # at the edge it stays
    await database.write(clauses.remove, aigul, first, 2, NOW)
    assert order(await whole(database, going)) == [(1, "Б"), (2, "Ә")]
    with pytest.raises(NotFound):
        await database.write(clauses.reword, aigul, first, 3, "Жоқ", NOW)
    with pytest.raises(AlreadyChanged) as lost:
        await database.write(clauses.move, aigul, third, 1, 1, NOW)
    assert lost.value.by == aigul.name
    await database.write(clauses.reword, aigul, second, 1, "Жаңа", NOW)
    assert order(await whole(database, going))[1] == (2, "Жаңа")


async def test_a_deleted_clause_takes_its_instruction_and_gives_its_proposal_back(
    database: Database, going: Going
) -> None:
    aigul = await w.actor(database, w.AIGUL)
    proposal = await proposed(database, going.sport, "Стадион салынсын")
    await database.write(instructions.of_proposal, aigul, proposal, 1, NOBODY_YET, NOW)
    (clause,) = (await whole(database, going)).clauses
    await database.write(clauses.remove, aigul, clause.id, clause.version, NOW)
    doc = await whole(database, going)
    assert (doc.clauses, doc.instructions) == ((), ())
    assert (await database.read(proposals.get, aigul, proposal)).state == "sent"


async def test_decisions_of_items_become_clauses_once(database: Database, going: Going) -> None:
    aigul = await w.actor(database, w.AIGUL)
    await database.write(sitting.decide, aigul, going.roads, 1, "Жол жөнделсін", NOW)
    assert (await whole(database, going)).undocumented == 1
    assert await database.write(clauses.add_decisions, aigul, going.meeting, NOW) == 1
    assert await database.write(clauses.add_decisions, aigul, going.meeting, NOW) == 0
    assert order(await whole(database, going)) == [(1, "Жол жөнделсін")]


async def test_readers_see_the_approved_document_without_what_is_not_for_them(
    database: Database, going: Going
) -> None:
    aigul, saule = await w.actor(database, w.AIGUL), await w.actor(database, w.SAULE)
    only_bureau = update(agenda_items).where(agenda_items.c.id == going.roads)
    await database.write(lambda tx: tx.execute(only_bureau.values(visibility="bureau")).rowcount)
    await database.write(sitting.decide, aigul, going.roads, 2 - 1, "Құпия шешім", NOW)
    await database.write(clauses.add_decisions, aigul, going.meeting, NOW)
    (open_clause,) = await written(database, going, "Ашық тармақ")
    hidden = (await whole(database, going)).clauses[0].id
    for clause in (hidden, open_clause):
        task = await database.write(instructions.of_clause, aigul, clause, 1, VIKTORIA, NOW)
        await database.write(instructions.set_deadline, aigul, task, 1, IN_A_MONTH, NOW, w.TODAY)
    with pytest.raises(NotPossible, match="not_approved"):
        await database.read(document.approved, saule, going.meeting)
    assert (await database.read(tasks.of_meeting, saule, going.meeting)).total == 0
    await database.write(w.held, going)
    seal = (await whole(database, going)).seal
    await database.write(document.approve, aigul, going.meeting, seal, NOW, w.TODAY)

    seen = await database.read(document.approved, saule, going.meeting)
    assert order(seen) == [(2, "Ашық тармақ")]
    page = await database.read(tasks.of_meeting, saule, going.meeting)
    assert [one.text_kk for one in page.instructions] == ["Ашық тармақ"]
    secret = next(i for i in (await whole(database, going)).instructions if i.clause_id == hidden)
    with pytest.raises(NotFound):
        await database.read(tasks.get, saule, secret.id)
    assert await database.read(tasks.get, await w.actor(database, w.VIKTORIA), secret.id)


async def test_an_executor_by_name_only_and_those_used_last_come_first(
    database: Database, going: Going
) -> None:
    aigul = await w.actor(database, w.AIGUL)
    (clause,) = await written(database, going, "Жол жөнделсін")
    by_name = Executor(name="Асқаров Асқар, әкім")
    task = await database.write(instructions.of_clause, aigul, clause, 1, by_name, NOW)
    assert (await database.read(tasks.get, aigul, task)).executor == "Асқаров Асқар, әкім"
    first, _ = await database.read(tasks.candidates, aigul, going.meeting, w.TODAY)
    assert first[0].name == "Ли Виктория", "a head of a department"
    (other,) = await written(database, going, "Көпір салынсын")
    dated = Executor(person_id=w.DARKHAN - 1000)
    await database.write(instructions.of_clause, aigul, other, 1, dated, NOW)
    await database.write(instructions.set_executor, aigul, task, 1, VIKTORIA, NOW)
    first, _ = await database.read(tasks.candidates, aigul, going.meeting, w.TODAY)
    assert [one.name for one in first[:2]] == ["Оразов Дархан", "Ли Виктория"]
    found, total = await database.read(tasks.candidates, aigul, going.meeting, w.TODAY, 0, "дуйсен")
    assert ([one.name for one in found], total) == (["Дүйсенова Ләззат"], 1)
    with pytest.raises(NotPossible, match="is_executor"):
        await database.write(
            instructions.toggle_co_executor, aigul, task, 2, w.VIKTORIA - 1000, NOW
        )
    with pytest.raises(NotFound):
        await database.write(
            instructions.set_executor, aigul, task, 2, Executor(person_id=10**15), NOW
        )
    with pytest.raises(NotPossible, match="in_the_past"):
        await database.write(
            instructions.set_deadline, aigul, task, 2, date(2026, 11, 23), NOW, w.TODAY
        )


async def test_the_minutes_are_signed_once_and_no_number_comes_twice_a_year(
    database: Database, going: Going
) -> None:
    aigul = await w.actor(database, w.AIGUL)
    with pytest.raises(NotPossible, match="wrong_state"):
        await database.write(signing.sign, aigul, going.meeting, 1, "12", NOW)
    await database.write(w.held, going)
    await database.write(signing.sign, aigul, going.meeting, 1, "12", NOW)
    with pytest.raises(NotPossible, match="wrong_state"):
        await database.write(signing.sign, aigul, going.meeting, 1, "13", NOW)
    with pytest.raises(NotAllowed):
        await database.write(
            signing.sign, await w.actor(database, w.MOLDIR), going.meeting, 2, "13", NOW
        )


async def test_the_secretary_is_asked_on_days_one_three_and_seven_each_once(
    database: Database, going: Going
) -> None:
    await database.write(w.held, going)

    async def rungs() -> list[str]:
        keys = select(outbox.c.key).where(outbox.c.kind == signing.NAG).order_by(outbox.c.id)
        found = await database.read(lambda tx: list(tx.execute(keys).scalars()))
        return [key.split(":")[2] for key in found]

    for day in range(20):
        await database.write(signing.nag, NOW + timedelta(days=day), ZONE)
        await database.write(signing.nag, NOW + timedelta(days=day, minutes=1), ZONE)
    assert await rungs() == ["1", "3", "7"]


async def test_after_a_standstill_only_the_last_word_is_said_and_none_when_all_is_there(
    database: Database, going: Going
) -> None:
    await database.write(w.held, going, 5)
    assert await database.write(signing.nag, NOW, ZONE) == 1
    missing = await database.read(signing.missing, going.meeting)
    assert (missing.minutes, missing.summary) == (True, True)
    done = update(meetings_table).values(signed_at=NOW, state="signed", published_at=NOW)
    await database.write(lambda tx: tx.execute(done).rowcount)
    assert await database.write(signing.nag, NOW + timedelta(days=2), ZONE) == 0
    assert not await database.read(signing.missing, going.meeting)
