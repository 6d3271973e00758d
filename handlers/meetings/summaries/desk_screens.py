"""The screens of whoever writes a summary: the desk, and the look before it is published."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.meetings.callbacks import Summary
from handlers.meetings.manage import Manage
from handlers.meetings.papers.callbacks import Language
from handlers.meetings.summaries import callbacks, telling, words
from handlers.meetings.summaries.callbacks import Part
from handlers.meetings.texts import title
from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.i18n import Translator, translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.meetings.summaries import LIMITS, Desk, Preview, length

SHOWN = 250  # characters of each text on the desk


@dataclass(frozen=True)
class _Reader:
    """Whoever would read the summary, in a language."""

    t: Translator
    now: datetime
    zone: ZoneInfo


def desk(turn: Turn, found: Desk, *, word: Markup | None = None) -> Screen:
    """What is written so far, and what can be done."""
    t, meeting = turn.t, found.meeting
    return Screen(
        lines(
            word,
            t("📝 <b>Summary for members</b>"),
            title(turn, meeting),
            _state(turn, found),
            *(_text(turn, found, part) for part in Part),
            t(
                "From the text: {n} findings wait, {left} not decided.",
                n=found.waiting,
                left=found.undecided,
            )
            if found.waiting
            else None,
        ),
        rows=(
            _reading(t, found),
            *(_writing(t, found, part) for part in Part),
            (Button(t.plain("👁 Look and publish"), callbacks.Look(id=meeting.id)),),
            nav.exits(t, Manage(id=meeting.id)),
        ),
    )


def look(turn: Turn, shown: Preview, language: str) -> Screen:
    """The summary exactly as members will read it in ``language``; under it the ways to publish."""
    t, meeting = turn.t, shown.desk.meeting
    reader = _Reader(translator(language), turn.now, turn.zone)
    other = Language.RU if language == "kk" else Language.KK
    return Screen(
        lines(
            t(
                "👁 Preview. Members: {n}, of them reached: {m}",
                n=shown.audience.total,
                m=shown.audience.reachable,
            ),
            _lacks(turn, shown),
            "",
            telling.told(reader, telling.published(meeting, turn.now), shown.told),
        ),
        rows=(
            *_publishing(t, shown),
            (
                Button(
                    t.plain("In Russian") if language == "kk" else t.plain("In Kazakh"),
                    callbacks.Look(id=meeting.id, language=other),
                ),
            ),
            nav.exits(t, callbacks.Desk(id=meeting.id)),
        ),
    )


def published(turn: Turn, meeting_id: int, people: int) -> Screen:
    """It is done."""
    t = turn.t
    return Screen(
        lines(
            t("✅ <b>The summary is published</b>"),
            t("It is sent to {n} people.", n=people)
            if people
            else t("Nobody is notified: members read it with /summary"),
        ),
        rows=(
            (Button(t.plain("Summary and decision"), Summary(id=meeting_id)),),
            nav.exits(t, callbacks.Desk(id=meeting_id)),
        ),
    )


def _state(turn: Turn, found: Desk) -> Markup:
    t, at = turn.t, found.meeting.published_at
    if at is None:
        return t("⏳ Not published yet")
    day = dates.moment(t, at.astimezone(turn.zone), turn.today)
    if found.drafted:
        return t("⚠️ Published {date}; what was changed since is not", date=day)
    return t("✅ Published {date}", date=day)


def _text(turn: Turn, found: Desk, part: Part) -> Markup | None:
    text = found.text(part)
    if not text:
        return None
    label = turn.t.plain(words.PART_LABELS[part]).removeprefix("✏️ ")
    return Markup("<b>{}:</b> {}").format(label, shortened(text, SHOWN))


def _reading(t: Translator, found: Desk) -> Row:
    if found.waiting:
        label = t.plain("📄 Go on with the text: {n}", n=found.undecided)
        return (Button(label, callbacks.Findings(id=found.meeting.id)),)
    return (
        Button(t.plain("📄 Draft from a text or file"), callbacks.SendText(id=found.meeting.id)),
    )


def _writing(t: Translator, found: Desk, part: Part) -> Row:
    meeting = found.meeting
    write = Button(t.plain(words.PART_LABELS[part]), callbacks.WritePart(id=meeting.id, part=part))
    if not found.text(part):
        return (write,)
    goes = callbacks.ErasePart(id=meeting.id, version=meeting.version, part=part)
    return write, Button("🗑", goes)


def _lacks(turn: Turn, shown: Preview) -> Markup | None:
    t = turn.t
    if shown.lacks == "too_long":
        for part in Part:
            limit, n = LIMITS[part.split("_")[0]], length(shown.desk.text(part))
            if n > limit:
                name = t.plain(words.PART_LABELS[part]).removeprefix("✏️ ")
                return t(
                    "⚠️ Too long: {name}, {n} characters; at most {limit}.",
                    name=name,
                    n=n,
                    limit=limit,
                )
    if shown.lacks is None:
        return None
    return Markup("⚠️ {}").format(t(words.REFUSALS[shown.lacks]))


def _publishing(t: Translator, shown: Preview) -> tuple[Row, ...]:
    if shown.lacks is not None:
        return ()
    meeting = shown.desk.meeting

    def goes(*, notify: bool) -> callbacks.Publish:
        return callbacks.Publish(id=meeting.id, seal=shown.seal, notify=notify)

    n = shown.audience.total
    both = Button(t.plain("📣 Publish and notify: {n}", n=n), goes(notify=True))
    only = Button(t.plain("✅ Publish only"), goes(notify=False))
    is_new = meeting.published_at is None or bool(shown.desk.drafted)
    return (*(((both,),) if n else ()), *(((only,),) if is_new else ()))
