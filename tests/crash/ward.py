"""A ward: one database and one local Telegram, in which a program lives, dies and is born again."""

import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from bot.simulator import LocalTelegram
from bot.simulator.acts import perform
from storage import broadcasts, kinds, people, roadmap
from storage.database import Database
from storage.privacy.cells import unseal
from storage.rules.access import Role
from storage.tables import memberships, reminders
from storage.tables import people as people_table
from tests import world
from tests.conftest import ZONE
from tests.crash.ledgers import Ledger, Rows
from tests.crash.lives import Life

TOKEN = "1000000001:TokenOfTheLocalTelegramInTests"
START = datetime(2026, 11, 24, 4, tzinfo=UTC)  # nine o'clock there: reminders are gathered
AUTHOR = 1002  # of the broadcasts
DEPUTIES = tuple(range(2001, 2013))
MEMBERS = tuple(range(3001, 3029))
EXECUTORS = tuple(range(4001, 4013))
AN_HOUR_AND_MORE = 3_700.0  # seconds: the longest pause between two tries


class ShiftedClock:
    """The machine's clock, moved to the day of the story; ``ahead`` seconds from the machine's."""

    def __init__(self) -> None:
        self.ahead = (START - datetime.now(UTC)).total_seconds()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)


@dataclass
class Post:
    """A message that the local Telegram accepted from the bot."""

    chat_id: int
    message_id: int
    text: str


@dataclass
class Tally:
    """What was seen."""

    lives: int = 0
    kills: int = 0
    updates: int = 0
    struck: Counter[int] = field(default_factory=Counter)  # outbox id → kills while on the wire
    at_points: Counter[str] = field(default_factory=Counter)


@dataclass
class Ward:
    """The whole scene; see the fixtures in conftest."""

    life: Life  # the one that is meant where none is named
    telegram: LocalTelegram
    clock: ShiftedClock
    ledger: Ledger
    folder: Path
    unpaced: bool = True
    tally: Tally = field(default_factory=Tally)
    posts: list[Post] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # texts of requests
    announced: list[str] = field(default_factory=list)  # texts of broadcasts
    kill_at_post: int | None = None  # how many messages from now Telegram accepts the fatal one

    # -- the scene --------------------------------------------------------------------------

    async def begin(self) -> None:
        """People press Start; items of the roadmap come due within the next hours."""
        self._listen()
        everybody = [who for who, *_ in world.PEOPLE] + [*DEPUTIES, *MEMBERS, *EXECUTORS]
        for who in everybody:
            self.telegram.add_person(id=who, first_name=f"Адам {who}", language_code="kk")
        await self._write(world.people_it)
        await self._write(_fill)
        for who in everybody:
            # Everybody started the bot long ago: the greeting is no part of the story.
            self.telegram.hub.world.people[who].known = True
            self.telegram.hub.world.people[who].started = True

    def _listen(self) -> None:
        hub, post = self.telegram.hub, self.telegram.hub.post

        def heard(chat: Any, content: Any, sender: Any, **more: Any) -> Any:
            stored = post(chat, content, sender, **more)
            if sender is None:
                self.posts.append(Post(chat.id, stored.id, stored.body.get("text", "")))
                self._maybe_kill()
            return stored

        vars(hub)["post"] = heard

    def _maybe_kill(self) -> None:
        """Telegram has the message, its answer is not on the way yet."""
        if self.kill_at_post is not None:
            self.kill_at_post -= 1
            if self.kill_at_post <= 0 and self.life.pid is not None:
                self.life.signal(signal.SIGKILL)
                self.kill_at_post = None

    def request(self, who: int) -> None:
        """Somebody registers a request with a text of its own."""
        text = f"Шам жанбайды {len(self.said):05d}"
        self.said.append(text)
        self._send(who, f"/request {text}")

    def ask(self, who: int) -> None:
        """Somebody asks for the next meeting: nothing changes."""
        self._send(who, "/next")

    def _send(self, who: int, text: str) -> None:
        self.tally.updates += 1
        fields = {"person": who, "chat": None, "action": "send", "text": text}
        perform(self.telegram.hub, {k: v for k, v in fields.items() if v is not None}, [])

    async def announce(self) -> None:
        """A broadcast to everybody of the branch is confirmed."""
        text = f"Хабарландыру {len(self.announced):03d}"
        self.announced.append(text)
        await self._write(_broadcast, text, self.clock.now())

    async def _write(self, fn: Any, *args: Any) -> None:
        database = Database(self.ledger.url)
        try:
            await database.write(fn, *args)
        finally:
            await database.close()

    # -- lives ------------------------------------------------------------------------------

    async def bear(
        self,
        point: str = "",
        nth: int = 1,
        arguments: tuple[str, ...] = ("run",),
        life: Life | None = None,
    ) -> None:
        """Begin a life that ends at the ``nth`` pass of ``point``, if there is one."""
        self.tally.lives += 1
        await (life or self.life).begin(
            environment={
                "BOT_TOKEN": TOKEN,
                "BOT_API_URL": self.telegram.url,
                "DATABASE_URL": self.ledger.url,
                "OWNER_IDS": "1001",
                "DATA_DIR": str(self.folder / "var"),
                "LOG_LEVEL": "WARNING",
            },
            arguments=arguments,
            ahead=self.clock.ahead,
            unpaced=self.unpaced,
            point=point,
            nth=nth,
        )

    async def running(self) -> None:
        """Wait until the life says that it is at work."""
        await self.life.until(self.life.is_running)

    async def killed(self, within: float, name: str) -> None:
        """Wait for the end at the point ``name``, or kill; look at what was left behind."""
        status = await self.life.ended(within, after_start=True)
        self.kill_at_post = None
        assert status == -signal.SIGKILL, f"ended with {status}:\n{self.life.log}"
        self.tally.kills += 1
        self.tally.at_points["any moment" if self.life.forced else name] += 1
        self.look_at_the_dead()

    def look_at_the_dead(self) -> None:
        """What a process that had the pace left behind, before another one takes over."""
        self.ledger.sound()
        on_the_wire = self.rows("SELECT id, kind FROM outbox WHERE state = 'sending'")
        self.tally.struck.update(outbox_id for outbox_id, _ in on_the_wire)
        # Only these may come once more on account of this kill.
        repeated = [outbox_id for outbox_id, kind in on_the_wire if kinds.of(kind).repeatable]
        assert len(repeated) <= 1, f"more than one copy a kill: {on_the_wire}"
        texts = Counter(text for _, text in self.registered())
        assert not texts or max(texts.values()) == 1, f"more than one effect: {texts}"

    async def settle(self) -> None:
        """Live until nothing is left to do, however often that takes; each life ends by SIGTERM."""
        for _ in range(8):
            await self.bear()
            await self.running()
            await self.life.until(self.is_quiet)
            self.life.signal(signal.SIGTERM)
            status = await self.life.ended(15)
            assert status == 0, f"ended with {status}:\n{self.life.log}"
            if not self.rows("SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"):
                return
            self.clock.ahead += AN_HOUR_AND_MORE
        left = self.rows("SELECT * FROM outbox WHERE state IN ('waiting', 'sending')")
        raise AssertionError(f"unsettled: {left}")

    def is_quiet(self) -> bool:
        """Whether nothing waits for anything but time."""
        if self.telegram.hub.updates.pending():
            return False
        now = self.clock.now().replace(tzinfo=None)
        busy = self.rows(
            "SELECT 1 FROM inbox WHERE state = 'new' UNION ALL "
            "SELECT 1 FROM outbox WHERE state = 'sending'"
            " OR state = 'waiting' AND not_before <= ? UNION ALL "
            "SELECT 1 FROM reminders WHERE state = 'planned' AND due_at <= ? LIMIT 1",
            now,
            now,
        )
        return not busy

    def registered(self) -> Rows:
        """Who logged which text, in the order of the numbers."""
        kept = self.rows("SELECT deputy_id, number, text FROM voter_requests ORDER BY id")
        return [(who, unseal("voter_requests.text", number, text)) for who, number, text in kept]

    def rows(self, query: str, *given: Any) -> Rows:
        return self.ledger.rows(query, *given)


def _fill(tx: Connection) -> None:
    """Deputies and members of one branch, and executors with an item each."""
    roles = (
        *((who, Role.DEPUTY) for who in DEPUTIES),
        *((who, Role.MEMBER) for who in MEMBERS),
        *((who, Role.EXECUTOR) for who in EXECUTORS),
    )
    for who, role in roles:
        person_id = who
        tx.execute(
            insert(people_table).values(
                id=person_id, telegram_id=who, name=f"Адам {who}", language="kk", created_at=START
            )
        )
        branch = None if role is Role.EXECUTOR else world.SARYAGASH
        tx.execute(
            insert(memberships).values(
                person_id=person_id, role=role, branch_id=branch, starts_on=date(2026, 1, 1)
            )
        )
    for number, who in enumerate(EXECUTORS):
        item = roadmap.NewRoadmapItem(
            number=f"{number}", branch_id=world.SARYAGASH, direction_kk="Спорт",
            direction_ru="Спорт", title_kk=f"Тармақ {number:03d}", title_ru=f"Пункт {number:03d}",
            executor_id=who, deadline=date(2026, 12, 1),
        )  # fmt: skip
        roadmap.add(tx, item, START - timedelta(days=1), ZONE)
        # The one that would be said today comes due at a moment of its own.
        tx.execute(
            update(reminders)
            .where(reminders.c.person_id == who, reminders.c.due_at < START + timedelta(days=1))
            .values(due_at=START + timedelta(minutes=3 + 4 * number))
        )


def _broadcast(tx: Connection, text: str, now: datetime) -> None:
    today = now.astimezone(ZONE).date()
    actor = people.actor_of(tx, AUTHOR, today)
    assert actor is not None
    shown = broadcasts.draft(tx, actor, world.SARYAGASH, broadcasts.Content(text), now, today)
    sent = broadcasts.confirm(
        tx, actor, shown.broadcast.id, shown.broadcast.version, shown.audience.total, now, today
    )
    assert sent.state == "running"
