"""How a draft looks to its author: exactly as it will arrive, to how many."""

from datetime import datetime

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.addressing.callbacks import WhomTo
from handlers.broadcasts.addressing.words import chosen
from handlers.broadcasts.callbacks import BroadcastList, DropDraft, EditText, Send
from handlers.broadcasts.completing.callbacks import Complete, ShowCopy
from handlers.broadcasts.kinds import words as kind_words
from handlers.broadcasts.receiving import copies
from handlers.broadcasts.steering import screens as steering_screens
from handlers.broadcasts.timing import repeat_screens
from handlers.broadcasts.timing.callbacks import AskMoment, AskRepeats
from handlers.broadcasts.timing.screens import moment
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.broadcasts import Preview
from storage.broadcasts.reading import Broadcast

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
    send = Send(id=draft.id, version=draft.version, recipients=audience.copies)
    label = t.plain("Send: {whom}", whom=words.sends(t, audience))
    plain = copies.is_plain(draft)
    return Screen(
        lines(
            t("📣 <b>Preview</b> · {to}", to=words.addressee(t, draft)),
            *(_framed(t, draft) if plain else _described(t, draft, copied)),
            kind_words.line(t, draft.announcement),
            *chosen(t, draft.whom),
            *words.audience(t, audience),
            *_when(t, draft, now),
        ),
        rows=(
            *([(Button(label, send),)] if audience.copies else []),
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


def title(t: Translator, of: Broadcast) -> str:
    """What a broadcast is called: the beginning of its words, else what it is made of."""
    said = of.said_in(t.language)
    return excerpt(said.words, EXCERPT) or words.kind(t, said) or ""


def excerpt(text: str, limit: int) -> str:
    """The beginning of a broadcast's text without its formatting."""
    return shortened(Markup(text).striptags(), limit)  # noqa: S704 - its tags are taken out here
