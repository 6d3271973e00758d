"""Topics that members and deputies propose for a next meeting of a body."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from storage import audit, branches, outbox, people
from storage.branches import Branch
from storage.errors import NotFound, NotPossible
from storage.meetings.agenda import TITLE_LIMIT, append, touched
from storage.meetings.bodies import BUREAU
from storage.meetings.calling import BODIES_OF_BRANCH, BODIES_OF_REGION, REGION, Choice
from storage.meetings.carrying import NEXT
from storage.meetings.preparing import prepared, prepares, step
from storage.rules.access import Action, Actor, scope
from storage.tables import agenda_items, topics
from storage.tables import branches as branch_table
from storage.tables import people as person_table

SUBJECT = "topic"
LIMIT = TITLE_LIMIT  # characters: it becomes the title of an item
WORD_LIMIT = 500  # characters of the answer
WAITING_LIMIT = 5  # topics of one person that nobody has decided on yet
PAGE = 8

PROPOSED, DECIDED = "topic_proposed", "topic_decided"  # kinds of the outbox
WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"


@dataclass(frozen=True)
class Topic:
    """A topic with whoever proposed it and what became of it."""

    id: int
    version: int
    branch_id: int
    branch: Branch
    body: str
    text: str
    person_id: int
    author: str
    author_language: str | None
    at: datetime
    state: str  # waiting, accepted, declined
    word: str | None  # what the secretary said to it
    item_id: int | None  # of the agenda that it became


@dataclass(frozen=True)
class TopicPage:
    """One page of topics, and how many there are."""

    topics: tuple[Topic, ...]
    page: int
    total: int


def choices(tx: Connection, actor: Actor) -> list[Choice]:
    """The bodies to which ``actor`` may propose a topic: the region's and those of the own branch.

    Empty for a guest.
    """
    reach = scope(actor, Action.READ_MEETINGS)
    if reach is not None and not reach:
        return []
    return [
        Choice(branch, body)
        for branch in branches.every(tx)
        if branch.kind == REGION or branch.id in (reach or ())
        for body in (BODIES_OF_REGION if branch.kind == REGION else BODIES_OF_BRANCH)
    ]


def propose(
    tx: Connection,
    actor: Actor,
    branch_id: int,
    body: str,
    text: str,
    now: datetime,
    today: date,
) -> int:
    """Keep a topic and tell those who prepare the meetings of the body; return its id.

    Raises NotPossible: wrong_body, too_long, too_many (of this person wait already).
    """
    if not any((one.branch.id, one.body) == (branch_id, body) for one in choices(tx, actor)):
        raise NotPossible("wrong_body")
    if not text or len(text) > LIMIT:
        raise NotPossible("too_long")
    mine = and_(topics.c.person_id == actor.person_id, topics.c.state == WAITING)
    if tx.execute(select(func.count()).where(mine)).scalar_one() >= WAITING_LIMIT:
        raise NotPossible("too_many")
    values = {"branch_id": branch_id, "body": body, "text": text, "person_id": actor.person_id}
    statement = insert(topics).values(**values, at=now, state=WAITING).returning(topics.c.id)
    topic_id = int(tx.execute(statement).scalar_one())
    _tell_secretaries(tx, actor, topic_id, branch_id, now, today)
    audit.record(tx, actor, now, "topic.propose", SUBJECT, topic_id, body=body)
    return topic_id


def waiting(
    tx: Connection, actor: Actor, page: int = 0, of: tuple[int, str] | None = None
) -> TopicPage:
    """The topics that wait for ``actor`` to decide, oldest first; ``of`` one (branch, body) only.

    Empty for whoever prepares no meetings.
    """
    mine = and_(_decided_by(actor), topics.c.state == WAITING)
    if of is not None:
        mine = and_(mine, topics.c.branch_id == of[0], topics.c.body == of[1])
    return _page(tx, mine, page, topics.c.id)


def own(tx: Connection, actor: Actor, page: int = 0) -> TopicPage:
    """The topics that ``actor`` proposed, latest first."""
    return _page(tx, topics.c.person_id == actor.person_id, page, topics.c.id.desc())


def get(tx: Connection, actor: Actor, topic_id: int) -> Topic:
    """One topic, for whoever proposed it or decides on it. Raises NotFound."""
    seen = or_(topics.c.person_id == actor.person_id, _decided_by(actor))
    row = tx.execute(_whole(and_(topics.c.id == topic_id, seen))).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return _topic(row)


def meeting_of(tx: Connection, topic: Topic) -> int | None:
    """The meeting whose agenda the topic is on; None when it is on none (any more)."""
    query = select(agenda_items.c.meeting_id).where(agenda_items.c.id == topic.item_id)
    return tx.execute(query).scalar_one_or_none()


def accept(
    tx: Connection, actor: Actor, topic_id: int, version: int, meeting_id: int, now: datetime
) -> int:
    """Put a topic on the agenda of a meeting of its body and tell its author; return the item.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible (wrong_state, wrong_body, too_many).
    """
    meeting = prepared(tx, actor, meeting_id, NEXT)
    topic = get(tx, actor, topic_id)
    if (meeting["branch_id"], meeting["body"]) != (topic.branch_id, topic.body):
        raise NotPossible("wrong_body")
    _decide(tx, actor, topic, version, ACCEPTED, now)
    title = "title_ru" if topic.author_language == "ru" else "title_kk"
    (item_id,) = append(tx, meeting_id, [{"kind": "information", title: topic.text}])
    tx.execute(update(topics).where(topics.c.id == topic_id).values(item_id=item_id))
    touched(tx, meeting_id, now)
    return item_id


def decline(
    tx: Connection, actor: Actor, topic_id: int, version: int, word: str, now: datetime
) -> None:
    """Decline a topic with a word, which its author is told. Raises as ``accept``."""
    if not word or len(word) > WORD_LIMIT:
        raise NotPossible("too_long")
    _decide(tx, actor, get(tx, actor, topic_id), version, DECLINED, now, word)


def _decide(
    tx: Connection,
    actor: Actor,
    topic: Topic,
    version: int,
    state: str,
    now: datetime,
    word: str | None = None,
) -> None:
    if not prepares(actor, topic.branch_id, topic.body):
        raise NotFound(SUBJECT)
    decided = {"word": word, "decided_by": actor.person_id, "decided_at": now}
    # Who decided first has changed the version: the second one is told by whom.
    step(tx, topics, SUBJECT, topic.id, version, state=state, **decided)
    if topic.state != WAITING:
        raise NotPossible("decided")
    audit.record(tx, actor, now, f"topic.{state}", SUBJECT, topic.id)
    if topic.person_id != actor.person_id:
        message = outbox.Message(
            f"{DECIDED}:{topic.id}", DECIDED, topic.person_id, {"topic": topic.id}
        )
        outbox.put_all(tx, [message], now, priority=outbox.Priority.NOTICE)


def _tell_secretaries(
    tx: Connection,
    actor: Actor,
    topic_id: int,
    branch_id: int,
    now: datetime,
    today: date,
) -> None:
    of_region = branches.get(tx, branch_id).kind == REGION
    found = people.secretaries(tx, None if of_region else branch_id, today)
    messages = [
        outbox.Message(f"{PROPOSED}:{topic_id}:{one.id}", PROPOSED, one.id, {"topic": topic_id})
        for one in found
        if one.id != actor.person_id
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def _decided_by(actor: Actor) -> ColumnElement[bool]:
    reach = scope(actor, Action.PREPARE_MEETINGS)
    if reach is None:
        return true()
    if not reach:
        return false()
    return and_(topics.c.branch_id.in_(sorted(reach)), topics.c.body != BUREAU)


def _whole(condition: ColumnElement[bool]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return (
        select(
            topics,
            person_table.c.name.label("author"),
            person_table.c.language.label("author_language"),
            branch_table.c.code,
            branch_table.c.kind,
            branch_table.c.name_kk,
            branch_table.c.name_ru,
            func.count().over().label("total"),
        )
        .join(person_table, person_table.c.id == topics.c.person_id)
        .join(branch_table, branch_table.c.id == topics.c.branch_id)
        .where(condition)
    )


def _page(
    tx: Connection, condition: ColumnElement[bool], page: int, order: ColumnElement[int]
) -> TopicPage:
    query = _whole(condition).order_by(order).limit(PAGE)
    rows = tx.execute(query.offset(min(page, 10**6) * PAGE)).mappings().all()
    if not rows and page:
        return _page(tx, condition, 0, order)
    return TopicPage(tuple(map(_topic, rows)), page, rows[0]["total"] if rows else 0)


def _topic(row: RowMapping) -> Topic:
    branch = Branch(row["branch_id"], row["code"], row["kind"], row["name_kk"], row["name_ru"])
    names = (name for name in Topic.__annotations__ if name != "branch")
    return Topic(branch=branch, **{name: row[name] for name in names})
