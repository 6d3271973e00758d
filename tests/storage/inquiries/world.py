"""The people of the requests' world, with bodies that their inquiries go to."""

from dataclasses import dataclass

from sqlalchemy import Connection

from storage import inquiries, requests
from storage.inquiries import Inquiry, InquiryDraft, bodies
from storage.requests import Contact, RequestDraft, reminding
from storage.rules.access import Actor
from storage.rules.categories import Category
from tests.conftest import NOW, ZONE
from tests.storage.requests import world as request_world
from tests.storage.requests.world import World

HOUSING = {
    "name_kk": "Сарыағаш аудандық тұрғын үй бөлімі",
    "name_ru": "Сарыагашский районный отдел жилья",
    "head_kk": "Бөлім басшысына",
    "head_ru": "Руководителю отдела",
}
TEXT = "Жылға ауылында көше шамдарын жөндеу мерзімін көрсетуді сұраймын."


@dataclass(frozen=True)
class Ids:
    """The world, a body of Saryagash and one of Baydibek, and a request of Aigul's."""

    world: World
    housing: int
    baydibek: int
    request: int


def build(tx: Connection) -> Ids:
    world = request_world.build(tx)
    housing = bodies.add(tx, world.dana, world.sar, HOUSING, NOW)
    far = {"name_kk": "Бәйдібек аудандық бөлімі", "name_ru": "Байдибекский районный отдел"}
    baydibek = bodies.add(tx, world.ermek, world.bay, far, NOW)
    contact = Contact("+77011234567", "Асанова Гүлнар", "2026-11", NOW)
    lamp = RequestDraft(
        "Гүлнар Асанова, 8 701 123 45 67: Жылға ауылында шам жанбайды",
        Category.LIGHTING,
        place="Жылға ауылы",
        contact=contact,
    )
    request = requests.register(tx, world.aigul, lamp, NOW, ZONE)
    reminding.void(tx, request.id)  # here only inquiries are reminded of
    return Ids(world, housing.id, baydibek.id, request.id)


def draft(ids: Ids, **changes: object) -> InquiryDraft:
    given: dict[str, object] = {
        "branch_id": ids.world.sar,
        "body_id": ids.housing,
        "subject": "Жылға ауылының жарығы",
        "text": TEXT,
        "language": "kk",
        "request_ids": (ids.request,),
    }
    return InquiryDraft(**{**given, **changes})  # type: ignore[arg-type]


def made(tx: Connection, /, ids: Ids, actor: Actor | None = None, **changes: object) -> Inquiry:
    return inquiries.make(tx, actor or ids.world.aigul, draft(ids, **changes), NOW, ZONE)
