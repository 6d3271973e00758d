"""What may go wrong: forged and old buttons, closed bodies, ended mandates, too long texts."""

from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import update

from handlers.inquiries import callbacks, keeping_callbacks
from handlers.inquiries.setting import read_term
from handlers.requests.callbacks import OpenRequest
from storage.inquiries import bodies
from storage.rules.inquiry_terms import Term, Unit
from storage.tables import memberships
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.inquiries.scene import (
    AIGUL,
    DARKHAN,
    MOLDIR,
    RUSLAN,
    SAULE,
    Ids,
    actor,
    drafts,
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


def of_inquiry(id_: int) -> list[CallbackData]:
    """Every button that carries the id of an inquiry."""
    given = {"id": id_, "version": 1}
    return [
        callbacks.RepeatInquiry(id=id_),
        callbacks.OpenInquiry(id=id_),
        callbacks.ChangeField(**given, field="text"),
        callbacks.ChangeField(**given, field="body"),
        callbacks.SetBody(**given, body=1),
        callbacks.SetLanguage(**given, language="ru"),
        callbacks.WholeText(id=id_),
        callbacks.Letter(id=id_),
        callbacks.InquiryHistory(id=id_),
        callbacks.WhyThisDay(id=id_),
        callbacks.Answers(id=id_),
        callbacks.CoSigners(id=id_),
        callbacks.AskToSign(id=id_, person=5),
        callbacks.Sign(**given, signs=True),
        callbacks.StartSending(**given),
        callbacks.StartAnswer(**given),
        callbacks.StartAnnouncing(**given),
        callbacks.StartWithdrawing(**given),
        callbacks.StepBack(id=id_),
        callbacks.Skip(id=id_),
        callbacks.PickDay(id=id_, ago=0),
        callbacks.Rate(**given, satisfied=True),
        callbacks.Close(**given),
    ]


async def test_whoever_has_nothing_to_do_with_it_gets_nothing_of_it(stage: Stage, ids: Ids) -> None:
    await makes(stage, ids)
    before = await kept(stage)
    silent = {callbacks.StepBack, callbacks.Skip, callbacks.PickDay}  # of no open step
    for telegram_id in (RUSLAN, SAULE):
        person = await meets(stage, telegram_id)
        last = (await person.last())["message_id"]
        for number, forged in enumerate([*of_inquiry(1), *of_inquiry(2**63 - 1)]):
            if number % 20 == 19:  # whoever tries many has to wait
                stage.clock.move(timedelta(minutes=11))
            refused = len(await refusals(stage))
            await person.tap_data(last, forged.pack())
            assert person.alert, forged
            if type(forged) not in silent:
                assert len(await refusals(stage)) == refused + 1, forged
    assert await kept(stage) == before


async def test_a_secretary_sees_it_and_does_nothing_in_the_authors_place(
    stage: Stage, ids: Ids
) -> None:
    await makes(stage, ids)
    before = await kept(stage)
    moldir = await meets(stage, MOLDIR)
    last = (await moldir.last())["message_id"]
    for forged in (
        callbacks.StartSending(id=1, version=1),
        callbacks.SetLanguage(id=1, version=1, language="ru"),
        callbacks.CoSigners(id=1),
        callbacks.Rate(id=1, version=1, satisfied=True),
        callbacks.StartAnswer(id=1, version=1),  # it is not sent yet
        callbacks.Close(id=1, version=1),
        callbacks.NewInquiry(request=ids.request),
    ):
        await moldir.tap_data(last, forged.pack())
        assert moldir.alert, forged
    assert await kept(stage) == before


async def test_buttons_that_carry_no_id_of_ours_are_out_of_date(stage: Stage, ids: Ids) -> None:
    darkhan = await makes(stage, ids)
    last = (await darkhan.last())["message_id"]
    for forged in (
        "iqopen:-1",
        "iqopen:x",
        "iqopen:99999999999999999999",
        "iqsend:1:0",
        "iqday:1:-5",
    ):
        await darkhan.tap_data(last, forged)
        assert darkhan.alert, forged
    assert len(await kept(stage)) == 1


async def test_a_foreign_request_and_a_foreign_body_make_no_inquiry(stage: Stage, ids: Ids) -> None:
    ruslan = await meets(stage, RUSLAN)
    last = (await ruslan.last())["message_id"]
    await ruslan.tap_data(last, callbacks.NewInquiry(request=ids.request).pack())
    assert ruslan.alert
    await says(ruslan, "/inquiry", "(1/3)")
    message = await ruslan.last()
    draft = callbacks.DraftBody.unpack(
        next(
            str(button["callback_data"])
            for row in message["inline_keyboard"]
            for button in row
            if "iqbody" in str(button["callback_data"])
        )
    ).draft
    forged = callbacks.DraftBody(draft=draft, body=ids.housing)
    await ruslan.tap_data(message["message_id"], forged.pack())
    assert ruslan.alert
    assert "(1/3)" in (await ruslan.last())["text"]
    assert not await kept(stage)


async def test_a_body_that_was_closed_meanwhile_is_chosen_anew(stage: Stage, ids: Ids) -> None:
    darkhan = await drafts(stage, ids)
    await stage.database.write(
        lambda tx: bodies.set_active(tx, actor(tx, MOLDIR), ids.housing, 1, NOW, active=False)
    )
    await taps(darkhan, "✅ Сауал жасау", "(1/3)")
    assert darkhan.toast.startswith("Бұл орган анықтамалықта жабылған")
    assert not await kept(stage)


async def test_a_mandate_that_ended_ends_the_draft(stage: Stage, ids: Ids) -> None:
    darkhan = await drafts(stage, ids)
    ended = update(memberships).where(memberships.c.person_id == DARKHAN - 1000)
    yesterday = NOW.date() - timedelta(days=1)
    await stage.database.write(lambda tx: tx.execute(ended.values(ends_on=yesterday)) and None)
    await darkhan.tap("✅ Сауал жасау")
    assert darkhan.alert
    assert not await kept(stage)


async def test_two_taps_make_one_and_an_old_button_shows_it(stage: Stage, ids: Ids) -> None:
    darkhan = await meets(stage, DARKHAN)
    await opens(darkhan, OpenRequest(id=ids.request).pack(), "САР-2026-0001")
    await taps(darkhan, "📄 Сауал жасау", "(1/3)")
    check = await taps(darkhan, "тұрғын үй бөлімі", "(3/3)")
    button = next(
        str(b["callback_data"]) for row in check["inline_keyboard"] for b in row
        if "iqmake" in str(b["callback_data"])
    )  # fmt: skip
    await opens(darkhan, button, "№ САУ-САР-2026-0001")
    await taps(darkhan, "Сауал тарихы", "САУ-САР-2026-0001: тарихы")
    await opens(darkhan, button, "✏️ Дайындалуда")
    assert len(await kept(stage)) == 1


async def test_who_sends_second_is_told_and_loses_nothing(stage: Stage, ids: Ids) -> None:
    darkhan = await makes(stage, ids)
    await taps(darkhan, "📤 Жіберілді…", "(1/2)")
    await taps(darkhan, "Өткізіп жіберу", "(2/2)")
    changed = "UPDATE inquiries SET version = version + 1"
    await stage.database.write(lambda tx: tx.exec_driver_sql(changed) and None)
    card = await taps(darkhan, "Бүгін: 24 қараша", "⚠️")
    assert "✏️ Дайындалуда" in card["text"]
    assert "Оразов Дархан өзгертті" in card["text"] or "өзгер" in card["text"]


async def test_long_texts(stage: Stage, ids: Ids) -> None:
    darkhan = await meets(stage, DARKHAN)
    await says(darkhan, "/inquiry", "(1/3)")
    await taps(darkhan, "тұрғын үй бөлімі", "Сауал не туралы?")
    await says(darkhan, "т" * 301, "Сауал не туралы?")
    await says(darkhan, "Жарық", "Сауалдың мәтінін жазыңыз.")
    await darkhan.send_sticker()
    await darkhan.wait_for("Сауалдың мәтінін жазыңыз.")
    await says(darkhan, "😀" * 2048, "(3/3)")
    await taps(darkhan, "✅ Сауал жасау", "№ САУ-САР-2026-0001")
    await darkhan.tap("Толық мәтіні")
    whole = await darkhan.wait_for("😀" * 2000)
    assert whole["text"] == "😀" * 2048


async def test_a_draft_waits_until_it_is_taken_up_again(stage: Stage, ids: Ids) -> None:
    darkhan = await meets(stage, DARKHAN)
    await says(darkhan, "/inquiry", "(1/3)")
    await taps(darkhan, "тұрғын үй бөлімі", "Сауал не туралы?")
    await says(darkhan, "Жарық", "Сауалдың мәтінін жазыңыз.")
    menu = await says(darkhan, "/menu", "Мәзір")
    assert "✏️ Аяқтау: сауал" in darkhan.labels(menu)
    await taps(darkhan, "✏️ Аяқтау: сауал", "Сауалдың мәтінін жазыңыз.")
    await says(darkhan, "Шам қашан жанады?", "(3/3)")


async def test_an_inquiry_is_taken_back_with_a_reason(stage: Stage, ids: Ids) -> None:
    darkhan = await makes(stage, ids)
    await taps(darkhan, "Кері қайтарып алу", "Сауалды кері қайтарып аласыз ба?")
    card = await says(darkhan, "Мәселе <шешілді>", "⚠️ Кері қайтарып алынды")
    assert "📤 Жіберілді…" not in darkhan.labels(card)
    await taps(darkhan, "Сауал тарихы", "Мәселе <шешілді>")


async def test_it_is_announced_at_a_session(stage: Stage, ids: Ids) -> None:
    darkhan = await makes(stage, ids)
    await taps(darkhan, "📤 Жіберілді…", "(1/2)")
    await taps(darkhan, "Өткізіп жіберу", "(2/2)")
    await taps(darkhan, "23 қараша", "Жіберілді: № САУ-САР-2026-0001, 23 қараша")
    await taps(darkhan, "Сессияда жарияланды…", "Сессияда қай күні жарияланды?")
    await says(darkhan, "01.01.2020", "бір жылдан астам")
    await says(darkhan, "ертең", "Бұл күн әлі келген жоқ")
    await says(darkhan, "23.11.2026", "Сессияда жарияланды: 23 қараша")


async def test_inquiries_are_searched_within_reach(stage: Stage, ids: Ids) -> None:
    darkhan = await makes(stage, ids)
    found = await says(darkhan, "/inquiries жарыктандыру", "Табылды: 1")
    assert any("САУ-САР-2026-0001" in label for label in darkhan.labels(found))
    await taps(darkhan, "‹ Артқа", "Депутаттық сауалдар")
    await taps(darkhan, "🔎 Сауал іздеу", "Қай сауалды іздейсіз?")
    await says(darkhan, "көпір", "Табылды: 0")
    await says(darkhan, "САУ-САР", "Табылды: 1")
    ruslan = await meets(stage, RUSLAN)
    await says(ruslan, "/inquiries жарык", "Найдено: 0")


async def test_the_directory_is_kept_in_a_conversation(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    await says(moldir, "/inquiries", "Депутаттық сауалдар")
    await taps(moldir, "🏛 Органдар анықтамалығы", "Сауалдар осы органдарға жолданады.")
    await taps(moldir, "➕ Орган қосу", "(1/4) Қазақша атауы?")
    await says(moldir, "сарыағаш аудандық ТҰРҒЫН ҮЙ бөлімі", "(2/4)")
    await says(moldir, "Отдел", "(3/4)")
    await taps(moldir, "Өткізіп жіберу", "(4/4)")
    await taps(moldir, "Өткізіп жіберу", "Мұндай атаулы орган анықтамалықта бар.")
    await says(moldir, "Су <арнасы>", "(2/4)")
    await says(moldir, "Водоканал", "(3/4)")
    await says(moldir, "Директорға", "(4/4)")
    card = await says(moldir, "Директору", "🏛 Су <арнасы>")
    assert "Деңгейі: аудандық деңгей" in card["text"]
    await taps(moldir, "✏️ Атауы (орысша)", "Қазіргісі: Водоканал")
    await says(moldir, "Горводоканал", "Горводоканал")
    await taps(moldir, "Органды жабу", "⚠️ Жабық")
    last = (await moldir.last())["message_id"]
    for forged in (
        keeping_callbacks.OpenBody(id=ids.roads),
        keeping_callbacks.BodyActive(id=ids.roads, version=1, active=False),
        keeping_callbacks.RenameBody(id=ids.roads, version=1, field="name_kk"),
        keeping_callbacks.AddBody(branch=3),
        keeping_callbacks.InquirySettings(),
    ):
        await moldir.tap_data(last, forged.pack())
        assert moldir.alert, forged


async def test_the_region_sets_terms_and_words(stage: Stage, ids: Ids) -> None:
    aigul = await meets(stage, AIGUL)
    await says(aigul, "/inquiries", "Депутаттық сауалдар")
    await taps(aigul, "Мерзімдер мен хат", "Жауапқа қанша уақыт беріледі.")
    await taps(aigul, "аудандық деңгей: 1 күнтізбелік ай", "Қазіргісі: 1 күнтізбелік ай")
    await says(aigul, "бір апта", "Мерзімді түсінбедім.")
    await says(aigul, "20 жұмыс күні", "Мерзімдер мен хат")
    shown = await aigul.last()
    assert "аудандық деңгей: 20 жұмыс күні" in aigul.labels(shown)
    await taps(aigul, "Хат мәтіні орыс", "ДЕПУТАТСКИЙ ЗАПРОС")
    await taps(aigul, "Хаттың атауы", "Қазіргі мәтіні")
    await says(aigul, "ЗАПРОС <ДЕПУТАТА>", "ЗАПРОС <ДЕПУТАТА>")


def test_terms_are_read_as_people_write_them() -> None:
    assert read_term("1 ай") == Term(1, Unit.MONTHS)
    assert read_term(" 2 месяца ") == Term(2, Unit.MONTHS)
    assert read_term("20 жұмыс күні") == Term(20, Unit.WORKING_DAYS)
    assert read_term("15 рабочих дней") == Term(15, Unit.WORKING_DAYS)
    assert read_term("30 күн") == Term(30, Unit.DAYS)
    assert read_term("30 дней") == Term(30, Unit.DAYS)
    for wrong in ("0 ай", "ай", "99 месяцев", "-1 күн", "5", "3 апта"):
        assert read_term(wrong) is None, wrong
