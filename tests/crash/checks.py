"""What must hold when everything has settled, whatever happened before."""

import re
from collections import Counter
from dataclasses import dataclass

from storage import kinds
from tests.crash.ward import Ward

NUMBER = re.compile(r"САР-2026-\d{4,}")


@dataclass(frozen=True)
class Copies:
    """Messages of the outbox at the local Telegram."""

    rows: int
    sent: int
    uncertain: int
    uncertain_there: int  # of the uncertain ones, those that did arrive
    extra: int  # copies beyond the first


def settled(ward: Ward, *, answers_lost: bool = False) -> Copies:
    """Check every promise; return what the outbox came to.

    ``answers_lost``: Telegram's answers got lost too, so a message may come once for each try.
    """
    ward.sound()
    _one_effect_each(ward)
    _nothing_unsaid(ward)
    return _copies(ward, answers_lost)


def _one_effect_each(ward: Ward) -> None:
    kept = Counter(text for (text,) in ward.rows("SELECT text FROM voter_requests"))
    assert kept == Counter(ward.said), "each update has exactly one effect"
    states = ward.rows("SELECT state, count(*) FROM inbox GROUP BY state")
    assert states == [("done", ward.tally.updates)], "each update was kept once and handled"
    (numbers,) = ward.rows("SELECT count(*), max(counter) FROM voter_requests")
    assert numbers[0] == (numbers[1] or 0), "no number is left out"


def _nothing_unsaid(ward: Ward) -> None:
    states = dict(ward.rows("SELECT state, count(*) FROM outbox GROUP BY state"))
    assert not states.keys() - {"sent", "failed", "uncertain"}, states
    receipts = ward.rows("SELECT count(*) FROM outbox WHERE kind = 'request_receipt'")
    assert receipts == [(len(ward.said),)]
    running = ward.rows("SELECT id, state FROM broadcasts WHERE state <> 'finished'")
    assert not running, "each broadcast came to its end"
    apart = ward.rows(
        "SELECT d.broadcast_id, d.person_id, d.state, o.state FROM deliveries d LEFT JOIN outbox o"
        " ON o.key = 'broadcast:' || d.broadcast_id || ':' || d.person_id"
        " WHERE o.state IS NULL OR o.state <> d.state"
    )
    assert not apart, "a delivery and its copy end in the same state"


def _copies(ward: Ward, answers_lost: bool) -> Copies:
    at_telegram = Counter((post.chat_id, post.text) for post in ward.posts)
    text_of = {(post.chat_id, post.message_id): post.text for post in ward.posts}
    rows = ward.rows(
        "SELECT o.id, o.attempts, o.kind, o.state, o.message_id, p.telegram_id, r.number, b.text"
        " FROM outbox o"
        " JOIN people p ON p.id = o.person_id"
        " LEFT JOIN voter_requests r ON o.kind = 'request_receipt'"
        " AND r.id = json_extract(o.params, '$.request_id')"
        " LEFT JOIN broadcasts b ON o.kind = 'broadcast_copy'"
        " AND b.id = json_extract(o.params, '$.broadcast_id')"
        " WHERE o.kind <> 'commands' AND o.state <> 'failed'"
    )
    extra = there = 0
    seen: set[tuple[int, str]] = set()
    for outbox_id, attempts, kind, state, message_id, chat_id, number, said in rows:
        mark = number or said
        if state == "sent":
            text = text_of[chat_id, message_id]
            assert mark is None or mark in text
        elif mark is None:
            continue
        else:
            text = next((p.text for p in ward.posts if p.chat_id == chat_id and mark in p.text), "")
        copies = at_telegram[chat_id, text] if text else 0
        if state == "uncertain":
            there += copies
            assert not kinds.of(kind).repeatable or attempts > 4, "given up too early"
        if mark is None and (chat_id, text) in seen:
            continue  # the same words of two rows, as of two standstills
        seen.add((chat_id, text))
        again = attempts - 1 if answers_lost else ward.tally.struck[outbox_id]
        allowed = again if kinds.of(kind).repeatable else 0
        if mark is not None or copies == 1:
            assert copies <= 1 + allowed, (kind, state, copies, allowed)
            extra += max(0, copies - 1)
    known = {number for (number,) in ward.rows("SELECT number FROM voter_requests")}
    told = {found[0] for post in ward.posts if (found := NUMBER.search(post.text))}
    assert told <= known, "nothing was told of what is not there"
    states = Counter(state for _, _, _, state, *_ in rows)
    return Copies(len(rows), states["sent"], states["uncertain"], there, extra)
