"""What the stories of inquiries share: bodies, a second deputy, and a request of Darkhan's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from bot.simulator.client import Person
from handlers.requests.callbacks import OpenRequest
from storage import people, requests
from storage.inquiries import bodies
from storage.requests import Contact, RequestDraft
from storage.rules.access import Actor, Role
from storage.rules.categories import Category
from storage.tables import audit, inquiries
from tests import world
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.meetings.agenda_stage import opens
from tests.handlers.talking import meets, taps

DARKHAN, MOLDIR, RUSLAN, AIGUL, SAULE = 1003, 1002, 1004, 1001, 1005
TODAY = NOW.astimezone(ZONE).date()
HOUSING = {
    "name_kk": "Сарыағаш аудандық тұрғын үй бөлімі",
    "name_ru": "Сарыагашский районный отдел жилья",
    "head_kk": "Бөлім басшысына",
    "head_ru": "Руководителю отдела",
}
ROADS = {
    "name_kk": "Ордабасы аудандық жол бөлімі",
    "name_ru": "Ордабасинский районный отдел дорог",
}
LAMP = "Асанова Гүлнар, 8 701 123 45 67: Жылға ауылында көше шамы жанбайды"


@dataclass(frozen=True)
class Ids:
    """The bodies of two districts, and Darkhan's request."""

    housing: int
    roads: int
    request: int


def actor(tx: Connection, telegram_id: int) -> Actor:
    found = people.actor_of(tx, telegram_id, TODAY)
    assert found is not None
    return found


def settle(tx: Connection) -> Ids:
    """Saule becomes a deputy of Saryagash; there are bodies and a request."""
    people.join(tx, SAULE - 1000, Role.DEPUTY, world.SARYAGASH, TODAY)
    aigul = actor(tx, AIGUL)
    housing = bodies.add(tx, aigul, world.SARYAGASH, HOUSING, NOW)
    roads = bodies.add(tx, aigul, world.ORDABASY, ROADS, NOW)
    contact = Contact("+77011234567", "Асанова Гүлнар", "2026-11", NOW)
    lamp = RequestDraft(LAMP, Category.LIGHTING, place="Жылға ауылы", contact=contact)
    request = requests.register(tx, actor(tx, DARKHAN), lamp, NOW, ZONE)
    return Ids(housing.id, roads.id, request.id)


async def drafts(stage: Stage, ids: Ids) -> Person:
    """Darkhan stands before the last look at an inquiry out of his request."""
    darkhan = await meets(stage, DARKHAN)
    await opens(darkhan, OpenRequest(id=ids.request).pack(), "САР-2026-0001")
    await taps(darkhan, "📄 Сауал жасау", "(1/3)")
    await taps(darkhan, "тұрғын үй бөлімі", "(3/3)")
    return darkhan


async def makes(stage: Stage, ids: Ids) -> Person:
    """Darkhan makes an inquiry out of his request."""
    darkhan = await drafts(stage, ids)
    await taps(darkhan, "✅ Сауал жасау", "№ САУ-САР-2026-0001")
    return darkhan


async def sends(stage: Stage, ids: Ids) -> Person:
    """Darkhan makes an inquiry and notes that it was sent today."""
    darkhan = await makes(stage, ids)
    await taps(darkhan, "📤 Жіберілді…", "(1/2)")
    await taps(darkhan, "Өткізіп жіберу", "(2/2)")
    await taps(darkhan, "Бүгін: 24 қараша", "✅ Жіберілгені белгіленді")
    return darkhan


async def rows(stage: Stage, query: Any) -> list[dict[str, Any]]:
    found = await stage.database.read(lambda tx: tx.execute(query).mappings().all())
    return [dict(row) for row in found]


async def kept(stage: Stage) -> list[dict[str, Any]]:
    """The inquiries as they are kept."""
    return await rows(stage, select(inquiries).order_by(inquiries.c.id))


async def refusals(stage: Stage) -> list[str]:
    """What was refused, in order."""
    query = select(audit.c.action).where(audit.c.outcome == "refused").order_by(audit.c.id)
    return [row["action"] for row in await rows(stage, query)]
