"""Co-signers: whom an author may ask, what a signature stands under, and when it falls."""

import pytest
from sqlalchemy import select

from storage import inquiries
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.inquiries import Inquiry, bodies, sending, signing
from storage.tables import outbox
from tests.conftest import NOW, ZONE
from tests.storage.inquiries.world import Ids, build, made
from tests.storage.requests.world import TODAY


@pytest.fixture
async def ids(database: Database) -> Ids:
    return await database.write(build)


async def asked(database: Database, ids: Ids) -> Inquiry:
    """An inquiry of Aigul's that Nurlan is asked to sign."""
    inquiry = await database.write(made, ids)
    nurlan = ids.world.nurlan.person_id
    await database.write(signing.ask, ids.world.aigul, inquiry.id, nurlan, NOW, TODAY)
    return inquiry


async def notices(database: Database, kind: str) -> list[tuple[int, int]]:
    rows = await database.read(
        lambda tx: tx.execute(
            select(outbox.c.person_id, outbox.c.params).where(outbox.c.kind == kind)
            .order_by(outbox.c.id)
        ).all()
    )  # fmt: skip
    return [(row.person_id, row.params.get("version", 0)) for row in rows]


async def test_deputies_of_the_same_maslikhat_are_asked(database: Database, ids: Ids) -> None:
    inquiry = await database.write(made, ids)
    found = await database.read(signing.candidates, inquiry, TODAY)
    assert [name for _, name in found] == ["Нұрлан Бекенов", "Сара Қадырова"]
    marat = ids.world.marat.person_id
    with pytest.raises(NotPossible):
        await database.write(signing.ask, ids.world.aigul, inquiry.id, marat, NOW, TODAY)


async def test_to_a_body_of_the_oblast_any_deputy_signs(database: Database, ids: Ids) -> None:
    from storage.branches import every
    from storage.tables import branches as branch_table

    row = {"code": "ОБЛ", "kind": "region", "name_kk": "О", "name_ru": "О", "position": 1}
    await database.write(lambda tx: tx.execute(branch_table.insert().values(row)))
    oblast = next(one.id for one in await database.read(every) if one.kind == "region")
    names = {"name_kk": "Облыстық басқарма", "name_ru": "Областное управление"}
    body = await database.write(bodies.add, ids.world.ermek, oblast, names, NOW)
    assert (body.level, body.branch_id) == ("oblast", None)
    inquiry = await database.write(made, ids, body_id=body.id)
    marat = ids.world.marat
    await database.write(signing.ask, ids.world.aigul, inquiry.id, marat.person_id, NOW, TODAY)
    await database.write(signing.answer, marat, inquiry.id, inquiry.version, NOW, signs=True)
    around = await database.read(inquiries.whole, ids.world.aigul, inquiry.id)
    assert [one.name for one in around.signed] == ["Марат Сейтов"]
    # Whoever may read the inquiry does not read the voter's request because of it.
    assert not (await database.read(inquiries.whole, marat, inquiry.id)).requests


async def test_a_deputy_signs_once_and_the_author_is_told(database: Database, ids: Ids) -> None:
    inquiry, nurlan = await asked(database, ids), ids.world.nurlan
    assert (await database.read(inquiries.counts, nurlan, TODAY))["sign"] == 1
    await database.write(signing.answer, nurlan, inquiry.id, inquiry.version, NOW, signs=True)
    with pytest.raises(NotPossible):
        await database.write(signing.answer, nurlan, inquiry.id, inquiry.version, NOW, signs=False)
    assert await notices(database, signing.ANSWERED) == [(ids.world.aigul.person_id, 0)]
    assert (await database.read(inquiries.counts, nurlan, TODAY))["sign"] == 0


async def test_another_wording_needs_another_signature(database: Database, ids: Ids) -> None:
    inquiry, nurlan = await asked(database, ids), ids.world.nurlan
    await database.write(signing.answer, nurlan, inquiry.id, inquiry.version, NOW, signs=True)
    inquiry = await database.write(
        inquiries.change, ids.world.aigul, inquiry.id, inquiry.version, "text", "Басқаша", NOW
    )
    around = await database.read(inquiries.whole, ids.world.aigul, inquiry.id)
    assert not around.signed
    assert await notices(database, signing.ASKED) == [(nurlan.person_id, 1), (nurlan.person_id, 2)]
    with pytest.raises(AlreadyChanged):
        await database.write(signing.answer, nurlan, inquiry.id, 1, NOW, signs=True)
    await database.write(signing.answer, nurlan, inquiry.id, 2, NOW, signs=True)


async def test_who_may_not_sign_or_ask(database: Database, ids: Ids) -> None:
    inquiry, world = await asked(database, ids), ids.world
    for actor in (world.both, world.marat):
        with pytest.raises(NotFound):
            await database.write(signing.answer, actor, inquiry.id, 1, NOW, signs=True)
    with pytest.raises(NotPossible):  # a secretary sees it, and has no mandate
        await database.write(signing.answer, world.dana, inquiry.id, 1, NOW, signs=True)
    with pytest.raises(NotAllowed):
        await database.write(
            signing.ask, world.nurlan, inquiry.id, world.both.person_id, NOW, TODAY
        )
    await database.write(sending.send, world.aigul, inquiry.id, 1, "1", TODAY, NOW, ZONE)
    with pytest.raises(NotPossible):
        await database.write(signing.answer, world.nurlan, inquiry.id, 2, NOW, signs=True)
