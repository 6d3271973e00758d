"""How the messages of a broadcast look when they are sent."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from handlers.broadcasts import cards
from handlers.broadcasts.approval import screens as approval_screens
from handlers.broadcasts.editing import screens as editing_screens
from handlers.broadcasts.kinds import digests
from handlers.broadcasts.receiving import copies, nudges
from handlers.broadcasts.replying import screens as reply_screens
from handlers.broadcasts.steering import boards
from handlers.broadcasts.steering import screens as steering_screens
from handlers.notices import Deletion, Edition, Pin, Recipient, Renderer, actor_of
from handlers.ui.screen import Screen
from storage import broadcasts, deliveries, people
from storage.broadcasts import (
    approving,
    edit_approving,
    edits,
    gathering,
    grouping,
    nudging,
    reading,
    recalling,
    replying,
    spreading,
    steering,
    timing,
)
from storage.broadcasts.boards import BOARD
from storage.broadcasts.queueing import InGroup, Whose
from storage.errors import NotFound


def _copy(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    if to.group_id is not None:
        found, _ = grouping.copy_in(tx, to.group_id, params["broadcast_id"])
        return copies.in_group(to.t, found)
    got = deliveries.copy_of(tx, to.person_id, params["broadcast_id"])
    return copies.copy(to.t, got, to.zone)


def _result(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return cards.result(to.t, deliveries.outcome(tx, to.person_id, params["broadcast_id"]))


def _nudge(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = nudging.nudged(tx, to.person_id, params["broadcast_id"])
    return None if found is None else nudges.nudge(to.t, found)


def _digest(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = gathering.gathered_for(tx, to.person_id, params["due_at"])
    return digests.digest(to.t, found) if found else None


def _approval(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        shown = approving.awaiting(tx, actor, params["broadcast_id"], to.today)
    except NotFound:  # taken back, or the role is gone
        return None
    if shown.broadcast.state != "awaiting":
        return None
    return approval_screens.waiting(to.t, shown, to.now.astimezone(to.zone), copied=True)


def _approved(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return _decided(tx, to, params, approved=True)


def _returned(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return _decided(tx, to, params, approved=False)


def _decided(
    tx: Connection, to: Recipient, params: dict[str, Any], *, approved: bool
) -> Screen | None:
    found = reading.find(tx, params["broadcast_id"])
    if found is None:
        return None
    by = people.get(tx, params["by"]).name
    return approval_screens.decided(to.t, found, by, approved=approved)


def _paused(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = reading.find(tx, params["broadcast_id"])
    if found is None or found.state != "paused":
        return None
    return steering_screens.paused(to.t, found)


def _not_sent(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = reading.find(tx, params["broadcast_id"])
    return None if found is None else steering_screens.not_sent(to.t, found, params["why"])


def _recall(tx: Connection, to: Recipient, params: dict[str, Any]) -> Deletion | None:
    return Deletion(recalling.messages_of(tx, _whose(to), params["broadcast_id"]))


def _pin(tx: Connection, to: Recipient, params: dict[str, Any]) -> Pin | None:
    found = reading.find(tx, params["broadcast_id"])
    if found is None or found.state == recalling.RECALLED:
        return None
    return Pin(spreading.message_of(tx, _whose(to), found.id), found.silent)


def _whose(to: Recipient) -> Whose:
    return to.person_id if to.group_id is None else InGroup(to.group_id)


def _edit(tx: Connection, to: Recipient, params: dict[str, Any]) -> Edition | None:
    number = params["broadcast_id"]
    try:
        whole, apart = _whole(tx, to, number)
    except NotFound:  # recalled meanwhile
        return None
    # Its files, where they came before it; the beginning of its text; the message with the rest.
    *before, last = recalling.messages_of(tx, _whose(to), number)
    texts = before[len(whole.media) :] if apart else []
    first = len(texts) - len(whole.lead)
    if first < 0:  # it went out in fewer messages: what takes more is refused when it is drafted
        return None
    shown = replace(whole, media=()) if apart else whole
    return Edition(last, shown, tuple(texts[first:]), tuple(texts[:first]))


def _whole(tx: Connection, to: Recipient, number: int) -> tuple[Screen, bool]:
    """The copy as it reads now, and whether other messages of it came before its last one."""
    if to.group_id is None:
        got = deliveries.copy_of(tx, to.person_id, number)
        return copies.copy(to.t, got, to.zone), got.apart
    found, apart = grouping.copy_in(tx, to.group_id, number)
    return copies.in_group(to.t, found), apart


def _edited(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    return editing_screens.done(to.t, deliveries.outcome(tx, to.person_id, params["broadcast_id"]))


def _edit_approval(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        seen = edit_approving.awaiting(tx, actor, params["edit_id"])
    except NotFound:  # the role is gone
        return None
    return (
        editing_screens.waiting(to.t, seen, copied=True) if seen.edit.state == "awaiting" else None
    )


def _edit_approved(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return _edit_decided(tx, to, params, approved=True)


def _edit_returned(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return _edit_decided(tx, to, params, approved=False)


def _edit_decided(
    tx: Connection, to: Recipient, params: dict[str, Any], *, approved: bool
) -> Screen | None:
    found = reading.find(tx, params["broadcast_id"])
    if found is None:
        return None
    by = people.get(tx, params["by"]).name
    return editing_screens.decided(to.t, found, by, approved=approved)


def _reply(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    return reply_screens.notice(
        to.t, *replying.told(tx, params["reply_id"], to.person_id, to.today)
    )


def _reply_lost(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    told = replying.told(tx, params["reply_id"], to.person_id, to.today)
    return reply_screens.lost(to.t, *told, params["reason"])


RENDERERS: dict[str, Renderer] = {
    broadcasts.COPY: _copy,
    broadcasts.RESULT: _result,
    gathering.DIGEST: _digest,
    nudging.NUDGE: _nudge,
    recalling.RECALL: _recall,
    grouping.PIN: _pin,
    steering.PAUSED: _paused,
    timing.NOT_SENT: _not_sent,
    approving.ASKED: _approval,
    approving.APPROVED: _approved,
    approving.RETURNED: _returned,
    spreading.EDIT: _edit,
    spreading.EDITED: _edited,
    replying.REPLY: _reply,
    replying.LOST: _reply_lost,
    edits.ASKED: _edit_approval,
    edits.APPROVED: _edit_approved,
    edits.RETURNED: _edit_returned,
    BOARD: boards.notice,
}
