"""Stories of inline mode: a card of a meeting is posted into a chat, with public facts only."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from bot.simulator.client import Person
from storage.tables import agenda_items, inbox, people
from storage.tables import meetings as table
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets
from tests.storage.meetings.world import add_ahead, add_held
from tests.world import ORDABASY, REGION, SARYAGASH

SAULE, OLEG, SECRETARY, BUREAU_MEMBER, GUEST, STRANGER = 1005, 1015, 1002, 1006, 1009, 5005
GROUP = -1001000000003
Json = dict[str, Any]


@pytest.fixture
async def told(stage: Stage) -> Stage:
    """A group in which the bot is not; a meeting ahead whose second item is for the Bureau only."""
    people_there = [SAULE, OLEG, SECRETARY, BUREAU_MEMBER, GUEST]
    stage.telegram.add_group(GROUP, "Көршілер", people_there, bot_is_member=False)
    await stage.database.write(_fill)
    return stage


def there(stage: Stage, telegram_id: int) -> Person:
    return stage.person(telegram_id).in_chat(GROUP)


def titles(offered: Json) -> list[str]:
    return [one["title"] for one in offered["results"]]


async def test_oleg_posts_the_next_bureau_into_a_group(told: Stage) -> None:
    await meets(told, OLEG, "ru")
    oleg = there(told, OLEG)
    offered = await oleg.inline("бюро")
    assert titles(offered) == ["Очередное заседание Бюро", "Ноябрьское заседание Бюро"]
    assert offered["results"][0]["description"] == "27 ноября, пятница, 10:00"
    assert offered["is_personal"]
    assert offered["cache_time"] <= 10

    await oleg.choose("Очередное заседание")
    posted = (await oleg.messages())[-1]
    assert posted["via"] == "buro_test_bot"
    assert posted["sender"]["name"] == "Олег Садыков"
    assert posted["text"].splitlines() == [
        "🗓 Очередное заседание Бюро",
        "27 ноября, пятница, 10:00",
        "Место: областной филиал, 2-й этаж",
        "Вопросов в повестке дня: 1",
    ]
    ((button,),) = posted["inline_keyboard"]
    assert button["text"] == "Открыть в боте"
    assert button["url"].startswith("https://t.me/buro_test_bot?start=m")


async def test_the_card_of_a_bureau_member_says_no_more_than_any_other(told: Stage) -> None:
    await meets(told, BUREAU_MEMBER, "kk")
    erik = there(told, BUREAU_MEMBER)
    await erik.inline("спорт")
    await erik.choose("Бюросының кезекті отырысы")
    text = (await erik.messages())[-1]["text"]
    assert "Күн тәртібінде: 1 мәселе" in text
    assert "Спорт" not in text
    assert "https" not in text


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["Бюросының кезекті отырысы", "Бюроның қараша отырысы"]),
        ("ауыз су", ["Бюросының кезекті отырысы"]),
        ("ипподром", ["Бюроның қараша отырысы"]),
        ("фракция", []),
        ("жоқ нәрсе", []),
        ("?!", ["Бюросының кезекті отырысы", "Бюроның қараша отырысы"]),
        ("Ордабасы", []),
        ("Сарыағаш", []),
    ],
)
async def test_saule_types_and_sees_what_fits(told: Stage, typed: str, offered: list[str]) -> None:
    await meets(told, SAULE, "kk")
    assert titles(await there(told, SAULE).inline(typed)) == offered


async def test_a_secretary_is_not_offered_her_draft(told: Stage) -> None:
    await meets(told, SECRETARY, "kk")
    offered = titles(await there(told, SECRETARY).inline(""))
    assert not any("Сарыағаш" in one for one in offered)


async def test_a_guest_and_a_stranger_are_offered_the_bot_alone(told: Stage) -> None:
    told.telegram.add_person(id=STRANGER, first_name="Ким", last_name="Чужой", language_code="ru")
    for telegram_id in (GUEST, STRANGER):
        offered = await told.person(telegram_id).inline("бюро")
        assert titles(offered) == ["Открыть бот"]
        assert "отырысы" not in str(offered)
    anna = there(told, GUEST)
    await anna.inline("бюро")
    await anna.choose("Открыть бот")
    posted = (await anna.messages())[-1]
    assert "Бюро" not in posted["text"]
    # Whoever only typed the name of the bot is nobody it knows.
    known = select(func.count()).where(people.c.telegram_id.in_([GUEST, STRANGER]))
    assert await told.database.read(lambda tx: tx.execute(known).scalar_one()) == 0


async def test_a_cancelled_meeting_says_so_on_its_card(told: Stage) -> None:
    off = update(table).where(table.c.state == "announced").values(state="cancelled")
    await told.database.write(lambda tx: tx.execute(off))
    await meets(told, OLEG, "ru")
    oleg = there(told, OLEG)
    offered = await oleg.inline("бюро")
    assert offered["results"][0]["description"] == "27 ноября, пятница, 10:00 · отменено"


async def test_a_card_posted_to_the_bot_itself_is_no_question(told: Stage) -> None:
    saule = await meets(told, SAULE, "kk")
    before = len(await saule.messages())
    await saule.inline("бюро")
    await saule.choose("Бюросының кезекті отырысы")
    await saule.send("/next")
    await saule.wait_for("3 күн қалды")
    assert len(await saule.messages()) == before + 3


async def test_what_was_typed_is_handled_once_and_its_words_are_not_kept(told: Stage) -> None:
    await meets(told, SAULE, "kk")
    await there(told, SAULE).inline("құпия сөз")
    for _ in range(200):
        if not (rows := await told.database.read(_waiting)):
            break
        await asyncio.sleep(0.05)
    assert not rows
    kept = await told.database.read(lambda tx: tx.execute(select(inbox.c.body)).scalars().all())
    assert "құпия" not in str(kept)


def _waiting(tx: Connection) -> list[int]:
    return list(tx.execute(select(inbox.c.update_id).where(inbox.c.state != "done")).scalars())


def _fill(tx: Connection) -> None:
    add_ahead(tx, REGION)
    add_held(tx, REGION)
    add_ahead(tx, ORDABASY, days=1, of="Ордабасы")
    add_ahead(tx, SARYAGASH, days=1, of="Сарыағаш", state="draft")
    ahead = select(table.c.id).where(table.c.branch_id == REGION, table.c.state == "announced")
    secret = update(agenda_items).where(
        agenda_items.c.number == 2, agenda_items.c.meeting_id.in_(ahead)
    )
    tx.execute(secret.values(visibility="bureau"))
