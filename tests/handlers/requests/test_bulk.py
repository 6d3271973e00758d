"""The secretary marks several requests, looks, and does it in one go; deputies hear of it once."""

from datetime import date

import pytest
from sqlalchemy import Connection, update

from handlers.requests.bulk.callbacks import DoMany, LeftBy, Look, ManyTo, Mark, Selecting
from storage import people
from storage.requests import closing
from storage.rules.request_states import RequestState
from storage.tables import memberships
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_handing import colleague
from tests.handlers.requests.test_requests import kept, registered, tap
from tests.handlers.talking import data_of, meets, sends, taps
from tests.world import SARYAGASH

AIGUL, MOLDIR, DARKHAN, RUSLAN = 1001, 1002, 1003, 1004
TODAY = NOW.astimezone(ZONE).date()

WORDS = {
    "kk": {
        "list": "Сайлаушылар өтініштері",
        "door": "☑️ Бірнешеуін белгілеу",
        "page": "☑️ Осы беттегінің бәрі",
        "marked": "Белгіленгені: 2",
        "less": "Белгіленгені: 1",
        "next": "Әрі қарай",
        "hand": "🤝 Басқа депутатқа беру",
        "preview": "Өтініштер: 2 → Кимов Руслан",
        "yes": "✅ Иә, орындау (2)",
        "done": "Орындалды: 2",
        "left": "осы арада өзгерген",
        "category": "🗂 Санатын өзгерту",
        "roads": "Жол, көпір",
        "close": "✅ Нәтижелерін қабылдап жабу",
        "closed": "Жабылатын өтініштер: 1",
        "state": "күйі бұған сай емес",
        "orphans": "👤 Депутаты жоқ өтініштер",
        "whom": "Өтініштер кімге беріледі? (2)",
    },
    "ru": {
        "list": "Обращения избирателей",
        "door": "☑️ Выбрать несколько",
        "page": "☑️ Все на этой странице",
        "marked": "Выбрано: 2",
        "less": "Выбрано: 1",
        "next": "Дальше",
        "hand": "🤝 Передать депутату",
        "preview": "Обращений: 2 → Кимов Руслан",
        "yes": "✅ Да, выполнить (2)",
        "done": "Выполнено: 2",
        "left": "изменилось за это время",
        "category": "🗂 Сменить категорию",
        "roads": "Дороги и мосты",
        "close": "✅ Принять итоги и закрыть",
        "closed": "Будет закрыто обращений: 1",
        "state": "состояние этого не позволяет",
        "orphans": "👤 Без депутата",
        "whom": "Кому передать обращения? (2)",
    },
}


async def _two(stage: Stage) -> None:
    await registered(stage)
    await registered(stage, "Мектеп жанында көше қараңғы, шам жоқ")


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_several_are_handed_over_with_one_notice_a_person(
    stage: Stage, language: str
) -> None:
    said, to = WORDS[language], await colleague(stage)
    await _two(stage)
    moldir = await meets(stage, MOLDIR, language)
    ruslan = await meets(stage, RUSLAN)
    await sends(moldir, "/requests", said["list"])
    await tap(moldir, said["door"])
    await taps(moldir, said["page"], said["marked"])
    await taps(moldir, "САР-2026-0001", said["less"])
    await taps(moldir, "САР-2026-0001", said["marked"])
    await tap(moldir, said["next"])
    await tap(moldir, said["hand"])
    shown = await taps(moldir, "Кимов Руслан", said["preview"])
    assert "САР-2026-0001, САР-2026-0002" in shown["text"]
    await taps(moldir, said["yes"], said["done"])
    assert [(row["deputy_id"], row["handed_from"]) for row in await kept(stage)] == [(to, None)] * 2
    await ruslan.wait_for("Вам переданы обращения: 2")
    darkhan = stage.person(DARKHAN)
    news = await darkhan.wait_for("басқа депутатқа берді: 2")
    assert "шам" not in news["text"]
    await taps(darkhan, "🤝 Өзгеге берілгендері", "№ САР-2026-0002 · Тіркелді")


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_what_changed_meanwhile_is_left_out_and_named(stage: Stage, language: str) -> None:
    said = WORDS[language]
    await _two(stage)
    moldir = await meets(stage, MOLDIR, language)
    await sends(moldir, "/requests", said["list"])
    await tap(moldir, said["door"])
    await taps(moldir, said["page"], said["marked"])
    await tap(moldir, said["next"])
    await tap(moldir, said["category"])
    preview = await taps(moldir, said["roads"], "САР-2026-0001, САР-2026-0002")
    darkhan = stage.person(DARKHAN)
    await tap(darkhan, "✏️ Санаты")
    await tap(darkhan, "Экология")
    await darkhan.wait_for("Санаты: Экология")
    await taps(moldir, said["yes"], said["left"])
    assert sorted(row["category"] for row in await kept(stage)) == ["ecology", "roads"]
    again = data_of(preview, said["yes"])
    before = await kept(stage)
    await moldir.tap_data(preview["message_id"], again)
    assert await kept(stage) == before


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_reported_outcomes_are_accepted_together(stage: Stage, language: str) -> None:
    said = WORDS[language]
    await _two(stage)
    darkhan = await stage.database.read(people.actor_of, DARKHAN, TODAY)
    assert darkhan
    first, _ = await kept(stage)
    given = (first["id"], 1, RequestState.REDIRECTED, "Хат", (), NOW, TODAY)
    await stage.database.write(closing.report, darkhan, *given)
    moldir = await meets(stage, MOLDIR, language)
    await sends(moldir, "/requests", said["list"])
    await tap(moldir, said["door"])
    await taps(moldir, said["page"], said["marked"])
    await tap(moldir, said["next"])
    shown = await taps(moldir, said["close"], said["closed"])
    assert said["state"] in shown["text"]
    await tap(moldir, "✅")
    await stage.person(DARKHAN).wait_for("өтініштеріңіздің нәтижесін қабылдады: 1")
    assert [row["state"] for row in await kept(stage)] == ["closed", "registered"]


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_what_a_deputy_left_is_given_on_from_one_screen(stage: Stage, language: str) -> None:
    said, to = WORDS[language], await colleague(stage)
    await _two(stage)

    def ended(tx: Connection) -> None:
        gone = memberships.c.person_id == DARKHAN - 1000
        tx.execute(update(memberships).where(gone).values(ends_on=date(2026, 11, 23)))

    await stage.database.write(ended)
    moldir = await meets(stage, MOLDIR, language)
    await sends(moldir, "/requests", said["list"])
    await tap(moldir, said["door"])
    await tap(moldir, said["orphans"])
    await taps(moldir, "Оразов Дархан", said["whom"])
    await taps(moldir, "Кимов Руслан", said["preview"])
    await taps(moldir, said["yes"], said["done"])
    assert {row["deputy_id"] for row in await kept(stage)} == {to}


async def test_nobody_else_marks_and_forged_buttons_do_nothing(stage: Stage) -> None:
    await _two(stage)
    before = await kept(stage)
    darkhan = stage.person(DARKHAN)
    listed = await sends(darkhan, "/requests", "Сайлаушылар өтініштері")
    assert "☑️ Бірнешеуін белгілеу" not in darkhan.labels(listed)
    ids = [row["id"] for row in before]
    for data in (
        Selecting(), Mark(id=ids[0], which="open", page=0), ManyTo(), DoMany(seal="x"),
        Look(deed="hand", to="4"), LeftBy(deputy=3, branch=SARYAGASH),
    ):  # fmt: skip
        await darkhan.tap_data(listed["message_id"], data.pack())
    moldir = await meets(stage, MOLDIR)
    message = (await moldir.last())["message_id"]
    for forged in (
        Look(deed="hand", to="4").pack(), Look(deed="close").pack(), DoMany(seal="x").pack(),
        LeftBy(deputy=3, branch=SARYAGASH).pack(), Selecting(which="x", page=2**31 - 1).pack(),
        "rbmark:-1:open:0", "rbmark:999999:open:0", "rqblook:burn:1", "rqblook:hand:x",
    ):  # fmt: skip
        await moldir.tap_data(message, forged)
    await moldir.tap_data(message, Mark(id=ids[0], which="open", page=0).pack())
    await moldir.tap_data(message, Look(deed="hand", to="999999").pack())
    await moldir.tap_data(message, Look(deed="category", to="nowhere").pack())
    assert await kept(stage) == before


async def test_the_page_of_those_handed_on_says_when_there_are_none(stage: Stage) -> None:
    darkhan = await meets(stage, DARKHAN)
    await sends(darkhan, "/requests", "Сайлаушылар өтініштері")
    await taps(darkhan, "🤝 Өзгеге берілгендері", "басқаға берілген өтініш жоқ")
    await darkhan.tap_data((await darkhan.last())["message_id"], f"rbpast:{2**31 - 1}")
    assert "басқаға берілген өтініш жоқ" in (await darkhan.last())["text"]
