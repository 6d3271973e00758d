"""The demo data: what the source says of the meeting held, and a fictional region around it."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Table, select

from storage import demo, indicators, reminders, search
from storage.database import Database
from storage.demo.people import PEOPLE
from storage.demo.silent import BUREAU as BUREAU_MEMBERS
from storage.demo.silent import NEVER_STARTED
from storage.demo.typography import NO_BREAK
from storage.errors import NotPossible
from storage.first_branches import BRANCHES
from storage.meetings import quorums, reading, tasks
from storage.meetings.quorums import Quorum
from storage.people import actor_of
from storage.rules.folding import fold
from storage.rules.request_states import SETTLED, RequestState
from storage.rules.working_days import WorkingCalendar
from storage.tables import (
    agenda_items,
    ballots,
    branches,
    control_history,
    control_items,
    invitees,
    materials,
    meetings,
    memberships,
    outbox,
    people,
    proposals,
    request_history,
    voter_requests,
)
from storage.tables import reminders as reminder_rows
from tests.conftest import NOW, ZONE, sqlite_copy
from tests.opened import all_opened

SATURDAY = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
LAST_OF_THE_YEAR = datetime(2026, 12, 31, 18, 30, tzinfo=UTC)  # 23:30 in Turkistan
MIDNIGHT = datetime(2026, 11, 23, 19, 1, tzinfo=UTC)  # 00:01 on the 24th
DAYS = [NOW, SATURDAY, LAST_OF_THE_YEAR, MIDNIGHT]


class Facts(NamedTuple):
    """What the source says on an item of the agenda."""

    speaker: tuple[str, ...]
    position_kk: str
    position_ru: str
    figures: tuple[str, ...]
    proposals: tuple[tuple[str | None, str, str], ...]  # author, a word in kk, a word in ru


BUREAU = "Бюро мүшелері"
ABISHOV = "Нұралы Әлмаханұлы Әбішов"
JOINT = "Алмас Салимов, Динара Егамбердиева"

ITEMS = (
    Facts(
        ("Ғалымжан", "Худияров"),
        "Түркістан облыстық дене шынықтыру және спорт басқармасының басшысы",
        "руководитель управления физической культуры и спорта Туркестанской области",
        ("2 индикатор", "5 ", "41,5 %", "41,8 %", "885 485", "41,1 %", "41,6 %", "2024", "2025"),
        (
            (ABISHOV, "ипподром", "ипподром"),
            (ABISHOV, "жаңа спорт кешен", "новые спортивные комплексы"),
            (JOINT, "Жылға", "Жылга"),
            (JOINT, "аутизм", "аутистического"),
            (JOINT, "тапсырыс", "заказу"),
            (BUREAU, "ерекше бақылау", "особый контроль"),
        ),
    ),
    Facts(
        ("Самат", "Көшкінбай"),
        "Түркістан облыстық кәсіпкерлік және өнеркәсіп басқармасы басшысының орынбасары",
        "заместитель руководителя управления предпринимательства и промышленности "
        "Туркестанской области",
        (
            *("210 ", "133,4 п", "109 млрд", "7–8 %", "60,2 млрд", "16,5 млрд", "70 млрд"),
            *("7,4 млрд", "1,4 млрд", "80 бизнес-кейс", "110 ", "2025–2028", "2,3 трлн", "19 "),
            *("57", "412 ", "500,0 млн", "101 млрд", "2024", "2025"),
        ),
        (
            (BUREAU, "Кентау", "Кентау"),
            (BUREAU, "парк", "парк"),
            (BUREAU, "толық қуат", "полную мощность"),
            (BUREAU, "Сайрам", "Сайрамском"),
            (None, "субсидиялау", "субсидирования"),
            (None, "штаб", "штаб"),
        ),
    ),
    Facts(
        ("Ғаппар", "Амантайұлы", "Сәрсенбаев"),
        "Түркістан қалалық мәслихатының төрағасы",
        "председатель Туркестанского городского маслихата",
        (),
        (),
    ),
    Facts(
        ("Имангелді", "Қансейітұлы", "Түймебаев"),
        "Бәйдібек аудандық мәслихатының төрағасы",
        "председатель Байдибекского районного маслихата",
        (),
        (),
    ),
    Facts(
        ("Бақдәулет", "Құрманбекұлы", "Джумабеков"),
        "Ордабасы аудандық мәслихатының төрағасы",
        "председатель Ордабасинского районного маслихата",
        (),
        (),
    ),
    Facts(
        ("Рысбек", "Асылбекұлы"),
        "Сарыағаш аудандық мәслихатының төрағасы",
        "председатель Сарыагашского районного маслихата",
        (),
        (),
    ),
)
OTHERS = (
    *("Алтынсары", "Дүйсенбекұлы", "Үмбетәлиев", "Ерлан", "Жақанұлы", "Полат", "Тұрсынбаев"),
    *(name for author in (ABISHOV, JOINT) for name in re.findall(r"\w+", author)),
)
REAL_NAMES = {*OTHERS, *(name for item in ITEMS for name in item.speaker)}


async def everything(database: Database, table: Table) -> list[dict[str, Any]]:
    def read(tx: Connection) -> list[dict[str, Any]]:
        return all_opened(table, tx.execute(select(table).order_by(*table.primary_key)).mappings())

    return await database.read(read)


def plain(text: str | None) -> str:
    return (text or "").replace(NO_BREAK, " ")


def numbers(text: str | None) -> set[str]:
    whole = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain(text))
    return set(re.findall(r"\d+(?:,\d+)?", whole))


@pytest.fixture
async def loaded(database: Database) -> Database:
    await database.write(demo.load, NOW, ZONE)
    return database


@pytest.mark.parametrize("now", DAYS)
async def test_it_loads_once_on_any_day(database: Database, now: datetime) -> None:
    await database.write(demo.load, now, ZONE)
    with pytest.raises(NotPossible, match="not_empty"):
        await database.write(demo.load, now, ZONE)
    assert len(await everything(database, meetings)) == 3
    # Nothing of the told past is sent to anybody.
    assert await everything(database, outbox) == []


async def test_branches_are_the_region_and_seventeen(loaded: Database) -> None:
    kept = await everything(loaded, branches)
    assert len(kept) == 18
    assert Counter(row["kind"] for row in kept) == {"region": 1, "city": 3, "district": 14}
    assert kept[0]["kind"] == "region"
    codes = {row["code"] for row in kept}
    assert len(codes) == 18
    assert all(re.fullmatch("[А-ЯӘҒҚҢӨҰҮҺІ]{3}", code) for code in codes)
    assert {row["name_kk"] for row in kept} >= {
        "Сарыағаш аудандық филиалы",
        "Кентау қалалық филиалы",
    }


async def test_the_seven_people_hold_their_roles_and_guests_are_unknown(loaded: Database) -> None:
    codes = {row["id"]: row["code"] for row in await everything(loaded, branches)}

    async def roles(telegram_id: int) -> set[tuple[str, str | None]]:
        actor = await loaded.read(actor_of, telegram_id, NOW.date())
        assert actor is not None
        return {(m.role.value, codes.get(m.branch_id or 0)) for m in actor.memberships}

    assert await roles(1001) == {("owner", None), ("regional_secretary", None)}
    assert await roles(1002) == {("branch_secretary", "САР")}
    assert await roles(1003) == {("deputy", "САР")}
    assert await roles(1004) == {("deputy", "ОРД")}
    assert await roles(1005) == {("member", "САР")}
    assert await roles(1006) == {("bureau_member", None)}
    assert await roles(1007) == {("executor", None)}
    assert [person.telegram_id for person in PEOPLE] == list(range(1001, 1015))
    # Two deputies a branch and one of the oblast, so that a request can be handed over; one whose
    # mandate has ended, and left a request.
    assert await roles(1011) == {("deputy", "САР")}
    assert await roles(1012) == {("deputy", "ОРД")}
    assert await roles(1013) == {("deputy", None)}
    assert await roles(1014) == set()
    for guest in range(1008, 1011):
        assert await loaded.read(actor_of, guest, NOW.date()) is None


async def test_some_members_never_started_the_chat(loaded: Database) -> None:
    kept = await everything(loaded, people)
    silent = [row for row in kept if not row["reachable"]]
    assert len(silent) == len(NEVER_STARTED) + len(BUREAU_MEMBERS) == 12 + 8
    assert {row["unreachable_reason"] for row in silent} == {"never_started"}
    assert len(kept) == 12 + 8 + 11
    roles = await everything(loaded, memberships)
    assert {row["person_id"] for row in roles} == {row["id"] for row in kept}
    assert all("демо" in row["position_kk"] and "демо" in row["position_ru"] for row in roles)


def test_no_fictional_person_is_called_like_one_of_the_source() -> None:
    names = [person.name for person in PEOPLE] + [name for _, name, _ in NEVER_STARTED]
    names += [name for _, name in BUREAU_MEMBERS]
    assert len(set(names)) == len(names) == 34
    for name in names:
        assert not set(name.split()) & REAL_NAMES
    notes = [text for person in PEOPLE for text in person.notes.values()]
    assert all(notes)
    assert all(set(person.notes) == {"kk", "ru", "en"} for person in PEOPLE)


async def test_the_meeting_held_tells_what_the_source_says_and_no_day(loaded: Database) -> None:
    held = next(row for row in await everything(loaded, meetings) if row["state"] == "held")
    assert held["starts_at"] is None
    assert held["place_kk"] is None
    assert "күні хабарда көрсетілмеген" in held["period_kk"]
    assert "день в сообщении не указан" in held["period_ru"]
    assert held["source_kk"].startswith("Дереккөз: «AMANAT»")
    assert "баспасөз қызметі" in held["source_kk"]
    assert held["source_ru"].startswith("Источник: сообщение пресс-службы")
    assert held["chair_kk"].startswith("Алтынсары Дүйсенбекұлы Үмбетәлиев, партияның облыстық")
    for language in ("kk", "ru"):
        summary = plain(held[f"summary_{language}"])
        assert len(summary.splitlines()) <= 12
        assert all(len(line) <= 90 for line in summary.splitlines())  # two lines of a phone
        figures = ("41,5 %", "885 485", "133,4 п", "109 млрд", "60,2 млрд", "16,5 млрд", "70 млрд")
        assert all(figure in summary for figure in (*figures, "7,4 млрд", "2,3 трлн", "412", "57"))
        assert len(summary) <= 1200
        known = " ; ".join(figure for item in ITEMS for figure in item.figures)
        assert numbers(summary) <= numbers(known) | {"4"}
        assert not numbers(held[f"decision_{language}"])
    assert "қорытынды құжат" in held["decision_kk"]
    assert "қатаң бақылау" in held["decision_kk"]
    assert "итоговый документ" in held["decision_ru"]
    assert "строгом контроле" in held["decision_ru"]


async def test_every_fact_stands_in_its_item(loaded: Database) -> None:
    held = next(row for row in await everything(loaded, meetings) if row["state"] == "held")
    items = [r for r in await everything(loaded, agenda_items) if r["meeting_id"] == held["id"]]
    ids = {item["id"] for item in items}
    proposed = [row for row in await everything(loaded, proposals) if row["item_id"] in ids]
    assert [item["number"] for item in items] == [1, 2, 3, 4, 5, 6]
    assert len(proposed) == 12
    for item, facts in zip(items, ITEMS, strict=True):
        check_item(item, facts)
        check_proposals([row for row in proposed if row["item_id"] == item["id"]], facts)


def check_item(item: dict[str, Any], facts: Facts) -> None:
    for name in facts.speaker:
        # A patronymic is how the text addresses the speaker.
        assert name in f"{item['speaker_kk']} {item['heard_kk']}"
        assert fold(name) in fold(f"{item['speaker_ru']} {item['heard_ru']}")
    assert item["speaker_kk"].startswith(facts.speaker[0])
    assert item["speaker_kk"].endswith(facts.speaker[-1])
    assert item["speaker_position_kk"] == facts.position_kk
    assert item["speaker_position_ru"] == facts.position_ru
    for language in ("kk", "ru"):
        heard = plain(item[f"heard_{language}"])
        assert [figure for figure in facts.figures if figure not in heard] == []
        assert numbers(heard) <= numbers(" ; ".join(facts.figures)) | {"4"}  # of 4 months


def check_proposals(rows: list[dict[str, Any]], facts: Facts) -> None:
    for row, (author, word_kk, word_ru) in zip(rows, facts.proposals, strict=True):
        assert word_kk in row["text_kk"]
        assert word_ru in row["text_ru"]
        assert not numbers(row["text_kk"] + row["text_ru"])
        assert (row["author_kk"] or "").startswith(author or "")
        assert (row["author_kk"] is None) == (row["author_ru"] is None) == (author is None)


async def test_the_analysis_of_the_branch_stands_in_the_four_reports(loaded: Database) -> None:
    told = [r for r in await everything(loaded, agenda_items) if "Полат" in (r["heard_kk"] or "")]
    assert [row["number"] for row in told] == [3, 4, 5, 6]
    for row in told:
        assert "атқарушы хатшысының орынбасары Полат Тұрсынбаев" in row["heard_kk"]
        assert "Полат Турсынбаев, заместитель исполнительного секретаря" in row["heard_ru"]


async def test_every_text_is_there_in_both_languages(loaded: Database) -> None:
    for table in (branches, meetings, agenda_items, proposals, control_items, memberships):
        pairs = [c.name[:-3] for c in table.c if c.name.endswith("_kk")]
        assert pairs
        for row in await everything(loaded, table):
            for pair in pairs:
                kk, ru = row[f"{pair}_kk"], row[f"{pair}_ru"]
                assert bool(kk) == bool(ru), (table.name, row["id"], pair)
                if not kk or pair in ("speaker", "author"):  # names may be spelt alike
                    continue
                assert kk != ru
                assert not re.search("[ӘҒҚҢӨҰҮҺІәғқңөұүһі]", ru), ru
                assert "  " not in kk + ru
                assert kk == kk.strip()
                assert ru == ru.strip()


@pytest.mark.parametrize("now", DAYS)
async def test_the_meeting_ahead_is_in_three_days_on_a_working_morning(
    database: Database, now: datetime
) -> None:
    await database.write(demo.load, now, ZONE)
    ahead = next(r for r in await everything(database, meetings) if r["state"] == "announced")
    begins = ahead["starts_at"].astimezone(ZONE)
    wanted = WorkingCalendar().next_working(now.astimezone(ZONE).date() + timedelta(days=3))
    assert (begins.date(), begins.hour, begins.minute) == (wanted, 10, 0)
    assert ahead["title_kk"].endswith("(демо)")
    assert ahead["title_ru"].endswith("(демо)")
    items = [r for r in await everything(database, agenda_items) if r["meeting_id"] == ahead["id"]]
    assert len(items) == 6
    fictional = {person.name for person in PEOPLE}
    assert {row["speaker_kk"] for row in items} <= fictional
    assert "Жартасов Марат" in {row["speaker_kk"] for row in items}
    assert all("(демо)" in row["speaker_position_kk"] for row in items)


@pytest.mark.parametrize("now", DAYS)
async def test_the_bureau_of_nine_is_called_to_the_meeting_ahead(
    database: Database, now: datetime
) -> None:
    await database.write(demo.load, now, ZONE)
    today = now.astimezone(ZONE).date()
    ahead = next(r for r in await everything(database, meetings) if r["state"] == "announced")
    assert await database.read(quorums.quorum, ahead["id"], today) == Quorum(9, 0, 5)
    called = [r for r in await everything(database, invitees) if r["meeting_id"] == ahead["id"]]
    # Nine members, two secretaries, and the three others who speak.
    assert Counter(row["capacity"] for row in called) == {"member": 9, "invited": 5}
    assert Counter(row["answer"] for row in called) == {"will": 4, "cannot": 1, None: 9}
    items = [r for r in await everything(database, agenda_items) if r["meeting_id"] == ahead["id"]]
    assert {row["speaker_id"] for row in items} <= {row["person_id"] for row in called}
    papers = await everything(database, materials)
    assert {row["path"] for row in papers} == {paper.path for paper in demo.PAPERS}
    member = await database.read(actor_of, 1006, today)
    assert member is not None
    nearest = await database.read(reading.next_meeting, member, now)
    assert nearest is not None
    assert nearest.standing.invitation is not None


@pytest.mark.parametrize("now", DAYS)
async def test_what_the_bureau_told_people_to_do_is_under_control(
    database: Database, now: datetime
) -> None:
    await database.write(demo.load, now, ZONE)
    today = now.astimezone(ZONE).date()
    executor = await database.read(actor_of, 1007, today)
    assert executor is not None
    mine = await database.read(tasks.mine, executor)
    assert [
        (one.state, (one.deadline - today).days) for one in mine.instructions if one.deadline
    ] == [
        ("under_control", -4),
        ("under_control", 6),
    ]
    before = next(r for r in await everything(database, meetings) if r["state"] == "signed")
    assert before["minutes_number"] == "11"
    assert {row["outcome"] for row in await everything(database, ballots)} == {"adopted"}
    # The last one held is the one of the source all the same.
    last = await database.read(reading.last_held, executor)
    assert last is not None
    assert last.source_kk


def test_the_last_of_the_year_leads_past_the_holidays() -> None:
    # 3 January 2027 is a Sunday, 4 January a day off: the 5th is the first working day.
    day = WorkingCalendar().next_working(
        LAST_OF_THE_YEAR.astimezone(ZONE).date() + timedelta(days=3)
    )
    assert day.isoformat() == "2027-01-05"


@pytest.mark.parametrize("now", DAYS)
async def test_requests_in_every_state_with_a_true_history(
    database: Database, now: datetime
) -> None:
    await database.write(demo.load, now, ZONE)
    today = now.astimezone(ZONE).date()
    calendar = WorkingCalendar()
    kept = await everything(database, voter_requests)
    assert len(kept) == 22
    assert {row["state"] for row in kept} == {state.value for state in RequestState}
    assert all(row["text"].endswith("[демо]") for row in kept)
    lines = await everything(database, request_history)
    for row in kept:
        registered = row["registered_at"].astimezone(ZONE).date()
        assert calendar.is_working(registered)
        assert row["due_on"] == calendar.add(registered, 15)
        own = [line for line in lines if line["request_id"] == row["id"]]
        assert [line["at"] for line in own] == sorted(line["at"] for line in own)
        assert own[-1]["at"] < now
        states = [line["to_state"] for line in own if line["to_state"]]
        assert states[-1] == row["state"]
        if "sent_to_body" in states:
            assert row["body_id"]
            assert row["body_number"]
            assert row["legal_due_on"] > row["body_registered_on"] >= registered
        assert bool(row["reported_at"]) == (row["state"] in SETTLED)
        assert bool(row["closed_at"]) == (row["state"] == RequestState.CLOSED)
    (rated,) = [row for row in kept if row["rating"]]
    assert (rated["state"], rated["rating"]) == ("closed", 5)
    overdue = [r for r in kept if r["state"] not in SETTLED and r["due_on"] < today]
    assert 3 <= len(overdue) <= 5
    late = [
        row
        for row in kept
        if row["reported_at"] and row["reported_at"].astimezone(ZONE).date() > row["due_on"]
    ]
    assert not late


async def test_numbers_of_requests_go_by_arrival_without_gaps(loaded: Database) -> None:
    kept = await everything(loaded, voter_requests)
    arrivals = [row["registered_at"] for row in kept]
    assert arrivals == sorted(arrivals)
    saryagash = [row["number"] for row in kept if row["number"].startswith("САР")]
    assert saryagash == [f"САР-2026-{n:04d}" for n in range(1, 15)]
    assert sum(row["number"].startswith("ОРД-2026-") for row in kept) == 8
    with_contact = [row for row in kept if row["contact_phone"]]
    assert len(with_contact) == 6, "the seventh is closed: its contact is kept no longer"
    assert all(row["contact_phone"].startswith("+770000000") for row in with_contact)


@pytest.mark.parametrize("now", DAYS)
async def test_fifteen_items_of_the_roadmap_around_today(database: Database, now: datetime) -> None:
    await database.write(demo.load, now, ZONE)
    today = now.astimezone(ZONE).date()
    rows = [row for row in await everything(database, control_items) if row["kind"] == "roadmap"]
    kept = [row for row in rows if row["programme"] is None]
    assert len(kept) == 15
    assert {row["state"] for row in kept} == {"planned", "in_progress", "at_risk", "done"}
    assert all(row["title_kk"].endswith("[демо]") for row in kept)
    assert all(row["title_ru"].endswith("[демо]") for row in kept)
    open_days = [(row["deadline"] - today).days for row in kept if row["state"] != "done"]
    assert sum(day == 0 for day in open_days) == 2
    assert sum(day == 3 for day in open_days) == 2
    assert sum(day < 0 for day in open_days) == 3
    lines = await everything(database, control_history)
    assert all(line["at"] < now for line in lines)


async def test_what_the_source_names_is_under_control_with_what_is_made_up_marked(
    database: Database,
) -> None:
    await database.write(demo.load, DAYS[0], ZONE)
    rows = [row for row in await everything(database, control_items) if row["programme"]]
    assert all(row["programme"].endswith("[демо]") for row in rows)
    above = next(row for row in rows if row["number"] == "7")
    parts = {row["number"] for row in rows if row["parent_id"] == above["id"]}
    assert parts == {"7.1", "7.2", "7.3", "7.4", "7.5"}
    proposed = [row for row in rows if row["kind"] == "recommendation"]
    assert len(proposed) == 5
    assert all(row["meeting_id"] for row in proposed)


@pytest.mark.parametrize("now", DAYS)
async def test_the_indicators_of_the_source_have_its_figures(
    database: Database, now: datetime
) -> None:
    await database.write(demo.load, now, ZONE)
    today = now.astimezone(ZONE).date()
    secretary = await database.read(actor_of, 1001, today)
    assert secretary is not None
    seen = await database.read(indicators.listed, secretary, today)
    facts = {v.fact for one in seen for v in one.indicator.values if not v.note}
    assert {41.8, 41.6, 60.2, 133.4} <= facts
    assert (41.1, "885 485 адам") in {
        (v.fact, v.note) for one in seen for v in one.indicator.values
    }
    assert any(one.standing.is_problem for one in seen)
    assert all(len(one.standing.awaited) <= 2 for one in seen)
    later = [v for one in seen for v in one.indicator.values if v.period.ends.year > 2025]
    assert all(v.note == "[демо]" for v in later if v.fact is not None)


@pytest.mark.parametrize("now", DAYS)
async def test_what_is_due_today_or_overdue_is_said_by_the_next_working_morning(
    database: Database, now: datetime
) -> None:
    await database.write(demo.load, now, ZONE)
    today = now.astimezone(ZONE).date()
    morning = _next_opening(now, ZONE)
    assert await database.write(reminders.tick, morning, ZONE) >= 3
    rows = await everything(database, control_items)
    said = {
        r["subject_id"] for r in await everything(database, reminder_rows) if r["state"] == "queued"
    }
    due = [r for r in rows if r["state"] != "done" and r["deadline"] == today]
    weekly = [r for r in rows if r["state"] != "done" and (today - r["deadline"]).days in (7, 14)]
    assert len(due) == len(weekly) == 2
    assert {row["id"] for row in due + weekly} <= said


def _next_opening(now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    calendar = WorkingCalendar()
    day = local.date()
    if local.hour >= 9:
        if calendar.is_working(day) and local.hour < 21:
            return now
        day += timedelta(days=1)
    day = calendar.next_working(day)
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=zone)


FOUND = (
    ("ипподром", "kk", 1),
    ("ипподрому", "ru", 1),
    ("аутизм", "kk", 1),
    ("аутистического", "ru", 1),
    ("электр Сайрам", "kk", 2),
    ("электроэнергия Сайрамский", "ru", 2),
    ("885 485", "ru", 1),
    ("Гаппар Сарсенбаев", "kk", 3),
    ("Ғаппар Сәрсенбаев", "ru", 3),
    ("Асылбекулы", "ru", 6),
)


async def test_the_meeting_held_is_found_by_its_words(loaded: Database) -> None:
    member = await loaded.read(actor_of, 1005, NOW.date())
    assert member is not None
    for words, language, number in FOUND:
        hits = await loaded.read(search.find, member, words, language)
        assert number in {hit.item_number for hit in hits}, words
        assert {hit.language for hit in hits} == {language}, words


async def test_the_same_moment_gives_the_same_data(
    database: Database, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again_in = tmp_path_factory.mktemp("again")
    await database.write(demo.load, NOW, ZONE)
    again = Database(sqlite_copy(migrated_sqlite, again_in))
    await again.write(demo.load, NOW, ZONE)
    for table in (people, meetings, voter_requests, control_items, reminder_rows):
        assert await everything(database, table) == await everything(again, table)
    await again.close()


def test_branches_are_named_in_both_languages() -> None:
    assert all(row.name_kk.endswith("филиалы") for row in BRANCHES)
    assert all(row.name_ru.endswith("филиал") for row in BRANCHES)
