"""What an author sends to be broadcast: any message, looked at before it is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from aiogram.types import Message, MessageEntity, Poll
from markupsafe import Markup

from handlers.broadcasts.formatting import telegram_html
from handlers.broadcasts.receiving.parts import split
from handlers.ui import texts
from handlers.ui.i18n import Translator
from handlers.ui.screen import length
from storage.broadcasts import Content, Piece

MAX_TEXT = 12_000  # characters; what is more than a message holds goes in several
MAX_REPLY = 3500  # characters of a reply, whose notice has lines of its own
MAX_HTML = 30_000  # bytes; Telegram refuses 32768 before it looks at the formatting
MAX_OPTIONS = 10
EMPTY = Content()
SHOWN = 60  # characters of what was not understood
FILES = ("video", "animation", "document", "audio", "voice", "video_note")


@dataclass(frozen=True)
class Taken:
    """What an author sent: ``content`` is ready to be kept, unless there is a ``mistake``.

    ``group`` is shared by the parts of an album.
    """

    content: Content = EMPTY
    mistake: Markup | None = None
    group: str | None = None


def text(
    t: Translator,
    words: str,
    entities: Sequence[MessageEntity] | None = None,
    *,
    after: str = "",
    limit: int = MAX_TEXT,
) -> Taken:
    """Look at a text alone; ``after``: the safe HTML that it comes below."""
    if texts.is_blank(words):
        return Taken(mistake=t("There is nothing to read in this broadcast."))
    return _worded(t, words, entities, Content(after), limit)


def message(t: Translator, sent: Message, *, limit: int = MAX_TEXT) -> Taken:
    """Look at a message of whatever kind and say what is wrong with it, if anything."""
    if sent.text is not None:
        return text(t, sent.text, sent.entities, limit=limit)
    if sent.poll is not None:
        return _poll(t, sent.poll)
    pieces = _pieces(sent)
    if not pieces:
        return Taken(
            mistake=t("This cannot be broadcast. Send a text, photo, video, file, voice or poll.")
        )
    found = Content(pieces=pieces)
    words = sent.caption or (sent.venue.title if sent.venue else "")
    taken = _worded(t, words, sent.caption_entities, found, limit)
    return Taken(taken.content, taken.mistake, sent.media_group_id)


def _worded(
    t: Translator,
    words: str,
    entities: Sequence[MessageEntity] | None,
    of: Content,
    limit: int = MAX_TEXT,
) -> Taken:
    if texts.is_blank(words):
        return Taken(of)
    html = "\n\n".join(part for part in (of.words, telegram_html(words, entities)) if part)
    n = length(Markup(html))  # noqa: S704 - it is counted, not shown
    if n > limit:
        return Taken(mistake=t("{n} characters are too many: {limit} fit.", n=n, limit=limit))
    if any(len(part.encode()) > MAX_HTML for part in split(Markup(html))):  # noqa: S704 - as above
        return Taken(mistake=t("There are too many links or too much formatting in it."))
    return Taken(Content(html, of.pieces, of.options))


def _poll(t: Translator, poll: Poll) -> Taken:
    options = tuple(option.text for option in poll.options)
    if len(options) > MAX_OPTIONS:
        return Taken(
            mistake=t("{n} answers are too many: {limit} fit.", n=len(options), limit=MAX_OPTIONS)
        )
    return Taken(Content(escape(poll.question, quote=False), options=options))


def _pieces(sent: Message) -> tuple[Piece, ...]:
    if sent.location is not None:
        return (Piece("location", f"{sent.location.latitude},{sent.location.longitude}"),)
    if sent.photo:
        return (Piece("photo", sent.photo[-1].file_id),)
    if sent.animation is not None:  # it comes as a document, too
        return (Piece("animation", sent.animation.file_id),)
    for kind in FILES:
        file = getattr(sent, kind)
        if file is not None:
            return (Piece(kind, file.file_id),)
    return ()
