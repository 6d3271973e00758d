"""What a second person sees of a broadcast, and what its author reads of the decision."""

from datetime import datetime

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.addressing.words import chosen
from handlers.broadcasts.approval.callbacks import Approve, GiveBack, OpenApproval, TakeBack
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.kinds import words as kind_words
from handlers.broadcasts.receiving import copies
from handlers.broadcasts.timing import repeat_screens
from handlers.broadcasts.timing.screens import moment
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, lines
from storage.broadcasts import Preview
from storage.broadcasts.reading import Broadcast


def waiting(
    t: Translator,
    shown: Preview,
    now: datetime,
    *,
    copied: bool = False,
    toast: str | None = None,
) -> Screen:
    """The decision: how many it goes to, and the two buttons; ``copied``: below the very copy.

    ``now`` is local.
    """
    of, there = shown.broadcast, shown.audience
    to = words.addressee(t, of)
    if of.state != "awaiting":
        return Screen(
            lines(
                t("📣 <b>Broadcast</b> · {to}", to=to),
                t("It was decided on already: nothing is to be done."),
            ),
            rows=(nav.exits(t),),
            toast=toast,
        )
    yes = Approve(id=of.id, version=of.version, recipients=there.copies)
    no = GiveBack(id=of.id, version=of.version)
    return Screen(
        lines(
            t("📣 <b>A broadcast waits for your yes</b> · {to}", to=to),
            t("From: {signature}", signature=words.signature(t, of.signature)),
            t("⬆️ Above is the copy as it will arrive.") if copied else None,
            kind_words.line(t, of.announcement),
            *words.extras(t, of),
            *chosen(t, of.whom),
            *words.audience(t, there),
            *([moment(t, of.send_at, now)] if of.send_at else []),
            *repeat_screens.told(t, of, now),
            t("It goes exactly as it is shown. After any change you are asked again.")
            if of.send_at
            else t(
                "It goes at once, exactly as it is shown. After any change you are asked again."
            ),
        ),
        rows=(
            (Button(t.plain("✅ Approve: {whom}", whom=words.sends(t, there)), yes),),
            (Button(t.plain("↩️ Return it to its author"), no),),
            *(() if copied else ((Button(t.plain("👁 Show me"), OpenApproval(id=of.id)),),)),
            nav.exits(t),
        ),
        before=(copies.rehearsed(t, of),) if copied else (),
        toast=toast,
    )


def given_back(t: Translator) -> Screen:
    """It is its author's again."""
    return Screen(
        t("↩️ Returned: its author has been told. Nothing was sent."), rows=(nav.exits(t),)
    )


def asked(t: Translator, of: Broadcast, *, toast: str | None = None) -> Screen:
    """What the author sees meanwhile."""
    return Screen(
        lines(
            t("📣 <b>Broadcast</b> · {to}", to=words.addressee(t, of)),
            t("⏳ It waits for a second person. Nothing has been sent yet."),
            words.recipients(t, of),
        ),
        rows=(
            (Button(t.plain("🔄 Refresh the numbers"), OpenBroadcast(id=of.id)),),
            (Button(t.plain("✏️ Take it back"), TakeBack(id=of.id, version=of.version)),),
            nav.exits(t),
        ),
        toast=toast,
    )


def decided(t: Translator, of: Broadcast, by: str, *, approved: bool) -> Screen:
    """The decision, to the author."""
    head = (
        t("✅ <b>Your broadcast is approved and on its way</b> · {to}", to=words.addressee(t, of))
        if approved
        else t("↩️ <b>Your broadcast was returned</b> · {to}", to=words.addressee(t, of))
    )
    return Screen(
        lines(head, Markup("{}").format(by)),
        rows=((Button(t.plain("Open the broadcast"), OpenBroadcast(id=of.id)),),),
    )
