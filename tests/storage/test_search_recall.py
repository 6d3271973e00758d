"""What is known to be in a few thousand texts is found, whatever people make of its words."""

from statistics import mean

from storage import search
from storage.database import Database
from tests.benchmarks.search import RECALL, sought
from tests.storage.search_world import fill

ITEMS = 1000
RARE_SHARE = 0.3  # so that each subject comes up in so few items, too


async def test_most_of_what_is_there_is_found(database: Database) -> None:
    spoken = await database.write(fill, ITEMS, RARE_SHARE)

    found = await sought(database, spoken, rounds=1)

    assert len(found) >= 60
    missed = [(each.query.text, each.recall) for each in found if each.recall < 1]
    assert mean(each.recall for each in found) >= RECALL, missed


async def test_what_a_member_does_not_see_is_never_found(database: Database) -> None:
    spoken = await database.write(fill, ITEMS, RARE_SHARE)
    seen = spoken.of_items.keys()

    for word in ("ипподром", "су", "мектеп", "туралы", "Сайрам"):
        hits = await database.read(search.find, spoken.member, word, "kk", 100)
        assert hits
        assert {(hit.meeting_id, hit.item_number) for hit in hits if hit.item_number} <= seen
