"""Notices of topics: to the secretary that one came, to its author what became of it."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.topics.callbacks import OpenTopic
from handlers.meetings.topics.screens import STATES, about
from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui import nav
from handlers.ui.screen import Button, Row, Screen, lines
from storage import meetings
from storage.errors import NotFound
from storage.meetings import topics
from storage.meetings.topics import DECIDED, PROPOSED, WAITING, Topic


def _proposed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    topic = _topic(tx, to, params)
    if topic is None or topic.state != WAITING:
        return None
    t = to.t
    return Screen(
        lines(
            t("📝 <b>A topic is proposed for a meeting</b>"),
            about(to, topic),
            Markup("«{}»").format(topic.text),
            t("Proposed by: {name}", name=topic.author),
        ),
        rows=((Button(t.plain("Accept or decline"), OpenTopic(id=topic.id)),), nav.exits(t)),
    )


def _decided(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    topic = _topic(tx, to, params)
    if topic is None or topic.state == WAITING:
        return None
    t = to.t
    return Screen(
        lines(
            t("📝 <b>Your topic is decided on</b>"),
            about(to, topic),
            Markup("«{}»").format(topic.text),
            t(STATES[topic.state]),
            t("Answer of the secretary: {text}", text=topic.word) if topic.word else None,
        ),
        rows=(*_meeting_row(tx, to, topic), nav.exits(t)),
    )


def _meeting_row(tx: Connection, to: Recipient, topic: Topic) -> tuple[Row, ...]:
    """The way to the meeting, when its author may see it: a draft is not told of."""
    actor = actor_of(tx, to)
    meeting_id = topics.meeting_of(tx, topic)
    if actor is None or actor.is_guest or meeting_id is None:
        return ()
    try:
        meetings.get(tx, actor, meeting_id, drafts=False)
    except NotFound:
        return ()
    return ((Button(to.t.plain("More about the meeting"), OpenMeeting(id=meeting_id)),),)


def _topic(tx: Connection, to: Recipient, params: dict[str, Any]) -> Topic | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        return topics.get(tx, actor, int(params["topic"]))
    except NotFound:
        return None


RENDERERS: dict[str, Renderer] = {PROPOSED: _proposed, DECIDED: _decided}
