"""How people of the stories talk with the bot: they come in, write, tap, and read."""

from typing import Any

from bot.simulator.client import Person
from storage import people
from tests.handlers.conftest import Stage

Json = dict[str, Any]


async def meets(stage: Stage, telegram_id: int, language: str | None = None) -> Person:
    """Somebody who has pressed Start, perhaps after choosing another language."""
    person = stage.person(telegram_id)
    if language:
        await stage.database.write(people.set_language, telegram_id - 1000, language)
    await person.start()
    await person.wait_answer()
    return person


async def sends(person: Person, text: str, expected: str) -> Json:
    """The person writes, and reads the answer."""
    await person.send(text)
    return await person.wait_for(expected)


async def taps(person: Person, label: str, expected: str) -> Json:
    """The person taps, and reads the answer."""
    await person.tap(label)
    return await person.wait_for(expected)


def data_of(message: Json, label: str) -> str:
    """What the button with ``label`` under a message carries."""
    buttons = [button for row in message["inline_keyboard"] for button in row]
    return next(str(b["callback_data"]) for b in buttons if label in b["text"])
