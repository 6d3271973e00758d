"""A broadcast that is worded anew and replied to, killed in the midst: it goes on and ends."""

import os
import signal
from collections import Counter

import pytest
from sqlalchemy import Connection, select

from storage import people
from storage.broadcasts import Content, editing, replying
from storage.tables import broadcasts, deliveries
from tests.conftest import ZONE
from tests.crash.chance import seeded, told
from tests.crash.test_broadcast_kills import STEP
from tests.crash.ward import AUTHOR, MEMBERS, Ward

pytestmark = pytest.mark.asyncio(loop_scope="module")

KILLS = int(os.environ.get("EDIT_KILLS", "2"))
NEW = "Жиналыс басқа жерде өтеді"


def reworded(tx: Connection, ward: Ward) -> int:
    """Her words everywhere are replaced; return of how many copies."""
    now = ward.clock.now()
    today = now.astimezone(ZONE).date()
    author = people.actor_of(tx, AUTHOR, today)
    assert author is not None
    number = tx.execute(select(broadcasts.c.id)).scalar_one()
    edit = editing.draft(tx, author, number, "", NEW, now).edit
    return editing.confirm(tx, author, edit.id, now, today).can


def replied(tx: Connection, ward: Ward) -> int:
    """Every member writes back; return how many they are."""
    now = ward.clock.now()
    today = now.astimezone(ZONE).date()
    number = tx.execute(select(broadcasts.c.id)).scalar_one()
    reached = select(deliveries.c.person_id).where(deliveries.c.state == "sent")
    writing = sorted(set(MEMBERS) & set(tx.execute(reached).scalars()))
    for who in writing:
        actor = people.actor_of(tx, who, today)
        assert actor is not None
        said = Content(f"Жауап {who}")
        replying.say(tx, actor, number, actor.person_id, said, now, today)
    return len(writing)


def edited_in(ward: Ward) -> int:
    """How many copies read anew by now, as far as the program knows."""
    [(number,)] = ward.rows("SELECT count(*) FROM deliveries WHERE edit_state = 'edited'")
    return int(number)


async def test_an_edit_and_replies_are_killed_and_end_for_everybody(ward: Ward) -> None:
    luck = seeded()
    await ward.announce()
    await ward.settle()
    came = Counter(post.chat_id for post in ward.posts if ward.announced[0] in post.text)
    ids = {post.chat_id: post.message_id for post in ward.posts if ward.announced[0] in post.text}
    counts: list[int] = []
    for step in (reworded, replied):
        await ward._write(lambda tx, step=step: counts.append(step(tx, ward)))
    seen = len(ward.posts)
    ward.unpaced = False  # so that it takes a second, and each life ends in its midst
    for _ in range(KILLS):
        least = edited_in(ward) + luck.randint(1, 5)
        await ward.bear()
        await ward.running()
        await ward.life.until(lambda least=least: edited_in(ward) >= least)
        ward.life.signal(signal.SIGKILL)
        assert await ward.life.ended(5) == -signal.SIGKILL
        ward.tally.kills += 1
        ward.clock.ahead += STEP
    assert 0 < edited_in(ward) < counts[0], "it was killed in the midst of it"
    ward.unpaced = True
    await ward.settle()

    states = Counter(state for (state,) in ward.rows("SELECT edit_state FROM deliveries"))
    assert set(states) <= {"edited", "failed"}, states
    edited = ward.rows(
        "SELECT p.telegram_id FROM deliveries d JOIN people p ON p.id = d.person_id"
        " WHERE d.edit_state = 'edited'"
    )
    assert len(edited) == counts[0] == len(came)
    for (who,) in edited:
        stands = ward.telegram.hub.world.find(who).messages[ids[who]]
        assert NEW in stands.body["text"], who
    later = ward.posts[seen:]
    copies = [post for post in later if post.chat_id != AUTHOR and NEW in post.text]
    assert not copies, "an edit is no second copy"
    assert set(came.values()) == {1}
    handed = Counter(post.text for post in later if "Жауап " in post.text)
    assert len(handed) == counts[1], "each reply has reached her"
    assert sum(handed.values()) - len(handed) <= ward.tally.kills
    told(f"{counts[0]} edits and {counts[1]} replies, {ward.tally.kills} kills")
