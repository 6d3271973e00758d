"""People of the demo, speaking the language of the story."""

from datetime import datetime, timedelta

import aiohttp

from bot.demo import ZONE
from bot.simulator.client import Person
from storage.rules.gate import QUIET_FROM, QUIET_UNTIL

LANGUAGES = ("kk", "ru")
NAMES = {"kk": "Қазақша", "ru": "Русский"}
CHOSEN = {"kk": "Тіл: Қазақша", "ru": "Язык: Русский"}
MENU = {"kk": "Мәзір", "ru": "Меню"}
MEMBER, DEPUTY, RUSSIAN_DEPUTY, EXECUTOR, SECRETARY = 1005, 1003, 1004, 1007, 1002


async def begins(person: Person, language: str) -> Person:
    """Press Start, choose the language in the settings, come back to the menu."""
    await person.start()
    await person.wait_answer()
    await person.send("/settings")
    settings = await person.wait_for("⚙️")
    if CHOSEN[language] not in settings["text"]:
        await person.tap(NAMES[language], settings)
        settings = await person.wait_for(CHOSEN[language])
    await person.tap(MENU[language], settings)
    await person.wait_for(MENU[language])
    return person


async def day_comes(session: aiohttp.ClientSession, url: str) -> None:
    """At night the demo's clock goes to the next morning: what goes to many waits until then."""
    now = await _moved(session, url, 0)
    if QUIET_UNTIL <= now.time() < QUIET_FROM:
        return
    day = now.date() + timedelta(days=int(now.time() >= QUIET_FROM))
    morning = datetime.combine(day, QUIET_UNTIL, tzinfo=ZONE)
    await _moved(session, url, int((morning - now).total_seconds()) + 1)


async def _moved(session: aiohttp.ClientSession, url: str, seconds: int) -> datetime:
    how = {"advance_seconds": seconds}
    async with session.post(f"{url}/local/clock", json=how) as answer:
        assert answer.status == 200, await answer.text()
        return datetime.fromisoformat((await answer.json())["now"]).astimezone(ZONE)
