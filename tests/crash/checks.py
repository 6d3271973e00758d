"""What must hold when everything has settled, whatever happened before."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

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
    ward.ledger.sound()
    _one_effect_each(ward)
    _nothing_unsaid(ward)
    if not answers_lost:
        _told_in_order(ward)
    return _copies(ward, answers_lost)


def _one_effect_each(ward: Ward) -> None:
    registered = ward.registered()
    assert Counter(text for _, text in registered) == Counter(ward.said), "one effect each"
    for deputy in {deputy for deputy, _ in registered}:
        texts = [text for who, text in registered if who == deputy]
        assert texts == sorted(texts), "in the order in which they were written in the chat"
    states = ward.rows("SELECT state, count(*) FROM inbox GROUP BY state")
    assert states == [("done", ward.tally.updates)], "each update was kept once and handled"
    (numbers,) = ward.rows("SELECT count(*), max(counter) FROM voter_requests")
    assert numbers[0] == (numbers[1] or 0), "no number is left out"


def _told_in_order(ward: Ward) -> None:
    """Receipts come in the order of the requests, but for those in doubt: they come once more."""
    receipts = ward.rows("SELECT id, params FROM outbox WHERE kind = 'request_receipt'")
    numbers: dict[int, str] = dict(ward.rows("SELECT id, number FROM voter_requests"))
    struck = {
        numbers[json.loads(params)["request_id"]]
        for outbox_id, params in receipts
        if ward.tally.struck[outbox_id]
    }
    told: dict[int, list[str]] = defaultdict(list)
    for post in ward.posts:
        found = NUMBER.search(post.text)
        if found and found[0] not in struck:
            told[post.chat_id].append(found[0])
    for heard in told.values():
        assert heard == sorted(heard), heard


def _nothing_unsaid(ward: Ward) -> None:
    states: dict[str, int] = dict(ward.rows("SELECT state, count(*) FROM outbox GROUP BY state"))
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
    """As many as there are rows, and one more for each kill that struck a row that is repeated."""
    at_telegram = Counter((post.chat_id, post.text) for post in ward.posts)
    rows = ward.rows(
        "SELECT o.id, o.attempts, o.kind, o.state, o.message_id, p.telegram_id, o.params"
        " FROM outbox o JOIN people p ON p.id = o.person_id"
        " WHERE o.kind <> 'commands' AND o.state <> 'failed' ORDER BY o.id"
    )
    text_of = _Texts(ward)
    due: Counter[tuple[int, str]] = Counter()  # the same words may be of two rows
    allowed: Counter[tuple[int, str]] = Counter()
    there = 0
    for outbox_id, attempts, kind, state, message_id, chat_id, params in rows:
        text = text_of(kind, chat_id, message_id, json.loads(params))
        if text is None:  # it never came
            assert state == "uncertain", kind
            continue
        said = (chat_id, text)
        due[said] += 1
        if kinds.of(kind).repeatable:
            allowed[said] += attempts - 1 if answers_lost else ward.tally.struck[outbox_id]
        if state == "uncertain":
            there += at_telegram[said]
            assert not kinds.of(kind).repeatable or attempts > 4, "given up too early"
    extra = {said: at_telegram[said] - due[said] for said in due}
    assert all(more <= allowed[said] for said, more in extra.items()), (extra, allowed)
    states = Counter(state for _, _, _, state, *_ in rows)
    more = sum(max(0, number) for number in extra.values())
    return Copies(len(rows), states["sent"], states["uncertain"], there, more)


class _Texts:
    """What a row of the outbox said: known where it was marked as sent, else by what it is of."""

    def __init__(self, ward: Ward) -> None:
        self._posts = ward.posts
        self._numbers: dict[int, str] = dict(ward.rows("SELECT id, number FROM voter_requests"))
        self._broadcasts: dict[int, str] = dict(ward.rows("SELECT id, text FROM broadcasts"))
        told = {found[0] for post in ward.posts if (found := NUMBER.search(post.text))}
        assert told <= set(self._numbers.values()), "nothing was told of what is not there"

    def __call__(
        self, kind: str, chat_id: int, message_id: int | None, about: dict[str, Any]
    ) -> str | None:
        mark = None
        if kind == "request_receipt":
            mark = self._numbers[about["request_id"]]
        elif kind == "broadcast_copy":
            mark = self._broadcasts[about["broadcast_id"]]
        for post in self._posts:
            mine = mark in post.text if mark else post.message_id == message_id
            if post.chat_id == chat_id and mine:
                assert message_id is None or any(
                    (p.chat_id, p.message_id, p.text) == (chat_id, message_id, post.text)
                    for p in self._posts
                ), "the message that was marked is one of its copies"
                return post.text
        return None
