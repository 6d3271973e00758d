"""A recipient's copy: the words with who speaks, the files, and the buttons under them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, tzinfo

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.receiving.callbacks import Acknowledge, Answer, Attend, TryOut
from handlers.broadcasts.receiving.parts import split
from handlers.broadcasts.replying.callbacks import WriteReply
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Attachment, Button, Row, Screen, column, length, lines, shortened
from storage.broadcasts.contents import Content
from storage.broadcasts.reading import Broadcast
from storage.deliveries import Copy
from storage.meetings import answers

PLAIN = 3500  # UTF-16 units; the preview adds its own lines to Telegram's 4096

Goes = Callable[[CallbackData], CallbackData]


def body(t: Translator, broadcast: Broadcast) -> Markup:
    """What a recipient reads: the text and who speaks. The preview shows this very thing."""
    said = broadcast.said_in(t.language)
    text = Markup(said.words)  # noqa: S704 - kept as safe HTML, see formatting.telegram_html
    return _signed(t, broadcast, text)


def _signed(t: Translator, broadcast: Broadcast, text: Markup) -> Markup:
    signed = t("— {signature}", signature=words.signature(t, broadcast.signature))
    return lines(text, "", signed) if text else signed


def texts(t: Translator, broadcast: Broadcast) -> list[Markup]:
    """What a recipient reads as the messages it takes: several where it is too long; who speaks
    stands below the last.
    """
    said = broadcast.said_in(t.language)
    if not said.words:
        return [body(t, broadcast)]
    *before, last = split(Markup(said.words))  # noqa: S704 - kept as safe HTML
    return [*before, _signed(t, broadcast, last)]


def present(t: Translator, broadcast: Broadcast) -> Markup:
    """The words as they stand now, to look at while others are written: of long ones the head."""
    return headed(body(t, broadcast))


def headed(text: Markup) -> Markup:
    """``text``; of a long one its head without formatting, so that a question fits above it."""
    if length(text) <= PLAIN:
        return text
    return Markup("{}").format(shortened(text.striptags(), PLAIN // 2))


def copy(t: Translator, of: Copy, zone: tzinfo) -> Screen:
    """A recipient's copy; its buttons show what was confirmed or answered."""
    return _copy(t, of, zone, lambda data: data)


def in_place(t: Translator, of: Copy, zone: tzinfo) -> Screen:
    """A recipient's copy in the message that has its words: files that came before it stay."""
    whole = copy(t, of, zone)
    return replace(whole, media=()) if of.apart else whole


def in_group(t: Translator, of: Broadcast) -> Screen:
    """The copy of a group or channel: nothing on it is one member's own."""
    # A reply, and an answer to a meeting's invitation, are given in the private chat.
    return copy(t, Copy(replace(of, takes_replies=False, meeting_id=None), None), UTC)


def rehearsed(t: Translator, broadcast: Broadcast) -> Screen:
    """The very copy for its author to look at: its buttons do nothing."""
    return _copy(t, Copy(broadcast, None), UTC, lambda _data: TryOut())


def _copy(t: Translator, of: Copy, zone: tzinfo, goes: Goes) -> Screen:
    said = of.broadcast.said_in(t.language)
    *lead, last = texts(t, of.broadcast)
    return Screen(
        last,
        lead=tuple(lead),
        rows=(
            *_links(of.broadcast),
            *_answers(t, of, said, goes),
            *((_attendance(t, of, goes),) if of.broadcast.meeting_id is not None else ()),
            *((_mark(t, of, zone, goes),) if of.broadcast.confirms else ()),
            *((_reply(t, of, goes),) if of.broadcast.takes_replies else ()),
        ),
        silent=of.broadcast.silent,
        media=tuple(Attachment(piece.kind, piece.value) for piece in said.pieces),
    )


def is_plain(broadcast: Broadcast) -> bool:
    """Whether the words and the usual button are all there is to see of a copy."""
    said = [broadcast.said_in(language) for language in broadcast.versions]
    usual = broadcast.confirms and broadcast.takes_replies and broadcast.meeting_id is None
    other = broadcast.links or broadcast.asks or not usual or len(said) > 1
    long = any(length(Markup(one.words)) > PLAIN for one in said)  # noqa: S704 - safe HTML
    return not other and not long and not any(one.pieces or one.options for one in said)


def _links(broadcast: Broadcast) -> tuple[Row, ...]:
    return tuple((Button(label, url=address),) for label, address in broadcast.links)


def _answers(t: Translator, of: Copy, said: Content, goes: Goes) -> tuple[Row, ...]:
    buttons = tuple(
        Button(
            f"✅ {option}" if number == of.answer else option,
            goes(Answer(id=of.broadcast.id, choice=number)),
        )
        for number, option in enumerate(words.options(t, of.broadcast, said))
    )
    if said.options:
        return column(buttons)
    return (buttons,) if buttons else ()


def _attendance(t: Translator, of: Copy, goes: Goes) -> Row:
    """The answer that was given, here or at the invitation, is marked."""
    will, cannot = t.plain("I will come"), t.plain("I cannot come")
    number = of.broadcast.id
    return (
        Button(
            f"✅ {will}" if of.coming == answers.WILL else will,
            goes(Attend(id=number, coming=True)),
        ),
        Button(
            f"✅ {cannot}" if of.coming == answers.CANNOT else cannot,
            goes(Attend(id=number, coming=False)),
        ),
    )


def _reply(t: Translator, of: Copy, goes: Goes) -> Row:
    return (Button(t.plain("💬 Reply"), goes(WriteReply(id=of.broadcast.id))),)


def _mark(t: Translator, of: Copy, zone: tzinfo, goes: Goes) -> Row:
    if of.read_at is None:
        return (Button(t.plain("I have read it"), goes(Acknowledge(id=of.broadcast.id))),)
    at = f"{of.read_at.astimezone(zone):%d.%m %H:%M}"
    return (Button(t.plain("✅ I have read it · {at}", at=at), nav.Nothing()),)
