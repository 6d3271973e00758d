"""A request goes to a body, is sent on, and two clocks run: the branch's own and the law's."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage import people
from storage.inquiries import bodies, proposing
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import kept
from tests.handlers.talking import data_of, meets, sends, taps
from tests.world import SARYAGASH

DEPUTY, SECRETARY, STRANGER = 1003, 1002, 1004
TODAY = NOW.astimezone(ZONE).date()
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"

WORDS = {
    "kk": {
        "registered": "тіркелді", "card": "Өтініш карточкасын ашу", "change": "Күйін өзгерту",
        "choose": "жаңа күйін таңдаңыз", "to_body": "Органға жолданды",
        "which": "🏛 Қай органға жолданады?", "akimat": "Сарыағаш ауданының әкімдігі",
        "number": "Орган қандай нөмірмен тіркеді?", "day": "Орган қай күні тіркеді?",
        "not_yet": "Бұл күн әлі келген жоқ.", "early": "өтініш филиалға әлі түспеген",
        "own": "Мерзімі: 15 желтоқсан · 15 жұмыс күні қалды",
        "legal": "Органның заңдық мерзімі: 15 желтоқсан · 15 жұмыс күні қалды",
        "more": "⋯ Тағы", "sent_on": "🏛 Орган қайта жолдады", "roads": "Жолдар бөлімі",
        "until": "қайта жолдай алатын соңғы күн: 27 қараша", "skip": "Өткізіп жіберу",
        "unregistered": "Әлі тіркелген жоқ", "runs_not": "оның мерзімі басталмады",
        "note": "🏛 Органдағы нөмірі мен күні",
        "late": "⚠️ Орган мерзімді өткізіп алды: 15 желтоқсан · 1 жұмыс күні кешікті",
        "reminded": "⏰ Органның жауабы заңды мерзімінен кешікті",
        "one_day": "1 жұмыс күні кешікті",
        "list": "Сайлаушылар өтініштері", "in_list": "· органның жауабы кешікті ·",
    },
    "ru": {
        "registered": "зарегистрировано", "card": "Открыть карточку",
        "change": "Изменить статус", "choose": "выберите новый статус",
        "to_body": "Направлено в орган", "which": "🏛 В какой орган направляется?",
        "akimat": "Акимат Сарыагашского района",
        "number": "Под каким номером орган", "day": "В какой день орган",
        "not_yet": "Этот день ещё не наступил.", "early": "обращения в филиале ещё не было",
        "own": "Срок: 15 декабря · рабочих дней осталось: 15",
        "legal": "Срок органа по закону: 15 декабря · рабочих дней осталось: 15",
        "more": "⋯ Ещё", "sent_on": "🏛 Орган перенаправил", "roads": "Отдел дорог",
        "until": "может перенаправить: 27 ноября", "skip": "Пропустить",
        "unregistered": "Ещё не зарегистрировано", "runs_not": "его срок не идёт",
        "note": "🏛 Номер и день в органе",
        "late": "⚠️ Орган пропустил законный срок: 15 декабря · просрочено рабочих дней: 1",
        "reminded": "⏰ Ответ органа просрочен по закону", "one_day": "просрочено рабочих дней: 1",
        "list": "Обращения", "in_list": "· ответ органа просрочен ·",
    },
}  # fmt: skip


def _bodies(tx: Connection) -> None:
    secretary = people.actor_of(tx, SECRETARY, TODAY)
    assert secretary is not None
    for kk, ru in (
        ("Сарыағаш ауданының әкімдігі", "Акимат Сарыагашского района"),
        ("Жолдар бөлімі", "Отдел дорог"),
    ):
        names: dict[str, str | None] = {"name_kk": kk, "name_ru": ru}
        bodies.add(tx, secretary, SARYAGASH, names, NOW)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_redirected_with_two_clocks(stage: Stage, language: str) -> None:
    say = WORDS[language]
    await stage.database.write(_bodies)
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["card"], "№ САР-2026-0001")
    await taps(deputy, say["change"], say["choose"])
    await taps(deputy, say["to_body"], say["which"])
    await taps(deputy, say["akimat"], say["number"])
    await sends(deputy, "12-5/<b>1", say["day"])
    await sends(deputy, "25.11.2026", say["not_yet"])
    await sends(deputy, "23.11.2026", say["early"])
    card = await sends(deputy, "24.11.2026", say["legal"])
    assert say["own"] in card["text"]
    assert f"🏛 {say['akimat']} · № 12-5/<b>1" in card["text"]

    await taps(deputy, say["more"], "№ САР-2026-0001")
    chosen = await taps(deputy, say["sent_on"], say["which"])
    assert say["until"] in chosen["text"]
    assert say["akimat"] not in deputy.labels(chosen)
    await taps(deputy, say["roads"], say["number"])
    await taps(deputy, say["skip"], say["day"])
    await taps(deputy, say["unregistered"], say["runs_not"])
    await taps(deputy, say["more"], "№ САР-2026-0001")
    await taps(deputy, say["note"], say["number"])
    await sends(deputy, "77", say["day"])
    await sends(deputy, "24.11", say["legal"])

    await stage.move(timedelta(days=23))
    reminder = await deputy.wait_for(say["reminded"])
    assert f"{say['roads']} · {say['one_day']}" in reminder["text"]
    await deputy.send("/requests")
    listed = await deputy.wait_for(say["list"])
    assert say["in_list"] in str(deputy.labels(listed))
    await taps(deputy, "САР-2026-0001", say["late"])
    (row,) = await kept(stage)
    assert (row["state"], row["body_number"]) == ("sent_to_body", "77")


async def test_stale_and_forged_buttons_send_nothing(stage: Stage) -> None:
    say = WORDS["kk"]
    await stage.database.write(_bodies)
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["card"], "№ САР-2026-0001")
    await taps(deputy, say["change"], say["choose"])
    chosen = await taps(deputy, say["to_body"], say["which"])
    akimat = data_of(chosen, say["akimat"])
    await deputy.tap_data(chosen["message_id"], "rqbody:1:1:999999")
    await deputy.wait_for(say["number"])
    await taps(deputy, say["skip"], say["day"])
    await deputy.tap(say["unregistered"])
    await deputy.wait_for("· Тіркелді")
    await taps(deputy, say["change"], say["choose"])
    await taps(deputy, "Қаралуда", "· Қаралуда")
    await deputy.tap_data(chosen["message_id"], akimat)
    assert "Осы арада өзгерді" in deputy.toast
    stranger = await meets(stage, STRANGER)
    message = (await stranger.last())["message_id"]
    for forged in (akimat, "rqbods:1:1:0", "rqplain:1:2", "rqbnum:1:2", "rqnonum:1", "rqnoday:1"):
        await stranger.tap_data(message, forged)
    (row,) = await kept(stage)
    assert (row["state"], row["body_id"]) == ("in_progress", None)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_forged_step_to_no_body_asks_for_the_body(stage: Stage, language: str) -> None:
    say = WORDS[language]
    await stage.database.write(_bodies)
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["card"], "№ САР-2026-0001")
    chosen = await taps(deputy, say["change"], say["choose"])
    await deputy.tap_data(chosen["message_id"], "rqstate:1:1:sent_to_body")
    await deputy.wait_for(say["which"])
    (row,) = await kept(stage)
    assert (row["state"], row["body_id"], row["version"]) == ("registered", None, 1)
    await taps(deputy, say["akimat"], say["number"])
    await taps(deputy, say["skip"], say["day"])
    await taps(deputy, say["unregistered"], say["runs_not"])
    (row,) = await kept(stage)
    assert (row["state"], row["body_id"]) == ("sent_to_body", 1)

    secretary = await meets(stage, SECRETARY, language)
    message = (await secretary.last())["message_id"]
    await secretary.tap_data(message, "rqblook:sent_to_body:1")
    assert await kept(stage) == [row]


@pytest.mark.parametrize(
    ("language", "none", "part", "state", "returned"),
    [
        ("kk", "Төмендегі батырмалардың бірін таңдаңыз", "акимди", "қаралуда", "‹ Артқа"),
        ("ru", "выберите кнопкой ниже", "АКИМАТ", "на рассмотрении", "‹ Назад"),
    ],
)
async def test_words_choose_where_buttons_are_offered(
    stage: Stage, language: str, none: str, part: str, state: str, returned: str
) -> None:
    say = WORDS[language]
    await stage.database.write(_bodies)
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["card"], "№ САР-2026-0001")
    await taps(deputy, say["change"], say["choose"])
    await sends(deputy, "ипподром", none)
    await sends(deputy, state, state.capitalize())
    await taps(deputy, say["change"], say["choose"])
    await sends(deputy, say["to_body"], say["which"])
    await sends(deputy, "ипподром", none)
    await sends(deputy, "а", none)  # a part of both
    await sends(deputy, part, say["number"])
    # Another tap ends it: then words are looked for again.
    await taps(deputy, returned, "№ САР-2026-0001")
    await taps(deputy, say["change"], say["choose"])
    await taps(deputy, returned, "№ САР-2026-0001")
    await sends(deputy, "ипподром", {"kk": "табылма", "ru": "Ничего не найдено"}[language])


UNLISTED = "Аудандық су шаруашылығы бөлімі"
PROPOSED = {
    "kk": ("Тізімде жоқ орган", "Орган қалай аталады?", "🏛 Аудандық су шаруашылығы бөлімі · № 7-1",
           "🆕 Анықтамалықта жоқ орган: Аудандық су", "🏛 Органды қарау", "✏️ Атауы (орысша)",
           "✅ Анықтамалыққа қосу", "🆕 Депутат оған хат жолдады"),
    "ru": ("Органа нет в списке", "Как называется орган?", "🏛 Районный отдел водного хозяйства",
           "🆕 Орган, которого нет в справочнике: Аудандық су", "🏛 Посмотреть орган",
           "✏️ Название (на русском)", "✅ Принять в справочник",
           "🆕 Депутат обратился в этот орган"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_body_that_no_list_has_is_named_and_proposed(stage: Stage, language: str) -> None:
    say = WORDS[language]
    unlisted, named, where, news, look, edit, take, is_new = PROPOSED[language]
    deputy, secretary = [await meets(stage, one, language) for one in (DEPUTY, SECRETARY)]
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["card"], "№ САР-2026-0001")
    await taps(deputy, say["change"], say["choose"])
    await taps(deputy, say["to_body"], say["which"])
    await taps(deputy, unlisted, named)
    await sends(deputy, "...", "⚠️")
    await sends(deputy, UNLISTED, say["number"])
    await sends(deputy, "7-1", say["day"])
    card = await sends(deputy, f"{TODAY:%d.%m.%Y}", "№ 7-1")
    assert say["legal"] in card["text"], "the law's clock runs there, too"

    await secretary.wait_for(news)
    await taps(secretary, look, is_new)
    await taps(secretary, edit, UNLISTED)
    await sends(secretary, "Районный отдел водного хозяйства", is_new)
    accepted = await secretary.tap(take)
    shown = await secretary.wait_for(UNLISTED)
    assert accepted["message_id"] == shown["message_id"]
    assert take not in secretary.labels(shown)
    await deputy.send("/request САР-2026-0001")
    await deputy.wait_for(where)
    # The next one finds it in the list, whoever writes its name anew.
    deputy_actor = await stage.database.read(people.actor_of, DEPUTY, TODAY)
    assert deputy_actor is not None
    again = await stage.database.write(
        proposing.propose, deputy_actor, SARYAGASH, UNLISTED.upper(), NOW, TODAY
    )
    assert again.proposed_by is None
    (row,) = await kept(stage)
    assert row["body_id"] == again.id
