"""One update from the inbox to its answer, or aside when it cannot be handled."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy import Connection

from bot.intake.presenter import Presenter
from bot.intake.turns import Handling, Surroundings, apology
from bot.intake.workshop import Handled
from bot.metrics import Metrics
from storage import outbox, people
from storage.inbox import Waiting

QUARANTINED = "update_quarantined"  # outbox kind


class Desk:
    """Handles updates; ``wrote`` is called when something may stand in the outbox."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        surroundings: Surroundings,
        metrics: Metrics,
        wrote: Callable[[], None],
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._around = surroundings
        self._metrics = metrics
        self._wrote = wrote
        self._presenter = Presenter(bot)

    async def handle(self, waiting: Waiting, handled: Handled) -> None:
        """Let the handlers answer, and show their screen after the commit."""
        began = time.monotonic()
        structlog.contextvars.bind_contextvars(update_id=waiting.update_id)
        update = self._parsed(waiting)
        handling = Handling()
        screen = await self._dispatcher.feed_update(
            self._bot, update, surroundings=self._around, handling=handling
        )
        handled(handling.settled)
        if handling.settled:
            self._wrote()
        age = (self._around.clock.now() - waiting.received_at).total_seconds()
        await self._presenter.show(update, screen, age=age)
        self._metrics.handled(time.monotonic() - began)

    async def set_aside(self, waiting: Waiting, error: Exception) -> None:
        """After the last try: tell the owners, and whoever wrote that it did not work."""
        self._metrics.quarantined()
        now = self._around.clock.now()
        fault = type(error).__name__
        await self._around.database.write(self._tell_owners, waiting.update_id, fault, now)
        self._wrote()
        with suppress(ValidationError):  # one that cannot be read has nobody to be answered
            update = self._parsed(waiting)
            await self._presenter.show(update, await apology(self._around, update))

    def _parsed(self, waiting: Waiting) -> Update:
        return Update.model_validate(waiting.body, context={"bot": self._bot})

    def _tell_owners(self, tx: Connection, update_id: int, fault: str, now: datetime) -> None:
        today = now.astimezone(self._around.zone).date()
        messages = [
            outbox.Message(
                f"quarantine:{update_id}:{owner.id}",
                QUARANTINED,
                owner.id,
                {"update_id": update_id, "error": fault},
            )
            for owner in people.owners(tx, today)
        ]
        outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
