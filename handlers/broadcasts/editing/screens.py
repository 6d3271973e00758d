"""New words for what has gone out: the copy as it would read, how far that reaches, the yes."""

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.editing.callbacks import (
    ApproveEdit,
    AskEdit,
    ChooseVersion,
    ConfirmEdit,
    OpenEdit,
    ReturnEdit,
)
from handlers.broadcasts.receiving import copies
from handlers.ui import nav
from handlers.ui.i18n import Translator, translator
from handlers.ui.screen import Button, Screen, lines
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.edits import Preview
from storage.broadcasts.reading import Broadcast
from storage.deliveries import Progress

OTHER = {"kk": "ru", "ru": "kk"}


def reader(t: Translator, of: Broadcast, language: str) -> Translator:
    """Speaks as those are spoken to who read the version of ``language``."""
    if of.other_language is None:
        return t
    return translator(OTHER[of.other_language] if language == ORIGINAL else language)


def which(t: Translator, of: Broadcast) -> Screen:
    """There are two versions: which one?"""
    other = of.other_language or ""
    return Screen(
        t("✏️ <b>Which version do you change?</b>"),
        rows=(
            (
                Button(
                    words.readers(t, OTHER.get(other, other)),
                    ChooseVersion(id=of.id, original=True),
                ),
            ),
            (Button(words.readers(t, other), ChooseVersion(id=of.id, original=False)),),
            nav.exits(t, OpenBroadcast(id=of.id)),
        ),
    )


def preview(t: Translator, seen: Preview, *, toast: str | None = None) -> Screen:
    """To the author, below the very copy with the new words."""
    of, edit = seen.broadcast, seen.edit
    yes = (
        t.plain("✅ Ask a second person")
        if seen.needs_approval
        else t.plain("✏️ Edit everywhere: {n}", n=seen.can)
    )
    return Screen(
        lines(
            t("✏️ <b>The new words</b> · {to}", to=words.addressee(t, of)),
            t("⬆️ Above is the copy as it will read."),
            *_reach(t, seen),
            t("Whoever has read it has read the former words."),
            t("A second person has to approve it. Until then nothing more is sent.")
            if seen.needs_approval
            else None,
        ),
        rows=(
            (Button(yes, ConfirmEdit(edit_id=edit.id)),),
            (Button(t.plain("Write it anew"), AskEdit(id=of.id)),),
            nav.exits(t, OpenBroadcast(id=of.id)),
        ),
        before=(copies.rehearsed(reader(t, of, edit.language), of),),
        toast=toast,
    )


def waiting(
    t: Translator, seen: Preview, *, copied: bool = False, toast: str | None = None
) -> Screen:
    """To the second person; ``copied``: below the very copy."""
    of, edit = seen.broadcast, seen.edit
    if edit.state != "awaiting":
        return Screen(
            lines(
                t("✏️ <b>The new words</b> · {to}", to=words.addressee(t, of)),
                t("It was decided on already: nothing is to be done."),
            ),
            rows=(nav.exits(t),),
            toast=toast,
        )
    return Screen(
        lines(
            t("✏️ <b>New words wait for your yes</b> · {to}", to=words.addressee(t, of)),
            t("From: {signature}", signature=words.signature(t, of.signature)),
            t("⬆️ Above is the copy as it will read.") if copied else None,
            *_reach(t, seen),
        ),
        rows=(
            (Button(t.plain("✅ Approve the new words"), ApproveEdit(edit_id=edit.id)),),
            (Button(t.plain("↩️ Return it to its author"), ReturnEdit(edit_id=edit.id)),),
            *(() if copied else ((Button(t.plain("👁 Show me"), OpenEdit(edit_id=edit.id)),),)),
            nav.exits(t),
        ),
        before=(copies.rehearsed(reader(t, of, edit.language), of),) if copied else (),
        toast=toast,
    )


def decided(t: Translator, of: Broadcast, by: str, *, approved: bool) -> Screen:
    """The decision, to the author."""
    to = words.addressee(t, of)
    head = (
        t("✅ <b>Your new words are approved</b> · {to}", to=to)
        if approved
        else t("↩️ <b>Your new words were returned</b> · {to}", to=to)
    )
    kept = None if approved else t("The former words stand. What was paused is yours to resume.")
    return Screen(
        lines(head, Markup("{}").format(by), kept),
        rows=((Button(t.plain("Open the broadcast"), OpenBroadcast(id=of.id)),),),
    )


def done(t: Translator, seen: Progress) -> Screen:
    """The notice that every copy has been tried."""
    of = seen.broadcast
    return Screen(
        lines(
            t("✏️ <b>The broadcast has been edited</b> · {to}", to=words.addressee(t, of)),
            *(words.spread(t, seen.spread) if seen.spread else ()),
        ),
        rows=((Button(t.plain("Open the broadcast"), OpenBroadcast(id=of.id)),),),
    )


def _reach(t: Translator, seen: Preview) -> list[Markup]:
    offered = (
        (True, t("It is edited in the chats of: {n}", n=seen.can)),
        (seen.coming, t("Have not got it yet, they get the new words: {n}", n=seen.coming)),
        (
            seen.cannot,
            t("⚠️ Their message cannot be found to be edited: {n}", n=seen.cannot),
        ),
    )
    return [line for shown, line in offered if shown]
