"""How a broadcast looks to its author: the preview before sending, the card with the result."""

from datetime import datetime

from markupsafe import Markup

from handlers.broadcasts import copies, kind_words, repeat_screens, steering_screens, words
from handlers.broadcasts.callbacks import (
    AskAgain,
    AskMoment,
    AskNudge,
    AskRecall,
    AskRepeats,
    BroadcastList,
    Complete,
    DropDraft,
    EditText,
    Names,
    OpenBroadcast,
    Report,
    Send,
    ShowCopy,
    WhomTo,
)
from handlers.broadcasts.edit_callbacks import AskEdit, TakeEditBack
from handlers.broadcasts.reply_callbacks import Writers
from handlers.broadcasts.timing_screens import moment
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.broadcasts import Preview
from storage.broadcasts.editing import GONE_OUT
from storage.broadcasts.reading import Broadcast
from storage.broadcasts.steering import FOR_EDIT
from storage.deliveries import Progress, Those

THIN_LINE = "─" * 14
EXCERPT = 100


def preview(
    t: Translator,
    shown: Preview,
    *,
    copied: bool = False,
    now: datetime | None = None,
    toast: str | None = None,
) -> Screen:
    """A draft exactly as it will arrive, to how many, and the buttons that decide.

    ``copied``: what is more than words comes before it, as the very copy. ``now`` is local, for
    what goes at a moment.
    """
    draft, audience = shown.broadcast, shown.audience
    send = Send(id=draft.id, version=draft.version, recipients=audience.total)
    label = t.plain("Send: to {n} people", n=audience.reachable)
    plain = copies.is_plain(draft)
    return Screen(
        lines(
            t("📣 <b>Preview</b> · {to}", to=words.addressee(t, draft)),
            *(_framed(t, draft) if plain else _described(t, draft, copied)),
            kind_words.line(t, draft.announcement),
            *words.audience(t, audience),
            *_when(t, draft, now),
        ),
        rows=(
            *([(Button(label, send),)] if audience.total else []),
            *kind_words.rows(t, shown),
            *_changes(t, draft),
            nav.exits(t, BroadcastList()),
        ),
        before=(copies.rehearsed(t, draft),) if copied and not plain else (),
        toast=toast,
    )


def _when(t: Translator, draft: Broadcast, now: datetime | None) -> list[Markup]:
    """When it goes, where that is not at once; ``now`` is local."""
    if now is None:
        return []
    if draft.send_at is not None:
        told = [moment(t, draft.send_at, now), *repeat_screens.told(t, draft, now)]
        return [*told, *steering_screens.asleep(t, draft, draft.send_at)]
    return steering_screens.asleep(t, draft, now)


def _framed(t: Translator, draft: Broadcast) -> list[Markup | str]:
    return [THIN_LINE, copies.body(t, draft), THIN_LINE]


def _described(t: Translator, draft: Broadcast, copied: bool) -> list[Markup | str]:
    what = excerpt(draft.text, EXCERPT)
    return [
        t("⬆️ Above is the copy as it will arrive.") if copied else t("As it will arrive: button 👁"),
        *([Markup("<i>{}</i>").format(what)] if what else []),
        *words.extras(t, draft),
    ]


def _changes(t: Translator, draft: Broadcast) -> tuple[Row, ...]:
    number, version = draft.id, draft.version
    return (
        (
            Button(t.plain("Change its text"), EditText(id=number, version=version)),
            Button(t.plain("Discard the draft"), DropDraft(id=number, version=version)),
        ),
        (
            Button(t.plain("⚙️ Complete it"), Complete(id=number)),
            Button(t.plain("👁 Show me"), ShowCopy(id=number)),
        ),
        (
            Button(t.plain("👥 To whom"), WhomTo(id=number)),
            Button(t.plain("⏰ When"), AskMoment(id=number, version=version)),
        ),
        *(
            ((Button(t.plain("🔁 How often"), AskRepeats(id=number)),),)
            if draft.send_at is not None
            else ()
        ),
    )


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
    found = [
        t("Recipients: {n}", n=seen.total),
        t("Delivered: {n}", n=seen.sent),
        t("Read: {n}", n=seen.read),
    ]
    found += [
        Markup("  · {}: {}").format(option, seen.answers.get(number, 0))
        for number, option in enumerate(
            words.options(t, seen.broadcast, seen.broadcast.said_in(t.language))
        )
    ]
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
    return found


def title(t: Translator, of: Broadcast) -> str:
    """What a broadcast is called: the beginning of its words, else what it is made of."""
    said = of.said_in(t.language)
    return excerpt(said.words, EXCERPT) or words.kind(t, said) or ""


def excerpt(text: str, limit: int) -> str:
    """The beginning of a broadcast's text without its formatting."""
    return shortened(Markup(text).striptags(), limit)  # noqa: S704 - its tags are taken out here


def _afterwards(t: Translator, seen: Progress, *, own: bool) -> tuple[Row, ...]:
    number, of = seen.broadcast.id, seen.broadcast
    asks = (of.confirms or of.choices) and of.state in ("running", "finished")
    offered = (
        (asks and _unread(seen), t.plain("🔔 Remind who has not confirmed"), AskNudge(id=number)),
        (seen.uncertain, t.plain("🔁 Send to the uncertain again"), AskAgain(id=number)),
        (own, t.plain("💬 Replies"), Writers(id=number)),
        (True, t.plain("📊 Report"), Report(id=number)),
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
    return seen.sent > 0 and seen.broadcast.state in ("finished", "stopped")


def _unread(seen: Progress) -> int:
    return seen.sent + seen.uncertain - seen.read


def _names(t: Translator, seen: Progress) -> tuple[Row, ...]:
    unread = _unread(seen)
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
