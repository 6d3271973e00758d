"""A broadcast to those who are invited to a meeting, and to those of them who have not answered."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from storage.tables import invitees, meetings
from tests.conftest import NOW
from tests.handlers.broadcasts.branch import DEPUTY, MEMBER, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import sends, taps
from tests.world import SARYAGASH

WORDS = {
    "kk": ("Алдын ала қарау", "👥 Кімге", "🗓 Отырысқа шақырылғандар", "🗓 Тек жауап бермегендер",
           "жауап бермегендер", "🗓 Барлық шақырылғандар", "Алушылар: ", "Жіберу: 1", "‹ Артқа"),
    "ru": ("Предпросмотр", "👥 Кому", "🗓 Приглашённым на заседание", "🗓 Только кто не ответил",
           "не ответил на приглашение", "🗓 Все приглашённые", "Получатели: ", "Отправить: 1",
           "‹ Назад"),
}  # fmt: skip


def called(tx: Connection) -> None:
    """The deputy will come; the member has not answered."""
    row = {
        "branch_id": SARYAGASH, "body": "bureau", "kind": "regular", "state": "announced",
        "title_kk": "Кеңес", "title_ru": "Кеңес", "starts_at": NOW + timedelta(days=3),
    }  # fmt: skip
    number = tx.execute(insert(meetings).values(**row).returning(meetings.c.id)).scalar_one()
    for who, answer in ((DEPUTY, "will"), (MEMBER, None)):
        one = {"person_id": who - 1000, "name": "?", "capacity": "member", "answer": answer}
        tx.execute(insert(invitees).values(meeting_id=number, **one))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_only_who_has_not_answered(stage: Stage, language: str) -> None:
    branch = await gathered(stage, language)
    preview, whom, invited, silent, only, everybody, many, send, back = WORDS[language]
    await stage.database.write(called)
    secretary = branch.secretary
    await sends(secretary, "/broadcast Келесіз бе?", preview)
    await taps(secretary, whom, f"{many}3")
    await taps(secretary, invited, "🗓")
    await taps(secretary, "Кеңес", f"{many}2")
    narrowed = await taps(secretary, silent, only)
    assert f"{many}1" in narrowed["text"]
    await taps(secretary, everybody, f"{many}2")
    await taps(secretary, silent, only)
    await taps(secretary, back, preview)
    await secretary.tap(send)
    await branch.member.wait_for("Келесіз бе?")
    assert not any("Келесіз" in (m["text"] or "") for m in await branch.deputy.messages())
