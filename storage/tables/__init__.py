"""The tables, one module an aggregate; ``metadata`` holds them all."""

from storage.tables.base import UtcDateTime, metadata
from storage.tables.broadcasts import broadcasts, deliveries
from storage.tables.machinery import (
    audit,
    calendar_overrides,
    chats,
    conversations,
    facts,
    inbox,
    lanes,
    leases,
    outbox,
    reminders,
)
from storage.tables.meetings import (
    agenda_items,
    meeting_announcements,
    meetings,
    proposals,
    search_lines,
)
from storage.tables.people import (
    access_requests,
    branches,
    invite_attempts,
    invites,
    memberships,
    people,
)
from storage.tables.requests import (
    request_attachments,
    request_counters,
    request_history,
    voter_requests,
)
from storage.tables.roadmap import roadmap_history, roadmap_items

__all__ = [
    "UtcDateTime",
    "access_requests",
    "agenda_items",
    "audit",
    "branches",
    "broadcasts",
    "calendar_overrides",
    "chats",
    "conversations",
    "deliveries",
    "facts",
    "inbox",
    "invite_attempts",
    "invites",
    "lanes",
    "leases",
    "meeting_announcements",
    "meetings",
    "memberships",
    "metadata",
    "outbox",
    "people",
    "proposals",
    "reminders",
    "request_attachments",
    "request_counters",
    "request_history",
    "roadmap_history",
    "roadmap_items",
    "search_lines",
    "voter_requests",
]
