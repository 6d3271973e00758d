"""Where buttons are offered on a request's screens, words choose among them, too."""

import pytest
from sqlalchemy import select

from storage.tables import request_categories, request_extensions
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_handing import colleague
from tests.handlers.requests.test_requests import (
    DEPUTY,
    LAMP,
    OTHER_DEPUTY,
    SECRETARY,
    kept,
    registered,
    rows,
    tap,
)
from tests.handlers.requests.test_sending import WORDS as SENDING
from tests.handlers.requests.test_sending import _bodies
from tests.handlers.talking import meets, sends, taps

NUMBER = "№ САР-2026-0001"
SAID = {
    "kk": {
        "none": "Төмендегі батырмалардың бірін таңдаңыз",
        "fix": "Санаты", "what": "Өтініш не туралы?", "part": "ЖОЛ", "more": "⋯ Тағы",
        "hand": "🤝 Басқа депутатқа беру", "whom": "өтініш кімге беріледі?",
        "happens": "мерзімі өзгермейді",
        "merge": "🔗 Басқасымен біріктіру", "which": "Мазмұны мен орны ұқсас",
        "preview": "мына өтінішке біріктіріледі",
        "extend": "📅 Мерзімді ұзарту", "clocks": "📅 Қай мерзім ұзартылады?",
        "law": "заңдық", "day": "📅 Қай күнге ұзартылады", "why": "Неге көбірек уақыт керек?",
        "decide": "📅 Ұзартуды шешу", "look": "мерзім ұзартыла ма?", "half": "ұзарт",
        "no": "ұзартпау",
    },
    "ru": {
        "none": "выберите кнопкой ниже",
        "fix": "Категория", "what": "О чём обращение?", "part": "дорог", "more": "⋯ Ещё",
        "hand": "🤝 Передать депутату", "whom": "🤝 Кому передать №",
        "happens": "срок не меняется",
        "merge": "🔗 Объединить с другим", "which": "Похожи по содержанию",
        "preview": "войдёт в",
        "extend": "📅 Продлить срок", "clocks": "📅 Какой срок продлить?",
        "law": "по закону", "day": "📅 До какого дня продлить", "why": "Почему нужно больше",
        "decide": "📅 Решить о продлении", "look": "продлить срок?", "half": "продл",
        "no": "Не продлевать",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_category_is_named(stage: Stage, language: str) -> None:
    say = SAID[language]
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", SENDING[language]["registered"])
    await taps(deputy, say["fix"], say["what"])
    await sends(deputy, "ипподром", say["none"])
    await deputy.send(say["part"])
    (road,) = await rows(
        stage, select(request_categories).where(request_categories.c.code == "roads")
    )
    await deputy.wait_for(road[f"name_{language}"])
    assert (await kept(stage))[0]["category"] == "roads"


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_deputy_is_named(stage: Stage, language: str) -> None:
    say = SAID[language]
    theirs = await colleague(stage)
    number = await registered(stage)
    await stage.person(OTHER_DEPUTY).start()
    secretary = await meets(stage, SECRETARY, language)
    await secretary.send("/requests")
    for label in (number, say["more"]):
        await tap(secretary, label)
    await tap(secretary, say["hand"])
    await secretary.wait_for(say["whom"])
    await sends(secretary, "Нұрғалиев", say["none"])
    shown = await sends(secretary, "руслан", say["happens"])
    assert "Кимов Руслан" in shown["text"]
    (row,) = await kept(stage)
    assert row["deputy_id"] != theirs, "a word shows what happens; a tap does it"


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("typed", ["1", "Жылға"])
async def test_a_similar_one_is_named(stage: Stage, language: str, typed: str) -> None:
    say = SAID[language]
    await registered(stage)
    await registered(stage, "Жылға ауылында шам жанбайды, Абай көшесі қараңғы")
    deputy = await meets(stage, DEPUTY, language)
    await deputy.send("/requests")
    await tap(deputy, "САР-2026-0002")
    await deputy.wait_for("№ САР-2026-0002")
    await taps(deputy, say["more"], "№ САР-2026-0002")
    await taps(deputy, say["merge"], say["which"])
    await sends(deputy, "ипподром", say["none"])
    await sends(deputy, "77", say["none"])
    shown = await sends(deputy, typed, say["preview"])
    assert NUMBER in shown["text"]


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_clock_and_a_decision_are_named(stage: Stage, language: str) -> None:
    say, sending = SAID[language], SENDING[language]
    await stage.database.write(_bodies)
    deputy, secretary = [await meets(stage, one, language) for one in (DEPUTY, SECRETARY)]
    await sends(deputy, f"/request {LAMP}", sending["registered"])
    await taps(deputy, sending["card"], NUMBER)
    await taps(deputy, sending["change"], sending["choose"])
    await taps(deputy, sending["to_body"], sending["which"])
    await taps(deputy, sending["akimat"], sending["number"])
    await taps(deputy, sending["skip"], sending["day"])
    await sends(deputy, f"{NOW.astimezone(ZONE):%d.%m.%Y}", sending["legal"])
    await taps(deputy, say["more"], NUMBER)
    await taps(deputy, say["extend"], say["clocks"])
    await sends(deputy, "ипподром", say["none"])
    day = await sends(deputy, say["law"], say["day"])
    assert {"kk": "органның заңдық", "ru": "органа по закону"}[language] in day["text"]
    await sends(deputy, "22.12.2026", say["why"])
    await sends(deputy, "Бөлім жобаны қайта есептейді", "22")

    await secretary.wait_for("22")
    await taps(secretary, say["decide"], say["look"])
    await sends(secretary, say["half"], say["none"])
    await sends(secretary, say["no"], NUMBER)
    (row,) = await kept(stage)
    assert str(row["legal_due_on"]) == "2026-12-15"
    (asked,) = await rows(stage, select(request_extensions))
    assert (asked["clock"], asked["state"]) == ("legal", "refused")
    card = await secretary.last()
    assert say["decide"] not in secretary.labels(card)
