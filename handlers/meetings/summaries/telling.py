"""The summary as members read it: about twelve lines, the rest item by item."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from handlers.meetings.texts import Viewer, agenda_line, clipped, source, title, when
from handlers.ui import dates
from handlers.ui.screen import CUT, lines, shortened
from storage.meetings import Meeting
from storage.meetings.tasks import Instruction
from storage.meetings.telling import Figure, Told

LINES = 12
AROUND = 4  # of them: the title, when it was, how much was considered, the source
LEAST_TEXT = 3
ENDS = " .,;:"
SUMMARY = 1200  # characters
DECISION = 900
ITEMS = 6  # without a written summary
FIGURES = 4
INSTRUCTIONS = 3
FEWEST = 2  # figures or items, however much else there is
LABEL, TASK, NAME = 90, 120, 40  # characters


def told(viewer: Viewer, meeting: Meeting, lines_: Told, *, word: Markup | None = None) -> Markup:
    """What was considered, the key figures, what was decided, who must do what by when.

    Figures are told once the summary is published; ``word`` comes first.
    """
    t = viewer.t
    text = shown_text(viewer, meeting, lines_)
    decided = clipped(t.pick(meeting.decision_kk, meeting.decision_ru), DECISION)
    total = len(meeting.items)
    given = lines_.instructions[:INSTRUCTIONS]
    figures = lines_.figures if meeting.published_at is not None else ()
    room = LINES - 3 - bool(word) - bool(decided) - len(given)
    if text:
        room -= text.count("\n") + 1
    shown = figures[: min(FIGURES, max(FEWEST, room))]
    items = () if text else meeting.items[: min(ITEMS, max(FEWEST, room - len(shown)))]
    return lines(
        word,
        title(viewer, meeting),
        when(viewer, meeting),
        t("Considered: {n} items", n=total) if total else None,
        text or None,
        *(agenda_line(viewer, item) for item in items),
        *(figure(viewer, one) for one in shown),
        t("<b>Decided:</b> {text}", text=decided) if decided else None,
        *(_task(viewer, one) for one in given),
        source(viewer, meeting),
    )


def shown_text(viewer: Viewer, meeting: Meeting, lines_: Told) -> str:
    """As many lines of the written summary as there is room for, whole lines while it can be."""
    t = viewer.t
    decided = bool(t.pick(meeting.decision_kk, meeting.decision_ru))
    given = len(lines_.instructions[:INSTRUCTIONS])
    room = max(LEAST_TEXT, LINES - AROUND - decided - given)
    written = whole_text(viewer, meeting).split("\n")
    cut = "\n".join(written[:room])
    return clipped(cut if len(written) <= room else f"{cut.rstrip(ENDS)}{CUT}", SUMMARY)


def whole_text(viewer: Viewer, meeting: Meeting) -> str:
    """The summary as it was written; empty where nobody wrote one."""
    return viewer.t.pick(meeting.summary_kk, meeting.summary_ru).strip()


def is_cut(viewer: Viewer, meeting: Meeting, lines_: Told) -> bool:
    """Whether more was written than ``told`` shows."""
    return shown_text(viewer, meeting, lines_) != whole_text(viewer, meeting)


def published(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting as if its summary were published at ``now``, unless it is already."""
    return replace(meeting, published_at=meeting.published_at or now)


def figure(viewer: Viewer, one: Figure) -> Markup:
    """«• label: value unit · period»."""
    label = shortened(viewer.t.pick(one.label_kk, one.label_ru), LABEL)
    number = " ".join(part for part in (one.value, one.unit) if part)
    period = Markup(" · {}").format(one.period) if one.period else ""
    named = Markup("{}: ").format(label) if label else ""
    return Markup("• {}<b>{}</b>{}").format(named, number, period)


def _task(viewer: Viewer, one: Instruction) -> Markup:
    t = viewer.t
    today = viewer.now.astimezone(viewer.zone).date()
    parts: list[Markup | str] = [shortened(t.pick(one.text_kk, one.text_ru), TASK)]
    parts += [shortened(one.executor, NAME)] if one.executor else []
    if one.deadline is not None:
        left = dates.days_left(t, one.deadline, today)
        parts.append(Markup("{} · {}").format(dates.short_day(t, one.deadline, today), left))
    return Markup("📌 {}").format(Markup(" — ").join(parts))
