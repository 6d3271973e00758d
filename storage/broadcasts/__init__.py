"""Broadcasts: drafted, confirmed, sent to each recipient once.

A broadcast is finished if and only if no delivery waits any more.
"""

from storage.broadcasts.contents import ORIGINAL, Content, Piece
from storage.broadcasts.drafting import (
    MAX_LINKS,
    YES_NO,
    Extras,
    Preview,
    adjust,
    announce,
    cancel,
    draft,
    preview,
    rewrite,
)
from storage.broadcasts.queueing import COPY
from storage.broadcasts.sending import confirm
from storage.broadcasts.starting import RESULT, finish_if_done

__all__ = [
    "COPY",
    "MAX_LINKS",
    "ORIGINAL",
    "RESULT",
    "YES_NO",
    "Content",
    "Extras",
    "Piece",
    "Preview",
    "adjust",
    "announce",
    "cancel",
    "confirm",
    "draft",
    "finish_if_done",
    "preview",
    "rewrite",
]
