"""How a broadcast that has gone out looks to its author: the card with the result."""

from datetime import datetime

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import BroadcastList, Names, OpenBroadcast
from handlers.broadcasts.editing.callbacks import AskEdit, TakeEditBack
from handlers.broadcasts.grouping import screens as group_screens
from handlers.broadcasts.grouping.callbacks import GroupCopies
from handlers.broadcasts.replying.callbacks import Writers
from handlers.broadcasts.reporting.callbacks import AskAgain, AskNudge, Report
from handlers.broadcasts.screens import title
from handlers.broadcasts.steering import screens as steering_screens
from handlers.broadcasts.steering.callbacks import AskRecall
from handlers.broadcasts.templates.callbacks import BeginFrom, SaveTemplate
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.broadcasts.edits import GONE_OUT
from storage.broadcasts.steering import FOR_EDIT
from storage.deliveries import Progress, Those


def card(
    t: Translator,
    seen: Progress,
    *,
    now: datetime | None = None,
    own: bool = True,
    toast: str | None = None,
) -> Screen:
    """How a broadcast fares, or how it ended; with ``now`` it says how fast.

    ``own``: it is the reader's, who may word it anew.
    """
    number = seen.broadcast.id
    return Screen(
        lines(
            t("📣 <b>Broadcast</b> · {to}", to=words.addressee(t, seen.broadcast)),
            *steering_screens.state(t, seen, now),
            Markup("<i>{}</i>").format(title(t, seen.broadcast)),
            "",
            *results(t, seen),
            *(words.spread(t, seen.spread) if seen.spread else ()),
            t("✏️ The new words wait for a second person.") if _awaits_edit(seen) else None,
        ),
        rows=(
            (Button(t.plain("🔄 Refresh the numbers"), OpenBroadcast(id=number)),),
            *steering_screens.controls(t, seen),
            *_names(t, seen),
            *_afterwards(t, seen, own=own),
            *(_rewording(t, seen) if own else ()),
            nav.exits(t, BroadcastList()),
        ),
        toast=toast,
    )


def result(t: Translator, seen: Progress) -> Screen:
    """The notice to the author that everything is done."""
    to = words.addressee(t, seen.broadcast)
    return Screen(
        lines(t("📣 <b>The broadcast is finished</b> · {to}", to=to), *results(t, seen)),
        rows=((Button(t.plain("Open the result"), OpenBroadcast(id=seen.broadcast.id)),),),
    )


def results(t: Translator, seen: Progress) -> list[Markup]:
    """The numbers; what is nought and no news is left out."""
    if seen.groups and not seen.total:
        return group_screens.results(t, seen)
    found = [
        t("Recipients: {n}", n=seen.total),
        t("Delivered: {n}", n=seen.sent),
        t("Read: {n}", n=seen.read),
    ]
    found += words.answered(t, seen.broadcast, seen.answers)
    if seen.waiting:
        found.append(t("In the queue: {n}", n=seen.waiting))
    if seen.gathered:
        found.append(t("  · come once a day, at their hour: {n}", n=seen.gathered))
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
    return [*found, *group_screens.results(t, seen)]


def _afterwards(t: Translator, seen: Progress, *, own: bool) -> tuple[Row, ...]:
    number, of = seen.broadcast.id, seen.broadcast
    asks = (of.confirms or of.choices) and of.state in ("running", "finished")
    offered = (
        (asks and seen.unread, t.plain("🔔 Remind who has not confirmed"), AskNudge(id=number)),
        (seen.unsure, t.plain("🔁 Send to the uncertain again"), AskAgain(id=number)),
        (seen.groups, t.plain("👥 In groups ({n})", n=len(seen.groups)), GroupCopies(id=number)),
        (own, t.plain("💬 Replies"), Writers(id=number)),
        (True, t.plain("📊 Report"), Report(id=number)),
        (of.state in GONE_OUT, t.plain("♻️ Repeat as a new draft"), BeginFrom(id=number)),
        (of.state in GONE_OUT, t.plain("📑 Save as a template"), SaveTemplate(id=number)),
        (_recallable(seen), t.plain("🗑 Recall it"), AskRecall(id=number)),
    )
    return column(Button(label, goes) for shown, label, goes in offered if shown)


def _rewording(t: Translator, seen: Progress) -> tuple[Row, ...]:
    number = seen.broadcast.id
    if _awaits_edit(seen):
        return ((Button(t.plain("↩️ Take the new words back"), TakeEditBack(id=number)),),)
    if seen.broadcast.state not in GONE_OUT:
        return ()
    return ((Button(t.plain("✏️ Edit everywhere"), AskEdit(id=number)),),)


def _awaits_edit(seen: Progress) -> bool:
    return seen.broadcast.paused_reason == FOR_EDIT


def _recallable(seen: Progress) -> bool:
    return seen.arrived > 0 and seen.broadcast.state in ("finished", "stopped")


def _names(t: Translator, seen: Progress) -> tuple[Row, ...]:
    offered = (
        (seen.read, t.plain("Have read ({n})", n=seen.read), Those.READ),
        (seen.unread, t.plain("Have not read ({n})", n=seen.unread), Those.UNREAD),
        (seen.failed, t.plain("Not delivered ({n})", n=seen.failed), Those.FAILED),
        (seen.uncertain, t.plain("Uncertain ({n})", n=seen.uncertain), Those.UNCERTAIN),
    )
    number = seen.broadcast.id
    return column(
        Button(label, Names(id=number, those=those)) for n, label, those in offered if n > 0
    )
