"""What the states of an item are called."""

from datetime import date

from markupsafe import Markup

from handlers.roadmap.callbacks import OpenItem, StartReport
from handlers.turn import Turn
from handlers.ui import dates
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, column, shortened
from storage.roadmap import Item, Kind, ListedItem, State, Term
from storage.roadmap.checking import Deciding

TITLE = 300  # characters of a title in a card; plans have paragraphs there
IN_ROW = 24  # and on a button
IN_SOURCE = 120
IN_LABEL = 60  # of a meeting on a button

STATES = {
    State.PLANNED: N_("Planned for its date"),
    State.IN_PROGRESS: N_("At the stage of execution"),
    State.AT_RISK: N_("At risk of not being done"),
    State.PARTLY: N_("Done in part"),
    State.DONE: N_("Done and reported"),
    State.NOT_DONE: N_("Not done by its date"),
    State.EXTENDED: N_("Its deadline is extended"),
    State.REMOVED: N_("Under control no more"),
}
SIGNS = {
    State.PLANNED: "",
    State.IN_PROGRESS: "⏳ ",
    State.AT_RISK: "⚠️ ",
    State.PARTLY: "⏳ ",
    State.DONE: "✅ ",
    State.NOT_DONE: "⚠️ ",
    State.EXTENDED: "⏳ ",
    State.REMOVED: "✅ ",
}
REPORTS = (State.DONE, State.IN_PROGRESS, State.AT_RISK)  # what is reported most
RARER = (State.PARTLY, State.NOT_DONE)
HEADINGS = {
    Kind.ROADMAP: N_("🎯 <b>№ {number}</b> {title}"),
    Kind.INSTRUCTION: N_("📌 <b>Instruction, № {number}</b> {title}"),
    Kind.RECOMMENDATION: N_("📌 <b>Recommendation, № {number}</b> {title}"),
    Kind.REPORTING: N_("📌 <b>Report at a meeting, № {number}</b> {title}"),
}
KINDS = {
    Kind.ROADMAP: N_("Roadmap item (kind)"),
    Kind.RECOMMENDATION: N_("Recommendation (kind)"),
    Kind.REPORTING: N_("Report at a meeting (kind)"),
}
# What is written of an item field by field.
FIELDS = {
    "title": N_("Its text (field)"),
    "number": N_("Its number (field)"),
    "direction": N_("Direction (field)"),
    "object": N_("Object (field)"),
    "completion": N_("Form of completion (field)"),
    "body": N_("Responsible body (field)"),
    "indicator": N_("Indicator (field)"),
    "funding": N_("Funding (field)"),
    "programme": N_("Programme, clause (field)"),
    "meeting": N_("Meeting it comes from (field)"),
}
TERMS = {
    Term.QUARTER: N_("by the end of the quarter"),
    Term.YEARLY: N_("each year"),
}


def state_of(t: Translator, state: State) -> Markup:
    """A state in words, with its sign."""
    return Markup("{}{}").format(SIGNS[state], t(STATES[state]))


def heading(t: Translator, item: ListedItem) -> Markup:
    """The line that names an item."""
    title = shortened(t.pick(item.title_kk, item.title_ru), TITLE)
    return t(HEADINGS[item.kind], number=item.number, title=title)


def deadline(t: Translator, item: ListedItem, today: date) -> Markup:
    """The deadline, with the days left as long as the item is not done."""
    day = dates.day(t, item.deadline, today)
    if item.is_closed:
        return t("Item due: {date}", date=day)
    left = dates.days_left(t, item.deadline, today)
    return t("Item due: {date} · <b>{left}</b>", date=day, left=left)


def label(t: Translator, item: ListedItem, today: date) -> str:
    """An item on a button: number, days left, short title, state."""
    title = shortened(t.pick(item.title_kk, item.title_ru), IN_ROW)
    parts = [f"№ {item.number}", title, t.plain(STATES[item.state])]
    if not item.is_closed:
        # What presses comes first, for clients cut the end. Plain: a button shows no markup.
        parts.insert(1, dates.days_left(t, item.deadline, today).unescape())
    return " · ".join(parts)


def report(t: Translator, state: State) -> str:
    """What the button says that reports ``state``."""
    return SIGNS[state] + t.plain(STATES[state])


def report_rows(t: Translator, item: Item) -> tuple[Row, ...]:
    """The buttons that report; what is done cannot become so again."""
    return column(
        Button(report(t, state), StartReport(id=item.id, version=item.version, state=state))
        for state in REPORTS
        if item.state is not State.DONE or state is not State.DONE
    )


def times(t: Translator, item: Item) -> Markup | None:
    """How often the deadline was extended; None when never."""
    return t("Extended, times: {n}", n=item.extensions) if item.extensions else None


def source(t: Translator, item: Item) -> Markup | None:
    """Where it comes from: a clause of a meeting, or a programme."""
    meeting = t.pick(item.meeting_kk, item.meeting_ru)
    if meeting and item.clause:
        return t("Source: {title}, clause {n}", title=shortened(meeting, IN_SOURCE), n=item.clause)
    named = " · ".join(part for part in (meeting, item.programme) if part)
    return t("Source: {title}", title=shortened(named, IN_SOURCE)) if named else None


def details(t: Translator, item: ListedItem) -> Row:
    """The button to the card."""
    return (Button(t.plain("Open the item"), OpenItem(id=item.id)),)


def held(turn: Turn, one: Deciding) -> str:
    """A meeting on a button: its day, its title."""
    t, day = turn.t, ""
    if one.starts_at is not None:
        local = one.starts_at.astimezone(turn.zone).date()
        day = f"{dates.short_day(t, local, turn.today)} · "
    return shortened(f"🗓 {day}{t.pick(one.title_kk, one.title_ru)}", IN_LABEL)
