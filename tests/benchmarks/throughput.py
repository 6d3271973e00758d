"""(a) Thousands of updates through the whole pipeline, against bare echo bots."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, select

from storage.database import Database
from storage.privacy.cells import unseal
from storage.rules.access import Role
from storage.tables import voter_requests
from tests.benchmarks import people, processes
from tests.benchmarks.report import Check, Section, spread

REQUEST = "/request Жылға ауылында көше шамы жанбайды, Абай көшесі {n}"
PATIENCE = 300.0
TICK = 0.01  # the processor's time is counted in hundredths of a second


@dataclass(frozen=True)
class Contender:
    """A bot with what is written to it."""

    name: str
    module: str
    text: str
    words: tuple[str, ...] = ()


AIOGRAM = Contender("aiogram echo", "aiogram_echo", "/next")
OTHER = Contender("python-telegram-bot echo", "telegram_ext_echo", "/next")
OTHER_AT_ONCE = Contender(
    "python-telegram-bot echo, concurrent_updates", "telegram_ext_echo", "/next", ("side-by-side",)
)
NEXT = Contender("Buro /next", "buro", "/next", ("unpaced",))
REQUESTS = Contender("Buro /request …", "buro", REQUEST, ("unpaced",))
CONTENDERS = (AIOGRAM, NEXT, OTHER, REQUESTS, OTHER_AT_ONCE)


@dataclass(frozen=True)
class Run:
    """One bot through one load."""

    per_second: float
    bot_ms: float  # processor time of the bot for an update
    telegram_ms: float  # and of the local Telegram
    telegram_busy: float  # share of the time in which the local Telegram was at work


async def measure(folder: Path, *, chats: int, each: int, rounds: int) -> Section:
    """Let all contenders take turns for ``rounds`` rounds. Raises AssertionError if one loses."""
    template = folder / "throughput.db"
    await people.made(template, [(chats, Role.DEPUTY, None)])
    ids = [people.FIRST + n for n in range(chats)]
    runs: dict[str, list[Run]] = {contender.name: [] for contender in CONTENDERS}
    for _ in range(rounds):
        for contender in CONTENDERS:
            database = folder / "run.db"
            shutil.copy(template, database)
            runs[contender.name].append(await _run(contender, ids, each, database))
    capacity = await _capacity(ids, chats * each)
    return _section(runs, capacity, chats, each, rounds)


async def _run(contender: Contender, ids: list[int], each: int, database: Path) -> Run:
    total = len(ids) * each
    url = people.url_of(database)
    async with processes.telegram(ids) as telegram:
        await telegram.post("inject", ids=ids, times=each, text=contender.text)
        environment = processes.buro_environment(url)
        async with processes.bot(
            telegram, contender.module, *contender.words, **environment
        ) as process:
            await telegram.get("progress", answers=1, seconds=PATIENCE)
            before = processes.cpu_seconds(process), processes.cpu_seconds(telegram.process)
            view = await telegram.get("progress", answers=total, seconds=PATIENCE)
            after = processes.cpu_seconds(process), processes.cpu_seconds(telegram.process)
        assert view["answers"] == total, f"{contender.name}: {view}"
        if contender is NEXT:
            said = (await telegram.get("last", id=ids[0]))["text"]
            assert "Бюро" in said, said
    if contender is REQUESTS:
        assert await _registered(url) == total
    seconds = view["seconds"]
    bot, other = (b - a for a, b in zip(before, after, strict=True))
    return Run(total / seconds, 1000 * bot / total, 1000 * other / total, other / seconds)


async def _registered(url: str) -> int:
    database = Database(url)
    try:
        return await database.read(_count)
    finally:
        await database.close()


def _count(tx: Connection) -> int:
    rows = tx.execute(select(voter_requests.c.number, voter_requests.c.text))
    texts = (unseal("voter_requests.text", number, text) or "" for number, text in rows)
    return sum(text.startswith("Жылға ауылында көше шамы жанбайды, Абай көшесі ") for text in texts)


async def _capacity(ids: list[int], messages: int) -> float:
    """How many messages a second the local Telegram takes from a client that does nothing else."""
    async with processes.telegram(ids) as telegram:
        await telegram.post("inject", ids=ids, times=0, text="")
        async with processes.bot(telegram, "hammer", str(messages), str(len(ids))):
            view = await telegram.get("progress", answers=messages, seconds=PATIENCE)
    assert view["answers"] == messages, view
    return float(messages / view["seconds"])


def _section(
    runs: dict[str, list[Run]], capacity: float, chats: int, each: int, rounds: int
) -> Section:
    def speed(contender: Contender) -> float:
        return median(run.per_second for run in runs[contender.name])

    def cost(contender: Contender) -> float:
        return median(run.bot_ms for run in runs[contender.name])

    base = speed(AIOGRAM)
    section = Section(
        f"(a) {chats * each} updates from {chats} chats, {rounds} alternating rounds",
        ("bot", "answers/s", "ratio", "CPU ms/update", "ratio by CPU", "Telegram busy"),
    )
    for contender in CONTENDERS:
        found = runs[contender.name]
        section.rows.append(
            (
                contender.name,
                spread([run.per_second for run in found]),
                f"{speed(contender) / base:.2f}",
                f"{median(run.bot_ms for run in found):.2f}",
                f"{cost(AIOGRAM) / max(cost(contender), TICK):.2f}",
                f"{median(run.telegram_busy for run in found):.0%}",
            )
        )
    for contender, least in ((NEXT, 0.40), (REQUESTS, 0.25)):
        ratio = speed(contender) / base
        section.checks.append(
            Check(
                f"{contender.name}: {ratio:.2f} of the aiogram echo, at least {least}",
                ratio >= least,
            )
        )
        for other in (OTHER, OTHER_AT_ONCE):
            section.checks.append(
                Check(
                    f"{contender.name}: {speed(contender):.0f}/s, above {other.name} "
                    f"({speed(other):.0f}/s)",
                    speed(contender) > speed(other),
                )
            )
    section.remarks += [
        "answers/s: from the first getUpdates to the last answer, median of rounds (least–most).",
        "ratio by CPU: of the processor time, which other programs on the machine disturb less.",
        f"The local Telegram takes {capacity:.0f} messages/s from a client that does nothing else.",
        "Buro's pace of delivery (25/s, Telegram's limit) is lifted here: echo bots have none.",
    ]
    return section
