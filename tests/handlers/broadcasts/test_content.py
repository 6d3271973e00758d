"""Whatever a secretary sends arrives as she sent it, with the buttons that she chose."""

from dataclasses import dataclass

import pytest

from bot.simulator.client import Person
from tests.handlers.broadcasts.branch import Branch, gathered, kinds_of
from tests.handlers.conftest import Stage
from tests.handlers.talking import Json, data_of, sends, taps


@dataclass(frozen=True)
class Words:
    write: str
    preview: str
    send: str
    finished: str
    result: str
    go_on: str
    album_taken: str
    above: str
    complete: str
    yes_no: str
    no_mark: str
    add_links: str
    write_links: str
    no_link: str
    too_many: str
    for_russian: str
    send_version: str
    one_version: str
    back: str
    tried: str
    answers: tuple[str, str]


WORDS = {
    "kk": Words(
        write="мәтінін жазыңыз",
        preview="Алдын ала қарау",
        send="Жіберу: 3",
        finished="Хабар тарату аяқталды",
        result="Нәтижесін ашу",
        go_on="Жалғастыру",
        album_taken="Альбом қабылданып жатыр",
        above="Жоғарыда — алушыға баратын хабардың өзі",
        complete="Толықтыру",
        yes_no="Қосу: «Иә / Жоқ»",
        no_mark="✅ «Таныстым»",
        add_links="Сілтеме қосу",
        write_links="Сілтемелерді жазыңыз",
        no_link="Бұл сілтеме емес",
        too_many="Сілтеме тым көп: 20",
        for_russian="Қосу: орысша оқитындарға",
        send_version="Екінші нұсқасын жіберіңіз",
        one_version="Бәріне бір нұсқа",
        back="‹ Артқа",
        tried="Мұнда батырма жұмыс істемейді",
        answers=("Иә: 2", "Жоқ: 1"),
    ),
    "ru": Words(
        write="Напишите текст рассылки",
        preview="Предпросмотр",
        send="Отправить: 3",
        finished="Рассылка завершена",
        result="Открыть результат",
        go_on="Продолжить",
        album_taken="Альбом принимается",
        above="Выше — само сообщение",
        complete="Дополнить",
        yes_no="Добавить: «Да / Нет»",
        no_mark="✅ «Прочитано»",
        add_links="Добавить ссылки",
        write_links="Напишите ссылки",
        no_link="Это не ссылка",
        too_many="Слишком много ссылок: 20",
        for_russian="Добавить: для читающих по-русски",
        send_version="Пришлите вторую версию",
        one_version="Одна версия для всех",
        back="‹ Назад",
        tried="Здесь кнопка не работает",
        answers=("Да: 2", "Нет: 1"),
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


async def begun(stage: Stage, language: str) -> tuple[Branch, Words]:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, "/broadcast", words.write)
    return branch, words


async def from_the_bot(person: Person) -> list[Json]:
    return [message for message in await person.messages() if message["sender"]["is_bot"]]


@BOTH
async def test_a_photo_comes_with_its_caption_and_is_confirmed_in_place(
    stage: Stage, language: str
) -> None:
    branch, words = await begun(stage, language)
    await branch.secretary.send_photo(caption="Сенбілік · субботник")
    panel = await branch.secretary.wait_for(words.preview)
    assert words.above in panel["text"]
    rehearsed = (await from_the_bot(branch.secretary))[-2]
    assert rehearsed["kind"] == "photo"
    await branch.secretary.tap(branch.secretary.labels(rehearsed)[0], rehearsed)
    assert words.tried in branch.secretary.toast

    await taps(branch.secretary, words.send, words.finished)
    for one in branch.recipients:
        copy = await one.wait_for("Сенбілік")
        assert copy["kind"] == "photo"
        assert copy["caption"].startswith("Сенбілік · субботник\n\n— ")
    assert rehearsed["caption"].split("\n")[0] == copy["caption"].split("\n")[0]
    await branch.member.tap("Таныстым")
    marked = await branch.member.wait_for("Сенбілік")
    assert (marked["kind"], branch.member.labels(marked)[0][:10]) == ("photo", "✅ Таныстым"[:10])
    shown = [m for m in await branch.member.messages() if "Сенбілік" in (m["caption"] or "")]
    assert len(shown) == 1, "the mark stands on the copy itself"


@BOTH
async def test_an_album_arrives_whole_with_its_words_below(stage: Stage, language: str) -> None:
    branch, words = await begun(stage, language)
    await branch.secretary.send_photo(caption="Үш сурет", count=3)
    await branch.secretary.wait_for(words.album_taken)
    await taps(branch.secretary, words.go_on, words.preview)
    await taps(branch.secretary, words.send, words.finished)
    await branch.deputy.wait_for("Үш сурет")
    *_, first, second, third, said = await from_the_bot(branch.deputy)
    assert kinds_of([first, second, third, said]) == ["photo", "photo", "photo", "text"]
    assert first["media_group_id"] == third["media_group_id"] is not None
    assert said["text"].startswith("Үш сурет\n\n— ")
    await branch.secretary.tap_data(said["message_id"], "bcalbum")
    assert branch.secretary.alert, "the album was taken already"


@pytest.mark.parametrize(
    ("language", "kind"),
    [("kk", "document"), ("ru", "voice"), ("kk", "video_note"), ("ru", "location")],
)
async def test_every_kind_arrives(stage: Stage, language: str, kind: str) -> None:
    branch, words = await begun(stage, language)
    if kind == "document":  # too big for a bot to fetch or upload: it goes on by its id
        await branch.secretary.send_document("тізім.pdf", fake_size=30 * 2**20)
    elif kind == "voice":
        await branch.secretary.send_voice()
    elif kind == "video_note":
        await branch.secretary.send_video_note()
    else:
        await branch.secretary.send_location()
    await branch.secretary.wait_for(words.preview)
    await taps(branch.secretary, words.send, words.finished)
    await branch.russian.wait_for("— Сарыагашский районный филиал")
    got = [m["kind"] for m in (await from_the_bot(branch.russian))[-2:]]
    assert kind in got
    await branch.russian.tap("Прочитано")
    await branch.russian.wait_for("— Сарыагашский")
    assert branch.russian.toast == "Спасибо, отмечено."


@BOTH
async def test_a_long_caption_follows_its_photo(stage: Stage, language: str) -> None:
    branch, words = await begun(stage, language)
    await branch.secretary.send_photo(caption="ж" * 1010)
    await branch.secretary.wait_for(words.preview)
    await taps(branch.secretary, words.send, words.finished)
    await branch.deputy.wait_for("ж" * 1010)
    photo, said = (await from_the_bot(branch.deputy))[-2:]
    assert kinds_of([photo, said]) == ["photo", "text"]
    assert photo["caption"] is None


@BOTH
async def test_a_question_is_answered_and_another_answer_replaces_it(
    stage: Stage, language: str
) -> None:
    branch, words = await begun(stage, language)
    await sends(branch.secretary, "Сенбілікке келесіз бе?", words.preview)
    await taps(branch.secretary, words.complete, "«")
    await branch.secretary.tap(words.yes_no)
    await branch.secretary.tap(words.no_mark)
    await taps(branch.secretary, words.back, words.preview)
    await taps(branch.secretary, words.send, words.finished)
    copy = await branch.deputy.wait_for("Сенбілікке")
    assert branch.deputy.labels(copy)[:2] == ["Иә", "Жоқ"]
    await branch.deputy.tap("Жоқ")
    changed = await branch.deputy.wait_for("Сенбілікке")
    assert branch.deputy.labels(changed)[:2] == ["Иә", "✅ Жоқ"]
    await branch.deputy.tap("Иә")
    await branch.member.tap("Иә")
    await branch.russian.tap("Нет")
    await branch.deputy.tap_data(copy["message_id"], "bcans:1:7")
    assert branch.deputy.alert, "there is no such answer"
    await branch.secretary.tap_data(copy["message_id"], "bcans:1:0")
    assert branch.secretary.alert, "she is no recipient"
    await branch.secretary.tap(words.result)
    card = await branch.secretary.wait_for(words.answers[0])
    assert words.answers[1] in card["text"]


@BOTH
async def test_a_poll_is_asked_with_buttons(stage: Stage, language: str) -> None:
    branch, words = await begun(stage, language)
    await branch.secretary.send_poll("Қай күні? <b>", ("Сенбі", "Жексенбі"))
    await branch.secretary.wait_for(words.preview)
    await taps(branch.secretary, words.send, words.finished)
    copy = await branch.member.wait_for("Қай күні? <b>")
    assert branch.member.labels(copy)[:2] == ["Сенбі", "Жексенбі"]
    await branch.member.tap("Жексенбі")
    await branch.secretary.tap(words.result)
    await branch.secretary.wait_for("Жексенбі: 1")


@BOTH
async def test_links_are_checked_and_stand_under_the_copy(stage: Stage, language: str) -> None:
    branch, words = await begun(stage, language)
    await sends(branch.secretary, "Тіркелу басталды", words.preview)
    await branch.secretary.tap(words.complete)
    await taps(branch.secretary, words.add_links, words.write_links)
    for wrong in ("Тіркелу tg://user?id=1", "javascript:alert(1)", "жай сөз"):
        await sends(branch.secretary, wrong, words.no_link)
    many = "\n".join(f"Бет {n} https://example.kz/{n}" for n in range(20))
    await sends(branch.secretary, many, words.too_many)
    await branch.secretary.send("Тіркелу: https://example.kz/list\nhttps://amanatpartiasy.kz/")
    await branch.secretary.wait_for(words.preview)
    await taps(branch.secretary, words.send, words.finished)
    copy = await branch.deputy.wait_for("Тіркелу басталды")
    buttons = [button for row in copy["inline_keyboard"] for button in row]
    assert [(b["text"], b.get("url")) for b in buttons[:2]] == [
        ("Тіркелу", "https://example.kz/list"),
        ("amanatpartiasy.kz", "https://amanatpartiasy.kz/"),
    ]


@BOTH
async def test_each_reads_the_own_language(stage: Stage, language: str) -> None:
    branch, words = await begun(stage, language)
    await branch.secretary.send_photo(caption="Ертең жиналыс")
    await branch.secretary.wait_for(words.preview)
    await branch.secretary.tap(words.complete)
    await taps(branch.secretary, words.for_russian, words.send_version)
    await sends(branch.secretary, "Завтра собрание", words.preview)
    await taps(branch.secretary, words.send, words.finished)
    theirs = await branch.russian.wait_for("Завтра собрание")
    assert theirs["kind"] == "photo", "the photo is the same for both"
    await branch.deputy.wait_for("Ертең жиналыс")
    assert not any("Ертең" in (m["caption"] or "") for m in await branch.russian.messages())


@BOTH
async def test_a_version_is_taken_away_again(stage: Stage, language: str) -> None:
    branch, words = await begun(stage, language)
    await sends(branch.secretary, "Ертең жиналыс", words.preview)
    await branch.secretary.tap(words.complete)
    await taps(branch.secretary, words.for_russian, words.send_version)
    await sends(branch.secretary, "Завтра собрание", words.preview)
    await branch.secretary.tap(words.complete)
    await taps(branch.secretary, words.one_version, "«")
    await taps(branch.secretary, words.back, words.preview)
    await taps(branch.secretary, words.send, words.finished)
    await branch.russian.wait_for("Ертең жиналыс")


async def test_what_was_shown_before_a_change_sends_nothing(stage: Stage) -> None:
    branch, words = await begun(stage, "kk")
    panel = await sends(branch.secretary, "Ертең жиналыс", words.preview)
    old = data_of(panel, words.send)
    await branch.secretary.tap(words.complete)
    await branch.secretary.tap(words.yes_no)
    await branch.secretary.tap_data(panel["message_id"], old)
    assert "қазіргі жайы" in branch.secretary.toast
    assert not any("жиналыс" in (m["text"] or "") for m in await branch.deputy.messages())


async def test_buttons_of_a_foreign_draft_stay_closed(stage: Stage) -> None:
    branch, words = await begun(stage, "kk")
    await sends(branch.secretary, "Ертең жиналыс", words.preview)
    other = stage.person(1001)
    await other.start()
    mine = await other.wait_answer()
    for data in (
        "bcmore:1",
        "bcshow:1",
        "bcsw:1:1:asks",
        "bclinks:1:1",
        "bcnolinks:1:1",
        "bcver:1:1:ru",
        "bcnover:1:1",
        "bcans:1:0",
    ):
        await other.tap_data(mine["message_id"], data)
        assert other.alert, data
