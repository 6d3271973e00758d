from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.privacy import index, words
from storage.requests import Contact, RequestDraft, consents
from storage.rules.categories import Category
from storage.tables import audit, request_consents, request_words, voter_requests
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import World, build

IIN, PHONE = "900101300007", "+77011234567"
CONTACT = Contact(
    PHONE,
    "Асанова Гүлнар",
    "consent-3",
    NOW,
    "Абай көшесі 12",
    IIN,
    "ab12",
    "ru",
    "paper",
    about="Асан Асанов",
)
LAMP = RequestDraft("Көше шамы жанбайды", Category.LIGHTING, contact=CONTACT)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def test_a_contact_is_kept_with_its_consent_and_found_by_keyed_hashes(
    database: Database, world: World
) -> None:
    await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    (row,) = await database.read(lambda tx: tx.execute(select(voter_requests)).mappings().all())
    assert row["iin_hash"] == index.hashed("iin", IIN)
    assert row["phone_hash"] == index.hashed("phone", PHONE)
    assert IIN not in str(dict(row))
    assert "Абай" not in str(dict(row))
    (consent,) = await database.read(
        lambda tx: tx.execute(select(request_consents)).mappings().all()
    )
    assert (consent["version"], consent["text_hash"]) == ("consent-3", "ab12")
    assert (consent["language"], consent["channel"]) == ("ru", "paper")
    assert (consent["taken_by"], consent["at"]) == (world.aigul.person_id, NOW)
    assert consent["withdrawn_at"] is None


async def test_a_withdrawn_consent_erases_the_contact_and_the_request_goes_on(
    database: Database, world: World
) -> None:
    made = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    before = await database.read(requests.history, world.aigul, made.id)
    assert [line.text for line in before] == [None, "Асан Асанов"]
    later = NOW + timedelta(hours=1)
    after = await database.write(consents.withdraw, world.aigul, made.id, made.version, later)
    assert not after.has_contact
    assert after.text == LAMP.text
    (row,) = await database.read(lambda tx: tx.execute(select(voter_requests)).mappings().all())
    erased = ("contact_name", "contact_phone", "contact_address", "contact_iin")
    assert [row[name] for name in (*erased, "phone_hash", "iin_hash")] == [None] * 6
    found = set(await database.read(lambda tx: tx.execute(select(request_words.c.word)).scalars()))
    assert found.isdisjoint(words.hashes("Асанова Гүлнар", words.NAME))
    (ended,) = await database.read(
        lambda tx: tx.execute(select(request_consents.c.withdrawn_at)).scalars().all()
    )
    assert ended == later
    history = await database.read(requests.history, world.aigul, made.id)
    assert [line.kind for line in history] == ["registered", "about", "consent_withdrawn"]
    assert [line.text for line in history] == [None] * 3
    actions = await database.read(lambda tx: tx.execute(select(audit.c.action)).scalars().all())
    assert "withdraw_consent" in actions


async def test_who_may_not_see_a_request_withdraws_nothing(
    database: Database, world: World
) -> None:
    made = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    for stranger in (world.nurlan, world.marat):
        with pytest.raises(NotFound):
            await database.write(consents.withdraw, stranger, made.id, made.version, NOW)
    with pytest.raises(AlreadyChanged):
        await database.write(consents.withdraw, world.aigul, made.id, made.version + 1, NOW)
    after = await database.write(consents.withdraw, world.dana, made.id, made.version, NOW)
    with pytest.raises(NotPossible, match="no_contact"):
        await database.write(consents.withdraw, world.dana, made.id, after.version, NOW)
