"""While a meeting goes on: the item under discussion, and what people send from their phones."""

import asyncio

import pytest
from sqlalchemy import delete, select, update

from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible, TooMany
from storage.meetings import proposals, sitting
from storage.meetings.proposals import PROPOSAL, REMARK
from storage.tables import agenda_items, outbox
from storage.tables import meetings as meetings_table
from tests.conftest import NOW
from tests.storage.meetings import sitting_world as w
from tests.storage.meetings.sitting_world import Going


@pytest.fixture
async def going(database: Database) -> Going:
    return await database.write(w.fill)


async def sends(
    database: Database,
    who: int,
    item: int,
    text: str = "Мектеп жанынан стадион салу",
    kind: str = PROPOSAL,
    *,
    anyway: bool = False,
) -> int:
    actor = await w.actor(database, who)
    return await database.write(
        proposals.send, actor, item, kind, text, NOW, w.TODAY, anyway=anyway
    )


async def test_items_follow_one_another(database: Database, going: Going) -> None:
    aigul = await w.actor(database, w.AIGUL)
    stands = await database.read(sitting.stands, aigul, going.meeting)
    assert (stands.item_id, stands.next_number) == (going.sport, 2)

    for before, after in ((going.sport, going.roads), (going.roads, going.water)):
        await database.write(sitting.next_item, aigul, going.meeting, before, NOW)
        stands = await database.read(sitting.stands, aigul, going.meeting)
        assert stands.item_id == after
    await database.write(sitting.next_item, aigul, going.meeting, going.water, NOW)
    stands = await database.read(sitting.stands, aigul, going.meeting)
    assert (stands.item_id, stands.next_id) == (None, None)


async def test_two_secretaries_go_on_at_once_and_skip_no_item(
    database: Database, going: Going
) -> None:
    both = [await w.actor(database, who) for who in (w.AIGUL, w.ZHANAR)]
    went = await asyncio.gather(
        *(database.write(sitting.next_item, a, going.meeting, going.sport, NOW) for a in both),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in went) == ["AlreadyChanged", "NoneType"]
    stands = await database.read(sitting.stands, both[0], going.meeting)
    assert stands.item_id == going.roads


async def test_a_proposal_reaches_the_secretary_in_one_folded_notice(
    database: Database, going: Going
) -> None:
    await sends(database, w.ERIK, going.sport)
    await sends(database, w.DARKHAN, going.sport, "Есеп кешікті", REMARK)

    aigul = await w.actor(database, w.AIGUL)
    page = await database.read(proposals.listed, aigul, going.meeting)
    assert [(p.author_kk, p.kind, p.item_number) for p in page.proposals] == [
        ("Бекмұратов Ерік", "proposal", 1),
        ("Оразов Дархан", "remark", 1),
    ]
    told = select(outbox.c.person_id).where(outbox.c.kind == proposals.KIND)
    assert await database.read(lambda tx: list(tx.execute(told).scalars())) == [w.AIGUL - 1000]


@pytest.mark.parametrize("who", [w.SAULE, w.MOLDIR, 1004])
async def test_whoever_is_not_called_or_only_observes_does_not_speak(
    database: Database, going: Going, who: int
) -> None:
    with pytest.raises(NotAllowed):
        await sends(database, who, going.sport)


async def test_a_proposal_on_an_item_that_changed_or_was_deleted_is_not_lost_on_another(
    database: Database, going: Going
) -> None:
    aigul = await w.actor(database, w.AIGUL)
    await database.write(sitting.next_item, aigul, going.meeting, going.sport, NOW)
    with pytest.raises(NotPossible, match="item_changed"):
        await sends(database, w.ERIK, going.sport)
    await sends(database, w.ERIK, going.sport, anyway=True)
    with pytest.raises(NotPossible, match="item_changed"):
        await sends(database, w.ERIK, going.water, anyway=True)
    await database.write(
        lambda tx: tx.execute(delete(agenda_items).where(agenda_items.c.id == going.roads)).rowcount
    )
    with pytest.raises(NotFound):
        await sends(database, w.ERIK, going.roads)


async def test_nothing_is_sent_on_an_item_that_is_hidden(database: Database, going: Going) -> None:
    only_bureau = update(agenda_items).values(visibility="bureau")
    await database.write(lambda tx: tx.execute(only_bureau).rowcount)
    with pytest.raises(NotFound):
        await sends(database, w.DARKHAN, going.sport)
    assert await sends(database, w.ERIK, going.sport)


async def test_nothing_is_sent_when_the_meeting_is_over_or_too_fast(
    database: Database, going: Going
) -> None:
    for _ in range(proposals.PACE):
        await sends(database, w.ERIK, going.sport)
    with pytest.raises(TooMany):
        await sends(database, w.ERIK, going.sport)
    await database.write(w.held, going)
    with pytest.raises(NotPossible, match="not_in_progress"):
        await sends(database, w.DARKHAN, going.sport)


async def test_two_secretaries_accept_the_same_proposal_and_one_clause_comes_of_it(
    database: Database, going: Going
) -> None:
    proposal = await sends(database, w.ERIK, going.sport)
    both = [await w.actor(database, who) for who in (w.AIGUL, w.ZHANAR)]
    made = await asyncio.gather(
        *(database.write(proposals.accept, a, proposal, 1, NOW) for a in both),
        return_exceptions=True,
    )
    lost = [one for one in made if isinstance(one, AlreadyChanged)]
    assert len(lost) == 1
    assert lost[0].by in {both[0].name, both[1].name}
    found = await database.read(proposals.get, both[0], proposal)
    assert (found.state, found.clause) == ("accepted", 1)


async def test_two_secretaries_accept_different_ones_and_their_clauses_are_numbered_apart(
    database: Database, going: Going
) -> None:
    sent = [await sends(database, w.ERIK, going.sport, f"Ұсыныс {n}") for n in range(6)]
    both = [await w.actor(database, who) for who in (w.AIGUL, w.ZHANAR)]
    await asyncio.gather(
        *(
            database.write(proposals.accept, both[n % 2], proposal, 1, NOW)
            for n, proposal in enumerate(sent)
        )
    )
    found = [await database.read(proposals.get, both[0], proposal) for proposal in sent]
    assert sorted(one.clause or 0 for one in found) == [1, 2, 3, 4, 5, 6]


async def test_what_is_left_out_can_be_taken_in_after_all_but_not_the_other_way(
    database: Database, going: Going
) -> None:
    aigul = await w.actor(database, w.AIGUL)
    proposal = await sends(database, w.ERIK, going.sport)
    await database.write(proposals.decline, aigul, proposal, 1, NOW)
    await database.write(proposals.accept, aigul, proposal, 2, NOW)
    with pytest.raises(NotPossible, match="accepted"):
        await database.write(proposals.decline, aigul, proposal, 3, NOW)


async def test_only_who_prepares_the_bureau_sees_and_decides(
    database: Database, going: Going
) -> None:
    proposal = await sends(database, w.ERIK, going.sport)
    for who in (w.MOLDIR, w.ERIK):
        actor = await w.actor(database, who)
        with pytest.raises(NotAllowed):
            await database.read(proposals.get, actor, proposal)
        with pytest.raises(NotAllowed):
            await database.write(proposals.accept, actor, proposal, 1, NOW)
        with pytest.raises(NotAllowed):
            await database.write(sitting.next_item, actor, going.meeting, going.sport, NOW)


async def test_the_draft_decision_becomes_the_decision(database: Database, going: Going) -> None:
    aigul = await w.actor(database, w.AIGUL)
    drafted = {"draft_decision_kk": "Есеп мақұлдансын", "draft_decision_ru": "Одобрить отчёт"}
    await database.write(
        lambda tx: (
            tx.execute(
                update(agenda_items).where(agenda_items.c.id == going.sport).values(drafted)
            ).rowcount
        )
    )
    await database.write(sitting.take_draft, aigul, going.sport, 1, NOW)
    item = await database.read(sitting.find_item, going.sport)
    assert (item["decision_kk"], item["decision_ru"]) == ("Есеп мақұлдансын", "Одобрить отчёт")
    with pytest.raises(AlreadyChanged):
        await database.write(sitting.decide, aigul, going.sport, 1, "Басқа", NOW)
    await database.write(sitting.decide, aigul, going.sport, 2, "Басқа", NOW)
    with pytest.raises(NotPossible, match="too_long"):
        await database.write(sitting.decide, aigul, going.sport, 3, "а" * 2001, NOW)
    # A vote adopts the draft only where nobody has entered other words.
    await database.write(sitting.adopt_draft, going.sport)
    assert (await database.read(sitting.find_item, going.sport))["decision_kk"] == "Басқа"


async def test_the_secretary_who_left_is_not_told_but_those_in_office(
    database: Database, going: Going
) -> None:
    left = update(meetings_table).values(secretary_id=w.SAULE - 1000)
    await database.write(lambda tx: tx.execute(left).rowcount)
    await sends(database, w.ERIK, going.sport)
    told = select(outbox.c.person_id).where(outbox.c.kind == proposals.KIND)
    found = set(await database.read(lambda tx: list(tx.execute(told).scalars())))
    assert found == {w.AIGUL - 1000, w.ZHANAR}
