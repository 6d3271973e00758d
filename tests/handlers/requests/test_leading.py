"""A leader of a faction reads the requests of the branch and reassigns them, and nothing else."""

from datetime import date

import pytest
from sqlalchemy import Connection, insert, select

from handlers.requests import callbacks
from handlers.requests.bulk.callbacks import Look
from handlers.requests.following.callbacks import AnswerVoter
from handlers.requests.working.callbacks import MergeInto, SplitOff
from storage.rules.access import Role
from storage.tables import memberships, request_history
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_handing import colleague
from tests.handlers.requests.test_requests import kept, registered, rows, tap
from tests.handlers.talking import meets, sends, taps
from tests.world import SARYAGASH

LEADER, OTHER = 1015, 1004

WORDS = {
    "kk": ("Сайлаушылар өтініштері", "Тарихы", "⋯ Тағы", "🤝 Басқа депутатқа беру", "🤝 Иә, беру"),
    "ru": ("Обращения избирателей", "История", "⋯ Ещё", "🤝 Передать депутату", "🤝 Да, передать"),
}


async def _leads(stage: Stage, *roles: Role) -> None:
    """The member of the party becomes the leader, and a deputy, too, where it is said."""

    def mandates(tx: Connection) -> None:
        row = {"branch_id": SARYAGASH, "starts_on": date(2026, 1, 1), "person_id": LEADER - 1000}
        tx.execute(insert(memberships), [{"role": role, **row} for role in roles])

    await stage.database.write(mandates)


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("also", [(), (Role.DEPUTY,)])
async def test_a_leader_reads_and_reassigns(
    stage: Stage, language: str, also: tuple[Role, ...]
) -> None:
    listed, history, more, hand, yes = WORDS[language]
    await _leads(stage, Role.FACTION_LEADER, *also)
    to = await colleague(stage)
    number = await registered(stage)
    leader = await meets(stage, LEADER, language)
    await sends(leader, "/requests", listed)
    labels = leader.labels(await taps(leader, number, f"№ {number}"))
    assert history in labels
    assert not any("✏️" in label or "💬" in label for label in labels)
    await tap(leader, more)
    assert [label for label in leader.labels(await leader.last()) if "🔗" in label] == []
    await tap(leader, hand)
    await tap(leader, "Кимов Руслан")
    await tap(leader, yes)
    await leader.wait_for("Кимов Руслан")
    assert [row["deputy_id"] for row in await kept(stage)] == [to]


@pytest.mark.parametrize("also", [(), (Role.DEPUTY,)])
async def test_forged_buttons_change_nothing(stage: Stage, also: tuple[Role, ...]) -> None:
    await _leads(stage, Role.FACTION_LEADER, *also)
    await registered(stage)
    await registered(stage, "Мектеп жанында жол нашар")
    before = await kept(stage)
    of = {"id": before[0]["id"], "version": before[0]["version"]}
    leader = await meets(stage, LEADER)
    message = (await leader.last())["message_id"]
    lines = await rows(stage, select(request_history))
    for data in (
        callbacks.SetCategory(**of, category="ecology"),
        MergeInto(**of, into=before[1]["id"], into_version=1, sure=True),
        callbacks.WithdrawConsent(**of, sure=True),
        Look(deed="close"),
    ):
        await leader.tap_data(message, data.pack())
    for typed in (
        callbacks.AddComment(id=of["id"]),
        callbacks.CompleteRequest(**of, part="place"),
        AnswerVoter(id=of["id"]),
        SplitOff(**of),
    ):
        await leader.tap_data(message, typed.pack())
        await leader.send("Басқаша")
        await leader.wait_answer()
        await leader.send("/cancel")
        await leader.wait_answer()
    await leader.tap_data(message, callbacks.AddFile(id=of["id"]).pack())
    await leader.send_photo()
    await leader.wait_answer()
    assert await kept(stage) == before
    assert await rows(stage, select(request_history)) == lines
