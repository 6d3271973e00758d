"""Stories of asking: the file for a calendar, the link that is shared, the narrowed list."""

from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar
from sqlalchemy import Connection, select, update

from bot.simulator.client import Person
from handlers.meetings.asking.callbacks import Share, ToCalendar
from handlers.meetings.callbacks import MeetingList
from storage import meetings
from storage.meetings import NewMeeting, moving
from storage.tables import agenda_items, audit
from storage.tables import meetings as table
from storage.tables import people as people_table
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps
from tests.storage.meetings.life_world import OWNER, actor, called
from tests.storage.meetings.world import add_ahead, add_held
from tests.world import ORDABASY, REGION, SARYAGASH

SAULE, OLEG, RUSLAN, GUEST, BUREAU_MEMBER = 1005, 1015, 1004, 1009, 1006
GROUP = -1001000000002
Json = dict[str, Any]


async def file_of(stage: Stage, person: Person) -> Any:
    """The meeting in the newest calendar file of the chat, as icalendar reads it."""
    sent = [m["file"] for m in await person.messages() if m.get("file")]
    assert sent[-1]["name"].endswith(".ics")
    async with stage.session.get(f"{stage.telegram.url}{sent[-1]['url']}") as answer:
        calendar = Calendar.from_ical(await answer.read())
    assert calendar["METHOD"] == "PUBLISH"
    (zone,) = calendar.timezones
    assert zone["TZID"] == "Asia/Almaty"
    (event,) = calendar.events
    return event


async def test_saule_puts_the_bureau_into_her_calendar(stage: Stage) -> None:
    meeting_id = await stage.database.write(add_ahead, REGION)
    point = update(table).values(latitude=42.3, longitude=69.6)
    await stage.database.write(lambda tx: tx.execute(point))
    saule = await meets(stage, SAULE, "kk")
    await sends(saule, "Келесі бюро қашан?", "Бюросының кезекті отырысы")
    await taps(saule, "Күнтізбеге қосу", "Файлды ашыңыз")

    event = await file_of(stage, saule)
    assert event["SUMMARY"] == "Бюросының кезекті отырысы"
    assert event["DTSTART"].dt == datetime(2026, 11, 27, 10, 0, tzinfo=ZONE)
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=5)
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"] == "облыстық филиал, 2-қабат"
    assert event["URL"] == f"https://t.me/buro_test_bot?start=m{meeting_id}"
    assert (event["GEO"].latitude, event["GEO"].longitude) == (42.3, 69.6)
    assert "2. Спорт нысандарының құрылысы туралы" in event["DESCRIPTION"]

    await taps(saule, "‹ Артқа", "3 күн қалды")


async def test_moved_and_cancelled_the_file_is_a_newer_one_of_the_same_meeting(
    stage: Stage,
) -> None:
    meeting_id = await called(stage.database)
    oleg = await meets(stage, OLEG, "ru")
    await stage.app.schedule.tick()
    await taps(oleg, "Добавить в календарь", "Откройте файл")
    first = await file_of(stage, oleg)

    owner = await actor(stage.database, OWNER)
    later = datetime(2026, 12, 1, 10, 0, tzinfo=ZONE)
    meeting = await stage.database.read(meetings.get, owner, meeting_id)
    await stage.database.write(
        moving.reschedule, owner, meeting_id, meeting.version, later, None, 4, NOW, ZONE
    )
    await stage.app.schedule.tick()
    notice = await oleg.wait_for("перенесено")
    await oleg.tap("Добавить в календарь", notice)
    await oleg.wait_for("1 декабря, вторник, 10:00")
    second = await file_of(stage, oleg)
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt == later

    meeting = await stage.database.read(meetings.get, owner, meeting_id)
    await stage.database.write(
        moving.cancel, owner, meeting_id, meeting.version, "Карантин", 4, NOW, ZONE
    )
    await stage.app.schedule.tick()
    await oleg.wait_for("Карантин")
    await taps(oleg, "Убрать из календаря", "станет отменённым")
    third = await file_of(stage, oleg)
    assert third["UID"] == first["UID"]
    assert third["SEQUENCE"] > second["SEQUENCE"]
    assert third["STATUS"] == "CANCELLED"


async def test_what_is_for_the_bureau_only_stands_in_no_other_calendar(stage: Stage) -> None:
    await stage.database.write(add_ahead, REGION)
    await stage.database.write(_hide_the_second)
    saule, erik = await meets(stage, SAULE, "kk"), await meets(stage, BUREAU_MEMBER, "kk")
    for person, sees in ((saule, False), (erik, True)):
        await sends(person, "/next", "Бюросының кезекті отырысы")
        await taps(person, "Күнтізбеге қосу", "Файлды ашыңыз")
        event = await file_of(stage, person)
        assert ("Спорт нысандарының" in event["DESCRIPTION"]) is sees


async def test_a_meeting_that_is_over_or_a_draft_gives_no_file(stage: Stage) -> None:
    held = await stage.database.write(add_held, REGION)
    foreign = await stage.database.write(add_ahead, ORDABASY)
    saule = await meets(stage, SAULE, "kk")
    card = await sends(saule, "/summary", "Бюроның қараша отырысы")
    await saule.tap_data(card["message_id"], ToCalendar(id=held).pack())
    assert saule.toast == "Отырыс өтіп кетті: оны күнтізбеге қосудың қажеті жоқ."
    for forged in (ToCalendar(id=foreign).pack(), Share(id=foreign).pack(), "mcal:0", "mcal:x"):
        await saule.tap_data(card["message_id"], forged)
        assert saule.alert
    assert not [m for m in await saule.messages() if m.get("file")]


async def test_a_link_that_saule_shares_opens_the_item_for_oleg(stage: Stage) -> None:
    meeting_id = await stage.database.write(add_ahead, REGION)
    saule = await meets(stage, SAULE, "kk")
    await sends(saule, "/next", "Бюросының кезекті отырысы")
    await taps(saule, "2", "2-мәселе, барлығы 2")
    shared = await taps(saule, "Бөлісу", "Сілтеме отырысты оқуға құқығы барларға ғана ашылады")
    link = f"https://t.me/buro_test_bot?start=m{meeting_id}-2"
    assert link in shared["text"]
    to_copy = [b for row in shared["inline_keyboard"] for b in row if b.get("copy_text")]
    assert to_copy[0]["copy_text"]["text"] == link
    await taps(saule, "‹ Артқа", "2-мәселе, барлығы 2")

    oleg = stage.person(OLEG)
    await oleg.start(f"m{meeting_id}-2")
    await oleg.wait_for("О строительстве спортивных объектов")
    await oleg.start(f"m{meeting_id}")
    await oleg.wait_for("27 ноября, пятница, 10:00")


async def test_a_link_opens_to_nobody_who_may_not_read_the_meeting(stage: Stage) -> None:
    ahead = await stage.database.write(add_ahead, REGION)
    foreign = await stage.database.write(add_ahead, ORDABASY, of="Ордабасы")
    draft = await stage.database.write(add_ahead, SARYAGASH, of="Сарыағаш", state="draft")
    await stage.database.write(_hide_the_second)
    saule = await meets(stage, SAULE, "kk")
    for payload in (
        f"m{foreign}",
        f"m{foreign}-1",
        f"m{draft}",
        f"m{ahead}-2",
        f"m{ahead}-9",
        f"m{9 * 10**18 + 10**18 - 1}",
    ):
        await saule.start(payload)
        answer = await saule.wait_answer()
        assert "Бұл енді жоқ" in answer["text"], payload
    refusals = select(audit.c.action).where(audit.c.outcome == "refused")
    assert len(await stage.database.read(lambda tx: tx.execute(refusals).all())) == 6
    for nonsense in ("m", "m0", f"m{ahead}-", f"m{ahead}-0", f"m{ahead} 2", "m٣", f"x{ahead}"):
        await saule.start(nonsense)
        answer = await saule.wait_answer()
        assert "Мәзір" in answer["text"], nonsense

    anna = stage.person(GUEST)
    await anna.start(f"m{ahead}")
    await anna.tap("Русский")
    answer = await anna.wait_answer()
    assert "Бюро отырысы" not in str(await anna.messages())
    assert "27" not in str(answer["text"])


async def test_whoever_opens_a_link_first_chooses_a_language_and_is_there(stage: Stage) -> None:
    meeting_id = await stage.database.write(add_ahead, REGION)
    nobody_asked = update(people_table).values(language=None)
    await stage.database.write(lambda tx: tx.execute(nobody_asked))
    oleg = stage.person(OLEG)
    await oleg.start(f"m{meeting_id}")
    await oleg.wait_for("выберите язык")
    await taps(oleg, "Русский", "Очередное заседание Бюро")


async def test_in_a_group_a_link_shows_what_is_everybodys(stage: Stage) -> None:
    meeting_id = await stage.database.write(add_ahead, REGION)
    await stage.database.write(_hide_the_second)
    stage.telegram.add_group(GROUP, "Бюро", [BUREAU_MEMBER], bot_is_member=True)
    await meets(stage, BUREAU_MEMBER, "kk")
    erik = stage.person(BUREAU_MEMBER).in_chat(GROUP)
    card = await sends(erik, f"/start@buro_test_bot m{meeting_id}", "Бюросының кезекті отырысы")
    assert "Спорт" not in card["text"]
    assert not [one for one in erik.labels(card) if "Күнтізбеге" in one]
    shared = await taps(erik, "Бөлісу", f"start=m{meeting_id}")
    assert not [one for one in erik.labels(shared) if "Мәзір" in one]
    await sends(erik, f"/start@buro_test_bot m{meeting_id}-2", "Бұл енді жоқ")


def _hide_the_second(tx: Connection) -> None:
    tx.execute(update(agenda_items).where(agenda_items.c.number == 2).values(visibility="bureau"))


async def test_oleg_narrows_the_meetings_to_one_body_and_to_his_branch(stage: Stage) -> None:
    await stage.database.write(_many)
    oleg = await meets(stage, OLEG, "ru")
    await sends(oleg, "/meetings", "Предстоящие заседания: 13")
    choice = await taps(oleg, "По органу", "Заседания какого органа?")
    assert [one for one in oleg.labels(choice) if "·" in one] == [
        "Бюро Политического совета · 11",
        "Партийная фракция · 2",
    ]
    listed = await taps(oleg, "Партийная фракция", "Предстоящие заседания: 2")
    assert "Только: Партийная фракция" in listed["text"]
    await taps(oleg, "По филиалу", "Заседания какого филиала?")
    narrow = await taps(oleg, "Сарыагашский районный филиал · 1", "Предстоящие заседания: 1")
    assert "Только: Партийная фракция · Сарыагашский районный филиал" in narrow["text"]
    assert any("Фракция Сарыагаша" in one for one in oleg.labels(narrow))
    await taps(oleg, "Все заседания", "Предстоящие заседания: 13")

    await taps(oleg, "По органу", "Заседания какого органа?")
    first = await taps(oleg, "Бюро Политического совета", "Предстоящие заседания: 11")
    assert len([one for one in oleg.labels(first) if "Заседание Бюро" in one]) == 8
    second = await taps(oleg, "›", "Предстоящие заседания: 11")
    assert len([one for one in oleg.labels(second) if "Заседание Бюро" in one]) == 3
    await oleg.tap("Прошедшие заседания")
    await oleg.wait_for("Прошедших заседаний пока нет")


async def test_a_list_narrowed_to_what_is_not_there_shows_the_way_back(stage: Stage) -> None:
    foreign = await stage.database.write(add_ahead, ORDABASY, of="Ордабасы")
    await stage.database.write(add_ahead, REGION)
    saule = await meets(stage, SAULE, "kk")
    page = await sends(saule, "/meetings", "Алдағы отырыстар: 1")
    forged = MeetingList(body="comitee", branch=ORDABASY)
    await saule.tap_data(page["message_id"], forged.pack())
    empty = await saule.wait_for("Алдағы отырыстар: 0")
    assert f"{foreign}" not in str(saule.labels(empty))
    assert "Ордабасы" not in str(empty)
    await taps(saule, "Барлық отырыстар", "Алдағы отырыстар: 1")


def _many(tx: Connection) -> None:
    for n in range(11):
        at = NOW + timedelta(days=3 + n)
        meetings.add(
            tx, NewMeeting(REGION, f"Бюро {n}", f"Заседание Бюро {n}", at, state="announced")
        )
    for branch, of_kk, of_ru in (
        (REGION, "облыс", "области"),
        (SARYAGASH, "Сарыағаш", "Сарыагаша"),
    ):
        titles = (f"{of_kk} фракциясы", f"Фракция {of_ru}")
        at = NOW + timedelta(days=2)
        meetings.add(tx, NewMeeting(branch, *titles, at, body="faction", state="announced"))
