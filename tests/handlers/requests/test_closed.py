"""A closed request is read and written about; it changes again only when it is taken up again."""

import pytest

from tests.handlers.conftest import Stage
from tests.handlers.requests.test_closing import DEPUTY, LAMP, SECRETARY, WORDS, _reports
from tests.handlers.requests.test_requests import kept, tap
from tests.handlers.talking import data_of, meets, sends, taps

EDIT = {
    "kk": ("✏️ Санаты", "✏️ Орны", "✏️ Байланыс", "Сурет қосу", "☎️ Нөмірді"),
    "ru": ("✏️ Категория", "✏️ Место", "✏️ Контакт", "Добавить фото", "☎️ Взять номер"),
}
SAY = {
    "kk": {
        "why": "🔒 Өтініш жабылған", "note": "🔒 Ішкі жазба",
        "asked": "ішкі жазбаңызды жазыңыз", "kept": "Ішкі жазба сақталды",
        "again": "Қайта қарауға алу", "open": "Қаралуда", "place": "✏️ Орны", "where": "қай жерде",
        "offer": "📝 Бұл сайлаушының жаңа өтініші ме?", "add": "Қосу: № САР-2026-0001",
    },
    "ru": {
        "why": "🔒 Обращение закрыто", "note": "🔒 Внутренняя заметка",
        "asked": "Напишите", "kept": "Внутренняя заметка сохранена",
        "again": "Вернуть в работу", "open": "На рассмотрении", "place": "✏️ Место",
        "where": "Где это?",
        "offer": "Это новое обращение избирателя?", "add": "Добавить к № САР-2026-0001",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_old_buttons_of_a_closed_request_change_nothing(stage: Stage, language: str) -> None:
    words, say = WORDS[language], SAY[language]
    deputy, secretary = [await meets(stage, one, language) for one in (DEPUTY, SECRETARY)]
    await sends(deputy, f"/request {LAMP}, 8 701 234 56 67", words.registered)
    await taps(deputy, words.card, "№ САР-2026-0001")
    await deputy.forward("Шам әлі жанбайды", "Тұрғын")
    offer = await deputy.wait_for(say["offer"])
    await _reports(deputy, words, words.redirected, "Хат жолданды")
    old = await deputy.last()

    await secretary.wait_for(words.news)
    await taps(secretary, words.check, words.proof)
    await taps(secretary, words.accept, words.closed)
    await deputy.wait_for(words.told_closed)
    (before,) = await kept(stage)

    for label in EDIT[language]:
        await deputy.tap_data(old["message_id"], data_of(old, label))
        assert say["why"] in deputy.toast, label
        card = next(m for m in await deputy.messages() if m["message_id"] == old["message_id"])
        labels = " ".join(deputy.labels(card))
        assert not any(one in labels for one in EDIT[language]), labels
    await deputy.tap_data(offer["message_id"], data_of(offer, say["add"]))
    assert say["why"] in deputy.toast
    assert await kept(stage) == [before]

    await taps(deputy, say["note"], say["asked"])
    await sends(deputy, "Тұрғын ризашылығын айтты", say["kept"])
    await taps(deputy, words.change, words.choose)
    await tap(deputy, say["again"])
    card = await deputy.wait_for(f"· {say['open']}")
    await taps(deputy, say["place"], say["where"])


async def test_what_is_typed_while_it_is_closed_is_answered_kindly(stage: Stage) -> None:
    words, say = WORDS["kk"], SAY["kk"]
    deputy, secretary = [await meets(stage, one) for one in (DEPUTY, SECRETARY)]
    await sends(deputy, f"/request {LAMP}", words.registered)
    await taps(deputy, words.card, "№ САР-2026-0001")
    await _reports(deputy, words, words.redirected, "Хат жолданды")
    await taps(deputy, "Сурет қосу", "файлды жіберіңіз")
    await secretary.wait_for(words.news)
    await taps(secretary, words.check, words.proof)
    await taps(secretary, words.accept, words.closed)

    await deputy.send_photo()
    card = await deputy.wait_for(say["why"])
    assert "📎" not in card["text"]
    (row,) = await kept(stage)
    assert row["state"] == "closed"
