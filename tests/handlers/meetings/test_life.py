"""Stories of a meeting's life. It is Tuesday, 24 November 2026, 10:00 in Turkistan."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from bot.simulator.client import Person
from handlers.meetings.life.callbacks import AskStep
from storage import meetings
from storage.meetings import announcements, editing, life, series
from storage.meetings.announcements import Announcement
from storage.tables import meetings as table
from storage.tables import memberships
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps
from tests.storage.meetings.life_world import (
    ASSEMBLY,
    BUREAU,
    DEPUTY,
    MEMBER,
    OLEG,
    OWNER,
    SECRETARY,
    actor,
)

FIVE_MINUTES = timedelta(minutes=5, seconds=5)
Json = dict[str, Any]


async def announced(stage: Stage, what: Announcement = ASSEMBLY, who: int = SECRETARY) -> int:
    """A meeting that its secretary called on another day."""
    expected = 4 if what.body == "assembly" else 3
    result = await stage.database.write(
        announcements.announce, await actor(stage.database, who), what, expected, NOW, ZONE
    )
    return result.meeting_id


async def manages(person: Person, label: str, kazakh: bool = True) -> Json:
    """From the list of meetings to what can be done with one."""
    await sends(person, "/meetings", "Алдағы отырыстар" if kazakh else "Предстоящие заседания")
    await taps(person, label, "Күн тәртібі" if kazakh else "повестк")
    button = "Отырысты басқару" if kazakh else "Управлять заседанием"
    return await taps(person, button, "Не істейміз?" if kazakh else "Что нужно сделать?")


async def heard(person: Person, containing: str) -> int:
    """In how many messages of the bot a person reads the words."""
    found = await person.messages()
    return sum(m["sender"]["is_bot"] and containing in (m.get("text") or "") for m in found)


def states(tx: Connection) -> list[str]:
    return list(tx.execute(select(table.c.state).order_by(table.c.id)).scalars())


async def test_from_a_draft_to_cancelled_in_kazakh(stage: Stage) -> None:
    moldir, saule = await meets(stage, SECRETARY), await meets(stage, MEMBER)
    oleg = await meets(stage, OLEG)

    # A draft: nobody is told.
    await sends(moldir, "/newmeeting", "(1/5)")
    await taps(moldir, "Фракция отырысы", "(2/5)")
    await sends(moldir, "27.11 15:00", "(4/5)")
    await taps(moldir, "Артқа", "(3/5)")
    await taps(moldir, "Артқа", "(2/5)")
    await taps(moldir, "Артқа", "(1/5)")
    await taps(moldir, "Филиалдың жалпы жиналысы", "(4/5)")
    await sends(moldir, "мәжіліс залы", "(5/5)")
    await sends(moldir, "Жылдық есеп\nСайлау", "Жарияламас бұрын тексеріңіз")
    await taps(moldir, "Қаралама ретінде сақтау", "✅ Қаралама сақталды")
    await sends(saule, "/meetings", "Келесі отырыс әлі жарияланған жоқ")

    # Announced with a look at the very content.
    screen = await manages(moldir, "әлі жарияланған жоқ")
    assert "Отырысты бастау" not in moldir.labels(screen)
    look = await taps(moldir, "Отырысты жариялау", "Жарияламас бұрын тексеріңіз")
    assert look["text"].splitlines()[1:] == [
        "🗓 Партия мүшелерінің жалпы жиналысы (Сарыағаш аудандық филиалы)",
        "27 қараша, жұма, 15:00",
        "Өтетін жері: мәжіліс залы",
        "Күн тәртібінде 2 мәселе:",
        "1. Жылдық есеп",
        "2. Сайлау",
        "",
        "Хабарландыру бірден 4 адамға жіберіледі: филиалдағылардың бәріне.",
    ]
    await taps(moldir, "4 адамға хабарлау", "✅ Жарияланды")
    await saule.wait_for("🗓 Хабарландыру")

    # Three quick changes, one notice.
    await manages(moldir, "Партия мүше")
    await taps(moldir, "Мәліметтерін өзгерту", "Нені өзгертеміз?")
    await taps(moldir, "Өтетін жері", "Мысалы: филиалдың мәжіліс залы")
    await sends(moldir, "мектеп", "✅ Өзгертілді.")
    await taps(moldir, "Форматы", "Форматы: офлайн")
    await taps(moldir, "аралас форматта", "✅ Өзгертілді.")
    await taps(moldir, "Сілтеме", "Толық мекенжайын жіберіңіз")
    await sends(moldir, "zoom", "Бұл толық мекенжай емес")
    await sends(moldir, "https://meet.example.kz/1", "бірнеше минуттан кейін бір хабарламамен")
    assert await heard(saule, "мәлімет өзгерді") == 0
    await stage.move(FIVE_MINUTES)
    change = await saule.wait_for("🗓 Отырыс туралы мәлімет өзгерді")
    assert "Өзгергені: форматы, өтетін жері, сілтеме" in change["text"]
    assert "Аралас форматта" in change["text"]
    assert "Өтетін жері: мектеп" in change["text"]
    assert "Онлайн қосылу" in saule.labels(change)
    await oleg.wait_for("Изменилось: формат, место, ссылка")

    # Another day.
    await manages(moldir, "Партия мүше")
    await taps(moldir, "Басқа уақытқа ауыстыру", "(1/3) Қай күні өтеді?")
    await sends(moldir, "кеше", "Бұл күн өтіп кетті")
    await sends(moldir, "27.11 15:00", "онсыз да осы күнге және уақытқа белгіленген")
    await taps(moldir, "Артқа", "(1/3)")
    await sends(moldir, "28.11", "(2/3)")
    await sends(moldir, "таңертең ерте", "Уақытын түсінбедім")
    await sends(moldir, "25:00", "Мұндай уақыт болмайды")
    await sends(moldir, "30.11 сағат 11-де", "(3/3) Неліктен ауыстырылады?")
    check = await sends(moldir, "зал <жөнделіп> жатыр", "Ауыстырмас бұрын тексеріңіз")
    assert check["text"].splitlines()[2:5] == [
        "Қазіргі уақыты: 27 қараша, жұма, 15:00",
        "Жаңа уақыты: 30 қараша, дүйсенбі, 11:00 · 6 күн қалды",
        "Себебі: зал <жөнделіп> жатыр",
    ]
    await taps(moldir, "Ауыстыру, 4 адамға хабарлау", "✅ Отырыс ауыстырылды")
    moved = await saule.wait_for("⏰ Отырыс басқа уақытқа ауыстырылды")
    assert moved["text"].splitlines()[2:] == [
        "Бұрынғы уақыты: 27 қараша, жұма, 15:00",
        "30 қараша, дүйсенбі, 11:00 · 6 күн қалды",
        "Аралас форматта",
        "Өтетін жері: мектеп",
        "Себебі: зал <жөнделіп> жатыр",
    ]
    assert "Қатысамын" in saule.labels(moved)  # asked anew
    card = await taps(saule, "Толығырақ", "басқа уақытқа ауыстырылды · 6 күн қалды")
    assert "Отырысты басқару" not in saule.labels(card)

    # It does not take place.
    await manages(moldir, "Партия мүше")
    await taps(moldir, "Отырысты болдырмау", "(1/2) Отырыс неліктен өтпейді?")
    await moldir.send_sticker()
    await moldir.wait_for("Мұнда мәтін керек.")
    await sends(moldir, "боран", "Болдырмас бұрын тексеріңіз")
    await sends(moldir, "боран және жол жабық", "Себебі: боран және жол жабық")
    await taps(moldir, "Болдырмау, 4 адамға хабарлау", "✅ Отырыс өткізілмейді")
    gone = await saule.wait_for("⚠️ Отырыс өткізілмейді")
    assert "Себебі: боран және жол жабық" in gone["text"]
    await oleg.wait_for("⚠️ Заседание отменено")
    await stage.move(FIVE_MINUTES)
    for words in ("🗓 Хабарландыру", "мәлімет өзгерді", "⚠️ Отырыс өткізілмейді"):
        assert await heard(saule, words) == 1, words


async def test_from_announced_to_archived_in_russian(stage: Stage) -> None:
    meeting_id = await announced(stage)
    moldir = await meets(stage, SECRETARY, "ru")

    ahead = await manages(moldir, "Общее собрание", kazakh=False)
    assert not {"Начать заседание", "Перекличка"} & set(moldir.labels(ahead))
    await moldir.tap_data(ahead["message_id"], AskStep(id=meeting_id, step="begin").pack())
    await moldir.wait_for("Начать заседание сейчас?")
    await moldir.tap("✅ Начать")
    assert "Ещё рано" in moldir.toast
    await stage.move(timedelta(days=3, hours=5))
    await manages(moldir, "Общее собрание", kazakh=False)
    await taps(moldir, "Начать заседание", "Начать заседание сейчас?")
    going_on = await taps(moldir, "✅ Начать", "✅ Заседание началось.")
    assert "идёт сейчас" in going_on["text"]
    assert "Отменить заседание" not in moldir.labels(going_on)
    asked = await taps(moldir, "Закончить заседание", "вернуть назад нельзя")
    assert "⚠️ Не рассмотрено вопросов: 2" in asked["text"]
    held = await taps(moldir, "✅ Закончилось", "✅ Заседание состоялось.")
    assert "состоялось" in held["text"]
    await stage.database.write(
        lambda tx: (
            tx.execute(update(table).where(table.c.id == meeting_id).values(state="signed"))
            and None
        )
    )
    await taps(moldir, "‹ Назад", "состоялось, протокол подписан")
    await taps(moldir, "Управлять", "Что нужно сделать?")
    await taps(moldir, "В архив", "Отправить заседание в архив?")
    await taps(moldir, "✅ В архив", "состоялось, в архиве")
    assert await stage.database.read(states) == ["archived"]


async def test_moved_and_cancelled_in_russian(stage: Stage) -> None:
    await announced(stage)
    moldir, oleg = await meets(stage, SECRETARY, "ru"), await meets(stage, OLEG)

    await manages(moldir, "Общее собрание", kazakh=False)
    await taps(moldir, "Перенести на другое время", "(1/3) В какой день?")
    await taps(moldir, "30", "(2/3)")
    await sends(moldir, "16:30", "(3/3) Почему переносится?")
    await taps(moldir, "Пропустить", "Причина: не указана")
    await taps(moldir, "✏️ Время", "(2/3)")
    await taps(moldir, "14:00", "(3/3)")
    await taps(moldir, "Пропустить", "Новое время: 30 ноября, понедельник, 14:00")
    await taps(moldir, "Перенести, сообщить: 4 чел.", "✅ Заседание перенесено")
    moved = await oleg.wait_for("⏰ Заседание перенесено на другое время")
    assert "Было назначено: 27 ноября, пятница, 15:00" in moved["text"]
    await taps(moldir, "‹ Назад", "перенесено на другое время")
    await taps(moldir, "Отменить заседание", "(1/2) Почему заседание не состоится?")
    await sends(moldir, "буран", "Проверьте перед отменой")
    await taps(moldir, "Отменить, сообщить: 4 чел.", "✅ Заседание отменено")
    await oleg.wait_for("Причина: буран")
    await taps(moldir, "Скопировать заседание", "Создан черновик с той же повесткой")
    assert await stage.database.read(states) == ["cancelled", "draft"]


async def test_the_second_of_two_secretaries_learns_who_was_first(stage: Stage) -> None:
    meeting_id = await announced(stage)
    moldir = await meets(stage, SECRETARY)
    aigul = await actor(stage.database, OWNER)

    await manages(moldir, "Жалпы жиналыс")
    await taps(moldir, "Мәліметтерін өзгерту", "Нені өзгертеміз?")
    await taps(moldir, "Өтетін жері", "Өтетін жері: мәжіліс залы")
    await stage.database.write(editing.edit, aigul, meeting_id, 1, {"place": "мектеп"}, NOW)
    again = await sends(moldir, "клуб", "Сейтова Айгүл өзгертті")
    assert "Өтетін жері: мектеп" in again["text"]  # as it stands now
    await sends(moldir, "клуб", "Өтетін жері: клуб")

    # The same at the last tap before people are told.
    await taps(moldir, "‹ Артқа", "Не істейміз?")
    await taps(moldir, "Басқа уақытқа", "(1/3)")
    await sends(moldir, "30.11 11:00", "(3/3)")
    check = await taps(moldir, "Өткізіп жіберу", "Ауыстырмас бұрын тексеріңіз")
    version = (await stage.database.read(meetings.get, aigul, meeting_id)).version
    await stage.database.write(editing.edit, aigul, meeting_id, version, {"format": "online"}, NOW)
    await moldir.tap("Ауыстыру, 4 адамға", check)
    assert "Осы арада мәлімет өзгерді" in moldir.toast
    await taps(moldir, "Ауыстыру, 4 адамға", "✅ Отырыс ауыстырылды")


async def test_not_over_another_meeting_of_the_body(stage: Stage) -> None:
    monday = ASSEMBLY.starts_at + timedelta(days=3)
    await announced(stage, replace(ASSEMBLY, draft="b", title_kk="Басқа жиналыс", starts_at=monday))
    await announced(stage)
    moldir = await meets(stage, SECRETARY)

    await manages(moldir, "Жалпы жиналыс")
    await taps(moldir, "Басқа уақытқа", "(1/3)")
    over = await sends(moldir, "30.11 16:00", "осы органның басқа отырысы бар: Басқа жиналыс")
    assert "(2/3)" in over["text"]
    await sends(moldir, "18:00", "(3/3)")
    check = await taps(moldir, "Өткізіп жіберу", "Ауыстырмас бұрын тексеріңіз")
    assert "⚠️ Осы күні тағы бір отырыс жарияланған: 15:00" in check["text"]


async def test_everything_of_a_meeting_can_be_changed(stage: Stage) -> None:
    await announced(stage)
    moldir = await meets(stage, SECRETARY)
    await manages(moldir, "Жалпы жиналыс")
    await taps(moldir, "Мәліметтерін өзгерту", "Нені өзгертеміз?")

    await taps(moldir, "Қазақша атауы", "ең көбі 250 таңба")
    await sends(moldir, "а" * 251, "Мәтін тым ұзын: ең көбі 250 таңба.")
    await sends(moldir, "Есеп беру <жиналысы>", "🗓 Есеп беру <жиналысы>")
    await taps(moldir, "Орысша атауы", "Орысша атауы: Общее собрание")
    await sends(moldir, "Отчётное собрание", "Орысша атауы: Отчётное собрание")
    await taps(moldir, "Түрі", "Түрі: кезекті отырыс")
    await taps(moldir, "кезектен тыс отырыс", "Түрі: кезектен тыс отырыс")
    await taps(moldir, "Картадағы нүкте", "қыстырғыш белгісі")
    await sends(moldir, "42.3, 69.5", "Мұнда картадағы нүкте керек.")
    await moldir.send_location(42.3167, 69.5958)
    await moldir.wait_for("Картадағы нүкте: 42.31670, 69.59580")
    await taps(moldir, "Төрағалық етуші", "Тегі мен атын жазыңыз")
    await sends(moldir, "Бекмұратов Ерік", "Төрағалық етуші: Бекмұратов Ерік")

    saule = await meets(stage, MEMBER)
    await sends(saule, "/next", "🗓 Есеп беру <жиналысы>")
    card = await saule.last()
    assert "Кезектен тыс отырыс" in card["text"]
    assert "Төрағалық етуші: Бекмұратов Ерік" in card["text"]
    assert "Картада көру" in saule.labels(card)
    await taps(moldir, "Картадағы нүкте", "Картадағы нүкте: 42.31670")
    await taps(moldir, "Алып тастау", "Картадағы нүкте: —")


async def test_a_draft_without_a_day_gets_one_and_is_thrown_away(stage: Stage) -> None:
    await announced(stage)
    moldir = await meets(stage, SECRETARY)
    await manages(moldir, "Жалпы жиналыс")
    copy = await taps(moldir, "Отырыстың көшірмесін жасау", "✅ Күн тәртібі сол қалпында")
    assert "Күні белгіленбеген" in copy["text"]
    look = await taps(moldir, "Отырысты жариялау", "Күні мен уақыты әлі белгіленбеген")
    assert not any("хабарлау" in label for label in moldir.labels(look))
    await taps(moldir, "Күні мен уақыты", "(1/2) Қай күні өтеді?")
    await taps(moldir, "›", "16 желтоқсан: Тәуелсіздік күні")
    await taps(moldir, "15", "(2/2) 15 желтоқсан, сейсенбі")
    await sends(moldir, "25:00", "Мұндай уақыт болмайды")
    await taps(moldir, "10:00", "15 желтоқсан, сейсенбі, 10:00")
    await taps(moldir, "‹ Артқа", "Не істейміз?")
    await taps(moldir, "Қараламаны жою", "Қалпына келтіру мүмкін емес")
    await taps(moldir, "🗑 Қараламаны жою", "✅ Қаралама жойылды.")
    assert await stage.database.read(states) == ["announced"]


async def test_it_repeats(stage: Stage) -> None:
    await announced(stage)
    moldir = await meets(stage, SECRETARY)
    await manages(moldir, "Жалпы жиналыс")
    await taps(moldir, "Қайталануы", "Қайталанбайды.")
    await taps(moldir, "екі аптада бір рет", "Қайталануы: екі аптада бір рет")
    made = await taps(moldir, "Келесі отырысты жасау", "✅ Келесі отырыстың қараламасы дайын")
    assert "11 желтоқсан, жұма, 15:00" in made["text"]
    await manages(moldir, "27 қараша")
    await taps(moldir, "Қайталануы", "Қайталануы: екі аптада")
    await taps(moldir, "Келесі отырысты жасау", "Келесі отырыс бұрыннан бар.")
    assert await stage.database.read(states) == ["announced", "draft"]


async def test_when_one_of_a_series_is_over_the_next_is_a_draft(stage: Stage) -> None:
    meeting_id = await announced(stage)
    who = await actor(stage.database, SECRETARY)
    await stage.database.write(series.repeat, who, meeting_id, 1, "week", NOW)
    await stage.database.write(life.begin, who, meeting_id, 2, ASSEMBLY.starts_at)
    moldir = await meets(stage, SECRETARY)

    await manages(moldir, "27 қараша")
    await taps(moldir, "Отырысты аяқтау", "Отырыс аяқталды ма?")
    await taps(moldir, "✅ Аяқталды", "Қайталанатын отырыстың келесісі қаралама")
    await manages(moldir, "4 желтоқсан")
    assert await stage.database.read(states) == ["held", "draft"]


async def test_what_is_being_entered_waits_while_something_else_comes_first(stage: Stage) -> None:
    await announced(stage)
    moldir = await meets(stage, SECRETARY)
    await manages(moldir, "Жалпы жиналыс")
    await taps(moldir, "Басқа уақытқа", "(1/3)")
    await sends(moldir, "30.11 11:00", "(3/3)")

    await sends(moldir, "/menu", "Мәзір")
    await taps(moldir, "Аяқтау: отырыс", "(3/3) Неліктен ауыстырылады?")
    check = await sends(moldir, "боран", "Ауыстырмас бұрын тексеріңіз")
    await sends(moldir, "иә", "Бұл қадамда мәтін жазылмайды")
    await sends(moldir, "/menu", "Мәзір")
    await moldir.tap_data(check["message_id"], data_of(check, "Ауыстыру, 4"))
    await moldir.wait_for("✅ Отырыс ауыстырылды")
    await moldir.tap_data(check["message_id"], data_of(check, "Ауыстыру, 4"))
    assert "Бұл аяқталған" in moldir.toast
    assert await stage.database.read(states) == ["rescheduled"]


async def test_a_secretary_who_is_none_any_more_changes_nothing(stage: Stage) -> None:
    meeting_id = await announced(stage)
    moldir = await meets(stage, SECRETARY)
    await manages(moldir, "27 қараша")
    await taps(moldir, "Басқа уақытқа", "(1/3)")
    await sends(moldir, "30.11 11:00", "(3/3)")
    check = await sends(moldir, "боран", "Ауыстырмас бұрын тексеріңіз")
    word = data_of(check, "Ауыстыру, 4")
    # She is a member from now on.
    gone = update(memberships).where(memberships.c.person_id == SECRETARY - 1000)
    await stage.database.write(lambda tx: tx.execute(gone.values(role="member")) and None)

    await moldir.tap_data(check["message_id"], word)
    assert "Сізге қолжетімсіз. Хабарласыңыз: Сейтова Айгүл" in moldir.toast
    await sends(moldir, "бәрібір", "Сейтова Айгүл")
    aigul = await actor(stage.database, OWNER)
    meeting = await stage.database.read(meetings.get, aigul, meeting_id)
    assert (meeting.state, meeting.version) == ("announced", 1)


async def test_an_entered_text_finds_its_draft_deleted(stage: Stage) -> None:
    who = await actor(stage.database, SECRETARY)
    meeting_id = await stage.database.write(announcements.save, who, ASSEMBLY, NOW)
    moldir = await meets(stage, SECRETARY)
    await manages(moldir, "27 қараша")
    await taps(moldir, "Мәліметтерін өзгерту", "Нені өзгертеміз?")
    await taps(moldir, "Өтетін жері", "Мысалы")
    await stage.database.write(life.throw_away, who, meeting_id, 1, NOW)

    await sends(moldir, "клуб", "Бұл енді жоқ")
    await sends(moldir, "/menu", "Мәзір")


async def test_two_taps_at_once_announce_a_draft_once(stage: Stage) -> None:
    who = await actor(stage.database, SECRETARY)
    await stage.database.write(announcements.save, who, ASSEMBLY, NOW)
    moldir, saule = await meets(stage, SECRETARY), await meets(stage, MEMBER)
    await manages(moldir, "Жалпы жиналыс")
    look = await taps(moldir, "Отырысты жариялау", "Жарияламас бұрын тексеріңіз")
    word = data_of(look, "хабарлау")

    await asyncio.gather(*(moldir.tap_data(look["message_id"], word) for _ in range(3)))
    await saule.wait_for("🗓 Хабарландыру")
    await stage.move(FIVE_MINUTES)
    assert await heard(saule, "🗓 Хабарландыру") == 1


async def test_only_what_was_shown_is_announced(stage: Stage) -> None:
    who = await actor(stage.database, SECRETARY)
    meeting_id = await stage.database.write(announcements.save, who, ASSEMBLY, NOW)
    moldir = await meets(stage, SECRETARY)
    await manages(moldir, "Жалпы жиналыс")
    await taps(moldir, "Отырысты жариялау", "Жарияламас бұрын тексеріңіз")
    await stage.database.write(editing.edit, who, meeting_id, 1, {"place": "клуб"}, NOW)

    await moldir.tap("4 адамға хабарлау")
    assert "Осы арада мәлімет өзгерді" in moldir.toast
    await taps(moldir, "4 адамға хабарлау", "✅ Жарияланды")


FORGED = (
    *("mlask:1", "mlann:1:1:zz", "mlq:1:begin", "mlq:1:sign", "mlgo:1:1:end", "mlgo:1:1:zz"),
    *("mled:1", "mlef:1:place", "mlef:1:state", "mlch:1:1:kind:zz", "mlrm:1:1:title_kk"),
    *("mlmv:1", "mlhr:99999", "mlnr", "mlst:nowhere", "mlmy:1:1:zz", "mlcn:1", "mlcy:1:1:zz"),
    *("mlcp:1", "mlrp:1", "mlrs:1:1:hour", "mlrs:1:1:week", "mlnx:1", "mlask:0", "mlask:-1"),
    *("mlgo:99999999999999999999:1:end", "day:mlife:2027-02-31", "month:mlife:9999-99-99"),
)


async def test_a_branch_secretary_does_nothing_to_the_bureau(stage: Stage) -> None:
    await announced(stage, BUREAU, OWNER)
    moldir = await meets(stage, SECRETARY)
    await sends(moldir, "/next", "🗓 Жалпы жиналыс")
    card = await moldir.last()
    assert "Отырысты басқару" not in moldir.labels(card)

    for forged in FORGED:
        await moldir.tap_data(card["message_id"], forged)
        assert moldir.toast, forged
    assert await stage.database.read(states) == ["announced"]
    changed = select(func.count()).where(table.c.version > 1)
    assert await stage.database.read(lambda tx: tx.execute(changed).scalar_one()) == 0


@pytest.mark.parametrize("who", [DEPUTY, MEMBER])
async def test_nor_does_a_member(stage: Stage, who: int) -> None:
    await announced(stage)
    person = await meets(stage, who)
    message = await sends(person, "/next", "🗓 Жалпы жиналыс")
    for forged in FORGED:
        await person.tap_data(message["message_id"], forged)
        assert person.toast, forged
    assert await stage.database.read(states) == ["announced"]


async def test_forged_taps_of_the_secretary_herself_break_nothing(stage: Stage) -> None:
    await announced(stage)
    moldir = await meets(stage, SECRETARY)
    message = await sends(moldir, "/next", "🗓 Жалпы жиналыс")
    for forged in FORGED:
        await moldir.tap_data(message["message_id"], forged)
    await sends(moldir, "/next", "🗓 Жалпы жиналыс")
