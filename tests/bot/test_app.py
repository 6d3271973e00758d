"""The whole program: it ends in order, and a revoked token ends it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import GetMe

from bot import app
from bot.intake.workshop import Workshop
from storage import inbox, outbox
from storage.outbox import Priority
from tests.bot.doubles import Json, inbox_states, message, outbox_rows, until
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


async def test_old_taps_that_come_again_are_shown_but_not_answered(stage: Stage) -> None:
    """Telegram refuses an answer after a minute; the effect and the screen are wanted all the
    same."""
    dauren = stage.person(1003)
    await dauren.start()
    menu = await dauren.wait_for("Мәзір")
    taps = [tapped(9_000_000 + n, menu["message_id"], data) for n, data in enumerate(TAPS)]
    long_ago = stage.clock.now() - timedelta(seconds=61)
    await stage.database.write(inbox.keep, [(1003, tap) for tap in taps], long_ago)
    before = len(stage.telegram.hub.calls)
    stage.app.workshop.wake()

    async def settled() -> bool:
        states = await inbox_states(stage.database)
        return all(states[tap["update_id"]] == "done" for tap in taps)

    await until(settled, "the end of the old taps")
    await until(lambda: shows(stage, "Настройки"), "the last screen")
    methods = [call["method"] for call in stage.telegram.hub.calls[before:]]
    assert "answerCallbackQuery" not in methods
    assert "editMessageText" in methods


TAPS = ("settings", "lang:ru:0")


def tapped(update_id: int, message_id: int, data: str) -> Json:
    shown = message(update_id, 1003)["message"] | {"message_id": message_id}
    query = {"id": f"{update_id}", "from": shown["from"], "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": {**query, "message": shown}}


async def shows(stage: Stage, text: str) -> bool:
    return any(text in message["text"] for message in await stage.person(1003).messages())


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
