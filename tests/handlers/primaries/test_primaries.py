"""A secretary keeps the primary organisations of her branch, and who belongs to them."""

import re
from dataclasses import dataclass

import pytest

from storage import people, primaries
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps
from tests.world import SARYAGASH

SECRETARY, MEMBER, GUEST = 1002, 1005, 1008


@dataclass(frozen=True)
class Words:
    door: str
    add: str
    write: str
    added: str
    no_name: str
    first: str
    members: str
    tap: str
    one: str
    found: str
    rename: str
    known: str
    close: str
    closed: str
    back: str
    member: str
    which: str
    link: str
    inside: str


WORDS = {
    "kk": Words(
        "🏘 Бастауыш партия ұйымдары", "➕ БПҰ қосу", "Атауларды әр жолға", "Қосылған БПҰ: 2",
        "Атауда әріп", "🏘 №1 БПҰ", "👥 Мүшелері", "Адамды басыңыз", "Мүшелері: 1",
        "«төлег» бойынша табылғаны: 1", "✏️ Атауын өзгерту", "Мұндай атаулы БПҰ бар", "Жабу",
        "Жабылған", "‹ Артқа", "Партия мүшесі", "Қай бастауыш партия ұйымына?", "start=i_",
        "Мүшелері: 2",
    ),
    "ru": Words(
        "🏘 Первичные партийные организации", "➕ Добавить ППО", "Напишите названия",
        "Добавлено ППО: 2", "В названии должны", "🏘 ППО №1", "👥 Кто состоит",
        "Нажмите на человека",
        "Состоят в ней: 1", "Найдено по «төлег»: 1", "✏️ Переименовать",
        "ППО с таким названием уже есть", "Закрыть", "Закрыта", "‹ Назад", "Член партии",
        "В какую первичную организацию?", "start=i_", "Состоят в ней: 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_she_keeps_them_and_invites_into_one(stage: Stage, language: str) -> None:
    words = WORDS[language]
    secretary = await meets(stage, SECRETARY, language)
    await secretary.send("/setup")
    await taps(secretary, "🏘 " + {"kk": "БПҰ", "ru": "ППО"}[language], words.door)
    await taps(secretary, words.add, words.write)
    await sends(secretary, "—", words.no_name)
    await sends(secretary, "№1 БПҰ; ППО №1\n№2 БПҰ; ППО №2", words.added)
    await taps(secretary, words.first, words.one[:-1] + "0")
    await taps(secretary, words.members, words.tap)
    await sends(secretary, "төлег", words.found)
    await taps(secretary, "▫️ Төлегенова", words.one)
    await taps(secretary, words.back, words.one)
    await taps(secretary, words.rename, "№1 БПҰ; ППО №1")
    await sends(secretary, "№2 БПҰ", words.known)
    await taps(secretary, words.back, words.one)

    await secretary.send("/invite")
    await taps(secretary, words.member, words.which)
    invited = await taps(secretary, words.first.removeprefix("🏘 "), words.link)
    code = re.search(r"i_([\w-]+)", invited["text"])
    assert code
    guest = await meets(stage, GUEST, language)
    await guest.send(f"/join {code[1]}")
    await guest.wait_for("✅")
    await secretary.send("/setup")
    await taps(secretary, "🏘 " + {"kk": "БПҰ", "ru": "ППО"}[language], words.door)
    await taps(secretary, words.first, words.inside)
    await taps(secretary, words.close, words.closed)
    actor = await stage.database.read(people.actor_of, SECRETARY, stage.clock.now().date())
    assert actor is not None
    kept = await stage.database.read(primaries.kept, actor, SARYAGASH)
    assert [(one.name_kk, one.members, one.active) for one in kept] == [
        ("№2 БПҰ", 0, True),
        ("№1 БПҰ", 2, False),
    ]
