"""(b) How long an answer takes while a broadcast to thousands runs, against an idle bot."""

import asyncio
import re
import shutil
from pathlib import Path

from bot.simulator.client import Person
from storage.rules.access import Role
from tests.benchmarks import people, processes
from tests.benchmarks.report import Check, Section, quantile

SECRETARY, HER_BRANCH, ANOTHER = people.REGIONAL, "САР", "ОРД"
BRANCH = "Сарыағаш"
URGENT = "🚨"
TEXT = "Ертең сағат 15:00-де филиалда жиналыс болады"
PER_SECOND = 10
PATIENCE = 60.0
SETTLES = 5.0  # seconds in which a bot that has just started still introduces itself to Telegram
TIMES = 1.5


async def measure(folder: Path, *, recipients: int, probes: int, rounds: int) -> Section:
    """Probe the idle bot, start a broadcast, probe again; ``rounds`` times on a fresh bot."""
    template = folder / "latency.db"
    groups = [(probes, Role.MEMBER, ANOTHER), (recipients, Role.MEMBER, HER_BRANCH)]
    await people.made(template, groups)
    idle: list[float] = []
    busy: list[float] = []
    sent = 0
    for _ in range(rounds):
        database = folder / "run.db"
        shutil.copy(template, database)
        quiet, loud, delivered = await _round(people.url_of(database), recipients, probes)
        idle += quiet
        busy += loud
        sent += delivered
    return _section(idle, busy, sent, recipients, rounds)


async def _round(url: str, recipients: int, probes: int) -> tuple[list[float], list[float], int]:
    asking = [people.FIRST + n for n in range(probes)]
    others = [people.FIRST + probes + n for n in range(recipients)]
    async with processes.telegram([SECRETARY, *asking, *others]) as telegram:
        environment = processes.buro_environment(url)
        async with processes.bot(telegram, "buro", **environment):
            await _probe(telegram, asking[: max(5, probes // 10)])  # the first ones fill caches
            await asyncio.sleep(SETTLES)
            quiet = await _probe(telegram, asking)
            await _broadcast(telegram, recipients)
            before = (await telegram.get("progress", answers=0, seconds=0))["elsewhere"]
            loud = await _probe(telegram, asking)
            after = (await telegram.get("progress", answers=0, seconds=0))["elsewhere"]
    assert after > before, "the broadcast was not running"
    return quiet, loud, after - before


async def _probe(telegram: processes.Telegram, asking: list[int]) -> list[float]:
    found = await telegram.post(
        "probe", ids=asking, text="/next", per_second=PER_SECOND, patience=PATIENCE
    )
    assert found["lost"] == 0, found
    times: list[float] = found["ms"]
    return times


async def _broadcast(telegram: processes.Telegram, recipients: int) -> None:
    """The regional secretary writes to the branch, through the bot itself.

    It is an urgent one, which goes by night as by day: the measurement is the same at any hour.
    """
    secretary = Person(telegram.session, telegram.api, SECRETARY)
    await secretary.send(f"/broadcast {TEXT}")
    asked = await secretary.wait_answer(PATIENCE)
    while not any(BRANCH in label for label in secretary.labels(asked)):
        await secretary.tap("›", asked)
        asked = await secretary.last()
    await secretary.tap(BRANCH, asked)
    preview = await secretary.wait_for(TEXT, PATIENCE)
    await secretary.tap(URGENT, preview)
    preview = await secretary.wait_for("Шұғыл ·", PATIENCE)
    send = next(label for label in secretary.labels(preview) if label.startswith("Жіберу: "))
    # The demo's own people of the branch are among them.
    assert int(re.sub(r"\D", "", send)) >= recipients
    await secretary.tap(send, preview)


def _section(
    idle: list[float], busy: list[float], sent: int, recipients: int, rounds: int
) -> Section:
    section = Section(
        f"(b) /next while a broadcast to {recipients} runs at its normal pace, {rounds} rounds",
        ("bot", "answers", "p50 ms", "p95 ms", "p99 ms"),
    )
    for name, times in (("idle", idle), ("broadcasting", busy)):
        marks = [f"{quantile(times, share):.0f}" for share in (0.5, 0.95, 0.99)]
        section.rows.append((name, str(len(times)), *marks))
    ratio = quantile(busy, 0.95) / quantile(idle, 0.95)
    section.checks.append(
        Check(
            f"p95 while broadcasting: {ratio:.2f} of the idle p95, at most {TIMES}", ratio <= TIMES
        )
    )
    section.remarks.append(
        f"Measured at the local Telegram, from the message put in to the answer arriving, "
        f"{PER_SECOND}/s from different chats; {sent} copies went out meanwhile."
    )
    return section
