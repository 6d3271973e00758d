"""A canary in every path on which people's words go: nowhere kept in clear.

A name, a phone and an IIN are typed, shared, commented, left in a draft, brought to a failure and
queued. Afterwards they are looked for in the database and its files, a backup, the log, the metrics
and what the bot said in a group.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot import backup, postgres_tools
from bot.simulator.client import Person
from storage import health, outbox, requests
from storage.inquiries import bodies, lists
from storage.kinds import KINDS, Kind
from storage.rules.folding import fold
from storage.tables import inbox, inquiries, metadata, voter_requests
from tests import world
from tests.bot.test_backup import NO_TOOLS, settings_of
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage, _playing
from tests.handlers.inquiries.scene import HOUSING, actor
from tests.handlers.papers import workbook_making as making
from tests.logged import logged
from tests.opened import all_opened

REGIONAL, SECRETARY, DEPUTY, OTHER_DEPUTY, GUEST, GROUP = 1001, 1002, 1003, 1004, 1008, -500
NAME, PHONE, IIN = "Канарейқызы Айсұлу", "+7 701 999 88 77", "850101400122"
WORDS = f"{NAME}, {PHONE}, ЖСН {IIN}: үйінде шам жанбайды"
SAID = ("Канарейқызы", "Айсұлу", "7019998877", "701 999 88 77", IIN)
# As typed, as folded for search, and as JSON writes what is no ASCII.
CANARIES = {
    form.encode()
    for said in SAID
    for form in (said, fold(said), said.casefold(), json.dumps(said).strip('"'))
}


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the program logs at the level that says most."""
    with logged("DEBUG", "json") as written:
        yield written


@pytest.fixture
async def scene(log: StringIO, database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with _playing(database_url, tmp_path, world.people_it) as stage:
        yield stage


async def tap(person: Person, label: str) -> None:
    for _ in range(100):
        messages = await person.messages()
        if any(label in name for message in messages for name in person.labels(message)):
            break
        await asyncio.sleep(0.05)
    await person.tap(label)


async def _after(person: Person, label: str, expected: str) -> dict[str, Any]:
    await tap(person, label)
    return await person.wait_for(expected)


async def told_and_commented(deputy: Person) -> None:
    await deputy.start()
    await deputy.send(f"/request {WORDS}")
    await deputy.wait_for("тіркелді")
    await tap(deputy, "Ішкі жазба")
    await deputy.wait_for("ішкі жазбаңызды жазыңыз")
    await deputy.send(WORDS)
    await deputy.wait_for("· Тіркелді")


async def shared_in_the_wizard(deputy: Person) -> None:
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    await deputy.send("Екінші шам жанбайды")
    await tap(deputy, "✓ Жарықтандыру")
    await tap(deputy, "Байланыс")
    await deputy.send_contact("77019998877", NAME, own=False)
    await tap(deputy, "Өтініш беруші келіседі")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("САР-2026-0002")


async def forwarded_edited_and_searched(deputy: Person) -> None:
    await deputy.forward(WORDS, NAME)
    await deputy.wait_for("жаңа өтініші ме?")
    await deputy.send_voice()
    await deputy.send_document(f"{NAME}.pdf", caption=f"Қосымша: {WORDS}")  # one matter with it
    [sent] = await deputy.send(f"{NAME} {PHONE}")
    await deputy.wait_answer()
    await deputy.edit(sent, WORDS)
    await deputy.send(f"/search {NAME} {IIN}")
    await deputy.wait_answer()
    await deputy.tap("Иә, тіркеу")
    await deputy.wait_for("(2/3)")
    await tap(deputy, "✓ Жарықтандыру")
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("САР-2026-0003")


async def brought_in_a_list_with_a_wrong_row(deputy: Person) -> None:
    head: list[str | None] = ["Тізімдегі нөмірі", "Мәтіні", "Санаты", "Депутат"]
    lines: list[list[str | None]] = [
        ["A-1", WORDS, "Жарықтандыру", None],
        ["A-2", WORDS, IIN, NAME],
    ]
    await deputy.send("/requests")
    await tap(deputy, "📊 Excel")
    await tap(deputy, "📥 Толтырылған үлгіні жіберу")
    await deputy.wait_for("файл етіп жіберіңіз")
    await deputy.send_document(f"{NAME}.xlsx", making.book({"Өтініштер": [head, *lines]}))
    await deputy.wait_answer()
    await deputy.send("/cancel")
    await deputy.wait_answer()


async def tried_as_a_code_and_forged(stage: Stage) -> None:
    voter = stage.person(GUEST)
    await voter.start()
    menu = await voter.wait_answer()
    for typed in (PHONE, NAME, IIN):
        await voter.send(f"/follow {typed}")
        await voter.wait_answer()
        await voter.send(f"/join {typed}")
        await voter.wait_answer()
    await voter.tap_data(menu["message_id"], f"rqopen:{PHONE}")
    await voter.tap_data(menu["message_id"], f"{NAME}:1")


async def made_into_an_inquiry(stage: Stage) -> None:
    """Out of a request in whose text and place the name stands, and it is typed as the subject.

    The letter goes to the chat only.
    """
    secretary = await stage.database.read(actor, REGIONAL)
    await stage.database.write(bodies.add, secretary, world.SARYAGASH, HOUSING, NOW)
    deputy = stage.person(DEPUTY)
    await deputy.send("/requests")
    await tap(deputy, "САР-2026-0001")
    await tap(deputy, "✏️ Орны")
    await deputy.send(f"{NAME} үйі, Абай көшесі 12")
    await deputy.wait_for("Өтініш толықтырылды")
    await tap(deputy, "📄 Сауал жасау")
    proposed = await _after(deputy, HOUSING["name_kk"], "Тақырыбы: ")
    assert f"{NAME} үйі" in proposed["text"]
    for part in ("✏️ Тақырып", "✏️ Негіз"):
        await tap(deputy, part)
        await deputy.send(f"{proposed['text'][:60]} {WORDS}")
        await deputy.wait_for("Айсұлу")
    await tap(deputy, "✅ Сауал жасау")
    await deputy.wait_for("САУ-САР-2026-0001")
    await tap(deputy, "📄 Хат файлы")
    await deputy.wait_for("сауалдың хаты")


async def asked_to_be_erased(stage: Stage) -> None:
    """A task begins for the phone; until it is done the number stands in it, sealed."""
    secretary = stage.person(SECRETARY)
    await secretary.start()
    await secretary.send("/privacy")
    await tap(secretary, "📋 Деректер бойынша тапсырмалар")
    await tap(secretary, "➕ Деректерді өшіру")
    await secretary.wait_for("Кімнің деректері?")
    await secretary.send(PHONE)
    await secretary.wait_for("+7 701 *** ** 77")


async def left_in_a_draft(deputy: Person) -> None:
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    await deputy.send(WORDS)
    await deputy.wait_for("(2/3)")


async def brought_to_a_failure(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The update of the other deputy fails three times, with his words in the error; set aside."""

    def broken(_tx: Connection, _actor: Any, draft: Any, *_more: Any) -> None:
        raise ValueError(draft.text)

    other = stage.person(OTHER_DEPUTY)
    await other.start()
    with monkeypatch.context() as patched:
        patched.setattr(requests, "register", broken)
        await other.send(f"/request {WORDS}")
        for _ in range(200):
            if await stage.database.read(_set_aside):
                return
            await asyncio.sleep(0.05)
    raise AssertionError("nothing was set aside")


def _set_aside(tx: Connection) -> bool:
    found = select(inbox.c.body).where(inbox.c.state == "quarantined", inbox.c.body.is_not(None))
    return tx.execute(found).first() is not None


def queued(tx: Connection) -> None:
    outbox.put(tx, "voters_code:1", "voters_code", 3, {"to": NAME, "code": PHONE}, NOW)


async def asked_in_a_group(stage: Stage) -> bytes:
    """Someone repeats all of it in a group, as a command; return what the bot said there."""
    stage.telegram.add_group(id=GROUP, title="Сарыағаш", members=[DEPUTY], bot_is_member=True)
    there = stage.person(DEPUTY).in_chat(GROUP)
    await there.send(f"/request {WORDS}")
    await there.send(f"/next {WORDS}")
    await there.wait_for("Келесі отырыс")
    said = [call for call in stage.telegram.hub.calls if str(GROUP) in str(call["params"])]
    return json.dumps(said, ensure_ascii=False, default=str).encode()


async def test_nothing_is_kept_in_clear(
    scene: Stage, log: StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "voters_code", Kind("voters_code", personal=True))
    deputy = scene.person(DEPUTY)
    await told_and_commented(deputy)
    await shared_in_the_wizard(deputy)
    await forwarded_edited_and_searched(deputy)
    await brought_in_a_list_with_a_wrong_row(deputy)
    await made_into_an_inquiry(scene)
    await tried_as_a_code_and_forged(scene)
    await asked_to_be_erased(scene)
    in_the_group = await asked_in_a_group(scene)
    await left_in_a_draft(deputy)
    await brought_to_a_failure(scene, monkeypatch)
    await scene.database.write(queued)
    await check_that_it_is_there(scene)

    places = {
        "group": in_the_group,
        "log": log.getvalue().encode(),
        "metrics": await metrics(scene),
        **await scene.database.read(cells),
        **await files(scene, tmp_path),
    }
    assert b"an update failed" in places["log"], "it was listened to"
    leaks = {
        (place, canary.decode())
        for place, content in places.items()
        for canary in CANARIES
        if canary in content
    }
    assert not leaks


async def check_that_it_is_there(stage: Stage) -> None:
    """Sealed, but kept: an empty database would leak nothing either."""
    rows = await stage.database.read(
        lambda tx: [dict(row) for row in tx.execute(select(voter_requests)).mappings()]
    )
    said = str(all_opened(voter_requests, rows))
    assert NAME in said
    assert "+77019998877" in said
    made = await stage.database.read(
        lambda tx: [dict(row) for row in tx.execute(select(inquiries)).mappings()]
    )
    (inquiry,) = all_opened(inquiries, made)
    assert all(NAME in inquiry[column] for column in ("subject", "basis", "text"))
    found = await stage.database.read(
        lambda tx: lists.search(tx, actor(tx, DEPUTY), f"{NAME} шам", 0)
    )
    assert found.total == 1, "and it is found by what nobody reads in the database"


async def metrics(stage: Stage) -> bytes:
    now = stage.clock.now()
    seen = await stage.database.read(health.read, now, now.astimezone(ZONE).date())
    return stage.app.metrics.text(seen, now.timestamp())


def cells(tx: Connection) -> dict[str, bytes]:
    """Every table as its driver gives it, the types of ours aside."""
    found = {}
    for name in metadata.tables:
        rows = tx.exec_driver_sql(f'SELECT * FROM "{name}"')  # noqa: S608
        found[name] = str([tuple(row) for row in rows]).encode()  # a Row shortens what it shows
    return found


async def files(stage: Stage, folder: Path) -> dict[str, bytes]:
    """The database's own files where they can be seen, and a backup of it."""
    url = stage.database.url.render_as_string(hide_password=False)
    found = _contents(folder)
    if stage.database.is_sqlite:
        assert found["buro.db-wal"], "the writes are in it"
    if NO_TOOLS and not stage.database.is_sqlite:
        return found
    saved = folder / "saved.backup"
    await backup.make(settings_of(url, folder), saved)
    if not stage.database.is_sqlite:  # its own form is packed
        return {"backup": (await postgres_tools.script(url, saved)).encode()}
    return {**found, "backup": saved.read_bytes()}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("buro.db*")}
