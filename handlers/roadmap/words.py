"""What the states of an item are called."""

from datetime import date

from markupsafe import Markup

from handlers.roadmap.callbacks import OpenItem, StartReport
from handlers.ui import dates
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, column, shortened
from storage.roadmap import Item, ListedItem, State

TITLE = 300  # characters of a title in a card; plans have paragraphs there
IN_ROW = 24  # and on a button

STATES = {
    State.PLANNED: N_("Planned for its date"),
    State.IN_PROGRESS: N_("At the stage of execution"),
    State.AT_RISK: N_("At risk of not being done"),
    State.DONE: N_("Done and reported"),
}
SIGNS = {
    State.PLANNED: "",
    State.IN_PROGRESS: "⏳ ",
    State.AT_RISK: "⚠️ ",
    State.DONE: "✅ ",
}
REPORTS = (State.DONE, State.IN_PROGRESS, State.AT_RISK)  # what may be reported


def state_of(t: Translator, state: State) -> Markup:
    """A state in words, with its sign."""
    return Markup("{}{}").format(SIGNS[state], t(STATES[state]))


def heading(t: Translator, item: ListedItem) -> Markup:
    """The line that names an item."""
    title = shortened(t.pick(item.title_kk, item.title_ru), TITLE)
    return t("🎯 <b>№ {number}</b> {title}", number=item.number, title=title)


def deadline(t: Translator, item: ListedItem, today: date) -> Markup:
    """The deadline, with the days left as long as the item is not done."""
    day = dates.day(t, item.deadline, today)
    if item.state is State.DONE:
        return t("Item due: {date}", date=day)
    left = dates.days_left(t, item.deadline, today)
    return t("Item due: {date} · <b>{left}</b>", date=day, left=left)


def label(t: Translator, item: ListedItem, today: date) -> str:
    """An item on a button: number, days left, short title, state."""
    title = shortened(t.pick(item.title_kk, item.title_ru), IN_ROW)
    parts = [f"№ {item.number}", title, t.plain(STATES[item.state])]
    if item.state is not State.DONE:
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


def details(t: Translator, item: ListedItem) -> Row:
    """The button to the card."""
    return (Button(t.plain("Open the item"), OpenItem(id=item.id)),)
