"""Replies to a broadcast: the notice, the thread, the list of those who wrote."""

from datetime import tzinfo

from markupsafe import Markup

from handlers.broadcasts import screens, words
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.replying.callbacks import OpenThread, WriteBack, WriteReply, Writers
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Attachment, Button, Row, Screen, column, lines
from storage.broadcasts.replying import Line, Thread, Writer

SHOWN = 250  # characters of each message in a thread


def notice(t: Translator, of: Thread, line: Line) -> Screen:
    """A reply to whom it goes: with name and branch, or with who answers."""
    head = (
        t("💬 <b>A reply to your broadcast</b>")
        if line.by_recipient
        else t("💬 <b>You have an answer</b>")
    )
    return Screen(
        lines(
            head,
            _who(t, of, line),
            _about(t, of),
            *(("", _said(line.text)) if line.text else ()),
        ),
        rows=(_write(t, of, back=line.by_recipient), *_whole(t, of)),
        media=(Attachment(line.file.kind, line.file.value),) if line.file else (),
    )


def lost(t: Translator, of: Thread, line: Line, reason: str | None) -> Screen:
    """To whoever answered: it did not arrive."""
    return Screen(
        lines(
            t("⚠️ <b>Your answer did not arrive</b>"),
            Markup("{} — {}").format(of.name, words.reason(t, reason)),
            "",
            Markup("<i>{}</i>").format(_short(t, line)),
        ),
        rows=_whole(t, of),
    )


def thread(
    t: Translator, of: Thread, zone: tzinfo, *, mine: bool, word: Markup | None = None
) -> Screen:
    """The whole thread; ``mine``: the reader is its recipient."""
    said = [
        Markup("{} <b>{}</b> {:%d.%m %H:%M}\n{}").format(
            "👤" if line.by_recipient else "📣",
            of.name if line.by_recipient else words.signature(t, of.broadcast.signature),
            line.sent_at.astimezone(zone),
            _short(t, line),
        )
        for line in of.lines
    ]
    back = None if mine else Writers(id=of.broadcast.id)
    return Screen(
        lines(
            word,
            t("💬 <b>Replies</b> · {name}", name=of.name),
            _about(t, of),
            "",
            *(said or [t("Nothing has been written yet.")]),
        ),
        rows=(_write(t, of, back=not mine), nav.exits(t, back)),
    )


def writers(t: Translator, number: int, found: list[Writer], page: int, total: int) -> Screen:
    """Who wrote, the newest first."""
    buttons = [
        Button(f"{one.name} · {one.lines}", OpenThread(id=number, person_id=one.person_id))
        for one in found
    ]
    return Screen(
        lines(
            t("💬 <b>Who has replied</b>: {n}", n=total),
            t("Only you see it.") if total else t("Nobody yet. Each copy has a button to reply."),
        ),
        rows=(
            *paging.rows(t, buttons, page, total, lambda at: Writers(id=number, page=at)),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def _write(t: Translator, of: Thread, *, back: bool) -> Row:
    number = of.broadcast.id
    goes = WriteBack(id=number, person_id=of.person_id) if back else WriteReply(id=number)
    return (Button(t.plain("💬 Reply"), goes),)


def _whole(t: Translator, of: Thread) -> tuple[Row, ...]:
    goes = OpenThread(id=of.broadcast.id, person_id=of.person_id)
    return column([Button(t.plain("The whole conversation"), goes)])


def _who(t: Translator, of: Thread, line: Line) -> Markup:
    if not line.by_recipient:
        return Markup("{}").format(words.signature(t, of.broadcast.signature))
    branch = t.pick(of.branch_kk, of.branch_ru) or t.plain("The regional branch")
    return Markup("{} · {}").format(of.name, branch)


def _about(t: Translator, of: Thread) -> Markup:
    return Markup("<i>{}</i>").format(screens.title(t, of.broadcast))


def _short(t: Translator, line: Line) -> str:
    kind = f"📎 {t.plain(words.KINDS[line.file.kind])}" if line.file else ""
    return " ".join(part for part in (kind, screens.excerpt(line.text, SHOWN)) if part)


def _said(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - kept as safe HTML, see formatting.telegram_html
