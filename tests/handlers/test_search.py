"""Stories: a member asks in plain words and searches meetings and decisions."""

import pytest

from tests.handlers.conftest import Stage
from tests.handlers.meetings.test_reading import DARKHAN, GROUP, OLEG, SAULE, begun, fill
from tests.handlers.talking import meets, sends, taps

FOREIGN = 1004  # deputy of another branch


@pytest.fixture(autouse=True)
async def filled(stage: Stage) -> None:
    await stage.database.write(fill)


async def test_saule_types_her_question_in_kazakh(stage: Stage) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("Келесі бюро қашан?")
    await saule.wait_for("27 қараша, жұма, 10:00 · 3 күн қалды")
    await saule.send("Соңғы жиында не қаралды?")
    await saule.wait_for("Екі мәселе қаралды: спорт және жолдар.")
    await saule.send("Соңғы отырыста кім баяндама жасады?")
    await saule.wait_for("Спорт нысандарының құрылысы туралы — Ержан Сапаров")


async def test_oleg_asks_what_was_decided_about_the_hippodrome(stage: Stage) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("Когда следующее бюро?")
    await oleg.wait_for("27 ноября, пятница")
    await oleg.send("Что решили по ипподрому?")

    answer = await oleg.wait_for("Найдено по «ипподрому»")

    assert "Взять строительство ипподрома под партийный контроль" in answer["text"]
    assert "<b>ипподрома</b>" in answer["html"]
    await oleg.tap("1")
    await oleg.wait_for("Вопрос 2 из 2")


async def test_the_decision_stands_under_what_was_found(stage: Stage) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("Что решили про итоговый документ?")
    await oleg.wait_for("Решение: Все предложения внесены в итоговый документ.")


async def test_search_asks_for_words_and_keeps_asking(stage: Stage) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("/search")
    await oleg.wait_for("Что найти?")
    await oleg.send_sticker()
    await oleg.wait_for("Здесь нужен текст.")
    await oleg.send("🏇🏇")
    await oleg.wait_for("нет ни букв, ни цифр")
    await oleg.send("ш" * 4096)
    await oleg.wait_for("не больше 200 знаков")
    await oleg.send("ИППОДРОМЫ")
    await oleg.wait_for("Найдено по «ИППОДРОМЫ»")
    # The step is over: the next text is plain text again.
    await oleg.send("Когда бюро?")
    await oleg.wait_for("27 ноября")


async def test_search_with_words_on_a_russian_keyboard(stage: Stage) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/search курылысын ипподром")
    answer = await saule.wait_for("бойынша табылғаны")
    assert "<b>Ипподром</b> <b>құрылысын</b>" in answer["html"]


async def test_nothing_is_found_and_what_one_can_do(stage: Stage) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("<b>аэропорт</b> & космодром")
    answer = await oleg.wait_for("Ничего не найдено: <b>аэропорт</b> & космодром")
    assert not any("обращение" in label for label in oleg.labels(answer))
    await oleg.tap("Ближайшее")
    await oleg.wait_for("27 ноября")


@pytest.mark.parametrize("odd", ["?!…", "🏇", "مرحبا بالعالم", "%", "ы" * 4096])
async def test_odd_texts_get_a_clear_answer(stage: Stage, odd: str) -> None:
    saule = await begun(stage, SAULE)
    await saule.send(odd)
    answer = await saule.wait_answer()
    assert "Келесі отырыс" in saule.labels(answer)


async def test_a_deputy_is_offered_to_log_what_is_no_question(stage: Stage) -> None:
    darkhan = await begun(stage, DARKHAN)
    await darkhan.send("Жылға ауылында көше шамы жанбайды, Абай көшесі 12")
    answer = await darkhan.wait_for("Ештеңе табылмады")
    assert answer["text"].splitlines()[0] == "📝 Өтініш ретінде тіркеу керек пе?"
    assert darkhan.labels(answer)[0] == "📝 Өтініш ретінде тіркеу"


@pytest.mark.parametrize(
    ("who", "said", "answered"),
    [
        (SAULE, "Сәлем!", "Сәлеметсіз бе!"),
        (SAULE, "Сәлеметсіз бе", "Сәлеметсіз бе!"),
        (DARKHAN, "рахмет", "Оқасы жоқ!"),
        (OLEG, "Здравствуйте", "Здравствуйте!"),
        (OLEG, "Спасибо большое", "Пожалуйста!"),
    ],
)
async def test_greetings_are_returned(stage: Stage, who: int, said: str, answered: str) -> None:
    person = await begun(stage, who)
    await person.send(said)
    answer = await person.wait_for(answered)
    assert answer["text"].splitlines()[0] == answered
    assert not any("іздеу" in label and "сөзбен" in label for label in person.labels(answer))


async def test_a_greeting_before_a_question_is_no_greeting_only(stage: Stage) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("Сәлем! Келесі бюро қашан?")
    await saule.wait_for("3 күн қалды")


async def test_other_branches_are_not_searched(stage: Stage) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/search Ордабасы")
    await saule.wait_for("Ештеңе табылмады")


async def test_a_body_that_has_no_meeting_is_told_so(stage: Stage) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("Когда заседание фракции?")
    card = await oleg.wait_for("Такое заседание не объявлено. Ближайшее другое:")
    assert "Очередное заседание Бюро" in card["text"]


async def test_the_offer_begins_the_request(stage: Stage) -> None:
    darkhan = await begun(stage, DARKHAN)
    await darkhan.send("Жылға ауылында көше шамы жанбайды, Абай көшесі 12")
    await darkhan.wait_for("Ештеңе табылмады")
    await darkhan.tap("Өтініш ретінде тіркеу")
    answer = await darkhan.wait_answer()
    assert not darkhan.alert
    assert "Ештеңе табылмады" not in answer["text"]


async def test_each_offer_begins_the_request_of_its_own_text(stage: Stage) -> None:
    darkhan = await begun(stage, DARKHAN)
    asked = []
    for text in ("Жылға ауылында көше шамы жанбайды", "Ауыз су екі аптадан бері жоқ"):
        await darkhan.send(text)
        asked.append(await darkhan.wait_for("Ештеңе табылмады"))
    await darkhan.tap("Өтініш ретінде тіркеу", asked[0])
    await darkhan.wait_for("«Жылға ауылында көше шамы жанбайды»")
    await darkhan.tap("Өтініш ретінде тіркеу", asked[1])
    await darkhan.wait_for("«Ауыз су екі аптадан бері жоқ»")


async def test_search_is_no_matter_for_a_group(stage: Stage) -> None:
    stage.telegram.add_group(GROUP, "Сарыағаш", [SAULE], bot_is_member=True)
    saule = stage.person(SAULE).in_chat(GROUP)
    await saule.send("/search@buro_test_bot ипподром")
    answer = await saule.wait_answer()
    assert "t.me" in str(answer["inline_keyboard"])
    assert "Ипподром" not in answer["text"]


async def test_a_sentence_that_happens_to_be_found_may_be_logged_too(stage: Stage) -> None:
    darkhan = await begun(stage, DARKHAN)
    await darkhan.send("Ауыл балаларын секцияларға қамту")
    answer = await darkhan.wait_for("бойынша табылғаны")
    assert "📝 Өтініш ретінде тіркеу" in darkhan.labels(answer)


@pytest.mark.parametrize(
    ("who", "typed", "shown", "answered"),
    [
        (SAULE, "bggjlhjv", "<b>Ипподром</b>", "бойынша табылғаны"),  # the layout was Latin
        (SAULE, "иподромға", "<b>Ипподром</b>", "бойынша табылғаны"),
        (OLEG, "bggjlhjvs", "<b>ипподрома</b>", "Найдено по"),
        (OLEG, "ипподорм", "<b>ипподрома</b>", "Найдено по"),
    ],
)
async def test_a_slip_and_another_layout_are_understood(
    stage: Stage, who: int, typed: str, shown: str, answered: str
) -> None:
    person = await begun(stage, who)
    await person.send(typed)
    answer = await person.wait_for(answered)
    assert shown in answer["html"]
    await person.tap("1")
    await person.wait_answer()
    assert not person.alert


@pytest.mark.parametrize(
    ("language", "with_these", "nothing"),
    [
        ("kk", "📝 Осы сөздері бар өтініштер:", "Ештеңе табылмады"),
        ("ru", "📝 Обращения с этими словами:", "Ничего не найдено"),
    ],
)
async def test_a_deputy_finds_own_requests_with_the_same_words(
    stage: Stage, language: str, with_these: str, nothing: str
) -> None:
    darkhan = await meets(stage, DARKHAN, language)
    await sends(darkhan, "/request Гүлзар ауылында құдық кеуіп қалды", "САР-2026-0001")
    for asked in ("кудык", "/search құдық"):
        found = await sends(darkhan, asked, with_these)
        assert "САР-2026-0001" in str(darkhan.labels(found))
    await taps(darkhan, "САР-2026-0001", "құдық кеуіп қалды")
    # Who works on no requests is not told that there is one; nor is another branch's deputy.
    oleg = await meets(stage, OLEG, language)
    await sends(oleg, "құдық", nothing)
    other = await meets(stage, FOREIGN, language)
    await sends(other, "құдық", nothing)
