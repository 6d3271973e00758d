"""Watching a request, and notes that stay among those who work on it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.requests.watching.callbacks import SetWatch, Watch
from storage.tables import memberships, request_watchers
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_following import _payload, _stranger
from tests.handlers.talking import Json, meets, sends, taps

REGION, SECRETARY, DEPUTY, OTHER_DEPUTY, VOTER = 1001, 1002, 1003, 1004, 4001
LAMP = "Жылға ауылында көше шамы жанбайды"
NOTE = "Мердігермен келісілді, құпия"
WORDS = {
    "kk": {
        "list": "Сайлаушылар өтініштері", "more": "⋯ Тағы", "what": "Тағы не істеу керек",
        "watch": "👁 Бақылау", "not": "Сіз оны бақыламайсыз", "start": "👁 Бақылауды бастау",
        "on": "жаңалықтары келіп тұрады", "news": "Сіз бақылайтын өтініштің жаңалығы",
        "state": "Қаралуда", "answered": "Өтініш берушіге жауап жазылды", "stop": "🔕 Бақылауды",
        "yes": "Сіз оны бақылайсыз", "off": "енді келмейді",
        "history": "Тарихы", "note": "🔒 ішкі жазба", "public": "📣 өтініш берушіге",
    },
    "ru": {
        "list": "Обращения избирателей", "more": "⋯ Ещё", "what": "Что ещё с ним сделать",
        "watch": "👁 Наблюдать", "not": "Вы за ним не наблюдаете", "start": "👁 Начать наблюдение",
        "on": "новости будут приходить", "news": "Новость обращения, за которым Вы наблюдаете",
        "state": "На рассмотрении", "answered": "Заявителю написан ответ", "stop": "🔕 Прекратить",
        "yes": "Вы за ним наблюдаете", "off": "больше не приходят",
        "history": "История", "note": "🔒 внутренняя заметка", "public": "📣 заявителю",
    },
}  # fmt: skip


async def _registered(stage: Stage) -> Json:
    deputy = await meets(stage, DEPUTY)
    return await sends(deputy, f"/request {LAMP}", "САР-2026-0001 тіркелді")


async def _moves_on(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await sends(deputy, "/requests 1", "Нөмірі бойынша")
    await taps(deputy, "САР-2026-0001", "Жауапты:")
    await taps(deputy, "Күйін өзгерту", "жаңа күйін таңдаңыз")
    await taps(deputy, "Қаралуда", "· Қаралуда")


async def _writes(stage: Stage, text: str) -> None:
    deputy = stage.person(DEPUTY)
    await taps(deputy, "⋯ Тағы", "Тағы не істеу керек?")
    await taps(deputy, "Өтініш берушіге жазу", "Өтініш беруші оқитын")
    await sends(deputy, text, "хабар алғандар")


async def _watches(stage: Stage, language: str) -> None:
    w = WORDS[language]
    secretary = await meets(stage, SECRETARY, language)
    await sends(secretary, "/requests", w["list"])
    await taps(secretary, "САР-2026-0001", "САР-2026-0001 ·")
    await taps(secretary, w["more"], w["what"])
    await taps(secretary, w["watch"], w["not"])
    await taps(secretary, w["start"], w["on"])


def _news(messages: list[Json], language: str) -> list[Json]:
    return [m for m in messages if WORDS[language]["news"] in (m["text"] or "")]


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_who_watches_hears_of_states_and_answers_once_each(
    stage: Stage, language: str
) -> None:
    w = WORDS[language]
    await _registered(stage)
    await _watches(stage, language)
    secretary = stage.person(SECRETARY)
    await _moves_on(stage)
    news = await secretary.wait_for(w["news"])
    assert w["state"] in news["text"]
    assert LAMP not in news["text"]
    await _writes(stage, "Шам ауыстырылады")
    await secretary.wait_for(w["answered"])
    assert len(_news(await secretary.messages(), language)) == 2
    await taps(secretary, w["watch"], w["yes"])
    await taps(secretary, w["stop"], w["off"])
    await _writes(stage, "Тағы бір сөз")
    await stage.move(timedelta(minutes=5))
    # The one that was tapped has become the card; no other came.
    assert len(_news(await secretary.messages(), language)) == 1


async def test_who_lost_the_branch_hears_nothing(stage: Stage) -> None:
    await _registered(stage)
    await _watches(stage, "kk")
    gone = update(memberships).where(memberships.c.person_id == SECRETARY - 1000)
    await stage.database.write(
        lambda tx: tx.execute(gone.values(ends_on=NOW.date() - timedelta(days=1)))
    )
    await _moves_on(stage)
    await stage.move(timedelta(minutes=5))
    assert not _news(await stage.person(SECRETARY).messages(), "kk")


async def test_a_strangers_forged_button_watches_nothing(stage: Stage) -> None:
    await _registered(stage)
    stranger = await meets(stage, OTHER_DEPUTY)
    message = (await stranger.wait_for("🏠 Меню"))["message_id"]
    for request_id in (1, 77, 2**63 - 1):
        for data in (Watch(id=request_id), SetWatch(id=request_id, on=True)):
            await stranger.tap_data(message, data.pack())
            assert stranger.alert
    for forged in ("rqwset:0:1", "rqwset:-1:1", "rqwset:x:1", f"rqw:{2**63}"):
        await stranger.tap_data(message, forged)
    found = await stage.database.read(lambda tx: tx.execute(select(request_watchers)).all())
    assert found == []


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_note_stays_inside_and_is_labelled(stage: Stage, language: str) -> None:
    w = WORDS[language]
    receipt = await _registered(stage)
    voter = await _stranger(stage, VOTER, language)
    await voter.start(_payload(receipt["text"]))
    await voter.wait_for("САР-2026-0001")
    await voter.tap("🔔")
    await _watches(stage, language)
    deputy = stage.person(DEPUTY)
    await _moves_on(stage)
    await taps(deputy, "Ішкі жазба", "өтініш беруші көрмейді")
    await sends(deputy, NOTE, "сақталды")
    await _writes(stage, "Шам ауыстырылады")
    secretary = stage.person(SECRETARY)
    await secretary.wait_for(w["answered"])
    await sends(secretary, "/requests", w["list"])
    card = await taps(secretary, "САР-2026-0001", w["note"])
    assert w["public"] in card["text"]
    seen = await taps(secretary, w["history"], w["note"])
    assert w["public"] in seen["text"]
    await voter.wait_for("Шам ауыстырылады")
    assert "құпия" not in str(await voter.messages())
    assert "құпия" not in str(_news(await secretary.messages(), language))
