"""The program is killed in the middle of a meeting's preparation: nobody notices on their phone."""

import asyncio
import signal

import aiohttp

from bot.simulator import LocalTelegram
from bot.simulator.client import Json
from tests.e2e.conftest import Launch
from tests.e2e.test_run import begun, running, stopped

SECRETARY, MEMBER = 1001, 1006


async def test_answers_and_a_text_half_written_outlive_a_kill(
    launch: Launch, telegram: LocalTelegram, loaded: str, session: aiohttp.ClientSession
) -> None:
    program = await running(launch, telegram, loaded)
    nurbol = await begun(telegram, session, SECRETARY)
    saule = await begun(telegram, session, MEMBER)
    await saule.send("/next")
    await saule.wait_for("Сіз әлі жауап берген жоқсыз")
    await saule.tap("Қатыса алмаймын")
    await saule.wait_for("Себебін қысқаша жазыңыз")
    await nurbol.send("/next")
    await nurbol.wait_for("Күн тәртібінде: 6 мәселе")
    await nurbol.tap("Отырысты басқару")
    manages = await nurbol.wait_for("Не істейміз?")
    await nurbol.tap("Басқа уақытқа ауыстыру")
    await nurbol.wait_for("(1/3) Қай күні өтеді?")

    await stopped(program, signal.SIGKILL)
    await saule.send("іссапардамын")
    await nurbol.send("ертең 11:00")
    await asyncio.sleep(1)
    program = await running(launch, telegram, loaded)

    await saule.wait_for("➖ Жауабыңыз: қатыса алмайсыз")
    await nurbol.wait_for("(3/3) Неліктен ауыстырылады?")
    await nurbol.tap("Өткізіп жіберу")
    check = await nurbol.wait_for("Ауыстырмас бұрын тексеріңіз")
    assert "11:00 · ертең" in check["text"]
    # A keyboard of before the kill still works, on what is so now.
    await nurbol.tap_data(manages["message_id"], _data(manages, "Кім қатысады"))
    await nurbol.wait_for("➖ Қатыса алмайды: 2")
    assert await stopped(program, signal.SIGTERM) == 0
    program.assert_clean()


def _data(message: Json, label: str) -> str:
    buttons = [button for row in message["inline_keyboard"] for button in row]
    return next(str(b["callback_data"]) for b in buttons if label in b["text"])
