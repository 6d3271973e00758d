"""Who speaks on an item: a registered person, or somebody known by name and position only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, insert, select

from storage import audit
from storage.errors import NotFound, NotPossible
from storage.meetings import inviting
from storage.meetings.agenda import EDITABLE, POST_LIMIT, SUBJECT, change, held, touched
from storage.meetings.bodies import INVITED
from storage.meetings.preparing import prepared, step
from storage.meetings.rows import row_of
from storage.people import around, lasting
from storage.rules.access import Actor
from storage.rules.folding import fold
from storage.rules.meeting_states import AHEAD
from storage.tables import agenda_items, co_speakers, memberships, people

NAME_LIMIT = 100  # characters
CO_SPEAKERS_LIMIT = 10  # of one item


@dataclass(frozen=True)
class Speaker:
    """Somebody who may speak; ``person_id`` None: not registered."""

    name: str
    person_id: int | None = None
    post_kk: str | None = None
    post_ru: str | None = None


def candidates(
    tx: Connection, actor: Actor, meeting_id: int, text: str, today: date
) -> list[Speaker]:
    """The people of the meeting's branch by name: those whose names hold every word of ``text``.

    Of a regional meeting everybody with a role today; words are compared folded and may be
    beginnings. Raises NotFound and NotAllowed.
    """
    meeting = prepared(tx, actor, meeting_id, hold=False)
    words = fold(text).split()
    return [
        speaker
        for speaker in _everybody(tx, meeting["branch_id"], today)
        if all(any(name.startswith(w) for name in fold(speaker.name).split()) for w in words)
    ]


def name_speaker(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    speaker: Speaker | None,
    now: datetime,
    today: date,
) -> bool:
    """Make ``speaker`` the one who reports on an item; None: nobody yet.

    Returns whether the person was called to the meeting by it (see ``_call``). Raises as
    ``agenda.change``, and NotFound for a person who is not of the branch today.
    """
    chosen = _known(tx, actor, item_id, speaker, today) if speaker else None
    change(
        tx,
        actor,
        item_id,
        version,
        now,
        speaker_id=chosen.person_id if chosen else None,
        speaker_kk=chosen.name if chosen else None,
        speaker_ru=chosen.name if chosen else None,
        speaker_position_kk=chosen.post_kk if chosen else None,
        speaker_position_ru=chosen.post_ru if chosen else None,
    )
    return chosen is not None and _call(tx, actor, item_id, chosen, now)


def add_co_speaker(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    speaker: Speaker,
    now: datetime,
    today: date,
) -> bool:
    """Let somebody speak beside the speaker; whoever does already is not doubled.

    Returns and raises as ``name_speaker``; NotPossible (too_many_speakers), too.
    """
    item = held(tx, actor, item_id, EDITABLE)
    chosen = _known(tx, actor, item_id, speaker, today)
    known = tx.execute(select(co_speakers).where(co_speakers.c.item_id == item_id)).all()
    if any((one.person_id, one.name) == (chosen.person_id, chosen.name) for one in known):
        return False
    if len(known) >= CO_SPEAKERS_LIMIT:
        raise NotPossible("too_many_speakers")
    step(tx, agenda_items, SUBJECT, item_id, version)
    last = select(func.coalesce(func.max(co_speakers.c.position), 0) + 1)
    tx.execute(
        insert(co_speakers).values(
            item_id=item_id,
            position=tx.execute(last.where(co_speakers.c.item_id == item_id)).scalar_one(),
            person_id=chosen.person_id,
            name=chosen.name,
            post=chosen.post_kk or chosen.post_ru,
        )
    )
    audit.record(tx, actor, now, "agenda.add_co_speaker", SUBJECT, item_id)
    touched(tx, item["meeting_id"], now)
    return _call(tx, actor, item_id, chosen, now)


def remove_co_speaker(
    tx: Connection, actor: Actor, item_id: int, version: int, co_speaker_id: int, now: datetime
) -> None:
    """Take a co-speaker off an item. Raises as ``agenda.change``."""
    item = held(tx, actor, item_id, EDITABLE)
    step(tx, agenda_items, SUBJECT, item_id, version)
    gone = delete(co_speakers).where(
        co_speakers.c.id == co_speaker_id, co_speakers.c.item_id == item_id
    )
    if not tx.execute(gone).rowcount:
        raise NotFound("co_speaker")
    audit.record(tx, actor, now, "agenda.remove_co_speaker", SUBJECT, item_id)
    touched(tx, item["meeting_id"], now)


def _call(tx: Connection, actor: Actor, item_id: int, speaker: Speaker, now: datetime) -> bool:
    """Put a registered speaker on the list of a meeting that is announced, and tell them of it.

    Of a draft they are called with all others. False for whoever is called already.
    """
    of = select(agenda_items.c.meeting_id).where(agenda_items.c.id == item_id)
    meeting = row_of(tx, tx.execute(of).scalar_one())
    if speaker.person_id is None or meeting["state"] not in AHEAD:
        return False
    try:
        inviting.add(tx, actor, meeting["id"], speaker.person_id, INVITED, now)
    except NotPossible:  # on the list already, or it is full
        return False
    return True


def _known(tx: Connection, actor: Actor, item_id: int, speaker: Speaker, today: date) -> Speaker:
    """The speaker as storage knows them: a forged id finds nobody."""
    posts = (speaker.post_kk or "", speaker.post_ru or "")
    if len(speaker.name) > NAME_LIMIT or max(map(len, posts)) > POST_LIMIT:
        raise NotPossible("too_long")
    if speaker.person_id is None:
        return speaker
    item = held(tx, actor, item_id, EDITABLE)
    meeting = prepared(tx, actor, item["meeting_id"], hold=False)
    for one in _everybody(tx, meeting["branch_id"], today):
        if one.person_id == speaker.person_id:
            return one
    raise NotFound("person")


def _everybody(tx: Connection, branch_id: int, today: date) -> list[Speaker]:
    """Whoever holds a role today in the branch or in the whole region, by name, each once."""
    rows = tx.execute(
        select(people.c.id, people.c.name, memberships.c.position_kk, memberships.c.position_ru)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(lasting(today), people.c.id.in_(around(branch_id, today)))
        # The role that says a position comes first.
        .order_by(people.c.name, people.c.id, memberships.c.position_kk.is_(None), memberships.c.id)
    )
    found: dict[int, Speaker] = {}
    for row in rows:
        found.setdefault(row.id, Speaker(row.name, row.id, row.position_kk, row.position_ru))
    return list(found.values())
