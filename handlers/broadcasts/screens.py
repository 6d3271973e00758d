"""How a broadcast looks: the copy, its preview before sending, and the card with the result."""

from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import (
    Acknowledge,
    BroadcastList,
    DropDraft,
    EditText,
    Names,
    OpenBroadcast,
    Send,
)
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.broadcast_reading import Broadcast
from storage.broadcasts import Preview
from storage.deliveries import Copy, Progress, Those

THIN_LINE = "─" * 14
EXCERPT = 100


def body(t: Translator, broadcast: Broadcast) -> Markup:
    """What a recipient reads: the text and who speaks. The preview shows this very thing."""
    text = Markup(broadcast.text)  # noqa: S704 - kept as safe HTML, see formatting.telegram_html
    return lines(text, "", t("— {signature}", signature=words.signature(t, broadcast.signature)))


def copy(t: Translator, of: Copy, zone: ZoneInfo) -> Screen:
    """A recipient's copy; its button turns into the mark that it was read."""
    return Screen(body(t, of.broadcast), rows=((_mark(t, of, zone),),))


def preview(
    t: Translator, shown: Preview, *, note: Markup | None = None, toast: str | None = None
) -> Screen:
    """A draft exactly as it will arrive, to how many, and the buttons that decide."""
    draft, audience = shown.broadcast, shown.audience
    change = Button(t.plain("Change its text"), EditText(id=draft.id, version=draft.version))
    drop = Button(t.plain("Discard the draft"), DropDraft(id=draft.id, version=draft.version))
    send = Send(id=draft.id, version=draft.version, recipients=audience.total)
    label = t.plain("Send: to {n} people", n=audience.reachable)
    return Screen(
        lines(
            t("📣 <b>Preview</b> · {to}", to=words.addressee(t, draft.signature)),
            THIN_LINE,
            body(t, draft),
            THIN_LINE,
            Markup("⚠️ {}").format(note) if note else None,
            *words.audience(t, audience),
        ),
        rows=(
            *([(Button(label, send),)] if audience.total else []),
            (change, drop),
            nav.exits(t, BroadcastList()),
        ),
        toast=toast,
    )


def card(t: Translator, seen: Progress, *, toast: str | None = None) -> Screen:
    """How a broadcast fares, or how it ended."""
    number = seen.broadcast.id
    return Screen(
        lines(
            t("📣 <b>Broadcast</b> · {to}", to=words.addressee(t, seen.broadcast.signature)),
            t("✅ The sending is over")
            if seen.broadcast.state == "finished"
            else t("⏳ The copies are being sent. Newer numbers: 🔄 Refresh"),
            Markup("<i>{}</i>").format(excerpt(seen.broadcast.text, EXCERPT)),
            "",
            *results(t, seen),
        ),
        rows=(
            (Button(t.plain("🔄 Refresh the numbers"), OpenBroadcast(id=number)),),
            *_names(t, seen),
            nav.exits(t, BroadcastList()),
        ),
        toast=toast,
    )


def result(t: Translator, seen: Progress) -> Screen:
    """The notice to the author that everything is done."""
    to = words.addressee(t, seen.broadcast.signature)
    return Screen(
        lines(t("📣 <b>The broadcast is finished</b> · {to}", to=to), *results(t, seen)),
        rows=((Button(t.plain("Open the result"), OpenBroadcast(id=seen.broadcast.id)),),),
    )


def results(t: Translator, seen: Progress) -> list[Markup]:
    """The numbers; what is nought and no news is left out."""
    found = [
        t("Recipients: {n}", n=seen.total),
        t("Delivered: {n}", n=seen.sent),
        t("Read: {n}", n=seen.read),
    ]
    if seen.waiting:
        found.append(t("In the queue: {n}", n=seen.waiting))
    if seen.failed:
        found.append(t("Not delivered: {n}", n=seen.failed))
        found += [
            Markup("  · {}: {}").format(words.reason(t, reason), number)
            for reason, number in words.by_words(t, seen.reasons).items()
        ]
    if seen.uncertain:
        found.append(
            t("⚠️ Uncertain: {n} (the connection broke: it may have arrived)", n=seen.uncertain)
        )
    return found


def excerpt(text: str, limit: int) -> str:
    """The beginning of a broadcast's text without its formatting."""
    return shortened(Markup(text).striptags(), limit)  # noqa: S704 - its tags are taken out here


def _names(t: Translator, seen: Progress) -> tuple[Row, ...]:
    unread = seen.sent + seen.uncertain - seen.read
    offered = (
        (seen.read, t.plain("Have read ({n})", n=seen.read), Those.READ),
        (unread, t.plain("Have not read ({n})", n=unread), Those.UNREAD),
        (seen.failed, t.plain("Not delivered ({n})", n=seen.failed), Those.FAILED),
        (seen.uncertain, t.plain("Uncertain ({n})", n=seen.uncertain), Those.UNCERTAIN),
    )
    number = seen.broadcast.id
    return column(
        Button(label, Names(id=number, those=those)) for n, label, those in offered if n > 0
    )


def _mark(t: Translator, of: Copy, zone: ZoneInfo) -> Button:
    if of.read_at is None:
        return Button(t.plain("I have read it"), Acknowledge(id=of.broadcast.id))
    at = f"{of.read_at.astimezone(zone):%d.%m %H:%M}"
    return Button(t.plain("✅ I have read it · {at}", at=at), nav.Nothing())
