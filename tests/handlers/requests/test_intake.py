"""A request is made from anything, in any order, and one matter makes one draft."""

import asyncio
import hashlib
from datetime import timedelta
from urllib.parse import unquote

from sqlalchemy import select

from bot.simulator.client import Person
from storage import contents
from storage.tables import request_attachments, request_consents
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import LAMP, LAMP_RU, kept, rows
from tests.handlers.talking import Json, meets, sends, taps

DEPUTY, SECRETARY, DEPUTY_RU = 1003, 1002, 1004
OFFER, OFFER_RU = "жаңа өтініші ме?", "новое обращение избирателя?"


async def files(stage: Stage) -> list[str]:
    found = await rows(stage, select(request_attachments).order_by(request_attachments.c.id))
    return [row["kind"] for row in found]


async def handled(stage: Stage, person: Person) -> list[Json]:
    """All that the person reads once everything sent so far was worked off."""
    await person.send("/help")
    await person.wait_answer()
    return await person.messages()


class Counting:
    """A person whose taps are counted."""

    def __init__(self, person: Person) -> None:
        self.person, self.taps = person, 0

    async def tap(self, label: str, expected: str) -> Json:
        self.taps += 1
        return await taps(self.person, label, expected)


async def test_an_album_becomes_a_number_in_three_taps(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await deputy.send_photo(caption=LAMP, count=4)
    await deputy.wait_for(OFFER)
    await asyncio.sleep(0.2)
    counting = Counting(deputy)
    await counting.tap("Иә, тіркеу", "(2/3)")
    check = await counting.tap("✓ Жарықтандыру", "(3/3)")
    assert "Түрі: Өтініш" in deputy.labels(check)
    assert "Арна: Қабылдау" in deputy.labels(check)
    await counting.tap("✅ Тіркеу", "№ САР-2026-0001 тіркелді")
    assert counting.taps == 3
    (row,) = await kept(stage)
    assert (row["kind"], row["channel"]) == ("application", "reception")
    assert await files(stage) == ["photo"] * 4


async def test_an_album_in_russian(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY_RU)
    await deputy.send_photo(caption=f"Жалоба. {LAMP_RU}", count=2)
    await deputy.wait_for(OFFER_RU)
    await asyncio.sleep(0.2)
    counting = Counting(deputy)
    await counting.tap("Да, зарегистрировать", "(2/3)")
    check = await counting.tap("✓ Освещение", "(3/3)")
    assert {"Вид: Жалоба", "Канал: Приём"} <= set(deputy.labels(check))
    await counting.tap("✅ Зарегистрировать", "№ ОРД-2026-0001 зарегистрировано")
    assert counting.taps == 3
    assert [row["kind"] for row in await kept(stage)] == ["complaint"]


async def test_ten_forwarded_messages_become_one_draft_with_one_answer(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    for n in range(1, 11):
        await deputy.forward(f"Су жоқ, {n}-көше", "Тұрғын")
        stage.clock.move(timedelta(seconds=20))
    messages = await handled(stage, deputy)
    assert len([m for m in messages if OFFER in (m["text"] or "")]) == 1
    offer = next(m for m in messages if OFFER in (m["text"] or ""))
    await deputy.tap("Иә, тіркеу", offer)
    await deputy.wait_for("(2/3)")
    await taps(deputy, "✓ Ауыз су", "(3/3)")
    await taps(deputy, "✅ Тіркеу", "тіркелді")
    (row,) = await kept(stage)
    assert row["text"].splitlines() == [f"Су жоқ, {n}-көше" for n in range(1, 11)]


async def test_what_is_forwarded_into_an_open_draft_is_answered_once(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, "/request", "(1/3)")
    for text in ("Су жоқ", "Екі апта болды", "Көмектесіңіз"):
        await deputy.forward(text, "Тұрғын")
    messages = await handled(stage, deputy)
    assert len([m for m in messages if "(2/3)" in (m["text"] or "")]) == 1
    await taps(deputy, "Аяқтау: өтініш", "Екі апта болды Көмектесіңіз")


async def test_the_same_message_forwarded_twice_is_not_doubled(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await deputy.forward("Су жоқ", "Тұрғын")
    await deputy.wait_for(OFFER)
    await deputy.forward("Су жоқ", "Тұрғын")
    await deputy.wait_for("Бұл бұрын жіберілген")
    await taps(deputy, "Иә, тіркеу", "(2/3)")
    await deputy.forward("Су жоқ", "Тұрғын")
    await deputy.wait_for("Бұл өтініште бар")
    await taps(deputy, "✓ Ауыз су", "(3/3)")
    await taps(deputy, "✅ Тіркеу", "Өтініш берушіге")
    assert [row["text"] for row in await kept(stage)] == ["Су жоқ"]
    await deputy.forward("СУ ЖОҚ!", "Тұрғын")
    offer = await deputy.wait_for(OFFER)
    assert "ұқсас өтініш тіркелген: № САР-2026-0001" in offer["text"]
    await taps(deputy, "Қосу: № САР-2026-0001", "Өтінішке қосылды")
    assert len(await kept(stage)) == 1


async def test_thirty_photos_are_all_kept(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    for _ in range(3):
        await deputy.send_photo(count=10)
    messages = await handled(stage, deputy)
    (offer,) = [m for m in messages if OFFER in (m["text"] or "")]
    await deputy.tap("Иә, тіркеу", offer)
    await deputy.wait_for("📎 Файлдар: 30")
    await taps(deputy, "Басқа мәселе", "(3/3)")
    await taps(deputy, "✅ Тіркеу", "Өтініш берушіге")
    assert await files(stage) == ["photo"] * 30


async def test_voice_round_video_place_and_contact_make_one_request(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await deputy.send_voice(duration=180)
    await deputy.send_video_note()
    await deputy.send_location()
    await deputy.send_contact("77017654321", "Асан", own=False)
    messages = await handled(stage, deputy)
    (offer,) = [m for m in messages if OFFER in (m["text"] or "")]
    await deputy.tap("Иә, тіркеу", offer)
    await deputy.wait_for("📎 Файлдар: 3")
    check = await taps(deputy, "Басқа мәселе", "(3/3)")
    assert "765" not in check["text"]
    await taps(deputy, "Нөмірді байланысқа алу", "дербес деректерді өңдеуге келісім")
    await taps(deputy, "Өтініш беруші келіседі", "+7 701 *** ** 21")
    await taps(deputy, "✅ Тіркеу", "Өтініш берушіге")
    (row,) = await kept(stage)
    assert (row["contact_name"], row["contact_phone"]) == ("Асан", "+77017654321")
    assert await files(stage) == ["voice", "video_note", "location"]


async def test_a_contact_first_and_the_words_after_it(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY_RU)
    await sends(deputy, "/request", "(1/3)")
    await deputy.send_contact("77017654321", "Асан", own=False)
    await deputy.wait_for("Контакт отмечен")
    await sends(deputy, LAMP_RU, "(2/3)")
    check = await taps(deputy, "✓ Освещение", "(3/3)")
    assert any("контакт" in label.lower() for label in deputy.labels(check))


async def test_form_and_channel_are_changed_and_the_channel_is_remembered(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, "/request", "(1/3)")
    await sends(deputy, LAMP, "(2/3)")
    await taps(deputy, "✓ Жарықтандыру", "(3/3)")
    await taps(deputy, "Түрі: Өтініш", "заңдағы түрі қандай?")
    check = await taps(deputy, "Ұсыныс", "Тексеріп")
    assert "Түрі: Ұсыныс" in deputy.labels(check)
    await taps(deputy, "Арна: Қабылдау", "қандай арнамен түсті?")
    check = await taps(deputy, "Телефон", "Тексеріп")
    assert "Арна: Телефон" in deputy.labels(check)
    await taps(deputy, "✅ Тіркеу", "Өтініш берушіге")
    await sends(deputy, "/request", "(1/3)")
    await sends(deputy, "Ауыз су жоқ", "(2/3)")
    check = await taps(deputy, "✓ Ауыз су", "(3/3)")
    assert {"Түрі: Өтініш", "Арна: Телефон"} <= set(deputy.labels(check))
    (row,) = await kept(stage)
    assert (row["kind"], row["channel"]) == ("proposal", "phone")


async def test_up_to_three_open_requests_are_offered_the_likeliest_first(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    for n, text in enumerate(
        ("Көпір құлады", "Мектептің шатыры ағып тұр", "Шатыр ағып тұр, мектепте", "Газ жоқ"), 1
    ):
        await sends(deputy, f"/request {text}", f"000{n} тіркелді")
    await deputy.forward("Мектеп шатыры әлі ағып тұр", "Тұрғын")
    offer = await deputy.wait_for(OFFER)
    added = [label for label in deputy.labels(offer) if label.startswith("Қосу")]
    assert sorted(added) == ["Қосу: № САР-2026-0002", "Қосу: № САР-2026-0003"]
    stage.clock.move(timedelta(minutes=2))
    await deputy.send_voice()
    offer = await deputy.wait_for(OFFER)
    added = [label for label in deputy.labels(offer) if label.startswith("Қосу")]
    assert added == ["Қосу: № САР-2026-0004"]


async def test_consent_withdrawn_from_the_card(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", "тіркелді")
    await taps(deputy, "✏️ Байланыс", "Жауап кімге беріледі?")
    await sends(deputy, "Гүлнар, 900101300008", "ЖСН қате")
    await sends(deputy, "Гүлнар, 8701а234567", "ішінде әріп бар")
    await sends(deputy, "Гүлнар, +998 90 123 45 67", "Қазақстанның телефон нөмірі жоқ")
    await sends(deputy, "абв", "толық аты-жөніне де ұқсамайды")
    await sends(deputy, "Гүлнар Асанова", "дербес деректерді өңдеуге келісім")
    await sends(deputy, "Өтініш беруші келіседі", "Төмендегі батырмалардың бірін таңдаңыз")
    await sends(deputy, "Гүлнар, 8 701 123 45 76", "+7 701 *** ** 76")
    await taps(deputy, "✏️ Байланысты түзету", "Жауап кімге беріледі?")
    said = "Гүлнар Асанова, 8 701 123 45 67, Абай көшесі 12, 900101300007"
    consent = await sends(deputy, said, "дербес деректерді өңдеуге келісім")
    assert "ЖСН: ••••••••0007" in consent["text"]
    await taps(deputy, "Қағазға қол қойды", "Байланыс: +7 701 *** ** 67")
    await taps(deputy, "Байланысты ашу", "Гүлнар Асанова, +7 701 123 45 67, Абай көшесі 12, 9001")
    (consented,) = await rows(stage, select(request_consents))
    assert (consented["channel"], consented["language"]) == ("paper", "kk")
    assert len(consented["text_hash"]) == 64
    await taps(deputy, "⋯", "№ САР-2026-0001")
    await taps(deputy, "Келісім қайтарылды", "Біржола өшіріледі")
    card = await taps(deputy, "Иә, байланысты өшіру", "· Тіркелді")
    assert "+7 701" not in card["text"]
    (row,) = await kept(stage)
    assert (row["contact_name"], row["contact_iin"], row["iin_hash"]) == (None, None, None)
    await taps(deputy, "Тарихы", "келісім қайтарылды, байланыс өшірілді")


async def test_consent_withdrawn_in_the_middle_in_russian(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY_RU)
    await sends(deputy, "/request", "(1/3)")
    await sends(deputy, LAMP_RU, "(2/3)")
    await taps(deputy, "✓ Освещение", "(3/3)")
    await taps(deputy, "Контакт", "Кому ответить?")
    await sends(deputy, "абв", "ни на полное имя")
    await sends(deputy, "Гульнар 8 701 123 45 76", "+7 701 *** ** 76")
    await taps(deputy, "✏️ Исправить контакт", "Кому ответить?")
    await sends(deputy, "Гульнар 8 701 123 45 76", "согласие на обработку")
    await sends(deputy, "Заявитель согласен", "выберите кнопкой ниже")
    await sends(deputy, "Гульнар Асанова, 8 701 123 45 67", "+7 701 *** ** 67")
    await taps(deputy, "Заявитель соглас", "+7 701 *** ** 67")
    await taps(deputy, "Контакт", "Кому ответить?")
    await taps(deputy, "Согласие отозвано", "Контакт (необязательно): —")
    await taps(deputy, "✅ Зарегистрировать", "Сообщите заявителю")
    (row,) = await kept(stage)
    assert (row["contact_name"], row["consent_version"]) == (None, None)
    assert await rows(stage, select(request_consents)) == []


async def test_the_branchs_own_wording_is_shown_and_noted(stage: Stage) -> None:
    await stage.database.write(contents.put, "consent", "kk", 0, "Біздің мәтін", None, NOW)
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", "тіркелді")
    await taps(deputy, "✏️ Байланыс", "Жауап кімге беріледі?")
    await sends(deputy, "8 701 123 45 67", "Біздің мәтін")
    await taps(deputy, "Өтініш беруші келіседі", "+7 701 *** ** 67")
    (row,) = await rows(stage, select(request_consents))
    assert row["version"] == "consent-1"
    assert row["text_hash"] == hashlib.sha256("Біздің мәтін".encode()).hexdigest()


async def test_a_restart_in_the_middle_loses_nothing(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, "/request", "(1/3)")
    await sends(deputy, LAMP, "(2/3)")
    await stage.restart()
    await deputy.send_photo(count=2)
    await deputy.wait_for("📎 Файлдар: 1")
    await deputy.send("/menu")
    await deputy.wait_for("Мәзір")
    await stage.restart()
    asked = await sends(deputy, "/request", "Аяқталмаған өтінішіңіз бар")
    assert "көше шамы жанбайды" in asked["text"]
    await taps(deputy, "Жалғастыру", "(2/3)")
    await taps(deputy, "✓ Жарықтандыру", "(3/3)")
    await stage.restart()
    await taps(deputy, "✅ Тіркеу", "Өтініш берушіге")
    assert [row["text"] for row in await kept(stage)] == [LAMP]
    assert await files(stage) == ["photo"] * 2


async def test_the_receipt_is_sent_on_and_leads_to_an_inquiry(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    receipt = await sends(deputy, f"/request {LAMP}, 8 701 123 45 67", "тіркелді")
    buttons = [button for row in receipt["inline_keyboard"] for button in row]
    link = next(unquote(b["url"]) for b in buttons if b["text"] == "Жіберу")
    assert "№ САР-2026-0001. Жауап мерзімі: 15 желтоқсан" in link
    assert "Абай" not in link
    assert "701" not in link
    assert "Сурет қосу" in deputy.labels(receipt)
    await taps(deputy, "Сауал жасау", "Сауал кімге жолданады?")


async def test_a_second_taker_learns_that_it_is_registered(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", "тіркелді")
    secretary = await meets(stage, 1001)
    await secretary.forward(LAMP, "Тұрғын")
    offer = await secretary.wait_for(OFFER)
    assert "ұқсас өтініш тіркелген: № САР-2026-0001 (Оразов Дархан)" in offer["text"]
    assert {"📝 Иә, тіркеу", "Қосу: № САР-2026-0001"} <= set(secretary.labels(offer))
    elsewhere = await meets(stage, DEPUTY_RU)
    await elsewhere.forward(LAMP, "Житель")
    offer = await elsewhere.wait_for(OFFER_RU)
    assert "САР-2026" not in offer["text"]
    assert "САР-2026" not in str(elsewhere.labels(offer))


async def test_a_file_of_50_mb_and_thousands_of_emoji(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await deputy.send_document("бейне.zip", fake_size=50 * 1024 * 1024)
    offer = await deputy.wait_for(OFFER)
    assert "20 МБ-тан үлкен" in offer["text"]
    await taps(deputy, "Жоқ, өтініш емес", "ештеңе сақталған жоқ")
    await deputy.forward("🕳" * 4096, "Тұрғын")
    await deputy.wait_for(OFFER)
    await taps(deputy, "Иә, тіркеу", "(2/3)")
    await taps(deputy, "Басқа мәселе", "(3/3)")
    await taps(deputy, "✅ Тіркеу", "Өтініш берушіге")
    assert [row["text"] for row in await kept(stage)] == ["🕳" * 4096]
