"""A list of requests kept elsewhere: new ones with contact and day, kept ones told apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from storage import requests
from storage.database import Database
from storage.errors import NotPossible
from storage.requests import RequestDraft, importing
from storage.requests.imported_rows import GivenRow
from storage.requests.importing import Checked, Taken
from storage.rules.access import Actor
from storage.rules.categories import Category
from storage.rules.request_kinds import Kind
from storage.rules.veiling import veiled
from storage.tables import outbox, reminders, request_consents, voter_requests
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build

PROOF = {"version": "2026-11", "hash": "abc", "language": "kk"}
LAMP = GivenRow(2, "Көше шамы жанбайды", "lighting", external_id="A-1", place="Жылға ауылы")
VOTER = replace(
    LAMP,
    name="Гүлнар Асанова",
    phone="8 701 123 45 67",
    iin="900101300017",
    consent_on=date(2026, 11, 20),
    consent_channel="paper",
)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def _check(database: Database, actor: Actor, *rows: GivenRow) -> Checked:
    return await database.read(importing.check, actor, rows, TODAY)


async def _add(database: Database, actor: Actor, *rows: GivenRow) -> Taken:
    checked = await _check(database, actor, *rows)
    return await database.write(importing.add, actor, rows, checked.seal, PROOF, NOW, ZONE)


def _wrong(checked: Checked) -> list[tuple[str | None, str]]:
    return [(one.field, one.reason) for one in checked.problems]


async def test_the_deadline_counts_from_the_day_of_the_list_and_is_reminded_of(
    database: Database, world: World
) -> None:
    await _add(database, world.aigul, replace(LAMP, registered_on=date(2026, 11, 16)))
    row = await database.read(lambda tx: tx.execute(select(voter_requests)).mappings().one())
    direct = await database.write(
        requests.register, world.aigul, RequestDraft("Жол", Category.LIGHTING), NOW, ZONE
    )
    assert row["registered_at"].astimezone(ZONE).date() == date(2026, 11, 16)
    assert row["due_on"] < direct.due_on
    planned = await database.read(
        lambda tx: tx.execute(
            select(func.count()).where(reminders.c.subject_id == row["id"])
        ).scalar_one()
    )
    assert planned > 0


async def test_a_contact_comes_with_its_consent(database: Database, world: World) -> None:
    await _add(database, world.aigul, VOTER)
    kept = await database.read(
        lambda tx: tx.execute(
            select(
                request_consents.c.version,
                request_consents.c.text_hash,
                request_consents.c.channel,
                request_consents.c.at,
                request_consents.c.request_id,
            )
        ).one()
    )
    assert (kept.version, kept.text_hash, kept.channel) == ("2026-11", "abc", "paper")
    assert kept.at.astimezone(ZONE).date() == date(2026, 11, 20)
    contact = await database.write(requests.open_contact, world.aigul, kept.request_id, NOW)
    assert (contact.phone, contact.name) == ("+77011234567", "Гүлнар Асанова")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"consent_on": None}, ("consent_on", "no_consent")),
        ({"consent_on": TODAY + timedelta(days=1)}, ("consent_on", "day_out_of_reach")),
        ({"registered_on": TODAY + timedelta(days=1)}, ("registered_on", "day_out_of_reach")),
        ({"registered_on": date(1926, 11, 24)}, ("registered_on", "day_out_of_reach")),
        ({"phone": "+998 90 123 45 67"}, ("phone", "phone_foreign")),
        ({"phone": "701 12 34"}, ("phone", "phone_short")),
        ({"phone": "8 701 12A 45 67"}, ("phone", "phone_letters")),
        ({"iin": "000000000000"}, ("iin", "wrong_iin")),
        ({"iin": "900101300018"}, ("iin", "wrong_iin")),
        ({"number": "САР-2026-0099"}, ("number", "no_request")),
        ({"text": "ж" * 4097}, ("text", "too_long")),
        ({"name": "Ж" * 121}, ("name", "too_long")),
    ],
)
async def test_a_cell_that_does_not_fit_is_named_and_nothing_is_taken(
    database: Database, world: World, changed: dict[str, object], problem: tuple[str, str]
) -> None:
    other = replace(LAMP, row=3, external_id="A-2")
    checked = await _check(database, world.aigul, replace(VOTER, **changed), other)  # type: ignore[arg-type]
    assert _wrong(checked) == [problem]
    with pytest.raises(NotPossible):
        await _add(database, world.aigul, replace(VOTER, **changed), other)  # type: ignore[arg-type]
    assert (
        await database.read(
            lambda tx: tx.execute(select(func.count()).select_from(voter_requests)).scalar_one()
        )
        == 0
    )


async def test_a_list_that_comes_again_changes_what_it_says_otherwise(
    database: Database, world: World
) -> None:
    assert await _add(database, world.aigul, VOTER) == Taken(1, 0)
    again = await _check(database, world.aigul, VOTER)
    assert (again.new, again.changes, again.known) == ((), (), 1)

    moved = replace(VOTER, category="roads", kind=Kind.COMPLAINT, phone="8 707 000 00 00")
    checked = await _check(database, world.aigul, moved)
    assert [one.values for one in checked.changes] == [
        (("category", "roads"), ("kind", "complaint"))
    ]
    assert await _add(database, world.aigul, moved) == Taken(0, 1)
    request_id = checked.changes[0].request_id
    request = await database.read(requests.get, world.aigul, request_id)
    assert (request.category, request.kind, request.place) == ("roads", "complaint", "Жылға ауылы")
    contact = await database.write(requests.open_contact, world.aigul, request_id, NOW)
    assert contact.phone == "+77011234567"  # a contact is changed in the card, with its consent


async def test_a_workbook_without_contacts_that_comes_back_changes_nothing(
    database: Database, world: World
) -> None:
    said = RequestDraft("Шам жанбайды, 8 701 123 45 67", Category.LIGHTING)
    request = await database.write(requests.register, world.aigul, said, NOW, ZONE)
    row = GivenRow(2, str(veiled(request.text)), "lighting", number=request.number)
    assert row.text != request.text
    checked = await _check(database, world.aigul, row)
    assert (checked.new, checked.changes, checked.known) == ((), (), 1)


async def test_what_changed_meanwhile_is_shown_anew(database: Database, world: World) -> None:
    await _add(database, world.aigul, LAMP)
    moved = replace(LAMP, category="roads")
    checked = await _check(database, world.aigul, moved)
    change = checked.changes[0]
    await database.write(
        requests.complete, world.aigul, change.request_id, change.version, NOW, place="Абай"
    )
    with pytest.raises(NotPossible):
        await database.write(importing.add, world.aigul, [moved], checked.seal, PROOF, NOW, ZONE)


async def test_another_deputys_requests_are_out_of_reach(database: Database, world: World) -> None:
    await _add(database, world.aigul, LAMP)
    number = await database.read(
        lambda tx: tx.execute(select(voter_requests.c.number)).scalar_one()
    )
    for row in (LAMP, replace(LAMP, external_id=None, number=number)):
        checked = await _check(database, world.nurlan, replace(row, text="Басқа мәтін"))
        assert checked.changes == ()
        assert len(checked.problems) == 1
    theirs = await _check(database, world.dana, replace(LAMP, text="Басқа мәтін"))
    assert len(theirs.changes) == 1  # the secretary sees the whole branch


async def test_the_deputy_hears_once_of_what_was_brought_in(
    database: Database, world: World
) -> None:
    rows = [replace(LAMP, row=n, external_id=f"B-{n}", deputy="Айгүл Омарова") for n in range(2, 5)]
    await _add(database, world.dana, *rows)
    told = await database.read(
        lambda tx: tx.execute(
            select(outbox.c.person_id, outbox.c.params).where(outbox.c.kind == importing.BROUGHT)
        ).all()
    )
    assert [(one.person_id, one.params["n"]) for one in told] == [(world.aigul.person_id, 3)]
