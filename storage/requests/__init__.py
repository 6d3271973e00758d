"""Voters' requests: one module a part of their life; what is asked most is named here."""

from storage.requests.changes import (
    add,
    attach,
    comment,
    complete,
    open_contact,
    open_text,
    set_contact,
)
from storage.requests.filters import Filters
from storage.requests.lists import Counts, ListedRequest, counts, listing
from storage.requests.reading import by_token, for_notice, get, latest_open
from storage.requests.record import VoterRequest
from storage.requests.registering import RequestDraft, log_branches, register
from storage.requests.rows import Contact, RequestFile
from storage.requests.stepping import change_state
from storage.requests.trail import HistoryLine, files, history, last_said

__all__ = [
    "Contact",
    "Counts",
    "Filters",
    "HistoryLine",
    "ListedRequest",
    "RequestDraft",
    "RequestFile",
    "VoterRequest",
    "add",
    "attach",
    "by_token",
    "change_state",
    "comment",
    "complete",
    "counts",
    "files",
    "for_notice",
    "get",
    "history",
    "last_said",
    "latest_open",
    "listing",
    "log_branches",
    "open_contact",
    "open_text",
    "register",
    "set_contact",
]
