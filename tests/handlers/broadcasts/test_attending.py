"""«I will come» under a broadcast is an answer to the meeting's own invitation."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from storage.tables import invitees, meetings
from tests.conftest import NOW
from tests.handlers.broadcasts.branch import DEPUTY, MEMBER, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, sends, taps
from tests.world import SARYAGASH

WORDS = {
    "kk": ("Алдын ала қарау", "⚙️ Толықтыру", "🗓 Кім келеді?", "Қай отырыс", "Барамын / Бара",
           "Жіберу: 3", "Хабар тарату аяқталды"),
    "ru": ("Предпросмотр", "⚙️ Дополнить", "🗓 Кто придёт?", "О каком заседании", "Приду / Не смогу",
           "Отправить: 3", "Рассылка завершена"),
}  # fmt: skip
WILL, CANNOT = "Барамын", "Бара алмаймын"  # as its readers in Kazakh see it


def called(tx: Connection) -> int:
    """The deputy and the member are invited; Oleg is not."""
    row = {
        "branch_id": SARYAGASH, "body": "bureau", "kind": "regular", "state": "announced",
        "title_kk": "Кеңес", "title_ru": "Кеңес", "starts_at": NOW + timedelta(days=3),
    }  # fmt: skip
    number = tx.execute(insert(meetings).values(**row).returning(meetings.c.id)).scalar_one()
    for who in (DEPUTY, MEMBER):
        one = {"person_id": who - 1000, "name": "?", "capacity": "member"}
        tx.execute(insert(invitees).values(meeting_id=number, **one))
    return int(number)


def answers_of(tx: Connection) -> dict[int, str | None]:
    rows = tx.execute(select(invitees.c.person_id, invitees.c.answer))
    return {row.person_id + 1000: row.answer for row in rows}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_tap_answers_the_invitation(stage: Stage, language: str) -> None:
    branch = await gathered(stage, language)
    preview, more, who_comes, which, told, send, finished = WORDS[language]
    await stage.database.write(called)
    secretary = branch.secretary
    await sends(secretary, "/broadcast Келесіз бе?", preview)
    await secretary.tap(more)
    await taps(secretary, who_comes, which)
    await taps(secretary, "Кеңес", told)
    await taps(secretary, "‹", preview)
    await taps(secretary, send, finished)

    copy = await branch.deputy.wait_for("Келесіз бе?")
    await branch.deputy.tap(WILL, copy)
    marked = await branch.deputy.wait_for("Келесіз бе?")
    assert f"✅ {WILL}" in branch.deputy.labels(marked)
    await branch.member.wait_for("Келесіз бе?")
    await branch.member.tap(CANNOT)
    assert await stage.database.read(answers_of) == {DEPUTY: "will", MEMBER: "cannot"}
    await branch.deputy.tap(CANNOT, marked)
    assert (await stage.database.read(answers_of))[DEPUTY] == "cannot", "the last one holds"

    theirs = await branch.russian.wait_for("Келесіз бе?")
    await branch.russian.tap("Приду", theirs)
    assert branch.russian.alert and "не приглашены" in branch.russian.toast
    await stage.database.write(lambda tx: tx.execute(update(meetings).values(state="cancelled")))
    await branch.deputy.tap_data(marked["message_id"], data_of(marked, WILL))
    assert branch.deputy.alert and "өткізілмейді" in branch.deputy.toast
    assert (await stage.database.read(answers_of))[DEPUTY] == "cannot"


async def test_who_did_not_get_it_answers_nothing_from_it(stage: Stage) -> None:
    branch = await gathered(stage, "kk")
    preview, more, who_comes, which, told, send, finished = WORDS["kk"]
    await stage.database.write(called)
    await sends(branch.secretary, "/broadcast Келесіз бе?", preview)
    await branch.secretary.tap(more)
    await taps(branch.secretary, who_comes, which)
    await taps(branch.secretary, "Кеңес", told)
    await taps(branch.secretary, "‹", preview)
    await taps(branch.secretary, send, finished)
    copy = await branch.deputy.wait_for("Келесіз бе?")
    stranger = stage.person(1004)
    await stranger.start()
    hello = await stranger.wait_answer()
    await stranger.tap_data(hello["message_id"], data_of(copy, WILL))
    assert set((await stage.database.read(answers_of)).values()) == {None}
