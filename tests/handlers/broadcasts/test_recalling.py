"""A broadcast is recalled: deleted where Telegram still lets it, and told honestly where not."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.handlers.broadcasts.branch import MEMBER, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import sends, taps

TEXT = "Ертең 15:00-де жиналыс"


@dataclass(frozen=True)
class Words:
    preview: str
    send: str
    finished: str
    result: str
    card: str
    recall: str
    ask: str
    from_three: str
    deleting: str
    recalled: str
    too_late: str
    refresh: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        send="Жіберу: 3",
        finished="Хабар тарату аяқталды",
        result="Нәтижесін ашу",
        card="Жіберіліп болды",
        recall="🗑 Кері қайтару",
        ask="Хабар кері қайтарылсын ба?",
        from_three="қайтару: 3 хабар",
        deleting="Хабарлар өшірілуде",
        recalled="3 хабар өшірілді",
        too_late="48 сағаттан асқандықтан өшірілмейді: 3",
        refresh="Жаңарту",
    ),
    "ru": Words(
        preview="Предпросмотр",
        send="Отправить: 3",
        finished="Рассылка завершена",
        result="Открыть результат",
        card="Отправка завершена",
        recall="🗑 Отозвать",
        ask="Отозвать рассылку?",
        from_three="Отозвать копии: 3",
        deleting="Сообщения удаляются",
        recalled="удалено копий – 3",
        too_late="Прошло больше 48 часов, останется у: 3",
        refresh="Обновить",
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@BOTH
async def test_an_album_is_deleted_whole_and_its_buttons_are_dead(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await branch.secretary.send("/broadcast")
    await branch.secretary.wait_answer()
    await branch.secretary.send_photo(caption=TEXT, count=2)
    go_on = "Жалғастыру" if language == "kk" else "Продолжить"
    await taps(branch.secretary, go_on, words.preview)
    await taps(branch.secretary, words.send, words.finished)
    said = await branch.member.wait_for(TEXT)
    await taps(branch.secretary, words.result, words.card)
    asked = await taps(branch.secretary, words.recall, words.ask)
    await branch.secretary.tap(words.from_three, asked)
    assert words.deleting in branch.secretary.toast
    for one in branch.recipients:
        left = [m for m in await one.messages() if m["sender"]["is_bot"]]
        newest = max(m["message_id"] for m in left)
        if any(TEXT in (m["text"] or "") for m in left):
            await one.gone(newest)
        assert not any(m["kind"] == "photo" for m in await one.messages())
    await taps(branch.secretary, words.refresh, words.recalled)
    await branch.member.tap_data((await branch.member.last())["message_id"], "bccopy:1")
    assert branch.member.alert, "it is not shown any more"
    assert said["message_id"] not in {m["message_id"] for m in await branch.member.messages()}


@BOTH
async def test_after_two_days_it_is_said_that_it_stays(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.send, words.finished)
    await taps(branch.secretary, words.result, words.card)
    await stage.move(timedelta(hours=49))
    asked = await taps(branch.secretary, words.recall, words.ask)
    assert words.too_late in asked["text"]
    assert not any("3" in label for label in branch.secretary.labels(asked))
    await branch.secretary.tap_data(asked["message_id"], "bcrecall:1:3")
    assert any(TEXT in (m["text"] or "") for m in await stage.person(MEMBER).messages())
