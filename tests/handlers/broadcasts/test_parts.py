"""To primary organisations, factions and saved lists, and to all but some."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Connection

from storage import people, primaries
from storage.rules.access import Actor
from tests.conftest import NOW, ZONE
from tests.handlers.broadcasts.branch import MEMBER, SECRETARY, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import sends, taps
from tests.world import SARYAGASH

TEXT = "Ертең 15:00-де жиналыс"
TODAY = NOW.astimezone(ZONE).date()
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@dataclass(frozen=True)
class Words:
    preview: str
    to_whom: str
    number: str
    organisations: str
    first: str
    factions: str
    branch: str
    back: str
    save: str
    ask: str
    saved: str
    known: str
    lists: str
    but: str
    roles: str
    deputy: str
    without: str
    edit: str
    delete: str
    sure: str
    gone: str
    send: str
    finished: str


WORDS = {
    "kk": Words(
        "Алдын ала қарау", "👥 Кімге", "Алушылар: ", "🏘 БПҰ", "№1 БПҰ · 1", "🏛 Фракциялар",
        "Сарыағаш", "‹ Артқа", "💾 Тізім етіп сақтау", "Тізімнің атауын жазыңыз", "тізімі сақталды",
        "Мұндай атаулы тізім бар", "⭐ Тізімдер", "🚫 Кімнен басқа", "👤 Рөлдер",
        "Мәслихат депутаты", "Мына рөлдерден басқа: Мәслихат депутаты", "✏️ Атауын өзгерту, жою",
        "🗑 Жою", "Иә, тізімді жою", "Енді тізім жоқ", "Жіберу: ", "Хабар тарату аяқталды",
    ),
    "ru": Words(
        "Предпросмотр", "👥 Кому", "Получатели: ", "🏘 ППО", "ППО №1 · 1", "🏛 Фракции",
        "Сарыагаш", "‹ Назад", "💾 Сохранить как список", "Напишите название списка", "сохранён",
        "Список с таким названием уже есть", "⭐ Списки", "🚫 Кроме", "👤 Роли",
        "Депутат маслихата", "Кроме ролей: Депутат маслихата", "✏️ Переименовать, удалить",
        "🗑 Удалить", "Да, удалить список", "Списков больше нет", "Отправить: ",
        "Рассылка завершена",
    ),
}  # fmt: skip


def secretary_of(tx: Connection) -> Actor:
    found = people.actor_of(tx, SECRETARY, TODAY)
    assert found is not None
    return found


def organised(tx: Connection) -> None:
    """Сәуле belongs to the first primary organisation."""
    actor = secretary_of(tx)
    primaries.add(tx, actor, SARYAGASH, [("№1 БПҰ", "ППО №1")], NOW)
    number = primaries.kept(tx, actor, SARYAGASH)[0].id
    primaries.switch(tx, actor, number, MEMBER - 1000, NOW, TODAY)


@BOTH
async def test_to_an_organisation_and_a_faction_then_saved_as_a_list(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await stage.database.write(organised)
    secretary = branch.secretary
    await sends(secretary, f"/broadcast {TEXT}", words.preview)
    await taps(secretary, words.to_whom, f"{words.number}3")
    await secretary.tap(words.organisations)
    await taps(secretary, words.first, f"{words.number}1")
    await taps(secretary, words.back, words.first.split(" · ")[0])
    await secretary.tap(words.factions)
    await taps(secretary, words.branch, f"{words.number}2")
    await taps(secretary, words.back, words.first.split(" · ")[0])
    await taps(secretary, words.save, words.ask)
    await sends(secretary, "Белсенділер", words.saved)
    await taps(secretary, words.save, words.ask)
    await sends(secretary, "белсенділер", words.known)
    await taps(secretary, words.back, words.to_whom)
    shown = await taps(secretary, words.back, words.preview)
    assert f"👥 {words.organisations[2:]}: 1\n👥 {words.factions[2:]}: 1" in shown["text"]
    await taps(secretary, f"{words.send}2", words.finished)
    for person in (branch.deputy, branch.member):
        got = [m for m in await person.messages() if TEXT in (m["text"] or "")]
        assert len(got) == 1
    assert not any(TEXT in (m["text"] or "") for m in await branch.russian.messages())

    await sends(secretary, "/broadcast Екінші хабар", words.preview)
    await taps(secretary, words.to_whom, f"{words.number}3")
    await secretary.tap(words.lists)
    await taps(secretary, "▫️ Белсенділер", f"{words.number}2")
    await secretary.tap(words.edit)
    await taps(secretary, "Белсенділер", "⭐ Белсенділер")
    await taps(secretary, words.delete, "«Белсенділер»")
    await taps(secretary, words.sure, words.gone)
    await secretary.send("/broadcasts")
    await taps(secretary, "· Екінші", f"{words.number}2")


@BOTH
async def test_to_all_but_the_deputies(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    secretary = branch.secretary
    await sends(secretary, f"/broadcast {TEXT}", words.preview)
    await taps(secretary, words.to_whom, f"{words.number}3")
    await secretary.tap(words.but)
    await secretary.tap(words.roles)
    await taps(secretary, words.deputy, f"{words.number}2")
    await taps(secretary, words.back, words.without)
    await taps(secretary, words.back, words.without)
    await taps(secretary, words.back, words.preview)
    await taps(secretary, f"{words.send}2", words.finished)
    assert not any(TEXT in (m["text"] or "") for m in await branch.deputy.messages())
    await branch.member.wait_for(TEXT)
