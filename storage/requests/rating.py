"""What the voter says of the outcome: a mark, and whether it was really solved.

A good mark or a «yes» agrees with the outcome, so it closes the request. What was merged has the
outcome of the main one: its voter closes that, unless another voter of the same matter disagrees.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select, update

from storage import audit, outbox, people
from storage.errors import NotPossible
from storage.requests import closing, following
from storage.requests.following import MAIN, OUTCOME_AT, Followed, of_main
from storage.requests.queries import with_merged
from storage.requests.rows import NOT_SOLVED as SAID
from storage.requests.rows import SUBJECT, remember
from storage.rules.access import Actor
from storage.rules.request_states import SETTLED
from storage.tables import request_followers, request_history, voter_requests

MARKS = range(1, 6)
AGREES_FROM = 3  # a mark below says that something is wrong: the secretary looks at it
CHANGED_WITHIN = timedelta(days=7)  # of the first mark
ASKED_AFTER = timedelta(weeks=4)  # from the day on which there was an outcome
ASKED = "really_solved_asked"
NOT_SOLVED = "request_not_solved"
AT_ONCE = 500  # requests asked about in one day


def rate(tx: Connection, actor: Actor, code: str, mark: int, now: datetime) -> Followed | None:
    """Keep the voter's ``mark`` (1 to 5); None for a code that opens nothing.

    Raises NotPossible("mark"), NotPossible("no_outcome"), NotPossible("too_late"), TooMany.
    """
    if mark not in MARKS:
        raise NotPossible("mark")
    found = _settled(tx, actor, code, now)
    if found is None or found.rating == mark:
        return found
    if found.rated_at is not None and now - found.rated_at > CHANGED_WITHIN:
        raise NotPossible("too_late")
    tx.execute(
        update(voter_requests)
        .where(voter_requests.c.id == found.id)
        .values(rating=mark, rated_at=found.rated_at or now)
    )
    audit.record(tx, actor, now, "rate_request", SUBJECT, found.id, mark=mark)
    if mark >= AGREES_FROM:
        _agree(tx, actor, found, now)
    return following.opened(tx, actor, found.code)


def say(tx: Connection, actor: Actor, code: str, now: datetime, *, solved: bool) -> Followed | None:
    """Keep whether it was really solved; of a «no» those hear who answer for it.

    None for a code that opens nothing. Raises NotPossible("no_outcome"), TooMany.
    """
    found = _settled(tx, actor, code, now)
    if found is None or found.really_solved is solved:
        return found
    tx.execute(
        update(voter_requests).where(voter_requests.c.id == found.id).values(really_solved=solved)
    )
    audit.record(tx, actor, now, "say_really_solved", SUBJECT, found.id, solved=solved)
    if solved:
        _agree(tx, actor, found, now)
    else:
        _note(tx, actor, found, now)
        _tell_those_who_answer(tx, found, now)
    return following.opened(tx, actor, found.code)


def ask(tx: Connection, now: datetime, _zone: ZoneInfo) -> int:
    """Ask, once, those who follow a request with an outcome of four weeks whether it was solved.

    Returns how many messages were queued.
    """
    c = voter_requests.c
    followed = select(request_followers.c.request_id).where(request_followers.c.request_id == c.id)
    query = (
        select(c.id)
        .outerjoin(MAIN, MAIN.c.id == c.merged_into)
        .where(
            of_main("state").in_([state.value for state in SETTLED]),
            now - ASKED_AFTER >= OUTCOME_AT,
            c.asked_at.is_(None),
            followed.exists(),
        )
        .order_by(c.id)
        .limit(AT_ONCE)
    )
    asked = list(tx.execute(query).scalars())
    if not asked:
        return 0
    questions = _questions(tx, asked)
    outbox.put_all(tx, questions, now, priority=outbox.Priority.NOTICE)
    tx.execute(update(voter_requests).where(c.id.in_(asked)).values(asked_at=now))
    return len(questions)


def _questions(tx: Connection, request_ids: list[int]) -> list[outbox.Message]:
    """One to everybody who follows one of the requests, about the outcome of this time."""
    query = (
        select(
            request_followers.c.request_id,
            request_followers.c.person_id,
            OUTCOME_AT.label("outcome_at"),
        )
        .join(voter_requests, voter_requests.c.id == request_followers.c.request_id)
        .outerjoin(MAIN, MAIN.c.id == voter_requests.c.merged_into)
        .where(request_followers.c.request_id.in_(request_ids))
    )
    return [
        outbox.Message(
            f"{ASKED}:{row.request_id}:{_outcome(row.outcome_at)}:{row.person_id}",
            ASKED,
            row.person_id,
            {"request_id": row.request_id},
        )
        for row in tx.execute(query)
    ]


def _outcome(at: datetime | None) -> str:
    """Names an outcome in the keys of messages: a request may be taken up again and get another."""
    return at.isoformat() if at else "none"


def _settled(tx: Connection, actor: Actor, code: str, now: datetime) -> Followed | None:
    found = following.look(tx, actor, code, now)
    if found is not None and not found.settled:
        raise NotPossible("no_outcome")
    return found


def _agree(tx: Connection, actor: Actor, found: Followed, now: datetime) -> None:
    """Close it, unless another voter of the same matter says that something is wrong."""
    c = voter_requests.c
    others = select(c.id).where(
        c.id.in_(with_merged(found.main_id)),
        c.id != found.id,
        or_(c.really_solved.is_(False), c.rating < AGREES_FROM),
    )
    if tx.execute(others.limit(1)).first() is None:
        closing.by_voter(tx, actor, found.main_id, now)


def _note(tx: Connection, actor: Actor, found: Followed, now: datetime) -> None:
    """Once for each outcome in the history, of a merged one in that of the main one, too."""
    h = request_history.c
    query = select(h.request_id).where(
        h.request_id.in_((found.id, found.main_id)), h.kind == SAID, h.at >= found.outcome_at
    )
    noted = set(tx.execute(query).scalars())
    for one in {found.id, found.main_id} - noted:
        number = found.number if one != found.id else None
        remember(tx, actor, one, now, SAID, text=number)


def _tell_those_who_answer(tx: Connection, found: Followed, now: datetime) -> None:
    """Once for each outcome, however often the voter changes the answer."""
    c = voter_requests.c
    row = tx.execute(select(c.deputy_id, c.branch_id).where(c.id == found.main_id)).one()
    secretaries = people.secretaries(tx, row.branch_id, now.date())
    messages = [
        outbox.Message(
            f"{NOT_SOLVED}:{found.main_id}:{_outcome(found.outcome_at)}:{person_id}",
            NOT_SOLVED,
            person_id,
            {"request_id": found.main_id},
        )
        for person_id in dict.fromkeys([row.deputy_id, *(person.id for person in secretaries)])
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
