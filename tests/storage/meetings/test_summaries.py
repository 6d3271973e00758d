"""Summaries on both engines: drafted from a text, decided one by one, taken over, published."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from storage import search
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import (
    clauses,
    deciding,
    drafting,
    findings,
    reading,
    summaries,
    taking,
    tasks,
    telling,
)
from storage.meetings.findings import ACCEPTED, DROPPED, Found
from storage.meetings.taking import Taken
from storage.rules.releases import read
from storage.tables import agenda_items, figures, outbox
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.storage.meetings import summary_world as w
from tests.storage.meetings.summary_world import Held


@pytest.fixture
async def held(database: Database) -> Held:
    return await database.write(w.fill)


async def do(database: Database, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return await database.write(fn, *args, **kwargs)


async def drafted(database: Database, held: Held, text: str = w.RELEASE) -> Found:
    """Moldir has a text read."""
    moldir = await database.read(w.who, w.MOLDIR)
    meeting = await database.read(reading.get, moldir, held.council)
    seen = (await database.read(findings.listed, moldir, held.council)).seen
    rows = drafting.rows(read(text), meeting)
    return await database.write(findings.keep, moldir, held.council, rows, seen, NOW)


async def accept_everything(database: Database, held: Held) -> Taken:
    moldir = await database.read(w.who, w.MOLDIR)
    found = await database.read(findings.listed, moldir, held.council)
    for kind in findings.KINDS:
        left = [one for one in found.left if one.kind == kind]
        of = held.council, kind, found.seen, len(left)
        await database.write(deciding.accept_all, moldir, *of, NOW)
    return await database.write(taking.take, moldir, held.council, NOW, w.TODAY)


async def publish(database: Database, held: Held, *, notify: bool) -> int:
    moldir = await database.read(w.who, w.MOLDIR)
    shown = await database.read(summaries.preview, moldir, held.council, w.TODAY)
    return await database.write(
        summaries.publish, moldir, held.council, shown.seal, NOW, w.TODAY, notify=notify
    )


async def told(database: Database) -> set[int]:
    query = select(outbox.c.person_id).where(outbox.c.kind == summaries.KIND)
    return set(await database.read(lambda tx: tx.execute(query).scalars().all()))


async def test_a_release_fills_agenda_figures_proposals_and_instructions(
    database: Database, held: Held
) -> None:
    found = await drafted(database, held)
    assert all(one.sentence and one.state == "found" for one in found.findings)
    done = await accept_everything(database, held)
    assert (done.items, done.instructions, done.left_out) == (3, 3, 0)

    saule = await database.read(w.who, w.SAULE)
    meeting = await database.read(reading.get, saule, held.council)
    first, second, third = meeting.items
    # The titles of the agenda stay, who spoke is added; the third item was not on it.
    assert (first.title_kk, first.speaker_kk) == (
        "Мектептерді жөндеу туралы",
        "Ербол Мұратұлы Тасболатов",
    )
    assert second.speaker_position_kk == "аудан әкімінің орынбасары"
    assert (third.number, third.title_kk) == (3, "Жастармен жұмыс жөнінде")
    assert (third.speaker_id, third.speaker_kk) == (w.AIDOS, "Қайратов Айдос")
    assert meeting.chair_kk == "Гүлнар Бекенқызы Сапарова"
    assert [one.author_kk for one in first.proposals] == [
        "Дәурен Әлиұлы Жақсыбеков, Саяси кеңес мүшесі",
        "Сәуле Ниязова, Аудандық мәслихат депутаты",
        "Сәуле Ниязова, Аудандық мәслихат депутаты",
    ]
    lines = await database.read(telling.told, meeting)
    assert len(lines.figures) == done.figures == 13
    assert [one.item_id for one in lines.figures[:3]] == [first.id, second.id, third.id]
    # Money says more than a count: it is told first, though it was said later.
    one = lines.figures[0]
    assert (one.label_kk, one.value, one.unit, one.period) == (
        "Жұмыстарға жұмсалған",
        "3,2",
        "млрд теңге",
        "2025 жылы",
    )
    assert "> 6" in [figure.value for figure in lines.figures]
    # What is to be done stands in the document as drafted: nobody is told of it yet.
    assert lines.instructions == ()
    moldir = await database.read(w.who, w.MOLDIR)
    assert len(await database.read(clauses.listed, moldir, held.council)) == 3
    assert {i.state for i in await database.read(tasks.every, held.council)} == {"drafted"}
    assert await database.read(findings.listed, moldir, held.council) == Found(held.council, ())


async def test_the_same_text_read_again_doubles_nothing(database: Database, held: Held) -> None:
    async def all_there_is() -> tuple[int, int, int, int]:
        saule = await database.read(w.who, w.SAULE)
        meeting = await database.read(reading.get, saule, held.council)
        lines = await database.read(telling.told, meeting)
        given = await database.read(tasks.every, held.council)
        proposed = sum(len(item.proposals) for item in meeting.items)
        return len(meeting.items), len(lines.figures), proposed, len(given)

    await drafted(database, held)
    await accept_everything(database, held)
    once = await all_there_is()
    await drafted(database, held)
    await accept_everything(database, held)
    assert await all_there_is() == once


async def test_nothing_undecided_is_taken_over_or_published(database: Database, held: Held) -> None:
    found = await drafted(database, held)
    moldir = await database.read(w.who, w.MOLDIR)
    take: tuple[Any, ...] = (taking.take, moldir, held.council, NOW, w.TODAY)
    await database.write(summaries.write, moldir, held.council, 1, "summary_kk", "Қаралды", NOW)
    with pytest.raises(NotPossible, match="undecided"):
        await publish(database, held, notify=True)
    with pytest.raises(NotPossible, match="undecided"):
        await do(database, *take)
    figure = found.of("figure")[0]
    await database.write(deciding.decide, moldir, figure.id, 1, ACCEPTED, NOW)
    left = len(found.findings) - 1
    with pytest.raises(AlreadyChanged):  # the number she confirmed is not the number there is
        await database.write(deciding.drop_rest, moldir, held.council, found.seen, left + 1, NOW)
    await database.write(deciding.drop_rest, moldir, held.council, found.seen, left, NOW)
    with pytest.raises(NotPossible, match="undecided"):  # accepted, but not in the meeting yet
        await publish(database, held, notify=True)
    assert (await do(database, *take)).figures == 1
    assert await publish(database, held, notify=False) == 0
    with pytest.raises(NotPossible, match="nothing"):
        await do(database, *take)


async def test_an_old_button_accepts_nothing_of_another_text(
    database: Database, held: Held
) -> None:
    """The same text is read anew, so there are as many of each kind, and nobody has seen them."""
    before = await drafted(database, held)
    after = await drafted(database, held)
    moldir = await database.read(w.who, w.MOLDIR)
    n, left = len(after.of("figure")), len(after.left)
    assert (n, left) == (len(before.of("figure")), len(before.left))
    assert n > 0

    council = held.council
    with pytest.raises(AlreadyChanged):
        await do(database, deciding.accept_all, moldir, council, "figure", before.seen, n, NOW)
    with pytest.raises(AlreadyChanged):
        await do(database, deciding.drop_rest, moldir, council, before.seen, left, NOW)

    assert (await database.read(findings.listed, moldir, council)).left == after.findings


async def test_nothing_is_taken_over_into_the_archive(database: Database, held: Held) -> None:
    await drafted(database, held)
    archived = update(table).where(table.c.id == held.council)
    await database.write(lambda tx: tx.execute(archived.values(state="archived")))
    with pytest.raises(NotPossible, match="archived"):
        await accept_everything(database, held)


async def test_mending_changes_what_is_taken_over(database: Database, held: Held) -> None:
    found = await drafted(database, held)
    moldir = await database.read(w.who, w.MOLDIR)
    figure, item = found.of("figure")[0], found.of("item")[2]
    mend = deciding.mend
    await database.write(mend, moldir, figure.id, 1, "label", "Жөнделген мектеп", NOW)
    with pytest.raises(AlreadyChanged):
        await database.write(mend, moldir, figure.id, 1, "unit", "үй", NOW)
    for field, text, why in (
        ("value", "", "wrong_value"),
        ("text", "а", "wrong_value"),
        ("unit", "а" * 41, "too_long"),
    ):
        with pytest.raises(NotPossible, match=why):
            await database.write(mend, moldir, figure.id, 2, field, text, NOW)
    await database.write(deciding.put_on, moldir, figure.id, 2, "t3", NOW)
    await database.write(deciding.decide, moldir, item.id, 1, DROPPED, NOW)
    instruction = found.of("instruction")[0]
    await database.write(deciding.turn_into, moldir, instruction.id, 1, NOW)
    found = await database.read(findings.listed, moldir, held.council)
    assert instruction.id in [one.id for one in found.of("proposal")]
    for kind in ("figure", "proposal"):
        left = [one for one in found.left if one.kind == kind]
        of = held.council, kind, found.seen, len(left)
        await database.write(deciding.accept_all, moldir, *of, NOW)
    rest = len((await database.read(findings.listed, moldir, held.council)).left)
    await database.write(deciding.drop_rest, moldir, held.council, found.seen, rest, NOW)
    with pytest.raises(NotPossible, match="homeless"):  # its item was dropped
        await database.write(taking.take, moldir, held.council, NOW, w.TODAY)
    await database.write(deciding.decide, moldir, item.id, 2, ACCEPTED, NOW)
    await database.write(taking.take, moldir, held.council, NOW, w.TODAY)
    labels = select(figures.c.label_kk).join(agenda_items).where(agenda_items.c.number == 3)
    known = await database.read(lambda tx: tx.execute(labels).scalars().all())
    assert "Жөнделген мектеп" in known


async def test_a_published_summary_is_told_to_the_members_of_its_branch(
    database: Database, held: Held
) -> None:
    moldir = await database.read(w.who, w.MOLDIR)
    write: tuple[Any, ...] = (summaries.write, moldir, held.council)
    await do(database, *write, 1, "summary_kk", "Мектеп пен су қаралды", NOW)
    await do(database, *write, 2, "summary_ru", "Рассмотрены школы и вода", NOW)
    saule = await database.read(w.who, w.SAULE)
    assert (await database.read(reading.get, saule, held.council)).summary_kk is None
    count = await publish(database, held, notify=True)
    everybody = await told(database)
    assert len(everybody) == count > 0
    assert moldir.person_id not in everybody
    for person_id in everybody:
        assert await database.read(w.member_of_saryagash, person_id)
    published = await database.read(reading.get, saule, held.council)
    assert (published.summary_ru, published.published_at) == ("Рассмотрены школы и вода", NOW)
    [hit] = await database.read(search.find, saule, "рассмотрены школы", "ru", 5)
    assert hit.meeting_id == held.council

    # Edited after it was published: members see the old one until it is published again.
    await do(database, *write, published.version, "summary_kk", "Мектеп, су, жол", NOW)
    assert (await database.read(reading.get, saule, held.council)).summary_kk != "Мектеп, су, жол"
    await publish(database, held, notify=True)
    assert (await database.read(reading.get, saule, held.council)).summary_kk == "Мектеп, су, жол"


async def test_what_is_published_is_what_was_looked_at(database: Database, held: Held) -> None:
    moldir, zarina = [await database.read(w.who, one) for one in (w.MOLDIR, w.ZARINA)]
    write: tuple[Any, ...] = (summaries.write, moldir, held.council)
    with pytest.raises(NotPossible, match="empty"):
        await publish(database, held, notify=False)
    await do(database, *write, 1, "summary_kk", "Бірінші", NOW)
    shown = await database.read(summaries.preview, moldir, held.council, w.TODAY)
    with pytest.raises(AlreadyChanged):
        await database.write(summaries.write, zarina, held.council, 1, "summary_kk", "Екінші", NOW)
    await database.write(summaries.write, zarina, held.council, 2, "summary_kk", "Екінші", NOW)
    old: tuple[Any, ...] = (summaries.publish, moldir, held.council, shown.seal, NOW, w.TODAY)
    with pytest.raises(NotPossible, match="changed"):
        await do(database, *old, notify=True)
    assert await told(database) == set()
    # Of two who publish the same look at once, one is first.
    shown = await database.read(summaries.preview, moldir, held.council, w.TODAY)
    both = [
        database.write(summaries.publish, one, held.council, shown.seal, NOW, w.TODAY, notify=True)
        for one in (moldir, zarina)
    ]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in results) == ["NotPossible", "int"]


async def test_limits_count_as_telegram_counts(database: Database, held: Held) -> None:
    moldir = await database.read(w.who, w.MOLDIR)
    write: tuple[Any, ...] = (summaries.write, moldir, held.council, 1)
    with pytest.raises(NotPossible, match="too_long"):
        await do(database, *write, "summary_kk", "🎉" * 601, NOW)
    await do(database, *write, "summary_kk", "🎉" * 600, NOW)
    with pytest.raises(NotPossible, match="wrong_value"):
        await do(database, *write[:3], 2, "title_kk", "Атауы", NOW)


async def test_a_text_without_findings_is_kept_once_as_the_draft(
    database: Database, held: Held
) -> None:
    moldir = await database.read(w.who, w.MOLDIR)
    keep: tuple[Any, ...] = (summaries.keep_raw, moldir, held.council, "kk")
    assert await do(database, *keep, "Bul latyn mätini. " * 100, NOW)
    assert not await do(database, *keep, "Басқа мәтін", NOW)
    desk = await database.read(summaries.desk, moldir, held.council)
    assert desk.text("summary_kk").startswith("Bul latyn")
    with pytest.raises(NotPossible, match="too_long"):
        await publish(database, held, notify=False)


async def test_who_prepares_no_meeting_reads_and_publishes_nothing(
    database: Database, held: Held
) -> None:
    found = await drafted(database, held)
    saule, moldir = [await database.read(w.who, one) for one in (w.SAULE, w.MOLDIR)]
    first = found.findings[0].id
    attempts: tuple[tuple[Any, ...], ...] = (
        (findings.listed, saule, held.council),
        (deciding.decide, saule, first, 1, ACCEPTED, NOW),
        (deciding.mend, saule, first, 1, "value", "а", NOW),
        (deciding.drop_rest, saule, held.council, found.seen, len(found.findings), NOW),
        (summaries.desk, saule, held.council),
        (summaries.write, saule, held.council, 1, "summary_kk", "а", NOW),
        (taking.take, saule, held.council, NOW, w.TODAY),
        (summaries.desk, moldir, held.bureau),  # the Bureau's is the region's
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            await do(database, *attempt)
    with pytest.raises(NotFound):
        await database.write(deciding.decide, moldir, 10**6, 1, ACCEPTED, NOW)
    with pytest.raises(NotPossible, match="wrong_state"):
        await database.read(summaries.desk, moldir, held.ahead)


async def test_of_two_texts_read_at_once_the_second_does_not_erase_the_first(
    database: Database, held: Held
) -> None:
    moldir, zarina = [await database.read(w.who, one) for one in (w.MOLDIR, w.ZARINA)]
    found = await drafted(database, held)
    rows = [{"kind": "fact", "sentence": "а", "content": {"name": "date", "value": "а"}}]
    with pytest.raises(AlreadyChanged):
        await database.write(findings.keep, zarina, held.council, rows, 0, NOW)
    assert (await database.read(findings.listed, moldir, held.council)).seen == found.seen
    await database.write(findings.keep, zarina, held.council, rows, found.seen, NOW)
    assert len((await database.read(findings.listed, moldir, held.council)).findings) == 1


async def test_figures_of_hidden_items_are_not_told_to_everybody(
    database: Database, held: Held
) -> None:
    await drafted(database, held)
    await accept_everything(database, held)
    hidden = update(agenda_items).where(
        agenda_items.c.meeting_id == held.council, agenda_items.c.number == 2
    )
    await database.write(lambda tx: tx.execute(hidden.values(visibility="bureau")) and None)
    saule = await database.read(w.who, w.SAULE)
    meeting = await database.read(reading.get, saule, held.council)
    lines = await database.read(telling.told, meeting)
    assert {one.item_id for one in lines.figures} == {item.id for item in meeting.items}
    assert "186" not in [one.value for one in lines.figures]


async def test_instructions_do_not_enter_an_approved_document(
    database: Database, held: Held
) -> None:
    await drafted(database, held)
    approved = update(table).where(table.c.id == held.council).values(document_at=NOW)
    await database.write(lambda tx: tx.execute(approved) and None)
    done = await accept_everything(database, held)
    assert (done.instructions, done.left_out) == (0, 3)
    assert await database.read(tasks.every, held.council) == ()


async def test_who_speaks_twice_is_not_taken_for_one_item(database: Database, held: Held) -> None:
    moldir = await database.read(w.who, w.MOLDIR)
    speakers = update(agenda_items).where(agenda_items.c.meeting_id == held.council)
    spoken = speakers.values(speaker_kk="Оспанов Марат", speaker_ru=None)
    await database.write(lambda tx: tx.execute(spoken) and None)
    meeting = await database.read(reading.get, moldir, held.council)
    schools, water, youth = read(w.RELEASE).items
    items = [schools, water, replace(youth, speaker=water.speaker)]
    found = drafting.same_items(items, meeting)
    assert {number: item.number for number, item in found.items()} == {2: 2, 3: 1}


async def test_an_item_of_a_text_is_no_other_item_of_it(database: Database, held: Held) -> None:
    first = (await drafted(database, held)).of("item")[0]
    moldir = await database.read(w.who, w.MOLDIR)
    with pytest.raises(NotPossible, match="wrong_value"):
        await database.write(deciding.put_on, moldir, first.id, 1, "t2", NOW)
    await database.write(deciding.put_on, moldir, first.id, 1, None, NOW)


async def test_old_buttons_of_a_former_reading_find_nothing(database: Database, held: Held) -> None:
    before = await drafted(database, held)
    after = await drafted(database, held)
    assert not {one.id for one in before.findings} & {one.id for one in after.findings}
    moldir = await database.read(w.who, w.MOLDIR)
    with pytest.raises(NotFound):
        await database.write(deciding.decide, moldir, before.findings[0].id, 1, ACCEPTED, NOW)
    await accept_everything(database, held)
    with pytest.raises(NotFound):
        await database.write(deciding.decide, moldir, after.findings[0].id, 2, DROPPED, NOW)
    # The next reading does not begin with ids that old buttons carry.
    later = await drafted(database, held)
    assert min(one.id for one in later.findings) > after.seen
