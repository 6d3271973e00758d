"""Co-signers are asked by a notice, sign with one tap or refuse, and stand in the letter."""

from io import BytesIO

import pytest
from docx import Document

from handlers.inquiries import letter
from handlers.inquiries.callbacks import AskToSign, OpenInquiry, Sign
from storage import inquiries
from storage.inquiries import settings
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.inquiries.scene import (
    DARKHAN,
    MOLDIR,
    RUSLAN,
    SAULE,
    Ids,
    actor,
    kept,
    makes,
    refusals,
    settle,
)
from tests.handlers.meetings.agenda_stage import opens, says
from tests.handlers.talking import meets, taps


@pytest.fixture
async def ids(stage: Stage) -> Ids:
    return await stage.database.write(settle)


async def asks_saule(stage: Stage, ids: Ids) -> None:
    """Darkhan makes an inquiry and asks Saule to sign it."""
    darkhan = await makes(stage, ids)
    await taps(darkhan, "👥 Бірге қол қоюшылар", "Кімнен сұраймыз?")
    await taps(darkhan, "➕ Төлегенова Сәуле", "Төлегенова Сәуле: ⏳ әлі жауап бермеді")


async def lines(stage: Stage) -> list[str]:
    """The letter as it stands."""
    around = await stage.database.read(lambda tx: inquiries.whole(tx, actor(tx, DARKHAN), 1))
    fixed = await stage.database.read(settings.words, around.inquiry.language)
    found = Document(BytesIO(letter.letter(around, fixed, NOW))).paragraphs
    return [one.text for one in found if one.text]


async def test_saule_signs_with_one_tap(stage: Stage, ids: Ids) -> None:
    saule = await meets(stage, SAULE)
    await asks_saule(stage, ids)
    notice = await saule.wait_for("Сауалға қол қоюыңыз сұралады")
    assert "Сауал авторы: Оразов Дархан" in notice["text"]
    assert "шамы" not in notice["text"], "a notice never carries the text"
    card = await taps(saule, "✍️ Қол қою", "Бірге қол қойғандар: Төлегенова Сәуле")
    assert saule.toast == "Қол қойдыңыз."
    assert "САР-2026-0001" not in saule.labels(card), "the request is not hers"
    await stage.person(DARKHAN).wait_for("✅ Төлегенова Сәуле сауалыңызға қол қойды")
    found = await lines(stage)
    assert found[:2] == ["Бөлім басшысына", "Сарыағаш аудандық тұрғын үй бөлімі"]
    assert "ДЕПУТАТТЫҚ САУАЛ" in found
    assert [one.split("  ")[-1] for one in found[-2:]] == ["Оразов Дархан", "Төлегенова Сәуле"]
    assert not [one for one in found if "Асанова" in one or "701" in one]


async def test_another_wording_is_signed_anew(stage: Stage, ids: Ids) -> None:
    saule = await meets(stage, SAULE)
    await asks_saule(stage, ids)
    first = await saule.wait_for("Сауалға қол қоюыңыз сұралады")
    await taps(saule, "✍️ Қол қою", "Бірге қол қойғандар")
    darkhan = stage.person(DARKHAN)
    await opens(darkhan, OpenInquiry(id=1).pack(), "№ САУ-САР-2026-0001")
    await taps(darkhan, "✏️ Мәтін", "Сауалдың мәтінін жазыңыз.")
    await says(darkhan, "Шам қашан жанады?", "Әлі қол қоймаған: Төлегенова Сәуле")
    await saule.wait_for("Сауалға қол қоюыңыз сұралады")
    # The old notice's button does not sign what she has not seen.
    await saule.tap_data(first["message_id"], Sign(id=1, version=1, signs=True).pack())
    assert saule.alert
    assert len(await lines(stage)) > 0
    assert not [one for one in await lines(stage) if "Төлегенова" in one]
    await saule.tap_data(first["message_id"], Sign(id=1, version=2, signs=False).pack())
    await darkhan.wait_for("⚠️ Төлегенова Сәуле сауалыңызға қол қоюдан бас тартты")


async def test_who_was_not_asked_signs_nothing(stage: Stage, ids: Ids) -> None:
    await asks_saule(stage, ids)
    for telegram_id in (RUSLAN, MOLDIR):
        person = await meets(stage, telegram_id)
        last = await person.last()
        await person.tap_data(last["message_id"], Sign(id=1, version=1, signs=True).pack())
        assert person.alert
    ruslan = stage.person(RUSLAN)
    for forged in (AskToSign(id=1, person=4), OpenInquiry(id=1), OpenInquiry(id=999)):
        await ruslan.tap_data((await ruslan.last())["message_id"], forged.pack())
        assert ruslan.alert
    assert await refusals(stage) == ["find_inquiry"] * 4
    darkhan = stage.person(DARKHAN)
    last = await darkhan.last()
    await darkhan.tap_data(last["message_id"], AskToSign(id=1, person=4).pack())
    assert darkhan.toast == "Бұл адамның мұнда жарамды мандаты жоқ."
    assert len(await kept(stage)) == 1
