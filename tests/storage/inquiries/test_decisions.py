"""An inquiry is linked with the items on which meetings decided on it, as far as one may see."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from storage import inquiries, meetings
from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.inquiries import Inquiry, decisions, sending
from storage.meetings import NewItem, NewMeeting
from storage.tables import agenda_items, request_history
from tests.conftest import NOW, ZONE
from tests.storage.inquiries.world import Ids, build, made
from tests.storage.meetings.agenda_world import first_item


@pytest.fixture
async def ids(database: Database) -> Ids:
    return await database.write(build)


async def sent(database: Database, ids: Ids) -> Inquiry:
    one = await database.write(made, ids)
    day = NOW.astimezone(ZONE).date()
    return await database.write(
        sending.send, ids.world.aigul, one.id, one.version, "5", day, NOW, ZONE
    )


def meeting(
    tx: Connection, branch_id: int, days: int, state: str = "held", visibility: str = "members"
) -> int:
    """A council's meeting so many days from now; its only item."""
    item = NewItem(title_kk=f"Мәселе {days}", title_ru=f"Вопрос {days}")
    new = NewMeeting(
        branch_id=branch_id,
        body="political_council",
        state=state,
        title_kk="Кеңес",
        title_ru="Совет",
        starts_at=NOW + timedelta(days=days),
        items=(item,),
    )
    found = first_item(tx, meetings.add(tx, new))
    here = agenda_items.c.id == found
    tx.execute(update(agenda_items).where(here).values(visibility=visibility))
    return found


async def test_the_latest_meetings_that_one_may_see_are_offered(
    database: Database, ids: Ids
) -> None:
    inquiry = await sent(database, ids)
    branch, other = ids.world.sar, ids.world.bay
    earlier = await database.write(meeting, branch, -9)
    later = await database.write(meeting, branch, -2)
    ahead = await database.write(meeting, branch, 3, "announced")
    await database.write(meeting, branch, -1, "draft")
    await database.write(meeting, other, -3)
    await database.write(meeting, branch, -4, "held", "bureau")
    found = await database.read(decisions.offered, ids.world.aigul, inquiry)
    assert [one.item_id for one in found] == [later, earlier, ahead]


async def test_linked_twice_it_is_linked_once_and_the_request_remembers(
    database: Database, ids: Ids
) -> None:
    inquiry, item = await sent(database, ids), await database.write(meeting, ids.world.sar, -2)
    for _ in range(2):
        await database.write(decisions.link, ids.world.aigul, inquiry.id, item, NOW)
    around = await database.read(inquiries.whole, ids.world.aigul, inquiry.id)
    assert [one.item_id for one in around.decisions] == [item]
    asked = await database.read(decisions.of_item, ids.world.dana, item)
    assert [one.number for one in asked] == [inquiry.number]
    assert await database.read(decisions.of_item, ids.world.nurlan, item) == []
    kinds = select(request_history.c.kind).where(request_history.c.request_id == ids.request)
    seen = await database.read(lambda tx: tx.execute(kinds).scalars().all())
    assert list(seen).count("inquiry_decided") == 1
    for _ in range(2):
        await database.write(decisions.unlink, ids.world.dana, inquiry.id, item, NOW)
    around = await database.read(inquiries.whole, ids.world.aigul, inquiry.id)
    assert around.decisions == ()


async def test_what_is_refused(database: Database, ids: Ids) -> None:
    draft = await database.write(made, ids)
    item = await database.write(meeting, ids.world.sar, -2)
    hidden = await database.write(meeting, ids.world.sar, -4, "held", "bureau")
    with pytest.raises(NotPossible, match="state"):
        await database.write(decisions.link, ids.world.aigul, draft.id, item, NOW)
    day = NOW.astimezone(ZONE).date()
    await database.write(
        sending.send, ids.world.aigul, draft.id, draft.version, "5", day, NOW, ZONE
    )
    for number in (hidden, 999, 2**63 - 1):
        with pytest.raises(NotFound):
            await database.write(decisions.link, ids.world.aigul, draft.id, number, NOW)
    with pytest.raises((NotAllowed, NotFound)):
        await database.write(decisions.link, ids.world.nurlan, draft.id, item, NOW)
    items = [await database.write(meeting, ids.world.sar, -n) for n in range(10, 21)]
    for one in items[: decisions.LIMIT]:
        await database.write(decisions.link, ids.world.aigul, draft.id, one, NOW)
    with pytest.raises(NotPossible, match="too_many"):
        await database.write(decisions.link, ids.world.aigul, draft.id, items[-1], NOW)
