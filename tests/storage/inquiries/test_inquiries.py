"""A deputy inquiry from its making to its end: numbers, deadlines, rights, and two at once."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage import inquiries, reminders
from storage.database import Database
from storage.errors import AlreadyChanged, DomainError, NotAllowed, NotFound, NotPossible
from storage.inquiries import AnswerFile, Inquiry, answering, bodies, sending, settings
from storage.inquiries.answering import NewAnswer
from storage.rules.access import Actor
from storage.rules.inquiry_terms import Term, Unit
from storage.tables import audit, inquiry_answers, memberships, outbox, request_history
from storage.tables import inquiries as table
from storage.tables import reminders as reminder_table
from tests.conftest import NOW, ZONE
from tests.storage.inquiries.world import TEXT, Ids, build, draft, made

SENT_ON = date(2026, 11, 24)


@pytest.fixture
async def ids(database: Database) -> Ids:
    return await database.write(build)


async def sent(database: Database, ids: Ids, **changes: Any) -> Inquiry:
    inquiry = await database.write(made, ids, **changes)
    return await send(database, ids, inquiry)


async def send(database: Database, ids: Ids, inquiry: Inquiry, on: date = SENT_ON) -> Inquiry:
    return await database.write(
        sending.send, ids.world.aigul, inquiry.id, inquiry.version, "01-17/5", on, NOW, ZONE
    )


async def answered(database: Database, ids: Ids, inquiry: Inquiry, **given: Any) -> Inquiry:
    new = NewAnswer(**{"answered_on": SENT_ON, "number": "77", "text": "Жөнделеді", **given})
    return await database.write(
        answering.keep, ids.world.aigul, inquiry.id, inquiry.version, new, NOW, ZONE
    )


async def rate(database: Database, ids: Ids, inquiry: Inquiry, *, satisfied: bool) -> Inquiry:
    return await database.write(
        answering.rate, ids.world.aigul, inquiry.id, inquiry.version, NOW, satisfied=satisfied
    )


async def refused(error: type[DomainError], doing: Any) -> str:
    with pytest.raises(error) as caught:
        await doing
    return str(caught.value)


async def test_an_inquiry_gets_a_number_and_the_request_tells_of_it(
    database: Database, ids: Ids
) -> None:
    inquiry = await database.write(made, ids)
    assert inquiry.number == "САУ-САР-2026-0001"
    assert (inquiry.text, inquiry.level, inquiry.state) == (TEXT, "district", "draft")
    around = await database.read(inquiries.whole, ids.world.aigul, inquiry.id)
    assert [one.number for one in around.requests] == ["САР-2026-0001"]
    of_request = await database.read(inquiries.of_request, ids.world.aigul, ids.request)
    assert [one.number for one in of_request] == [inquiry.number]
    kinds = select(request_history.c.kind).where(request_history.c.request_id == ids.request)
    assert await database.read(lambda tx: list(tx.execute(kinds).scalars())) == [
        "registered",
        "inquiry_made",
    ]


async def test_the_year_of_the_number_is_the_local_one(database: Database, ids: Ids) -> None:
    midnight = datetime(2026, 12, 31, 22, tzinfo=UTC)  # 03:00 of 1 January in Turkistan
    inquiry = await database.write(inquiries.make, ids.world.aigul, draft(ids), midnight, ZONE)
    assert inquiry.number == "САУ-САР-2027-0001"


async def test_thirty_at_once_are_unique_and_without_gaps(database: Database, ids: Ids) -> None:
    world = ids.world
    who = [(world.aigul, world.sar, ids.housing), (world.marat, world.bay, ids.baydibek)]
    done = await asyncio.gather(
        *(
            database.write(made, ids, actor, branch_id=branch, body_id=body, request_ids=())
            for actor, branch, body in who * 15
        )
    )
    expected = [f"САУ-{code}-2026-{n:04d}" for code in ("САР", "БАЙ") for n in range(1, 16)]
    assert sorted(one.number for one in done) == sorted(expected)


async def test_one_draft_makes_one_inquiry(database: Database, ids: Ids) -> None:
    first = await database.write(made, ids, token="1:5")
    assert await database.write(made, ids, token="1:5") == first


async def test_what_fails_leaves_no_gap(database: Database, ids: Ids) -> None:
    assert await refused(NotPossible, database.write(made, ids, text="")) == "no_text"
    assert await refused(NotPossible, database.write(made, ids, subject="т" * 301)) == "too_long"
    assert await refused(NotPossible, database.write(made, ids, text="т" * 4097)) == "too_long"
    assert await refused(NotPossible, database.write(made, ids, language="en")) == "language"
    await refused(NotFound, database.write(made, ids, request_ids=(999,)))
    await refused(NotFound, database.write(made, ids, body_id=ids.baydibek))
    await refused(NotFound, database.write(made, ids, body_id=2**62))
    await refused(NotAllowed, database.write(made, ids, branch_id=ids.world.bay))
    whole = "😀" * 2048
    inquiry = await database.write(made, ids, text=whole)
    assert (inquiry.number, inquiry.text) == ("САУ-САР-2026-0001", whole)


async def test_a_closed_body_gets_no_inquiry(database: Database, ids: Ids) -> None:
    inquiry = await database.write(made, ids)
    await database.write(bodies.set_active, ids.world.dana, ids.housing, 1, NOW, active=False)
    assert await refused(NotPossible, database.write(made, ids)) == "body_closed"
    assert await refused(NotPossible, send(database, ids, inquiry)) == "body_closed"


async def test_the_answer_is_due_in_a_month_and_reminded_of(database: Database, ids: Ids) -> None:
    inquiry = await sent(database, ids)
    assert inquiry.due_on == date(2026, 12, 24)
    assert (inquiry.outgoing_number, inquiry.outgoing_on) == ("01-17/5", SENT_ON)
    rows = await database.read(
        lambda tx: tx.execute(
            select(reminder_table)
            .where(reminder_table.c.subject == "inquiry")
            .order_by(reminder_table.c.due_at)
        ).mappings().all()
    )  # fmt: skip
    assert [(r["rung"], r["due_at"].astimezone(ZONE).date(), r["person_id"]) for r in rows] == [
        ("-5", date(2026, 12, 17), ids.world.aigul.person_id),
        ("-1", date(2026, 12, 23), ids.world.aigul.person_id),
        ("0", date(2026, 12, 24), ids.world.aigul.person_id),
        ("+3", date(2026, 12, 29), ids.world.aigul.person_id),
    ]
    await answered(database, ids, inquiry)
    assert await database.read(reminders.next_due) is None


async def test_overdue_is_said_each_third_working_day(database: Database, ids: Ids) -> None:
    await sent(database, ids)
    moment = datetime(2026, 12, 29, 9, tzinfo=ZONE)
    assert await database.write(reminders.tick, moment, ZONE) == 1
    (row,) = await database.read(
        lambda tx: tx.execute(
            select(outbox).where(outbox.c.kind == "inquiry_reminder")
        ).mappings().all()
    )  # fmt: skip
    assert row["params"]["subject"] == "inquiry"
    assert await database.read(reminders.next_due) == datetime(2027, 1, 5, 9, tzinfo=ZONE)


async def test_a_term_that_was_set_holds_for_what_is_sent_after(
    database: Database, ids: Ids
) -> None:
    before = await sent(database, ids)
    term = Term(10, Unit.WORKING_DAYS)
    world = ids.world
    await refused(
        NotAllowed, database.write(settings.set_term, world.dana, "district", 0, term, NOW)
    )
    await database.write(settings.set_term, world.ermek, "district", 0, term, NOW)
    await refused(
        AlreadyChanged, database.write(settings.set_term, world.ermek, "district", 0, term, NOW)
    )
    after = await sent(database, ids)
    assert after.due_on == date(2026, 12, 8)
    kept = await database.read(inquiries.get, world.aigul, before.id)
    assert kept.due_on == date(2026, 12, 24)
    terms = await database.read(settings.terms)
    assert terms["district"] == (term, 1)
    assert terms["oblast"] == (Term(1, Unit.MONTHS), 0)


async def test_dates_that_cannot_be(database: Database, ids: Ids) -> None:
    inquiry = await database.write(made, ids)
    tomorrow = SENT_ON + timedelta(days=1)
    assert await refused(NotPossible, send(database, ids, inquiry, tomorrow)) == "in_future"
    long_ago = SENT_ON - timedelta(days=367)
    assert await refused(NotPossible, send(database, ids, inquiry, long_ago)) == "too_old"
    out = await send(database, ids, inquiry)
    before = SENT_ON - timedelta(days=1)
    for day, reason in ((tomorrow, "in_future"), (before, "before_sending")):
        assert await refused(NotPossible, answered(database, ids, out, answered_on=day)) == reason
    assert await refused(NotPossible, answered(database, ids, out, text=None)) == "nothing"
    assert await refused(NotPossible, answered(database, ids, out, number="7" * 51)) == "number"


async def test_of_two_who_send_at_once_one_is_told_who_was_first(
    database: Database, ids: Ids
) -> None:
    inquiry = await database.write(made, ids)
    results = await asyncio.gather(
        *(send(database, ids, inquiry) for _ in range(2)), return_exceptions=True
    )
    lost = [one for one in results if isinstance(one, (AlreadyChanged, NotPossible))]
    assert len(lost) == 1
    if isinstance(lost[0], AlreadyChanged):
        assert lost[0].by == "Айгүл Омарова"


async def test_the_whole_chain_with_a_repetition(database: Database, ids: Ids) -> None:
    inquiry = await answered(database, ids, await sent(database, ids))
    assert await refused(NotPossible, close(database, ids.world.aigul, inquiry)) == "not_rated"
    inquiry = await rate(database, ids, inquiry, satisfied=False)
    again = await database.write(made, ids, repeats_id=inquiry.id)
    assert await refused(NotPossible, database.write(made, ids, repeats_id=inquiry.id)) == (
        "repeated"
    )
    first = await database.read(inquiries.whole, ids.world.aigul, inquiry.id)
    assert first.repeated_by is not None
    assert first.repeated_by.number == again.number
    again = await send(database, ids, again)
    assert (await database.read(inquiries.get, ids.world.aigul, inquiry.id)).state == "closed"
    again = await answered(database, ids, again)
    again = await rate(database, ids, again, satisfied=True)
    again = await close(database, ids.world.aigul, again)
    assert again.state == "closed"
    around = await database.read(inquiries.whole, ids.world.aigul, again.id)
    assert around.repeats is not None
    assert around.repeats.id == inquiry.id
    lines = await database.read(inquiries.history, ids.world.aigul, again.id)
    assert [line.kind for line in lines] == ["made", "sent", "answered", "rated", "closed"]


async def test_two_repetitions_at_once_make_one(database: Database, ids: Ids) -> None:
    inquiry = await answered(database, ids, await sent(database, ids))
    inquiry = await rate(database, ids, inquiry, satisfied=False)
    results = await asyncio.gather(
        *(database.write(made, ids, repeats_id=inquiry.id) for _ in range(3)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Inquiry) for one in results) == 1


async def test_what_satisfies_is_not_repeated(database: Database, ids: Ids) -> None:
    inquiry = await answered(database, ids, await sent(database, ids))
    for _ in (None, True):
        doing = database.write(made, ids, repeats_id=inquiry.id)
        assert await refused(NotPossible, doing) == "not_repeatable"
        inquiry = await rate(database, ids, inquiry, satisfied=True)


async def test_a_secretary_keeps_an_answer_and_the_author_is_told(
    database: Database, ids: Ids
) -> None:
    inquiry = await sent(database, ids)
    new = NewAnswer(
        SENT_ON, None, None, [AnswerFile("photo", "AgAC1", None), AnswerFile("photo", "A:2", None)]
    )
    dana = ids.world.dana
    inquiry = await database.write(
        answering.keep, dana, inquiry.id, inquiry.version, new, NOW, ZONE
    )
    (one,) = (await database.read(inquiries.whole, dana, inquiry.id)).answers
    assert [file.file_id for file in one.files] == ["AgAC1", "A:2"]
    assert (one.kept_by, one.number) == ("Дана Ахметова", None)
    told = select(outbox.c.person_id).where(outbox.c.kind == "inquiry_changed")
    assert await database.read(lambda tx: list(tx.execute(told).scalars())) == [
        ids.world.aigul.person_id
    ]
    await refused(
        NotAllowed,
        database.write(answering.rate, dana, inquiry.id, inquiry.version, NOW, satisfied=True),
    )
    # The author's mandate has ended: the secretary closes what nobody will rate.
    assert (await close(database, dana, inquiry)).state == "closed"


async def test_a_further_answer_is_rated_anew(database: Database, ids: Ids) -> None:
    inquiry = await answered(database, ids, await sent(database, ids))
    inquiry = await rate(database, ids, inquiry, satisfied=False)
    later = NewAnswer(SENT_ON, "78", "Жөнделді")
    inquiry = await database.write(
        answering.keep,
        ids.world.dana,
        inquiry.id,
        inquiry.version,
        later,
        NOW + timedelta(minutes=1),
        ZONE,
    )
    assert inquiry.satisfied is None
    found = (await database.read(inquiries.whole, ids.world.aigul, inquiry.id)).answers
    assert [one.text for one in found] == ["Жөнделеді", "Жөнделді"]


async def test_withdrawn_is_the_end(database: Database, ids: Ids) -> None:
    inquiry = await sent(database, ids)
    inquiry = await database.write(
        sending.withdraw, ids.world.aigul, inquiry.id, inquiry.version, "Мәселе шешілді", NOW
    )
    assert inquiry.state == "withdrawn"
    assert await database.read(reminders.next_due) is None
    assert await refused(NotPossible, answered(database, ids, inquiry)) == "state"
    lines = await database.read(inquiries.history, ids.world.dana, inquiry.id)
    assert lines[-1].text == "Мәселе шешілді"


async def test_it_is_announced_at_a_session(database: Database, ids: Ids) -> None:
    inquiry = await database.write(made, ids)
    day = SENT_ON - timedelta(days=1)
    inquiry = await database.write(
        sending.announce, ids.world.aigul, inquiry.id, inquiry.version, day, NOW, ZONE
    )
    assert inquiry.announced_on == day


async def test_who_sees_and_who_acts(database: Database, ids: Ids) -> None:
    inquiry = await sent(database, ids)
    world = ids.world
    for actor in (world.aigul, world.dana, world.ermek):
        assert (await database.read(inquiries.get, actor, inquiry.id)).id == inquiry.id
    for actor in (world.nurlan, world.marat, world.both):
        await refused(NotFound, database.read(inquiries.get, actor, inquiry.id))
        await refused(NotFound, close(database, actor, inquiry))
        assert not any((await database.read(inquiries.counts, actor, SENT_ON)).values())
    await refused(NotAllowed, database.read(inquiries.get, world.gone, inquiry.id))
    for actor in (world.dana, world.ermek):
        doing = database.write(sending.withdraw, actor, inquiry.id, inquiry.version, None, NOW)
        await refused(NotAllowed, doing)


async def test_a_mandate_that_ended_ends_the_work(database: Database, ids: Ids) -> None:
    inquiry = await database.write(made, ids)
    ended = update(memberships).where(memberships.c.person_id == ids.world.aigul.person_id)
    await database.write(lambda tx: tx.execute(ended.values(ends_on=SENT_ON - timedelta(days=1))))
    gone = Actor(ids.world.aigul.person_id, 1, "Айгүл Омарова")
    doing = database.write(sending.send, gone, inquiry.id, inquiry.version, "1", SENT_ON, NOW, ZONE)
    await refused(NotAllowed, doing)
    await refused(NotAllowed, database.write(inquiries.make, gone, draft(ids), NOW, ZONE))


async def test_lists_show_what_presses_first_and_search_folds(database: Database, ids: Ids) -> None:
    late = await sent(database, ids, subject="Құрылыс туралы")
    await sent(database, ids, subject="Көпір")
    await database.write(made, ids, subject="Су")
    world, later = ids.world, date(2027, 1, 1)
    assert await database.read(inquiries.counts, world.aigul, later) == {
        "mine": 3, "sign": 0, "overdue": 2, "answered": 0, "closed": 0,
    }  # fmt: skip
    assert (await database.read(inquiries.counts, world.dana, later))["branch"] == 3
    page = await database.read(inquiries.listing, world.dana, "branch", later, 0)
    assert [one.subject for one in page.inquiries] == ["Көпір", "Құрылыс туралы", "Су"]
    found = await database.read(inquiries.search, world.aigul, "курылыс", 0)
    assert [one.id for one in found.inquiries] == [late.id]
    for words in ("сау сар 2026 0001", "САУ-САР-2026-0001"):
        found = await database.read(inquiries.search, world.dana, words, 0)
        assert [one.id for one in found.inquiries] == [late.id]
    for words in ("%", "_", "шамдарын"):
        assert not (await database.read(inquiries.search, world.aigul, words, 0)).total, words
    assert not (await database.read(inquiries.search, world.marat, "курылыс", 0)).total


async def test_texts_are_sealed_and_the_audit_has_none(database: Database, ids: Ids) -> None:
    inquiry = await answered(database, ids, await sent(database, ids))
    await database.write(
        answering.rate, ids.world.aigul, inquiry.id, inquiry.version, NOW, satisfied=False
    )

    def everything(tx: Connection) -> str:
        return "".join(
            str(tx.execute(select(one)).all()) for one in (table, inquiry_answers, audit, outbox)
        )

    clear = await database.read(everything)
    assert TEXT not in clear
    assert "Жөнделеді" not in clear


async def close(database: Database, actor: Actor, inquiry: Inquiry) -> Inquiry:
    return await database.write(answering.close, actor, inquiry.id, inquiry.version, NOW)
