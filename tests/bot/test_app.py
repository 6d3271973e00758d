"""The whole program: it ends in order, and a revoked token ends it."""

import asyncio
from typing import Any

import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import GetMe

from bot import app
from bot.intake.workshop import Workshop
from storage import inbox, outbox
from storage.outbox import Priority
from tests.bot.doubles import inbox_states, message, outbox_rows, until
from tests.conftest import NOW
from tests.handlers.conftest import Stage


async def restarted(stage: Stage) -> tuple[app.App, asyncio.Task[None]]:
    """A second run of the same program, over the same database."""
    one = stage.app
    again = app.App(
        **{
            **vars(one),
            "workshop": Workshop(
                stage.database,
                stage.clock,
                "the next run",
                one.workshop._handle,
                one.workshop._quarantined,
            ),
        }
    )
    return again, asyncio.create_task(again.workshop.run())


async def test_what_the_last_run_left_in_the_inbox_is_answered_by_the_next(stage: Stage) -> None:
    dauren = stage.person(1003)
    await dauren.start()
    await dauren.wait_for("Мәзір")
    await dauren.send("жай сөз")
    await dauren.wait_answer()
    left = message(9_000_000, 1003, "/settings")
    await stage.database.write(inbox.keep, [(1003, left)], NOW)
    again, task = await restarted(stage)
    await dauren.wait_for("Баптаулар")
    await again.workshop.drain(5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await inbox_states(stage.database))[9_000_000] == "done"


async def test_a_revoked_token_ends_the_program_with_that_reason(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def revoked(*_args: Any, **_options: Any) -> Any:
        raise TelegramUnauthorizedError(GetMe(), "Unauthorized")

    dauren = stage.person(1003)
    await dauren.start()
    await dauren.wait_for("Мәзір")
    monkeypatch.setattr(stage.app.intake, "_fetch", revoked)
    with pytest.RaisesGroup(TelegramUnauthorizedError):
        await asyncio.wait_for(stage.app.intake.run(), 5)


async def test_stopping_lets_messages_on_their_way_arrive(stage: Stage) -> None:
    dauren = stage.person(1003)
    await dauren.start()
    await dauren.wait_for("Мәзір")
    for number in range(3):
        await stage.database.write(
            outbox.put, f"menu:{number}", "commands", 3, {}, NOW, priority=Priority.NOTICE
        )
    stage.app.courier.wake()

    async def begun() -> bool:
        return any(row["state"] == "sent" for row in await outbox_rows(stage.database, "commands"))

    await until(begun, "the first message")
    await stage.app.courier.drain(5)
    states = {row["state"] for row in await outbox_rows(stage.database, "commands")}
    assert "sending" not in states, "nothing is left in doubt"
