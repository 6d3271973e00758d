"""A broadcast goes to the branch's groups beside its people."""

from io import BytesIO

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from storage.tables import deliveries
from tests.bot.doubles import until
from tests.handlers.broadcasts.branch import DEPUTY, REGIONAL, Branch, gathered
from tests.handlers.broadcasts.grouped import (
    BOTH,
    BUREAU,
    NEW,
    SECOND,
    SECOND_TITLE,
    TEXT,
    WORDS,
    Words,
    chosen,
    confirmed_there,
    ends,
    two_groups,
    written_in_text,
)
from tests.handlers.conftest import Stage
from tests.handlers.groups.gathering import CHANNEL, GROUP, TITLE, confirmed, let_in, written_in
from tests.handlers.talking import Json, meets, sends, taps


@BOTH
async def test_people_and_groups_get_it_and_it_is_pinned_where_the_bot_may(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    first, second = await two_groups(stage, branch, language)
    shown = await chosen(branch, words)
    assert TITLE in shown["text"]
    assert SECOND_TITLE in shown["text"]
    assert words.own_copy in shown["text"]
    await taps(branch.secretary, words.more, "⚙️")
    await taps(branch.secretary, words.pin, "📌")
    await taps(branch.secretary, words.back, words.preview)
    await taps(branch.secretary, words.send.format(n=2), words.finished)
    for chat in (GROUP, SECOND):
        [said] = await written_in_text(branch, chat)
        assert said.startswith(TEXT)
    for one in branch.recipients:
        await one.wait_for(TEXT)

    async def pinned() -> bool:
        found = [(await ends(stage, group))[2] for group in (first, second)]
        return found == [True, False]

    await until(pinned, "pinned in the basic group, refused in the other")
    card = await taps(branch.secretary, words.result, words.card)
    assert words.came.format(n=2, sent=2) in card["text"]
    assert words.pinned in card["text"]
    assert words.loose in card["text"]
    calls = [call for call in stage.telegram.hub.calls if call["method"] == "pinChatMessage"]
    assert len(calls) == 2, "tried once in each"


@BOTH
async def test_what_groups_alone_answer_is_counted(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await confirmed_there(stage, branch, language)
    await chosen(branch, words, only=True)
    await taps(branch.secretary, words.more, "⚙️")
    yes, no = ("Иә", "Жоқ") if language == "kk" else ("Да", "Нет")
    await taps(branch.secretary, f"«{yes} / {no}»", f"· «{yes} / {no}»")
    await taps(branch.secretary, words.back, words.preview)
    await taps(branch.secretary, words.send_alone.format(n=1), words.finished)
    there = stage.person(DEPUTY).in_chat(GROUP)
    await there.wait_for(TEXT)
    await there.tap(no)
    card = await taps(branch.secretary, words.result, words.card)
    assert f"  · {yes}: 0\n  · {no}: 1" in card["text"]


@BOTH
async def test_groups_alone_make_no_list(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await confirmed_there(stage, branch, language)
    await chosen(branch, words, only=True)
    await taps(branch.secretary, words.to_whom, f"{words.to_whom} ·")
    await branch.secretary.tap("💾")
    assert branch.secretary.alert
    assert words.no_list in branch.secretary.toast


@BOTH
async def test_what_members_tap_in_a_group_is_theirs(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await let_in(stage, branch.secretary, DEPUTY, REGIONAL, 1009)
    await confirmed(stage, branch.secretary, language)
    await chosen(branch, words)
    await taps(branch.secretary, words.send.format(n=1), words.finished)
    deputy = stage.person(DEPUTY).in_chat(GROUP)
    before = await deputy.wait_for(TEXT)
    assert all("💬" not in label for label in deputy.labels(before)), "no reply before all eyes"
    await deputy.tap(words.read)
    regional = stage.person(REGIONAL).in_chat(GROUP)
    await regional.tap(words.read)
    stranger = stage.person(1009).in_chat(GROUP)
    await stranger.tap(words.read)
    assert stranger.alert
    assert (await deputy.last())["text"] == before["text"], "the message is everybody's"
    assert deputy.labels(await deputy.last()) == deputy.labels(before)
    await deputy.tap_data(before["message_id"], "home")
    assert deputy.alert, "a forged tap puts nothing in its place"
    assert (await deputy.last())["text"] == before["text"]
    card = await taps(branch.secretary, words.result, words.card)
    assert words.others in card["text"]
    read = select(deliveries.c.person_id).where(deliveries.c.read_at.is_not(None))
    assert await stage.database.read(lambda tx: tx.execute(read).scalars().all()) == [3]


@BOTH
async def test_it_is_edited_and_recalled_in_groups_and_reported(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await let_in(stage, branch.secretary)
    await confirmed(stage, branch.secretary, language)
    await chosen(branch, words)
    await taps(branch.secretary, words.send.format(n=1), words.finished)
    there = branch.secretary.in_chat(GROUP)
    await taps(branch.secretary, words.result, words.card)
    await taps(branch.secretary, words.edit, "✏️")
    await sends(branch.secretary, NEW, NEW)
    await branch.secretary.tap(f"{words.edit}: 4")
    await there.wait_for(NEW)
    for one in branch.recipients:
        await one.wait_for(NEW)
    await opened(branch, words)
    await branch.secretary.tap(words.report)
    await branch.secretary.tap("📤 Excel")
    await branch.secretary.wait_for(
        {"kk": "Файлдағы топтар: 1", "ru": "Групп в файле: 1"}[language]
    )
    book = await fetched(stage, await branch.secretary.messages())
    assert [cell.value for cell in book[words.sheet]["A"]][1:] == [TITLE]
    await opened(branch, words)
    asked = await taps(branch.secretary, words.recall, "🗑")
    await branch.secretary.tap(words.recall_four, asked)
    await until(lambda: nothing_in(branch), "deleted in the group, too")


async def opened(branch: Branch, words: Words) -> None:
    """The card of what has gone out."""
    await branch.secretary.send("/broadcasts")
    await branch.secretary.wait_answer()
    await taps(branch.secretary, "✅", words.card)


async def fetched(stage: Stage, messages: list[Json]) -> Workbook:
    """The workbook that came last."""
    file = next(m["file"] for m in reversed(messages) if m["file"])
    async with stage.session.get(stage.telegram.url + file["url"]) as answer:
        return load_workbook(BytesIO(await answer.read()))


@BOTH
async def test_a_channel_of_the_region_after_a_second_persons_yes(
    stage: Stage, language: str
) -> None:
    words = WORDS[language]
    regional = await meets(stage, REGIONAL, language)
    second = await meets(stage, BUREAU, language)
    there = await let_in(stage, regional, chat=CHANNEL, title="Облыс арнасы", channel=True)
    await regional.tap("✅ Бүкіл облыс" if language == "kk" else "✅ Вся область")
    await regional.wait_for("Облыс арнасы")
    await regional.send("/broadcast")
    await regional.tap("Бүкіл облыс" if language == "kk" else "Вся область")
    await regional.wait_for("📣")
    await sends(regional, TEXT, words.preview)
    await regional.tap(words.to_whom)
    await regional.tap(words.groups)
    await regional.tap(words.all)
    await regional.tap(words.alone)
    shown = await regional.wait_for("Облыс арнасы")
    await regional.tap(words.back, shown)
    await regional.tap(words.back)
    await regional.tap(words.send_alone.format(n=1))
    await second.tap("✅")
    await regional.wait_for(words.finished)
    [said] = [text for text in await written_in(there) if TEXT in text]
    assert said.startswith(TEXT)


async def nothing_in(branch: Branch) -> bool:
    return not await written_in_text(branch, GROUP)
