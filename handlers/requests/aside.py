"""What was sent without a word and waits for an answer, kept beside the drafts put aside.

It outlives wizards that begin and end meanwhile: somebody forwards five messages in a row and then
goes through the five questions.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from handlers.requests.content import Content
from handlers.turn import PAUSED, Turn
from storage.requests import RequestFile

NAME = "offers"
WINDOW = timedelta(seconds=60)  # between parts of one matter that are sent one by one
KEPT = 10  # offers of a kind that are remembered; an older one has to be sent again
KEPT_FOR = timedelta(days=2)  # they hold personal data: no longer than they are of use


def key_of_typed(turn: Turn) -> int:
    """The key for a text that was typed and searched: below 0, apart from messages' ids."""
    return -turn.update_id


class Kept(Enum):
    """What became of something that was sent."""

    OFFERED = "offered"
    JOINED = "joined"  # to what was offered already: one answer for all of it
    KNOWN = "known"  # it is in an offer already


def remember(turn: Turn, key: int, found: Content) -> Kept:
    """Keep an offer; a part of an album, or what comes within a minute, joins the one before."""
    stored = _stored(turn)
    offers = stored["offers"]
    for known in reversed(offers.values()):
        fresh = found.without(set(known.get("sources", ())))
        if fresh is None and key > 0:
            return Kept.KNOWN
        if fresh is not None and _belongs(known, found):
            known.update(_joined(known, fresh))
            _keep(turn, stored)
            return Kept.JOINED
    offers[str(key)] = {**_joined(None, found), "at": turn.now.isoformat()}
    # What is searched for is many times typed: it must not push out what was forwarded.
    alike = [other for other in offers if (int(other) < 0) == (key < 0)]
    for oldest in alike[:-KEPT]:
        del offers[oldest]
    _keep(turn, stored)
    return Kept.OFFERED


def take(turn: Turn, key: int) -> Content | None:
    """The content behind a button, forgotten with the tap; None when it is gone."""
    stored = _stored(turn)
    known = stored["offers"].pop(str(key), None)
    if known is None:
        return None
    _keep(turn, stored)
    contact = known.get("contact")
    return Content(
        known["text"],
        tuple(RequestFile(**file) for file in known["files"]),
        known["group"],
        forwarded=known.get("sent_at") is not None,
        contact=(contact[0], contact[1]) if contact else None,
        sources=tuple(known.get("sources", ())),
        at=datetime.fromisoformat(known["sent_at"]) if known.get("sent_at") else None,
    )


def last_channel(turn: Turn) -> str | None:
    """The channel of the person's last request."""
    channel = _stored(turn).get("channel")
    return str(channel) if channel else None


def remember_channel(turn: Turn, channel: str | None) -> None:
    """The next request has probably come the same way."""
    stored = _stored(turn)
    if channel and stored.get("channel") != channel:
        _keep(turn, {**stored, "channel": channel})


def expect_album(turn: Turn, group: str | None, request_id: int) -> None:
    """The other parts of this album go to the request, too: they come as messages of their own."""
    if group is not None:
        _keep(turn, {**_stored(turn), "album": {"group": group, "request": request_id}})


def request_of_album(turn: Turn, group: str | None) -> int | None:
    """The request to which the album's first part went; None for any other album."""
    album = _stored(turn)["album"]
    return int(album["request"]) if group is not None and album.get("group") == group else None


def _stored(turn: Turn) -> dict[str, Any]:
    data = turn.conversation.paused.get(NAME, {}).get("data", {})
    since = turn.now - KEPT_FOR
    offers = {
        key: dict(known)
        for key, known in data.get("offers", {}).items()
        if datetime.fromisoformat(known["at"]) >= since
    }
    return {"offers": offers, "album": data.get("album", {}), "channel": data.get("channel")}


def _keep(turn: Turn, stored: dict[str, Any]) -> None:
    conversation = turn.conversation
    conversation.data[PAUSED] = {**conversation.paused, NAME: {"state": None, "data": stored}}
    conversation.changed = True


def _joined(known: dict[str, Any] | None, found: Content) -> dict[str, Any]:
    before = known or {"text": "", "files": []}
    contact = found.contact or before.get("contact")
    return {
        "text": "\n".join(part for part in (before["text"], found.text) if part),
        "files": [*before["files"], *(asdict(file) for file in found.files)],
        "group": found.group,
        "contact": list(contact) if contact else None,
        "sources": [*before.get("sources", ()), *found.sources],
        "sent_at": found.at.isoformat() if found.at else None,
    }


def _belongs(known: dict[str, Any], found: Content) -> bool:
    """Whether ``found`` is a further part of the offer ``known``; typed words never are."""
    if found.group is not None and known["group"] == found.group:
        return True
    if found.at is None or known.get("sent_at") is None:
        return False
    return found.at - datetime.fromisoformat(known["sent_at"]) <= WINDOW
