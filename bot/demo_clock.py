"""The hand on the demo's clock, over the control API: to the next event, or out of the night."""

from datetime import datetime
from math import ceil

import aiohttp

from bot.demo import ZONE
from storage.rules.announcements import USUAL, goes_from
from storage.rules.working_days import WorkingCalendar


async def move(session: aiohttp.ClientSession, url: str, **how: int | str) -> datetime:
    """Move it by ``advance_seconds`` or ``to="next_event"``; the moment that it shows then.

    Raises AssertionError with what the local Telegram at ``url`` says.
    """
    async with session.post(f"{url}/local/clock", json=how) as answer:
        if answer.status != 200:
            raise AssertionError(await answer.text())
        return datetime.fromisoformat((await answer.json())["now"]).astimezone(ZONE)


async def out_of_the_night(session: aiohttp.ClientSession, url: str) -> datetime | None:
    """Move it to where a broadcast goes at once; the moment, None where it did so already."""
    now = await move(session, url, advance_seconds=0)
    opens = goes_from(now, USUAL, WorkingCalendar(), ZONE)
    if opens == now:
        return None
    return await move(session, url, advance_seconds=ceil((opens - now).total_seconds()))
