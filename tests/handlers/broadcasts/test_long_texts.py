"""A text too long for one message goes in several, and stays one broadcast."""

from dataclasses import dataclass

import pytest

from bot.simulator.client import Person
from tests.handlers.broadcasts.branch import gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import Json, sends, taps

PARAGRAPH = "Бұл абзац ұзын хабардың бір бөлігі, оны бәрі оқуы керек. " * 12
FIRST = "\n\n".join(f"Бірінші бөлім. {PARAGRAPH}" for _ in range(5))
SECOND = "\n\n".join(f"Екінші бөлім. {PARAGRAPH}" for _ in range(3))
LONG = "а" * 4090
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@dataclass(frozen=True)
class Words:
    preview: str
    more: str
    on: str
    ask: str
    send: str
    finished: str
    edit: str
    rewrite: str
    refused: str
    shown: str
    everywhere: str
    edited: str
    recall: str
    from_three: str
    too_many: str


WORDS = {
    "kk": Words(
        "Алдын ала қарау", "⚙️ Толықтыру", "➕ Жалғастырып жазу", "мәтіннің жалғасын жазыңыз",
        "Жіберу: 3", "Хабар тарату аяқталды", "✏️ Барлығында түзету", "Жаңа мәтінді жазыңыз",
        "Бұрынғы мәтін 1 хабарға сыйған, мынау 2", "Чатында түзетілетіндер: 3",
        "✏️ Барлығында түзету: 3", "Хабар түзетілді",
        "🗑 Кері қайтару", "қайтару: 3 хабар", "12274 таңба",
    ),
    "ru": Words(
        "Предпросмотр", "⚙️ Дополнить", "➕ Дописать", "Напишите продолжение текста",
        "Отправить: 3", "Рассылка завершена", "✏️ Исправить у всех", "Напишите новый текст",
        "Прежний текст занял сообщений: 1, этот займёт: 2", "Будет исправлено в чатах: 3",
        "✏️ Исправить у всех: 3",
        "Рассылка исправлена", "🗑 Отозвать", "Отозвать копии: 3", "12274",
    ),
}  # fmt: skip


async def parts_of(person: Person) -> list[Json]:
    return [m for m in await person.messages() if "бөлім." in (m["text"] or "")]


def squeezed(*texts: str) -> str:
    return "".join("".join(texts).split())


@BOTH
async def test_it_goes_in_parts_and_is_edited_and_recalled_as_one(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    secretary = branch.secretary
    await secretary.send("/broadcast")
    await secretary.wait_answer()
    await sends(secretary, FIRST, words.preview)
    await secretary.tap(words.more)
    await taps(secretary, words.on, words.ask)
    await secretary.send(SECOND)
    copy = await secretary.wait_for("Екінші бөлім")
    await secretary.wait_for(words.preview)
    assert copy["inline_keyboard"], "the very copy, its buttons under the last part"
    await taps(secretary, words.send, words.finished)
    last = await branch.member.wait_for("Екінші бөлім")
    theirs = await parts_of(branch.member)
    assert [bool(m["inline_keyboard"]) for m in theirs] == [False, True]
    assert squeezed(FIRST, SECOND) in squeezed(*(m["text"] for m in theirs))
    await branch.member.tap("Таныстым", last)
    assert len(await parts_of(branch.member)) == 2, "a tap sends nothing anew"

    await secretary.send("/broadcasts")
    await secretary.tap("✅")
    await taps(secretary, words.edit, words.rewrite)
    await secretary.send(f"{FIRST.replace('Бірінші', 'Жаңа')}\n\n{'Соңғы бөлім. ' * 40}")
    await secretary.wait_for(words.shown)
    await secretary.tap(words.everywhere)
    await secretary.wait_for(words.edited)
    anew = await parts_of(branch.member)
    assert [m["message_id"] for m in anew] == [m["message_id"] for m in theirs]
    assert "Жаңа" in anew[0]["text"] and "Соңғы" in anew[1]["text"]
    # Shorter words leave the first message over: it is deleted.
    await secretary.send("/broadcasts")
    await secretary.tap("✅")
    await taps(secretary, words.edit, words.rewrite)
    await sends(secretary, "Қысқа бөлім.", words.shown)
    await secretary.tap(words.everywhere)
    await branch.member.gone(theirs[0]["message_id"])
    (left,) = await parts_of(branch.member)
    assert left["message_id"] == theirs[1]["message_id"] and "Қысқа" in left["text"]
    await secretary.send("/broadcasts")
    await secretary.tap("✅")
    await taps(secretary, words.edit, words.rewrite)
    await secretary.send(LONG)
    await secretary.wait_for(words.refused)

    await secretary.send("/broadcasts")
    await secretary.tap("✅")
    await secretary.tap(words.recall)
    await secretary.tap(words.from_three)
    await branch.member.gone(theirs[1]["message_id"])


@BOTH
async def test_a_reply_to_its_first_part_reaches_the_author(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await branch.secretary.send("/broadcast")
    await branch.secretary.wait_answer()
    await sends(branch.secretary, FIRST, words.preview)
    await branch.secretary.tap(words.more)
    await taps(branch.secretary, words.on, words.ask)
    await sends(branch.secretary, SECOND, words.preview)
    await taps(branch.secretary, words.send, words.finished)
    await branch.member.wait_for("Екінші бөлім")
    first, _ = await parts_of(branch.member)
    await branch.member.send("Кешке бола ма?", reply_to=first["message_id"])
    await branch.secretary.wait_for("Кешке бола ма?")


@BOTH
async def test_what_is_far_too_long_is_refused_with_its_length(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    secretary = branch.secretary
    await secretary.send("/broadcast")
    await secretary.wait_answer()
    await sends(secretary, LONG, words.preview)
    for _ in range(2):
        await secretary.tap(words.more)
        await taps(secretary, words.on, words.ask)
        await secretary.send(LONG)
        asked = await secretary.wait_answer()
    assert asked
    await secretary.wait_for(words.too_many)
