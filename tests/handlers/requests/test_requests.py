import asyncio
import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from bot.simulator.client import Person
from handlers.requests import draft
from storage import conversations
from storage.tables import (
    audit,
    memberships,
    request_attachments,
    request_history,
    voter_requests,
)
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.opened import all_opened

LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"
LAMP_RU = "В селе Жылга не горит фонарь, ул. Абая 12"
DEPUTY, SECRETARY, OTHER_DEPUTY, MEMBER = 1003, 1002, 1004, 1005


async def rows(stage: Stage, query: Any) -> list[dict[str, Any]]:
    found = await stage.database.read(lambda tx: tx.execute(query).mappings().all())
    return [dict(row) for row in found]


async def tap(person: Person, label: str) -> dict[str, Any]:
    """Tap a button as soon as it is there: the answer to a tap may come before the new screen."""
    for _ in range(100):
        messages = await person.messages()
        if any(label in name for message in messages for name in person.labels(message)):
            break
        await asyncio.sleep(0.05)
    return await person.tap(label)


async def kept(stage: Stage) -> list[dict[str, Any]]:
    found = await rows(stage, select(voter_requests).order_by(voter_requests.c.id))
    return all_opened(voter_requests, found)


async def registered(stage: Stage, text: str = LAMP) -> str:
    """The deputy registers a text in one message; return the number."""
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send(f"/request {text}")
    receipt = await deputy.wait_for("тіркелді")
    found = re.search(r"САР-2026-\d{4}", receipt["text"])
    assert found
    return found[0]


async def test_three_taps_and_the_text(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await tap(deputy, "Өтініш тіркеу")  # 1
    await deputy.wait_for("(1/3)")
    await deputy.send(LAMP)
    await deputy.wait_for("(2/3)")
    await tap(deputy, "✓ Жарықтандыру")  # 2
    check = await deputy.wait_for("(3/3)")
    assert "Жылға ауылы" in check["text"]
    tapped = await tap(deputy, "✅ Тіркеу")  # 3
    receipt = await deputy.wait_for("Өтініш берушіге")
    assert "📝 № САР-2026-0001 тіркелді" in receipt["text"]
    assert "Санаты: Жарықтандыру · Жылға ауылы" in receipt["text"]
    assert "Мерзімі: 15 желтоқсан · 15 жұмыс күні қалды (күнтізбелік күн: 21)" in receipt["text"]
    changed = next(m for m in await deputy.messages() if m["message_id"] == tapped["message_id"])
    assert changed["text"] == "✅ № САР-2026-0001 тіркелді"


async def test_the_same_in_russian_for_another_branch(stage: Stage) -> None:
    deputy = stage.person(OTHER_DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.wait_for("(1/3) О чём просит избиратель?")
    await deputy.send(LAMP_RU)
    await deputy.wait_for("О чём обращение?")
    await tap(deputy, "✓ Освещение")
    await deputy.wait_for("Место: село Жылга, ул. Абая 12")
    await tap(deputy, "✅ Зарегистрировать")
    receipt = await deputy.wait_for("Сообщите заявителю")
    assert "№ ОРД-2026-0001 зарегистрировано" in receipt["text"]
    assert "Срок: 15 декабря · рабочих дней осталось: 15 (календарных: 21)" in receipt["text"]


async def test_one_message_registers_at_once_and_buttons_complete_it(stage: Stage) -> None:
    number = await registered(stage)
    deputy = stage.person(DEPUTY)
    await tap(deputy, "✏️ Санаты")
    await deputy.wait_for("Өтініш не туралы?")
    await tap(deputy, "Электр, газ, жылу")
    await deputy.wait_for("Санаты: Электр, газ, жылу")
    await tap(deputy, "✏️ Орны")
    await deputy.wait_for("Мәселе қай жерде?")
    await deputy.send("Дербісек ауылы")
    await deputy.wait_for("· Дербісек ауылы")
    await tap(deputy, "✏️ Байланыс")
    await deputy.wait_for("Жауап кімге беріледі?")
    await deputy.send("Гүлнар, 87011234")
    await deputy.wait_for("Телефон нөмірі қысқа")
    await deputy.send("Гүлнар Асанова, 8 701 123 45 67")
    await deputy.wait_for("дербес деректерді өңдеуге келісім")
    assert (await kept(stage))[0]["contact_phone"] is None, "not before the consent"
    await tap(deputy, "Өтініш беруші келіседі")
    card = await deputy.wait_for("Байланыс: +7 701 *** ** 67")
    assert "Гүлнар" not in card["text"]
    await tap(deputy, "Байланысты ашу")
    await deputy.wait_for("Гүлнар Асанова, +7 701 123 45 67")
    (row,) = await kept(stage)
    assert row["number"] == number
    assert (row["category"], row["place"]) == ("energy", "Дербісек ауылы")
    assert (row["contact_name"], row["contact_phone"]) == ("Гүлнар Асанова", "+77011234567")
    assert row["consent_version"] == "2026-11"
    assert row["consent_at"] is not None
    trail = await rows(stage, select(audit).where(audit.c.subject == "voter_request"))
    assert "open_contact" in [entry["action"] for entry in trail]
    assert "Гүлнар" not in str(trail)


async def test_comment_photo_state_and_history(stage: Stage) -> None:
    await registered(stage)
    deputy = stage.person(DEPUTY)
    await tap(deputy, "Ішкі жазба")
    await deputy.wait_for("ішкі жазбаңызды жазыңыз")
    await deputy.send_sticker()
    await deputy.wait_for("Мұнда мәтін керек")
    await deputy.send("Әкімдікпен сөйлестім <b>")
    await deputy.wait_for("Тіркелді")
    await tap(deputy, "Сурет қосу")
    await deputy.send("сурет емес")
    await deputy.wait_for("Сурет, құжат, дауыстық хабар")
    await deputy.send_photo(count=3)
    card = await deputy.wait_for("📎 Файлдар")
    await deputy.tap("Күйін өзгерту", card)
    choice = await deputy.wait_for("жаңа күйін таңдаңыз")
    assert deputy.labels(choice)[:3] == ["Қаралуда", "Органға жолданды", "Қайта жолданды"]
    await tap(deputy, "Қаралуда")
    await deputy.wait_for("· Қаралуда")
    assert deputy.toast == "Күйі: Қаралуда"
    await tap(deputy, "Тарихы")
    history = await deputy.wait_for("тарихы")
    assert "Оразов Дархан: Тіркелді" in history["text"]
    assert "🔒 ішкі жазба: Әкімдікпен сөйлестім <b>" in history["text"]
    assert "24 қараша, 10:0" in history["text"]
    assert history["text"].splitlines()[-1].endswith("Қаралуда")
    for _ in range(50):
        if len(await rows(stage, select(request_attachments))) == 3:
            break
        await asyncio.sleep(0.1)
    assert len(await rows(stage, select(request_attachments))) == 3


async def test_a_forwarded_text_is_offered_and_an_album_joins_it(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.forward("Көшемізде шұңқыр көп, асфальт керек", "Тұрғын")
    offer = await deputy.wait_for("жаңа өтініші ме?")
    assert "Көшемізде шұңқыр көп" in offer["text"]
    await tap(deputy, "Иә, тіркеу")
    await deputy.wait_for("(2/3)")
    await deputy.send_photo(count=2)
    await deputy.wait_for("📎 Файлдар: 1")
    await asyncio.sleep(0.3)
    await tap(deputy, "✓ Жол, көпір")
    await deputy.wait_for("📎 Файлдар: 2")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    (row,) = await kept(stage)
    assert row["text"] == "Көшемізде шұңқыр көп, асфальт керек"
    assert len(await rows(stage, select(request_attachments))) == 2


async def test_an_album_with_a_caption_is_one_offer(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send_photo(caption="Мектептің шатыры ағып тұр", count=4)
    await deputy.wait_for("жаңа өтініші ме?")
    await asyncio.sleep(0.5)
    offers = [m for m in await deputy.messages() if "жаңа өтініші ме?" in (m["text"] or "")]
    assert len(offers) == 1
    await tap(deputy, "Иә, тіркеу")
    await tap(deputy, "✓ Мектеп, балабақша")
    await deputy.wait_for("📎 Файлдар: 4")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    assert len(await rows(stage, select(request_attachments))) == 4


async def test_what_is_sent_may_be_added_to_the_last_request_or_dropped(stage: Stage) -> None:
    number = await registered(stage)
    deputy = stage.person(DEPUTY)
    await deputy.send_voice()
    await deputy.wait_for("жаңа өтініші ме?")
    await tap(deputy, f"Қосу: № {number}")
    await deputy.wait_for(f"Өтінішке қосылды: № {number}")
    (file,) = await rows(stage, select(request_attachments))
    assert file["kind"] == "voice"
    await deputy.send_location()
    await deputy.wait_for("жаңа өтініші ме?")
    await tap(deputy, "Жоқ, өтініш емес")
    await deputy.wait_for("ештеңе сақталған жоқ")
    assert len(await kept(stage)) == 1


async def test_a_typed_text_that_search_did_not_find_becomes_a_request(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("Ауыз су екі аптадан бері жоқ")
    await deputy.wait_for("Ештеңе табылмады")
    await tap(deputy, "Өтініш ретінде тіркеу")
    await deputy.wait_for("(2/3)")
    await tap(deputy, "✓ Ауыз су, кәріз")
    await deputy.wait_for("(3/3)")


async def test_a_photo_alone_is_enough_and_words_may_follow(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send_photo()
    await deputy.wait_for("Мәселені қысқаша жазып")
    await deputy.send("Қоқыс шығарылмайды")
    await deputy.wait_for("«Қоқыс шығарылмайды»")
    await tap(deputy, "✓ Қоқыс, тазалық")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    await deputy.send_voice()
    await deputy.wait_for("(2/3)")
    await tap(deputy, "Басқа мәселе")
    await deputy.wait_for("(3/3)")
    await tap(deputy, "✅ Тіркеу")
    receipt = await deputy.wait_for("Өтініш берушіге")
    assert "файлды қараңыз" in receipt["text"]
    assert [row["text"] for row in await kept(stage)] == ["Қоқыс шығарылмайды", ""]


@pytest.mark.parametrize("what", ["sticker", "poll"])
async def test_what_is_no_text_is_answered_by_the_same_step(stage: Stage, what: str) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    await getattr(deputy, f"send_{what}")()
    step = await deputy.wait_for("Мәтін, сурет, құжат, дауыстық хабар немесе бейне жіберіңіз")
    assert "Мысалы: Жылға ауылында" in step["text"]
    await deputy.send(LAMP)
    await deputy.wait_for("(2/3)")


@pytest.mark.parametrize("nothing", ["\u200b\u200d", "\u3164"])
async def test_a_request_of_nothing_is_asked_for_with_an_example(
    stage: Stage, nothing: str
) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send(f"/request {nothing}")
    step = await deputy.wait_for("оқитын мәтін жоқ")
    assert "Мысалы: Жылға ауылында" in step["text"]
    assert await kept(stage) == []


@pytest.mark.parametrize(
    "text",
    ["<b>Жол</b> & </a> <script>", "🕳️😡🚧 жол", "شارع بلا ضوء", "ж" * 4086, "&" * 4085 + "ж"],
    ids=["html", "emoji", "rtl", "long", "long in HTML"],
)
async def test_any_text_is_kept_exactly_and_shown(stage: Stage, text: str) -> None:
    await registered(stage, text)
    assert [row["text"] for row in await kept(stage)] == [text]
    deputy = stage.person(DEPUTY)
    await tap(deputy, "Өтініш карточкасын ашу")
    card = await deputy.wait_for("· Тіркелді")
    if len(text) > 500:
        await deputy.tap("Толық мәтіні", card)
        await deputy.wait_for(text)
    else:
        assert text in card["text"]
    await deputy.send("/requests")
    await deputy.wait_for("Сайлаушылар өтініштері")


async def test_a_document_over_20_mb_is_kept_by_id_with_a_polite_note(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send_document("сметa.pdf", fake_size=21 * 1024 * 1024, caption="Жол жөндеу керек")
    offer = await deputy.wait_for("жаңа өтініші ме?")
    assert "20 МБ-тан үлкен" in offer["text"]
    await tap(deputy, "Иә, тіркеу")
    await deputy.wait_for("20 МБ-тан үлкен")
    await tap(deputy, "✓ Жол, көпір")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    (file,) = await rows(stage, select(request_attachments))
    assert (file["kind"], file["size"]) == ("document", 21 * 1024 * 1024)


async def test_a_command_in_the_middle_keeps_the_draft(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(LAMP)
    await tap(deputy, "✓ Жарықтандыру")
    await deputy.wait_for("(3/3)")
    await deputy.send("/menu")
    await deputy.wait_for("Мәзір")
    await tap(deputy, "Аяқтау: өтініш")
    check = await deputy.wait_for("(3/3)")
    assert "Жылға ауылы" in check["text"]
    await deputy.tap("✅ Тіркеу", check)
    await deputy.wait_for("Өтініш берушіге")
    assert len(await kept(stage)) == 1


async def test_cancel_forgets_the_draft(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(LAMP)
    step = await deputy.wait_for("(2/3)")
    await deputy.tap("Болдырмау", step)
    await deputy.wait_for("Тоқтатылды")
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    await deputy.send("/cancel")
    await deputy.wait_for("Тоқтатылды")
    assert await kept(stage) == []


async def test_two_taps_at_once_make_one_request(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(LAMP)
    await tap(deputy, "✓ Жарықтандыру")
    check = await deputy.wait_for("(3/3)")
    data = check["inline_keyboard"][0][0]["callback_data"]
    await asyncio.gather(
        deputy.tap_data(check["message_id"], data), deputy.tap_data(check["message_id"], data)
    )
    await deputy.wait_for("тіркелді")
    assert len(await kept(stage)) == 1


async def test_place_and_contact_are_optional_steps_of_the_wizard(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send("Шам жанбайды")
    await tap(deputy, "✓ Жарықтандыру")
    await deputy.wait_for("Орны: —")
    await tap(deputy, "Орны")
    await deputy.send_sticker()
    await deputy.wait_for("Мұнда мәтін керек")
    await deputy.send("Көктерек ауылы")
    await deputy.wait_for("Орны: Көктерек ауылы")
    await tap(deputy, "Байланыс")
    await deputy.send_contact("77017654321", "Асан", own=False)
    await deputy.wait_for("дербес деректерді өңдеуге келісім")
    await deputy.send("келіседі")
    consent = await deputy.wait_for("Төмендегі батырмалардың бірін")
    await deputy.tap("‹ Артқа", consent)
    await deputy.wait_for("Жауап кімге беріледі?")
    await tap(deputy, "Өткізіп жіберу")
    await deputy.wait_for("Байланыс (міндетті емес): —")
    await tap(deputy, "Байланыс")
    await deputy.send("8 (701) 765-43-21")
    await tap(deputy, "Өтініш беруші келіседі")
    await deputy.wait_for("+7 701 *** ** 21")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    (row,) = await kept(stage)
    assert (row["place"], row["contact_phone"]) == ("Көктерек ауылы", "+77017654321")
    assert row["consent_at"] is not None


async def test_of_two_at_once_the_second_sees_who_was_first(stage: Stage) -> None:
    number = await registered(stage)
    deputy, secretary = stage.person(DEPUTY), stage.person(SECRETARY)
    await secretary.start()
    await secretary.send("/requests")
    await tap(secretary, number)
    await tap(secretary, "Күйін өзгерту")
    await secretary.wait_for("жаңа күйін таңдаңыз")
    await tap(deputy, "Өтініш карточкасын ашу")
    await tap(deputy, "Күйін өзгерту")
    await tap(deputy, "Қаралуда")
    await deputy.wait_for("· Қаралуда")
    await tap(secretary, "Қаралуда")
    await secretary.wait_for("· Қаралуда")
    assert "Бұрын өзгерткен: Оразов Дархан" in secretary.toast
    assert "Қаралуда" in secretary.toast
    await tap(secretary, "Күйін өзгерту")
    await tap(secretary, "Органға жолданды")
    await tap(secretary, "Тізімде жоқ орган")
    await secretary.wait_for("Орган қалай аталады?")
    await secretary.send("Аудандық су шаруашылығы бөлімі")
    await secretary.wait_for("қандай нөмірмен")
    await tap(secretary, "Өткізіп жіберу")
    await tap(secretary, "Әлі тіркелген жоқ")
    await secretary.wait_for("· Органға жолданды")
    news = await deputy.wait_for("Өзгерткен: Жандосова Мөлдір")
    assert "Органға жолданды" in news["text"]
    changes = await rows(stage, select(request_history).where(request_history.c.kind == "state"))
    assert len(changes) == 2


async def test_a_stale_button_redraws_the_card(stage: Stage) -> None:
    await registered(stage)
    deputy = stage.person(DEPUTY)
    receipt = await deputy.last()
    await deputy.tap("Өтініш карточкасын ашу", receipt)
    await tap(deputy, "Күйін өзгерту")
    await tap(deputy, "Қаралуда")
    await deputy.wait_for("· Қаралуда")
    old = next(
        b["callback_data"]
        for row in receipt["inline_keyboard"]
        for b in row
        if b["text"] == "✏️ Санаты"
    )
    await deputy.tap_data(receipt["message_id"], old)
    assert deputy.toast == "Осы арада өзгерді. Қазіргі күйі: Қаралуда"


async def test_who_may_see_a_request(stage: Stage) -> None:
    number = await registered(stage)
    stranger, member = stage.person(OTHER_DEPUTY), stage.person(MEMBER)
    await stranger.start()
    await stranger.send("/requests")
    empty = await stranger.wait_for("Здесь пока ничего нет")
    assert number not in str(empty["inline_keyboard"])
    for data in ("rqopen:1", "rqphone:1", "rqtext:1", "rqstate:1:1:in_progress", "rqhist:1:-1"):
        await stranger.tap_data(empty["message_id"], data)
        assert stranger.alert, data
    await member.start()
    await member.send("/request жол")
    await member.wait_for("қолжетімсіз")
    await member.send_photo()
    answer = await member.wait_answer()
    assert "жаңа өтініші ме?" not in answer["text"]
    refused = await rows(stage, select(audit.c.action).where(audit.c.outcome == "refused"))
    assert "find_voter_request" in [row["action"] for row in refused]
    secretary = stage.person(SECRETARY)
    await secretary.start()
    await secretary.send("/requests")
    page = await secretary.wait_for("Сайлаушылар өтініштері")
    label = next(label for label in secretary.labels(page) if number in label)
    assert label == f"{number} · 21 күн қалды · Тіркелді · депутатта · Жылға ауылында кө…"


async def test_the_secretary_of_the_region_is_asked_for_the_branch(stage: Stage) -> None:
    secretary = stage.person(1001)
    await secretary.start()
    await secretary.send(f"/request {LAMP}")
    await secretary.wait_for("қай филиалда тіркеледі?")
    await tap(secretary, "Ордабасы")
    await secretary.wait_for("(4/4)")
    await tap(secretary, "✅ Тіркеу")
    await secretary.wait_for("№ ОРД-2026-0001")


async def test_the_list_has_filters_and_hides_phones(stage: Stage) -> None:
    await registered(stage, "8 701 123 45 67 нөміріне хабарласыңыз, су жоқ")
    deputy = stage.person(DEPUTY)
    await deputy.send("/requests")
    page = await deputy.wait_for("Сайлаушылар өтініштері")
    assert "123" not in str(deputy.labels(page))
    assert "• Ашық (1)" in deputy.labels(page)
    await tap(deputy, "Кешіккен (0)")
    await deputy.wait_for("Мұнда әзірге ештеңе жоқ")


async def test_several_forwarded_messages_are_gone_through_one_by_one(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    for text in ("Су жоқ", "Газ жоқ"):
        await deputy.forward(text, "Тұрғын")
        await deputy.wait_for(text)
        stage.clock.move(timedelta(minutes=2))
    first = next(
        m for m in await deputy.messages() if "Су жоқ" in m["text"] and m["inline_keyboard"]
    )
    for message, category in ((await deputy.last(), "✓ Электр"), (first, "✓ Ауыз су")):
        await deputy.tap("Иә, тіркеу", message)
        await deputy.wait_for("(2/3)")
        await tap(deputy, category)
        await deputy.wait_for("(3/3)")
        await tap(deputy, "✅ Тіркеу")
        await deputy.wait_for("Өтініш берушіге")
    assert [row["text"] for row in await kept(stage)] == ["Газ жоқ", "Су жоқ"]
    await deputy.tap_data(first["message_id"], f"rqlog:{first['message_id'] - 1}")
    assert deputy.toast == "Бұл енді сақталмаған. Қайта жіберіңіз."


async def drafts_of(stage: Stage) -> list[str]:
    """The texts of the deputy's drafts of requests that were put aside."""
    _, data = await stage.database.read(conversations.load, DEPUTY, DEPUTY)
    paused = data.get("paused", {})
    slots = [slot for slot in paused if slot.startswith("requests")]
    return [paused[slot]["data"]["draft"]["text"] for slot in slots]


async def test_three_offers_tapped_in_a_row_lose_no_draft(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    texts, offers = ("Су жоқ", "Газ жоқ", "Жарық жоқ"), []
    for text in texts:
        await deputy.forward(text, "Тұрғын")
        offers.append(await deputy.wait_for(text))
        stage.clock.move(timedelta(minutes=2))
    for offer in offers:
        await deputy.tap("Иә, тіркеу", offer)
        await deputy.wait_for("(2/3)")
    await deputy.send("/menu")
    menu = await deputy.wait_for("Мәзір")
    drafts = [label for label in deputy.labels(menu) if "Аяқтау" in label]
    assert drafts == [
        "✏️ Аяқтау: өтініш",
        "✏️ Аяқтау: өтініш · 2",
        "✏️ Аяқтау: өтініш · 3",
    ]
    assert sorted(await drafts_of(stage)) == sorted(texts)
    await deputy.tap("Аяқтау: өтініш · 2", menu)
    await deputy.wait_for("«Газ жоқ»")
    assert sorted(await drafts_of(stage)) == ["Жарық жоқ", "Су жоқ"]
    await deputy.send("/request")
    asked = await deputy.wait_for("Аяқталмаған өтінішіңіз бар")
    assert "Жарық жоқ" in asked["text"], "the newest"
    await tap(deputy, "Қараламаны жою")
    await deputy.wait_for("(1/3)")
    assert sorted(await drafts_of(stage)) == ["Газ жоқ", "Су жоқ"]
    await deputy.send("/cancel")
    await deputy.wait_for("Тоқтатылды")
    await deputy.send("/cancel")
    await tap(deputy, "Қараламаларды жою")
    assert await drafts_of(stage) == []


async def test_completing_another_request_keeps_the_draft_of_a_new_one(stage: Stage) -> None:
    await registered(stage)
    deputy = stage.person(DEPUTY)
    receipt = await deputy.last()
    await deputy.send("/request")
    await deputy.send("Ауыз су жоқ")
    await deputy.wait_for("(2/3)")
    await deputy.tap("🔒 Ішкі жазба", receipt)
    await deputy.wait_for("ішкі жазбаңызды жазыңыз")
    await deputy.send("/menu")
    menu = await deputy.wait_for("Мәзір")
    assert deputy.labels(menu)[:2] == ["✏️ Аяқтау: өтініш", "✏️ Аяқтау: өтінішті толықтыру"]
    await deputy.tap("Аяқтау: өтініш", menu)
    await deputy.wait_for("«Ауыз су жоқ»")


async def test_the_long_captions_of_an_album_are_cut_and_its_files_kept(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send_photo(caption="Су жоқ", count=2)
    await deputy.wait_for("жаңа өтініші ме?")
    await asyncio.sleep(0.5)

    def lengthen(tx: Connection) -> None:
        state, data = conversations.load(tx, DEPUTY, DEPUTY)
        (offer,) = data["paused"]["offers"]["data"]["offers"].values()
        offer["text"] = "су " * 1500
        conversations.save(tx, DEPUTY, DEPUTY, state, data, NOW)

    await stage.database.write(lengthen)
    await tap(deputy, "Иә, тіркеу")
    step = await deputy.wait_for("мәтіннің соңы қысқартылды")
    assert "📎 Файлдар: 2" in step["text"]
    await tap(deputy, "Ауыз су, кәріз")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    (row,) = await kept(stage)
    assert (len(row["text"]), row["text"][-1]) == (draft.MAX_TEXT, "…")
    assert len(await rows(stage, select(request_attachments))) == 2


async def test_a_second_message_that_is_too_long_is_cut(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send("су " * 1300)
    await deputy.wait_for("(2/3)")
    await deputy.forward("газ " * 100, "Тұрғын")
    await deputy.wait_for("мәтіннің соңы қысқартылды")


@pytest.mark.parametrize(
    "forged",
    [
        "rqopen:{n}",
        "rqlog:{n}",
        "rqadd:1:{n}",
        "rqfix:{n}:1:place",
        "rqfix:1:{n}:place",
        "rqcom:{n}",
        "rqfile:{n}",
        "rqstate:{n}:1:closed",
        "rqhist:1:{n}",
        "rqlist:open:{n}",
        "rqphone:{n}",
        "rqbr:1:{n}",
        "rqreg:{n}",
        "rqopen:-1",
    ],
)
async def test_a_number_beyond_the_database_is_a_dead_button(stage: Stage, forged: str) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    menu = await deputy.wait_for("Мәзір")
    await deputy.tap_data(menu["message_id"], forged.format(n=10**30))
    assert "Бұл батырма ескірген" in deputy.toast


async def test_a_captioned_album_with_the_command_registers_whole(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send_photo(caption="/request Көпір құлап қалды", count=3)
    await deputy.wait_for("САР-2026-0001 тіркелді")
    for _ in range(50):
        files = await rows(stage, select(request_attachments))
        if len(files) == 3:
            break
        await asyncio.sleep(0.1)
    assert len(files) == 3
    assert len(await kept(stage)) == 1


async def test_a_long_list_turns_pages_most_urgent_first(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    for n in range(1, 10):
        await deputy.send(f"/request Су жоқ {n}")
        await deputy.wait_for(f"САР-2026-000{n} тіркелді")
    await stage.move(timedelta(days=22))
    await deputy.send("/requests")
    page = await deputy.wait_for("Сайлаушылар өтініштері")
    late = "⚠️ САР-2026-0001 · 1 күн кешікті · Тіркелді · депутатта · Су жоқ 1"
    assert deputy.labels(page)[0] == late
    assert "Кешіккен (9)" in deputy.labels(page)
    await tap(deputy, "›")
    for _ in range(50):
        second = await deputy.last()
        if "САР-2026-0009" in str(deputy.labels(second)):
            break
        await asyncio.sleep(0.1)
    assert len([label for label in deputy.labels(second) if "САР-2026" in label]) == 1


async def test_an_unfinished_request_is_offered_before_a_new_one(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(LAMP)
    await deputy.wait_for("(2/3)")
    await deputy.send("/request")
    await deputy.wait_for("Аяқталмаған өтінішіңіз бар")
    await deputy.tap("Жалғастыру")
    await deputy.wait_for("(2/3)")
    await deputy.send("/request")
    await deputy.wait_for("Аяқталмаған өтінішіңіз бар")
    await tap(deputy, "Жаңа өтініш тіркеу")
    await deputy.wait_for("(1/3)")


async def test_a_text_in_answer_to_the_unfinished_one_is_a_new_request(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(LAMP)
    await deputy.wait_for("(2/3)")
    await deputy.send("/request")
    await deputy.wait_for("жаңа өтінішті бірден жазыңыз")
    await deputy.send("Ауыз су жоқ")
    await deputy.wait_for("«Ауыз су жоқ»")
    await tap(deputy, "✓ Ауыз су, кәріз")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    assert [row["text"] for row in await kept(stage)] == ["Ауыз су жоқ"]
    await deputy.send("/request")
    asked = await deputy.wait_for("Аяқталмаған өтінішіңіз бар")
    assert "көше шамы" in asked["text"]
    await tap(deputy, "Қараламаны жою")
    await deputy.wait_for("(1/3)")
    assert deputy.toast == "Қаралама жойылды."
    await deputy.send("/cancel")
    await deputy.wait_for("Тоқтатылды")


async def test_the_question_of_the_unfinished_one_is_cancelled_and_the_draft_stays(
    stage: Stage,
) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(LAMP)
    await deputy.wait_for("(2/3)")
    await deputy.send("/request")
    await deputy.wait_for("Аяқталмаған өтінішіңіз бар")
    await deputy.send("/cancel")
    kept_ones = await deputy.wait_for("Қаралама сақтаулы")
    assert deputy.labels(kept_ones)[:2] == ["✏️ Аяқтау: өтініш", "🗑 Қараламаларды жою"]
    await tap(deputy, "Аяқтау: өтініш")
    await deputy.wait_for("(2/3)")
    await deputy.send("/menu")
    await deputy.wait_for("✏️ Қаралама сақталды.")
    await deputy.send("/cancel")
    await deputy.wait_for("Қаралама сақтаулы")
    await tap(deputy, "Қараламаларды жою")
    assert deputy.toast == "Қараламалар жойылды."
    await deputy.send("/cancel")
    await deputy.wait_for("Тоқтататын ештеңе жоқ")


async def test_a_command_says_that_the_draft_is_kept(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(LAMP)
    await deputy.wait_for("(2/3)")
    await deputy.send("/help")
    answer = await deputy.wait_for("Көмек")
    assert answer["text"].splitlines()[-1] == "✏️ Қаралама сақталды."
    assert deputy.labels(answer) == ["✏️ Аяқтау: өтініш", "🏠 Мәзір"]
    await deputy.send("/help")
    again = await deputy.wait_answer()
    assert "Қаралама" not in again["text"], "said once, when it was put aside"


async def test_a_phone_in_the_text_is_hidden_and_taken_as_the_contact(stage: Stage) -> None:
    await registered(stage, f"{LAMP} Асанова Гүлнар 87015554433")
    deputy = stage.person(DEPUTY)
    receipt = await deputy.last()
    assert "87015554433" not in receipt["text"]
    assert "🔒 Мәтіндегі нөмір жасырылды." in receipt["text"]
    await deputy.tap("Нөмірді байланысқа алу", receipt)
    consent = await deputy.wait_for("дербес деректерді өңдеуге келісім")
    assert "Аты-жөні: Асанова Гүлнар" in consent["text"]
    assert "+7 701 *** ** 33" in consent["text"]
    await tap(deputy, "Өтініш беруші келіседі")
    card = await deputy.wait_for("Байланыс: +7 701 *** ** 33")
    assert "☎️ Нөмірді байланысқа алу" not in deputy.labels(card)
    (row,) = await kept(stage)
    assert (row["contact_name"], row["contact_phone"]) == ("Асанова Гүлнар", "+77015554433")


async def test_in_the_wizard_a_phone_in_the_text_is_taken_as_the_contact(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request")
    await deputy.send(f"{LAMP}. 8 701 555 44 33")
    await tap(deputy, "✓ Жарықтандыру")
    check = await deputy.wait_for("(3/3)")
    assert "🔒 Мәтіндегі нөмір жасырылды." in check["text"]
    await tap(deputy, "Нөмірді байланысқа алу")
    await tap(deputy, "Өтініш беруші келіседі")
    await deputy.wait_for("Байланыс (міндетті емес): +7 701 *** ** 33")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Өтініш берушіге")
    (row,) = await kept(stage)
    assert (row["contact_name"], row["contact_phone"]) == (None, "+77015554433")


async def test_signs_alone_are_no_request_and_no_comment(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/request 🙂")
    step = await deputy.wait_for("бірде-бір әріп не сан жоқ")
    assert "Мысалы: Жылға ауылында" in step["text"]
    await deputy.send("?!")
    await deputy.wait_for("бірде-бір әріп не сан жоқ")
    assert await kept(stage) == []
    await registered(stage)
    await tap(deputy, "Ішкі жазба")
    await deputy.wait_for("ішкі жазбаңызды жазыңыз")
    await deputy.send("👍")
    step = await deputy.wait_for("Мысалы: Шам ауыстырылды")
    assert "бірде-бір әріп не сан жоқ" in step["text"]
    await deputy.send("Әкімдікпен сөйлестім")
    card = await deputy.wait_for("🔒 Ішкі жазба сақталды")
    assert (
        card["text"].splitlines()[-1].endswith("Оразов Дархан: 🔒 ішкі жазба: Әкімдікпен сөйлестім")
    )


async def test_a_comment_is_gone_on_with_after_the_menu(stage: Stage) -> None:
    await registered(stage)
    deputy = stage.person(DEPUTY)
    await tap(deputy, "Ішкі жазба")
    await deputy.wait_for("ішкі жазбаңызды жазыңыз")
    await deputy.send("/menu")
    await tap(deputy, "Аяқтау: өтінішті толықтыру")
    await deputy.wait_for("ішкі жазбаңызды жазыңыз")
    await deputy.send("Орындалды")
    await deputy.wait_for("· Тіркелді")
    found = await rows(stage, select(request_history).order_by(request_history.c.id))
    lines = all_opened(request_history, found)
    assert [line["text"] for line in lines] == [None, "Орындалды"]


async def test_a_photo_with_a_caption_is_file_and_comment(stage: Stage) -> None:
    await registered(stage)
    deputy = stage.person(DEPUTY)
    await tap(deputy, "Ішкі жазба")
    await deputy.wait_for("ішкі жазбаңызды жазыңыз")
    await deputy.send_photo(caption="Шам ауыстырылды")
    await deputy.wait_for("📎 Файлдар: 1")
    await tap(deputy, "Тарихы")
    history = await deputy.wait_for("🔒 ішкі жазба: Шам ауыстырылды")
    assert "файл қосылды" in history["text"]


async def test_the_files_of_a_request_are_shown_again(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send_photo(caption="/request Көпір құлап қалды")
    await deputy.wait_for("тіркелді")
    await tap(deputy, "Сурет қосу")
    await deputy.wait_for("Қосылатын суретті")
    await deputy.send_location(42.3, 69.6)
    await deputy.wait_for("📎 Файлдар: 2")
    await tap(deputy, "📎 Файлдар (2)")
    shown = await deputy.wait_for("Файлдары: № САР-2026-0001")
    assert shown["inline_keyboard"][0][0]["url"] == "https://2gis.kz/geo/69.6,42.3"
    photos = [m for m in await deputy.messages() if m["kind"] == "photo"]
    assert [m["sender"]["is_bot"] for m in photos] == [False, True]


async def test_who_is_a_deputy_no_more_is_refused(stage: Stage) -> None:
    number = await registered(stage)
    deputy = stage.person(DEPUTY)
    receipt = await deputy.last()
    await stage.database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == DEPUTY - 1000)
            .values(ends_on=date(2026, 11, 23))
        )
    )
    await deputy.tap("Өтініш карточкасын ашу", receipt)
    assert deputy.alert
    await deputy.send("/requests")
    answer = await deputy.wait_for("қолжетімсіз")
    assert number not in answer["text"]
