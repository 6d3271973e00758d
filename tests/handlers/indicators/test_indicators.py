"""Stories of indicators: the head of a department reports, the secretary keeps and looks."""

from typing import Any

import pytest

from handlers.indicators.callbacks import FactOf, PlanOf, SetIndicator
from storage import indicators, people
from storage.indicators import Indicator, NewIndicator
from storage.rules.reporting_periods import Period
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_books import comes
from tests.handlers.talking import data_of, meets, sends, taps
from tests.world import SARYAGASH

TODAY = NOW.astimezone(ZONE).date()
SECRETARY, HEAD, STRANGER = 1002, 1007, 1004
Q2, Q3 = Period(2026, 6), Period(2026, 9)
WORDS = {
    "kk": {
        "list": "Индикаторлар: 1",
        "fact": "Нақты мәнін енгізу",
        "which": "Қай кезеңнің нақты мәнін енгізесіз?",
        "q2": "2026 ж. қаңтар–маусым",
        "q3": "2026 ж. қаңтар–қыркүйек",
        "value": "Нақты мәні қандай?",
        "no_number": "Бұл сан емес: қырық бір",
        "below": "тым аз немесе тым көп",
        "sure": "Дұрыс па: 140 %?",
        "kept": "2026 ж. қаңтар–маусым: 41,8 %, жоспары: 41,7 % (885 485 адам)",
        "mend": "Түзету: 2026 ж. қаңтар–маусым",
        "why": "41,8 % → 41,6 %. Өзгерту себебі қандай?",
        "mended": "2026 ж. қаңтар–маусым: 41,6 %, жоспары: 41,7 %",
        "behind": "Жоспардан қалып келеді",
        "history": "Өзгерістер тарихы",
        "line": "нақты мәні: 41,8 → 41,6",
        "next": "Келесі есеп: 2026 ж. қаңтар–қыркүйек, мерзімі: 10 қазан · 45 күн кешікті",
        "chart": "Диаграмма",
        "open": "Спортпен айналысатындар үлесі",
    },
    "ru": {
        "list": "Индикаторы: 1",
        "fact": "Внести факт",
        "which": "За какой период вносите факт?",
        "q2": "январь–июнь 2026 г.",
        "q3": "январь–сентябрь 2026 г.",
        "value": "Какой факт?",
        "no_number": "Это не число: қырық бір",
        "below": "слишком мало или слишком много",
        "sure": "Верно ли: 140 %?",
        "kept": "январь–июнь 2026 г.: 41,8 %, план: 41,7 % (885 485 адам)",
        "mend": "Исправить: январь–июнь 2026 г.",
        "why": "41,8 % → 41,6 %. Почему меняется?",
        "mended": "январь–июнь 2026 г.: 41,6 %, план: 41,7 %",
        "behind": "Отстаёт от плана",
        "history": "История изменений",
        "line": "факт: 41,8 → 41,6",
        "next": "Следующий отчёт: январь–сентябрь 2026 г., срок: 10 октября · просрочено на 45 дн.",
        "chart": "График",
        "open": "Доля занимающихся спортом",
    },
}


async def given(stage: Stage, **values: Any) -> Indicator:
    """An indicator that the head of the sport department reports each quarter."""
    secretary = await stage.database.read(people.actor_of, SECRETARY, TODAY)
    assert secretary is not None
    new = NewIndicator(
        SARYAGASH,
        "Бұқаралық спорт",
        "Массовый спорт",
        "Спортпен айналысатындар үлесі",
        "Доля занимающихся спортом",
        **{"reporter_id": HEAD - 1000, **values},
    )
    one = await stage.database.write(indicators.add, secretary, new, NOW, ZONE)
    return await stage.database.write(
        indicators.set_plan, secretary, one.id, one.version, Q2, 41.7, NOW, ZONE
    )


async def kept(stage: Stage, indicator_id: int) -> Indicator:
    found = await stage.database.read(indicators.find, indicator_id)
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_fact_is_reported_asked_again_and_mended(stage: Stage, language: str) -> None:
    one, say = await given(stage), WORDS[language]
    head = await meets(stage, HEAD, language)
    await sends(head, "/indicators", say["list"])
    await taps(head, say["open"], say["open"])
    await taps(head, say["fact"], say["which"])
    await taps(head, say["q2"], say["value"])
    await sends(head, "қырық бір", say["no_number"])
    await sends(head, "-3", say["below"])
    await sends(head, "140", say["sure"])
    card = await sends(head, "41,8\n885 485 адам", say["kept"])
    assert say["next"] in card["text"]
    await taps(head, say["fact"], say["which"])
    await taps(head, say["mend"], say["value"])
    await sends(head, "41.6 %", say["why"])
    card = await sends(head, "Статистика нақтылады", say["mended"])
    assert say["behind"] in card["text"]
    lines = await taps(head, say["history"], say["line"])
    assert "«Статистика нақтылады»" in lines["text"]
    assert (await kept(stage, one.id)).values == (indicators.Value(Q2, 41.7, 41.6),)


async def test_a_hundred_and_forty_percent_stays_when_one_is_sure(stage: Stage) -> None:
    one = await given(stage)
    head = await meets(stage, HEAD)
    await sends(head, "/indicators", "Индикаторы: 1")
    await taps(head, "Доля занимающихся", "Доля занимающихся")
    await taps(head, "Внести факт", "За какой период")
    await taps(head, "январь–июнь", "Какой факт?")
    await sends(head, "140", "Верно ли")
    card = await taps(head, "✅ Да, верно", "Факт сохранён. Спасибо!")
    assert "январь–июнь 2026 г.: 140 %" in card["text"]
    found = (await kept(stage, one.id)).at(Q2)
    assert found is not None
    assert found.fact == 140.0


@pytest.mark.parametrize(("language", "label"), [("kk", "Диаграмма"), ("ru", "График")])
async def test_the_chart_comes_as_a_picture(stage: Stage, language: str, label: str) -> None:
    await given(stage)
    head = await meets(stage, HEAD, language)
    await sends(head, "/indicators", WORDS[language]["list"])
    await taps(head, WORDS[language]["open"], WORDS[language]["next"][:10])
    await head.tap(label)
    await comes(head, "photo", 1)


async def test_the_secretary_puts_one_down_and_keeps_it(stage: Stage) -> None:
    secretary = await meets(stage, SECRETARY)
    await sends(secretary, "/indicators", "Сізге көрінетін индикатор әзірге жоқ")
    await taps(secretary, "➕ Индикатор қосу", "Бір хабарламада бес жол")
    await sends(secretary, "Бір ғана жол", "бес жол қажет")
    text = "Мектеп саны <b>\nЧисло школ\nБілім беру\nОбразование\nмектеп"
    card = await sends(secretary, text, "Есеп беретін адам әзірге белгіленбеген")
    assert "Мектеп саны <b>" in card["text"]
    await taps(secretary, "Жоспар және баптау", "Деңгей: кезең соңындағы мәні")
    await taps(secretary, "есеп жиілігі", "есеп жиілігі")
    await taps(secretary, "Жартыжылдық сайын", "Жартыжылдық сайын · есеп мерзімі, күн: 10")
    await taps(secretary, "есеп беруші", "Кім есеп береді?")
    await taps(secretary, "Ли Виктория", "Деңгей")
    await taps(secretary, "бастапқы мәні", "Қайта жазыңыз: бастапқы мәні")
    await sends(secretary, "көп", "Бұл сан емес: көп")
    await sends(secretary, "-4", "тым аз немесе тым көп")
    await sends(secretary, "1 240", "Бастапқы мәні: 1\xa0240 мектеп")
    await taps(secretary, "Кезеңдер жоспары", "2026 жылғы жоспар")
    await taps(secretary, "2027 ›", "2027 жылғы жоспар")
    await taps(secretary, "2027 жыл: –", "Жоспары қандай?")
    shown = await sends(secretary, "1 260", "2027 жылғы жоспар")
    assert "2027 жыл: 1\xa0260 мектеп" in secretary.labels(shown)
    await taps(secretary, "‹ Артқа", "Деңгей")
    await taps(secretary, "өлшем бірлігі қазақша", "Қайта жазыңыз")
    await sends(secretary, "адам", "өлшем бірлігі мен өлшеу тәсілі өзгермейді")
    await taps(secretary, "Болдырмау", "Мәзір")
    (one,) = [
        seen.indicator
        for seen in await stage.database.read(
            indicators.listed, await _actor(stage, SECRETARY), TODAY
        )
    ]
    assert (one.reporter_id, one.base_value, one.unit_kk) == (HEAD - 1000, 1240.0, "мектеп")


async def _actor(stage: Stage, telegram_id: int) -> Any:
    return await stage.database.read(people.actor_of, telegram_id, TODAY)


async def test_two_report_at_once_and_the_second_is_told(stage: Stage) -> None:
    one = await given(stage)
    head = await meets(stage, HEAD)
    await sends(head, "/indicators", "Индикаторы: 1")
    await taps(head, "Доля занимающихся", "Доля занимающихся")
    await taps(head, "Внести факт", "За какой период")
    await taps(head, "январь–июнь", "Какой факт?")
    secretary = await _actor(stage, SECRETARY)
    await stage.database.write(
        indicators.report, secretary, one.id, one.version, Q2, 41.9, NOW, ZONE
    )
    await head.send("41,5")
    await head.wait_for("Жандосова Мөлдір")
    found = (await kept(stage, one.id)).at(Q2)
    assert found is not None
    assert found.fact == 41.9


async def test_forged_buttons_change_nothing(stage: Stage) -> None:
    one = await given(stage)
    before = await kept(stage, one.id)
    stranger, head = await meets(stage, STRANGER), await meets(stage, HEAD)
    own = {"id": one.id, "version": one.version}
    forged = (
        FactOf(**own, year=2026, month=6),
        PlanOf(**own, year=2026, month=6),
        SetIndicator(**own, field="reporter_id", value="4"),
        SetIndicator(**own, field="kind", value="index"),
    )
    message = (await stranger.wait_for("🏠"))["message_id"]
    for data in forged:
        await stranger.tap_data(message, data.pack())
    await stranger.send("41,5")
    message = (await head.wait_for("🏠"))["message_id"]
    for data in (*forged[1:], FactOf(**own, year=2026, month=12)):
        await head.tap_data(message, data.pack())
    assert await kept(stage, one.id) == before
    for broken in (
        "infof:1:1:2026:13",
        "infof:1:1:1999:6",
        "inset:x:1:kind:index",
        "inplans:1:9999",
    ):
        await head.tap_data(message, broken)
    assert await kept(stage, one.id) == before


async def test_a_period_that_has_not_ended_is_refused_in_words(stage: Stage) -> None:
    one = await given(stage)
    head = await meets(stage, HEAD)
    await sends(head, "/indicators", "Индикаторы: 1")
    await taps(head, "Доля занимающихся", "Доля занимающихся")
    shown = await taps(head, "Внести факт", "За какой период")
    assert (
        data_of(shown, "январь–сентябрь")
        == FactOf(id=one.id, version=one.version, year=2026, month=9).pack()
    )
    future = FactOf(id=one.id, version=one.version, year=2026, month=12)
    await head.tap_data(shown["message_id"], future.pack())
    await head.wait_for("Этот период ещё не закончился")
