"""What has gone out is worded anew in every chat; a message of hers keeps up with the sending."""

from dataclasses import dataclass

import pytest

from tests.handlers.broadcasts.branch import DEPUTY, REGIONAL, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps

TEXT, NEW = "Ертең 15:00-де жиналыс", "Ертең 16:00-де жиналыс"


@dataclass(frozen=True)
class Words:
    preview: str
    send: str
    finished: str
    over: str
    reword: str
    ask: str
    same: str
    only_words: str
    shown: str
    everywhere: str
    being_edited: str
    edited: str
    with_two: str
    with_former: str
    deleted: str
    too_long: str
    go_on: str
    which: str
    keeps_up: str
    pause: str
    paused: str
    resume: str
    full: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        send="Жіберу: 3",
        finished="Хабар тарату аяқталды",
        over="Жіберіліп болды",
        reword="✏️ Барлығында түзету",
        ask="Жаңа мәтінді жазыңыз",
        same="Бұл мәтін онсыз да тұр",
        only_words="Тек мәтінді өзгертуге болады",
        shown="Чатында түзетілетіндер: 3",
        everywhere="✏️ Барлығында түзету: 3",
        being_edited="Хабарлар түзетіліп жатыр",
        edited="Хабар түзетілді",
        with_two="Жаңа мәтін жеткені: 2",
        with_former="Бұрынғы мәтінмен қалғаны: 1",
        deleted="хабарды өшірген: 1",
        too_long="таңба сыймайды: ең көбі 1024",
        go_on="Жалғастыру",
        which="Қай нұсқасын өзгертесіз?",
        keeps_up="Сандар өздігінен жаңарады",
        pause="⏸ Кідірту",
        paused="⏸ Кідіртілді",
        resume="▶️ Жалғастыру",
        full="Хабар таратуды ашу",
    ),
    "ru": Words(
        preview="Предпросмотр",
        send="Отправить: 3",
        finished="Рассылка завершена",
        over="Отправка завершена",
        reword="✏️ Исправить у всех",
        ask="Напишите новый текст",
        same="Этот текст уже стоит",
        only_words="Изменить можно только текст",
        shown="Будет исправлено в чатах: 3",
        everywhere="✏️ Исправить у всех: 3",
        being_edited="Сообщения исправляются",
        edited="Рассылка исправлена",
        with_two="Новый текст стоит у: 2",
        with_former="С прежним текстом осталось: 1",
        deleted="удалили сообщение: 1",
        too_long="Под файлом не поместится",
        go_on="Продолжить",
        which="Какую версию изменить?",
        keeps_up="Числа обновляются сами",
        pause="⏸ Пауза",
        paused="⏸ Приостановлено",
        resume="▶️ Продолжить",
        full="Открыть рассылку",
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@BOTH
async def test_every_copy_reads_anew_and_where_it_cannot_she_is_told(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(words.send)
    for one in branch.recipients:
        await one.wait_for(TEXT)
    await branch.member.tap("Таныстым")
    read = await branch.member.last()
    copy = await branch.russian.wait_for(TEXT)
    await branch.russian.delete(copy["message_id"])
    await branch.secretary.wait_for(words.over)  # her message became the report by itself
    await taps(branch.secretary, words.reword, words.ask)
    await sends(branch.secretary, TEXT, words.same)
    await branch.secretary.send_photo()
    await branch.secretary.wait_for(words.only_words)
    shown = await sends(branch.secretary, NEW, words.shown)
    await branch.secretary.wait_for(NEW)
    await branch.secretary.tap(words.everywhere, shown)
    assert words.being_edited in branch.secretary.toast
    told = await branch.secretary.wait_for(words.edited)
    assert words.with_two in told["text"] and words.deleted in told["text"]
    assert words.with_former in told["text"]
    again = await branch.member.wait_for(NEW)
    assert again["message_id"] == read["message_id"]
    assert any("✅" in label for label in branch.member.labels(again)), "it stays confirmed"
    await branch.secretary.tap_data(shown["message_id"], data_of(shown, words.everywhere))
    assert not branch.secretary.alert, "a second tap changes nothing and says how it stands"


@BOTH
async def test_a_caption_is_edited_under_its_photo_and_must_fit(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await branch.secretary.send("/broadcast")
    await branch.secretary.wait_answer()
    await branch.secretary.send_photo(caption=TEXT)
    await taps(branch.secretary, words.send, words.over)
    await taps(branch.secretary, words.reword, words.ask)
    await sends(branch.secretary, "ұзақ " * 230, words.too_long)
    shown = await sends(branch.secretary, NEW, words.shown)
    await branch.secretary.tap(words.everywhere, shown)
    edited = await branch.member.wait_for(NEW)
    assert edited["kind"] == "photo"


async def test_an_album_is_edited_in_the_message_below_it_one_version_at_a_time(
    stage: Stage,
) -> None:
    branch, words = await gathered(stage, "kk"), WORDS["kk"]
    await branch.secretary.send("/broadcast")
    await branch.secretary.wait_answer()
    await branch.secretary.send_photo(caption=TEXT, count=2)
    await taps(branch.secretary, words.go_on, words.preview)
    await branch.secretary.tap("Толықтыру")
    await taps(branch.secretary, "орысша", "нұсқа")
    await sends(branch.secretary, "Завтра в 15:00 собрание", words.preview)
    await taps(branch.secretary, words.send, words.over)
    await taps(branch.secretary, words.reword, words.which)
    await taps(branch.secretary, "орысша", words.ask)
    shown = await sends(branch.secretary, "Завтра в 16:00 собрание", "Чатында түзетілетіндер: 1")
    await branch.secretary.tap("Барлығында түзету: 1", shown)
    edited = await branch.russian.wait_for("Завтра в 16:00")
    assert edited["kind"] == "text"
    await taps(branch.secretary, words.reword, words.which)
    await taps(branch.secretary, "қазақша", words.ask)
    shown = await sends(branch.secretary, NEW, "Чатында түзетілетіндер: 2")
    await branch.secretary.tap("Барлығында түзету: 2", shown)
    await branch.deputy.wait_for(NEW)
    await branch.deputy.tap("Таныстым")
    assert "16:00" in (await branch.deputy.last())["text"], "the album stays as it came"
    assert "16:00" in (await branch.russian.last())["text"]


@BOTH
async def test_what_a_second_person_approved_waits_for_that_person_again(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    region = await meets(stage, REGIONAL, language)
    await sends(region, "/broadcasts", "📣")
    await region.tap("200")
    await sends(region, "2", "✅")
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(words.send)
    yes = "✅ Мақұлдау" if language == "kk" else "✅ Одобрить"
    await region.tap(yes)
    await branch.secretary.wait_for(words.over)
    await taps(branch.secretary, words.reword, words.ask)
    await sends(branch.secretary, NEW, "✏️")
    ask = "Екінші адамнан сұрау" if language == "kk" else "Спросить второго человека"
    await branch.secretary.tap(ask)
    assert TEXT in (await branch.member.wait_for("15:00"))["text"]
    new_yes = "Жаңа мәтінді мақұлдау" if language == "kk" else "Одобрить новый текст"
    asked = await region.wait_for("✏️")
    await region.tap(new_yes)
    await branch.member.wait_for(NEW)
    approved = "Жаңа мәтініңіз мақұлданды" if language == "kk" else "Ваш новый текст одобрен"
    await branch.secretary.wait_for(approved)
    await region.tap_data(asked["message_id"], data_of(asked, new_yes))
    assert region.toast


@BOTH
async def test_new_words_come_back_and_are_taken_back(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    region = await meets(stage, REGIONAL, language)
    await sends(region, "/broadcasts", "📣")
    await region.tap("200")
    await sends(region, "2", "✅")
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(words.send)
    await region.tap("✅ Мақұлдау" if language == "kk" else "✅ Одобрить")
    await branch.secretary.wait_for(words.over)
    ask = "Екінші адамнан сұрау" if language == "kk" else "Спросить второго человека"
    for ends in ("returned", "taken back"):
        await taps(branch.secretary, words.reword, words.ask)
        await sends(branch.secretary, f"{NEW}: {ends}", "✏️")
        await branch.secretary.tap(ask)
        await region.wait_for(ends)
        if ends == "returned":
            await region.tap("↩️")
            back = "Жаңа мәтініңіз қайтарылды" if language == "kk" else "Ваш новый текст возвращён"
            await branch.secretary.wait_for(back)
            await branch.secretary.tap(words.full)
        else:
            await branch.secretary.tap("↩️")
    assert TEXT in (await branch.member.last())["text"]


@BOTH
async def test_her_message_keeps_up_pauses_and_leads_on(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    order = {"method": "sendMessage", "kind": "429", "retry_after": 300, "chat": DEPUTY}
    async with stage.session.post(f"{stage.telegram.url}/local/faults", json=order) as answer:
        assert answer.status == 200
    await branch.secretary.tap(words.send)
    board = await branch.secretary.wait_for(words.keeps_up)
    paused = await taps(branch.secretary, words.pause, words.paused)
    assert paused["message_id"] == board["message_id"]
    await branch.secretary.tap(words.full, paused)
    full = await branch.secretary.wait_for(words.paused)
    assert full["message_id"] != board["message_id"]
    await branch.secretary.tap("⏹", paused)
    asked = await branch.secretary.wait_for("?")
    assert asked["message_id"] not in (board["message_id"], full["message_id"])
    await branch.secretary.tap(words.resume, paused)
    await branch.secretary.wait_for(words.keeps_up)
