"""A new draft begins from a template, or from what has gone out before."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from storage.tables import deliveries
from tests.handlers.broadcasts.branch import REGIONAL, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps

TEXT = "Жұма сайын есеп"
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@dataclass(frozen=True)
class Words:
    preview: str
    more: str
    save: str
    new: str
    write: str
    templates: str
    title: str
    former: str
    former_title: str
    change: str
    send: str
    finished: str
    repeat: str
    delete: str
    which: str
    sure: str
    none: str


WORDS = {
    "kk": Words(
        "Алдын ала қарау", "⚙️ Толықтыру", "📑 Үлгі етіп сақтау", "Жаңа хабар тарату",
        "мәтінін жазыңыз", "📑 Үлгіден бастау", "Филиал үлгілері", "🕘 Бұрынғы хабарлар",
        "Филиалдың бұрынғы хабарлары", "Мәтінді өзгерту", "Жіберу: 3", "Хабар тарату аяқталды",
        "♻️ Жаңа қаралама", "🗑 Жою", "Қай үлгі жойылсын?", "Иә, үлгіні жою", "Енді тізім жоқ",
    ),
    "ru": Words(
        "Предпросмотр", "⚙️ Дополнить", "📑 Сохранить как шаблон", "Новая рассылка",
        "Напишите текст рассылки", "📑 Из шаблона", "Шаблоны филиала", "🕘 Прежние рассылки",
        "Прежние рассылки филиала", "Изменить текст", "Отправить: 3", "Рассылка завершена",
        "♻️ Повторить", "🗑 Удалить", "Какой шаблон удалить?", "Да, удалить шаблон",
        "Списков больше нет",
    ),
}  # fmt: skip


@BOTH
async def test_from_a_template_and_again(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    secretary = branch.secretary
    await sends(secretary, f"/broadcast {TEXT}", words.preview)
    await secretary.tap(words.more)
    await taps(secretary, words.save, words.preview)
    await secretary.send("/broadcast")
    await secretary.wait_for(words.write)
    await taps(secretary, words.templates, words.title)
    await taps(secretary, TEXT, words.preview)
    await taps(secretary, words.send, words.finished)
    sent = await branch.member.wait_for(TEXT)

    # What has gone out begins a new draft, which is edited before it goes.
    await secretary.send("/broadcasts")
    await secretary.tap("✅")
    await taps(secretary, words.repeat, words.preview)
    await taps(secretary, words.change, words.write)
    await sends(secretary, "Ертең есеп", words.preview)
    await taps(secretary, words.send, words.finished)
    await branch.member.wait_for("Ертең есеп")
    kept = next(m for m in await branch.member.messages() if m["message_id"] == sent["message_id"])
    assert TEXT in kept["text"], "what came before is as it was"
    query = select(func.count()).select_from(deliveries)
    assert await stage.database.read(lambda tx: tx.execute(query).scalar_one()) == 6


@BOTH
async def test_a_branchs_own_and_deleted(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    secretary = branch.secretary
    await sends(secretary, f"/broadcast {TEXT}", words.preview)
    await taps(secretary, words.send, words.finished)
    await secretary.send("/broadcast")
    await secretary.wait_for(words.write)
    await taps(secretary, words.templates, words.title)
    await taps(secretary, words.former, words.former_title)
    shown = await taps(secretary, TEXT, words.preview)
    assert words.send in " ".join(secretary.labels(shown))
    await secretary.tap(words.more)
    saved = await taps(secretary, words.save, words.preview)
    assert saved
    # Another branch's secretary neither sees nor takes it; the region's does.
    region = await meets(stage, REGIONAL, language)
    await region.send("/broadcast")
    question = await region.wait_answer()
    await region.tap_data(question["message_id"], "bctpl:0")
    offered = await region.wait_for(words.title)
    stranger = branch.deputy
    hello = await stranger.last()
    await stranger.tap_data(hello["message_id"], data_of(offered, TEXT))
    assert not any(words.preview in (m["text"] or "") for m in await stranger.messages())

    await secretary.send("/broadcast")
    await secretary.wait_for(words.write)
    await taps(secretary, words.templates, words.title)
    await taps(secretary, words.delete, words.which)
    await taps(secretary, TEXT, TEXT)
    await taps(secretary, words.sure, words.none)
