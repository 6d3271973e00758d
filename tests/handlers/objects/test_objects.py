"""Stories of objects under control: taken, visited with photos, followed, taken off."""

from datetime import timedelta
from typing import Any

import pytest

from handlers.objects.callbacks import EditObject, FollowUp, ObjectCurator, RemoveObject, StartVisit
from storage import objects, people
from storage.objects import ControlledObject
from storage.reminders import next_due
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_books import comes
from tests.handlers.talking import meets, sends, taps
from tests.storage.objects.given import a_proposal, an_object
from tests.world import SARYAGASH

TODAY = NOW.astimezone(ZONE).date()
SECRETARY, DEPUTY, STRANGER = 1002, 1003, 1004
WORDS = {
    "kk": {
        "list": "Партиялық бақылаудағы нысандар: 1",
        "name": "Ипподром құрылысы",
        "visit": "👣 Сапарды тіркеу",
        "day": "Сапар қай күні болды?",
        "future": "Бұл күн әлі келген жоқ",
        "people": "Кімдер қатысты?",
        "found": "Не анықталды?",
        "send": "Сурет, геолокация және дайындық пайызын жіберіңіз",
        "percent": "0–100 аралығындағы бүтін сан қажет",
        "photos": "Суреттер: 2",
        "place": "Геолокация алынды",
        "ready": "Дайындығы: 55 %",
        "next": "Әрі қарай ›",
        "what": "Қандай ұсыным беріледі?",
        "when": "Ұсыным қай күнге дейін орындалуы керек?",
        "noted": "✅ Сапар тіркелді",
        "due": "Ұсыным мерзімі: 8 желтоқсан · 14 күн қалды",
        "reminder": "⏰ Еске салу: нысан бойынша ұсыным",
        "later": "⏰ Кейінірек еске салу",
        "until": "Қашан тағы ескертейін?",
        "tomorrow": "Ертең таңертең",
        "rests": "Тағы ескертемін: 2 желтоқсан",
        "followed": "✅ Ұсыным орындалды",
        "how": "Ұсыным қалай орындалды?",
        "done": "✅ Орындалды: Кесте келді",
        "back": "‹ Артқа",
        "line": "🖼 Фотошежіре",
        "over": "1. 23 қараша · 55 %",
    },
    "ru": {
        "list": "Объекты под партийным контролем: 1",
        "name": "Строительство ипподрома",
        "visit": "👣 Записать выезд",
        "day": "В какой день был выезд?",
        "future": "Этот день ещё не наступил",
        "people": "Кто участвовал?",
        "found": "Что выявлено?",
        "send": "Отправьте фото, геолокацию и готовность в процентах",
        "percent": "Нужно целое число от 0 до 100",
        "photos": "Фото: 2",
        "place": "Геолокация получена",
        "ready": "Готовность: 55 %",
        "next": "Дальше ›",
        "what": "Что рекомендуется?",
        "when": "К какому дню исполнить рекомендацию?",
        "noted": "✅ Выезд записан",
        "due": "Срок рекомендации: 8 декабря · осталось 14 дн.",
        "reminder": "⏰ Напоминание: рекомендация по объекту",
        "later": "⏰ Напомнить позже",
        "until": "Когда напомнить ещё раз?",
        "tomorrow": "Завтра утром",
        "rests": "Напомню ещё раз: 2 декабря",
        "followed": "✅ Рекомендация исполнена",
        "how": "Как исполнена рекомендация?",
        "done": "✅ Исполнено: Кесте келді",
        "back": "‹ Назад",
        "line": "🖼 Фотолента",
        "over": "1. 23 ноября · 55 %",
    },
}


async def given(stage: Stage) -> ControlledObject:
    secretary = await stage.database.read(people.actor_of, SECRETARY, TODAY)
    assert secretary is not None
    return await stage.database.write(
        an_object, secretary, SARYAGASH, curator_id=DEPUTY - 1000, plan_on=TODAY
    )


async def now_of(stage: Stage, object_id: int) -> ControlledObject:
    secretary = await stage.database.read(people.actor_of, SECRETARY, TODAY)
    assert secretary is not None
    return await stage.database.read(objects.get, secretary, object_id)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_curator_visits_recommends_and_tells_the_end(stage: Stage, language: str) -> None:
    one, say = await given(stage), WORDS[language]
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, "/objects", say["list"])
    await taps(deputy, say["name"], say["name"])
    await taps(deputy, say["visit"], say["day"])
    await sends(deputy, "24.12.2026", say["future"])
    await sends(deputy, "23.11", say["people"])
    await sends(deputy, "Депутаттар мен мердігер", say["found"])
    await sends(deputy, "Жарық желісі <тартылған жоқ>", say["send"])
    await deputy.send_photo(count=2)
    await deputy.wait_for(say["photos"])
    await sends(deputy, "140", say["percent"])
    await sends(deputy, "55", say["ready"])
    await deputy.send_location()
    await deputy.wait_for(say["place"])
    await taps(deputy, say["next"], say["what"])
    await sends(deputy, "Кестені ұсыну", say["when"])
    card = await sends(deputy, "08.12.2026", say["noted"])
    assert say["due"] in card["text"]
    assert "Жарық желісі <тартылған жоқ>" in card["text"]
    # A week before, a reminder comes, and is answered from there.
    due = await stage.database.read(next_due)
    assert due is not None
    await stage.move(due - stage.clock.now())
    reminder = await deputy.wait_for(say["reminder"])
    assert "«Кестені ұсыну»" in reminder["text"]
    await taps(deputy, say["later"], say["until"])
    await taps(deputy, say["tomorrow"], say["rests"])
    await stage.move(timedelta(days=1))
    await deputy.wait_for(say["reminder"])
    await taps(deputy, say["followed"], say["how"])
    await sends(deputy, "Кесте келді", say["done"])
    assert await stage.database.read(next_due) is None
    await taps(deputy, say["back"], say["name"])
    await taps(deputy, say["back"], say["ready"])
    before = [m["kind"] for m in await deputy.messages()].count("photo")
    shown = await taps(deputy, say["line"], say["over"])
    assert shown
    await comes(deputy, "photo", before + 2)
    found = await now_of(stage, one.id)
    assert (found.percent, found.open_recommendations) == (55, 0)


async def test_the_secretary_takes_an_object_keeps_it_and_takes_it_off(stage: Stage) -> None:
    secretary = await meets(stage, SECRETARY)
    await sends(secretary, "/objects", "Сізге көрінетін бақылаудағы нысан әзірге жоқ")
    await taps(secretary, "➕ Бақылауға алу", "әзірге қабылданған ұсыныс жоқ")
    await stage.database.write(a_proposal, SARYAGASH)
    await taps(secretary, "‹ Артқа", "нысан әзірге жоқ")
    await taps(secretary, "➕ Бақылауға алу", "қай ұсынысымен бақылауға алынады")
    await sends(secretary, "мектеп", "Төмендегі батырмалардың бірін таңдаңыз.")
    await sends(secretary, "ТУРКИСТАН ипподром", "Нысанның атауын қазақша")
    await sends(secretary, "Бір жол", "екіден төртке дейін жол қажет")
    text = "Ипподром құрылысы\nСтроительство ипподрома\nТүркістан қаласы\n«Ұлан» ЖШС"
    card = await sends(secretary, text, "✅ Сақталды")
    assert "Мердігер: «Ұлан» ЖШС" in card["text"]
    assert "Бақылауға алу негізі, 17 қараша ұсынысы: Түркістан қаласындағы" in card["text"]
    await taps(secretary, "⚙️ Өзгерту", "құны, теңге: –")
    await taps(secretary, "құны, теңге", "Қайта жазыңыз: құны, теңге")
    await sends(secretary, "екі миллиард", "Бұл сан емес")
    await sends(secretary, "2 300 000 000", "Құны: 2\xa0300\xa0000\xa0000 теңге")
    await taps(secretary, "⚙️ Өзгерту", "құны, теңге: 2")
    await taps(secretary, "жоспар бойынша аяқталуы", "Қайта жазыңыз")
    await sends(secretary, "31.02.2027", "Күнтізбеде мұндай күн жоқ")
    await sends(secretary, "20.11.2026", "Аяқталу мерзімі: 20 қараша · 4 күн кешікті")
    await taps(secretary, "⚙️ Өзгерту", "жоспар бойынша")
    await taps(secretary, "жетекшілік ететін адам", "Кім жетекшілік етеді?")
    await taps(secretary, "Оразов Дархан", "Жетекшілік етеді: Оразов Дархан")
    await taps(secretary, "⚙️ Өзгерту", "жоспар бойынша")
    await taps(secretary, "Бақылаудан алу", "Қай шешіммен бақылаудан алынады?")
    await sends(secretary, "Бюро, 24.11.2026, 3-тармақ", "Қазіргі жай-күйі: бақылаудан алынды")
    await taps(secretary, "Нысан тарихы", "бақылаудан алынды: Бюро, 24.11.2026, 3-тармақ")


async def test_forged_and_old_buttons_move_nothing(stage: Stage) -> None:
    one = await given(stage)
    stranger, deputy = await meets(stage, STRANGER), await meets(stage, DEPUTY)
    own = {"id": one.id, "version": one.version}
    forged: tuple[Any, ...] = (
        EditObject(**own, field="percent"),
        ObjectCurator(**own, person=4),
        RemoveObject(**own),
    )
    message = (await stranger.wait_for("🏠"))["message_id"]
    for data in (*forged, StartVisit(id=one.id), FollowUp(**own)):
        await stranger.tap_data(message, data.pack())
    await stranger.send("55")
    message = (await deputy.wait_for("🏠"))["message_id"]
    for data in forged:
        await deputy.tap_data(message, data.pack())
    for broken in ("obvday:-1", "obopen:x", "obcur:1:1:0", f"obby:{2**63}:0"):
        await deputy.tap_data(message, broken)
    assert await now_of(stage, one.id) == one


async def test_a_visit_begun_before_it_was_taken_off_is_refused_in_words(stage: Stage) -> None:
    one = await given(stage)
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, "/objects", "нысандар: 1")
    await taps(deputy, "Ипподром", "Ипподром")
    await taps(deputy, "👣 Сапарды тіркеу", "Сапар қай күні")
    await taps(deputy, "Бүгін", "Кімдер қатысты?")
    await taps(deputy, "Өткізіп жіберу", "Не анықталды?")
    await sends(deputy, "Жарық жоқ", "Сурет, геолокация")
    await taps(deputy, "Әрі қарай ›", "Қандай ұсыным")
    secretary = await stage.database.read(people.actor_of, SECRETARY, TODAY)
    assert secretary is not None
    await stage.database.write(objects.remove, secretary, one.id, 1, "Бюро шешімі", NOW)
    await taps(deputy, "Өткізіп жіберу", "Нысан бақылаудан алынған")
    assert await stage.database.read(objects.visits, secretary, one.id) == []
