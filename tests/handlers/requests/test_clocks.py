"""A request's clock stands while the voter is asked; a later day is asked for and decided."""

from datetime import timedelta

import pytest

from bot.simulator.client import Person
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import kept, tap
from tests.handlers.talking import data_of, meets, sends, taps

REGION, SECRETARY, DEPUTY, STRANGER = 1001, 1002, 1003, 1004
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"

WORDS = {
    "kk": {
        "why_term": "❓ Неге осы мерзім?",
        "registered": "тіркелді", "card": "Өтініш карточкасын ашу", "more": "⋯ Тағы",
        "pause": "⏸ Өтініш берушіден құжат сұралды", "asked": "⏸ Өтініш берушіден не сұралды?",
        "stands": "⏸ тоқтатылған күні: 24 қараша", "go_on": "▶️ Мерзімді жалғастыру",
        "went_on": "▶️ Мерзім жалғасты", "moved": "Мерзімі: 17 желтоқсан",
        "extend": "📅 Мерзімді ұзарту", "which_day": "📅 Қай күнге ұзартылады",
        "earlier": "қазіргі мерзімнен кейін", "day_off": "Бұл демалыс күні",
        "why": "Неге көбірек уақыт керек?", "waits": "⏳ Ұзарту сұралды: 22 желтоқсан",
        "told": "📅 Мерзімді ұзарту сұралды", "decide": "📅 Ұзартуды шешу",
        "look": "мерзім ұзартыла ма?", "yes": "✅ Ұзарту", "done": "📅 1 рет ұзартылды",
        "news": "📅 Мерзім ұзартылды. Шешкен: Жандосова Мөлдір",
    },
    "ru": {
        "why_term": "❓ Почему такой срок?",
        "registered": "зарегистрировано", "card": "Открыть карточку", "more": "⋯ Ещё",
        "pause": "⏸ У заявителя что-то запрошено", "asked": "⏸ Что запрошено у заявителя?",
        "stands": "⏸ приостановлен с: 24 ноября", "go_on": "▶️ Продолжить срок",
        "went_on": "▶️ Срок идёт дальше", "moved": "Срок: 17 декабря",
        "extend": "📅 Продлить срок", "which_day": "📅 До какого дня продлить",
        "earlier": "позже нынешнего срока", "day_off": "Это выходной",
        "why": "Почему нужно больше времени?", "waits": "⏳ Запрошено продление: 22 декабря",
        "told": "📅 Запрошено продление срока", "decide": "📅 Решить о продлении",
        "look": "продлить срок?", "yes": "✅ Продлить", "done": "📅 Продлено, раз: 1",
        "news": "📅 Срок продлён. Кто решил: Жандосова Мөлдір",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_it_stands_goes_on_and_is_extended(stage: Stage, language: str) -> None:
    say = WORDS[language]
    deputy, secretary = [await meets(stage, one, language) for one in (DEPUTY, SECRETARY)]
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["card"], "№ САР-2026-0001")
    await taps(deputy, say["more"], "№ САР-2026-0001")
    await taps(deputy, say["pause"], say["asked"])
    await sends(deputy, "...", "⚠️")
    await sends(deputy, "Жер актісі", say["stands"])

    await stage.move(timedelta(days=2))  # Thursday; Wednesday was lost
    await taps(deputy, say["go_on"], say["went_on"])
    card = await deputy.wait_for(say["moved"])
    assert say["go_on"] not in deputy.labels(card)

    await taps(deputy, say["more"], "№ САР-2026-0001")
    await taps(deputy, say["extend"], say["which_day"])
    await sends(deputy, "15.12.2026", say["earlier"])
    await sends(deputy, "19.12.2026", say["day_off"])
    await sends(deputy, "22.12.2026", say["why"])
    card = await sends(deputy, "Бөлім жобаны қайта есептейді", say["waits"])
    assert say["decide"] not in deputy.labels(card)

    await secretary.wait_for(say["told"])
    shown = await taps(secretary, say["decide"], say["look"])
    assert "Бөлім жобаны қайта есептейді" in shown["text"]
    assert "17" in shown["text"]
    old = data_of(shown, say["yes"])
    await taps(secretary, say["yes"], say["done"])
    await deputy.wait_for(say["news"])
    await secretary.tap_data(shown["message_id"], old)
    assert secretary.toast
    (row,) = await kept(stage)
    assert (str(row["due_on"]), str(row["first_due_on"])) == ("2026-12-22", "2026-12-15")

    await deputy.send("/requests")
    await tap(deputy, "САР-2026-0001")
    await deputy.wait_for(say["done"])
    await taps(deputy, say["more"], "№ САР-2026-0001")
    told = await taps(deputy, say["why_term"], "№ САР-2026-0001")
    for line in WHY[language]:
        assert line in told["text"].splitlines()


WHY = {
    "kk": (
        "❓ № САР-2026-0001: филиалдың өз мерзімі неге осы күн: 22 желтоқсан?",
        "24 қараша: филиалда тіркелді, бұл күн есептелмейді",
        "25 қараша: ⏸ мерзім тоқтап тұрды, есептелмейді",
        "26–27 қараша: жұмыс күндері, реті: 1–2",
        "28–29 қараша: демалыс, есептелмейді",
        "16 желтоқсан: Тәуелсіздік күні, есептелмейді",
        "17 желтоқсан: 15-жұмыс күні",
        "21–22 желтоқсан: 📅 ұзартылған уақыт",
    ),
    "ru": (
        "❓ № САР-2026-0001: почему собственный срок филиала — 22 декабря?",
        "24 ноября: зарегистрировано в филиале, этот день не считается",
        "25 ноября: ⏸ срок стоял, не считается",
        "26–27 ноября: рабочие дни по счёту: 1–2",
        "28–29 ноября: выходные, не считаются",
        "16 декабря: День независимости, не считается",
        "17 декабря: 15-й рабочий день",
        "21–22 декабря: 📅 продление",
    ),
}


async def _extends(deputy: Person, judge: Person, day: str) -> None:
    say = WORDS["kk"]
    await deputy.send("/requests")
    await tap(deputy, "САР-2026-0001")
    await deputy.wait_for("Жауапты:")
    await taps(deputy, say["more"], "№ САР-2026-0001")
    await taps(deputy, say["extend"], say["which_day"])
    await sends(deputy, day, say["why"])
    await sends(deputy, "Тағы уақыт керек", "⏳ Ұзарту сұралды")
    await judge.wait_for(say["told"])
    await taps(judge, say["decide"], say["look"])


async def test_five_times(stage: Stage) -> None:
    deputy, secretary, region = [await meets(stage, one) for one in (DEPUTY, SECRETARY, REGION)]
    await sends(deputy, f"/request {LAMP}", "тіркелді")
    for many, day in enumerate(("17.12", "18.12", "21.12", "22.12"), 1):
        await _extends(deputy, secretary, f"{day}.2026")
        await taps(secretary, "✅ Ұзарту", f"📅 {many} рет ұзартылды")
    await _extends(deputy, region, "23.12.2026")
    await region.wait_for("⚠️ Бұған дейін 4 рет ұзартылды")
    await secretary.send("/requests")
    await tap(secretary, "САР-2026-0001")
    card = await secretary.wait_for("⏳ Ұзарту сұралды: 23 желтоқсан")
    assert "📅 Ұзартуды шешу" not in secretary.labels(card)
    await taps(region, "✅ Ұзарту", "📅 5 рет ұзартылды")
    (row,) = await kept(stage)
    assert str(row["due_on"]) == "2026-12-23"


async def test_stale_and_forged_buttons_move_no_clock(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", "тіркелді")
    (before,) = await kept(stage)
    stranger = await meets(stage, STRANGER)
    message = (await stranger.last())["message_id"]
    forged = ("rqstop:1:1", "rqgo:1:1", "rqext:1:1:own", "rqextd:1:739000", "rqextq:1",
              "rqexty:1:1:1:1")  # fmt: skip
    for data in forged:
        await stranger.tap_data(message, data)
    message = (await deputy.last())["message_id"]
    for data in ("rqgo:1:1", "rqstop:1:9", "rqext:1:9:own", "rqextq:1", "rqexty:1:5:1:1",
                 "rqextd:1:2147483647"):  # fmt: skip
        await deputy.tap_data(message, data)
    assert await kept(stage) == [before]
