"""Short conversations of each user, really held with the bot and printed as they go."""

import textwrap
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
import typer

from bot.demo_clock import move, out_of_the_night
from bot.scripted_acts import SCENES, Act, IsReminded, Says, Sends, Starts, Taps
from bot.simulator import shown
from bot.simulator.client import Json, Person
from storage.clock import MovableClock
from storage.demo import PEOPLE

WIDTH = 96
PATIENCE = 15.0  # seconds to wait for an answer, on a slow machine
MOVES = 12  # reminders of others may come first
SETTLE = 2.0  # seconds within which a reminder is there after the clock was moved

KNOWN = {person.telegram_id: person for person in PEOPLE}


class ConversationBroke(Exception):
    """The bot did not answer as it should; the message says to what, and what came instead."""


async def play(url: str, clock: MovableClock) -> None:
    """Hold every conversation with the bot behind the local Telegram at ``url`` and print it.

    ``clock`` is the one that the bot lives by. Raises ConversationBroke.
    """
    async with aiohttp.ClientSession() as session:
        room = _Room(session, url, clock)
        for acts in SCENES:
            person = KNOWN[acts[0].who]
            typer.echo(f"\n━━━ {person.notes[person.language]} · {person.name} ━━━")
            for act in acts:
                try:
                    await room.perform(act)
                except AssertionError as error:
                    raise ConversationBroke(f"{act}: {error}") from error


@dataclass
class _Room:
    """The phones of everybody, and what each shows last."""

    session: aiohttp.ClientSession
    url: str
    clock: MovableClock
    phones: dict[int, Person] = field(default_factory=dict)
    seen: dict[int, Json] = field(default_factory=dict)

    async def perform(self, act: Act) -> None:
        """Do what the act says; print it and what the bot answers."""
        phone = self.phones.setdefault(act.who, Person(self.session, self.url, act.who))
        if isinstance(act, IsReminded):
            answer = await self._reminder(act, phone)
        else:
            if isinstance(act, Sends) and (
                morning := await out_of_the_night(self.session, self.url)
            ):
                _print_moment(morning)
            await self._act(act, phone)
            answer = await phone.wait_for(act.expect, PATIENCE)
        self.seen[act.who] = answer
        _print_answer(answer)

    async def _act(self, act: Act, phone: Person) -> None:
        if isinstance(act, Starts):
            _print_act(act, "/start")
            await phone.start()
        elif isinstance(act, Says):
            _print_act(act, act.text)
            await phone.send(act.text)
        elif isinstance(act, Taps):
            message = self.seen[act.who]
            label = _first_there(act.labels, phone.labels(message))
            _print_act(act, f"→ [{label}]")
            await phone.tap(label, message)
        else:
            _print_act(act, "✉")

    async def _reminder(self, act: Act, phone: Person) -> Json:
        """Move the clock from event to event until the reminder is there."""
        for _ in range(MOVES):
            await self._move_to_next_event()
            try:
                return await phone.wait_for(act.expect, SETTLE)
            except AssertionError:
                continue  # it was somebody else's
        raise AssertionError(f"not reminded by {self.clock.now()}")

    async def _move_to_next_event(self) -> None:
        _print_moment(await move(self.session, self.url, to="next_event"))


def _first_there(wanted: tuple[str, ...], labels: list[str]) -> str:
    for label in wanted:
        index = shown.match(labels, label)
        if index is not None:
            return labels[index]
    raise AssertionError(f"no button {' or '.join(wanted)}; visible: {labels}")


def _print_moment(moment: datetime) -> None:
    typer.echo(f"\n⏩ {moment:%d.%m.%Y %H:%M}")


def _print_act(act: Act, what: str) -> None:
    given_name = KNOWN[act.who].name.rpartition(" ")[2]
    typer.echo(f"\n{given_name}: {what}")


def _print_answer(message: Json) -> None:
    for line in shown.words(message).splitlines():
        typer.echo(textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="      "))
    for row in message["inline_keyboard"] or []:
        buttons = " ".join(f"[{button['text']}]" for button in row)
        typer.echo(f"    {buttons}")
