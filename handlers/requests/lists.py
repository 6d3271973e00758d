"""The list of requests, and the history of one."""

from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.requests import callbacks, words
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.request_reading import FILTERS
from storage.requests import Counts, HistoryLine, VoterRequest

SHOWN_COMMENT = 120
ROW_TEXT = 18  # characters of the text in a row of the list

FILTER_LABELS = {
    "open": N_("Open ({n})"),
    "overdue": N_("Overdue ({n})"),
    "closed": N_("Closed ({n})"),
}


def listing(
    t: Translator,
    requests: list[VoterRequest],
    counts: Counts,
    which: str,
    page: int,
    today: date,
) -> Screen:
    """A page of the list, most urgent first, with the filters under it."""
    buttons = [
        Button(_row(t, request, today), callbacks.OpenRequest(id=request.id))
        for request in requests
    ]
    filters = tuple(
        Button(
            ("• " if name == which else "") + t.plain(FILTER_LABELS[name], n=counts.of(name)),
            callbacks.RequestList(which=name),
        )
        for name in FILTERS
    )
    turned = paging.rows(
        t, buttons, page, counts.of(which), lambda to: callbacks.RequestList(which=which, page=to)
    )
    new = Button(t.plain("📝 Log a new request"), callbacks.NewRequest())
    return Screen(
        lines(
            t("📝 <b>Voters' requests</b>"),
            None if requests else t("Nothing here. A new request is logged with the button below."),
        ),
        rows=(*turned, filters, (new,), nav.exits(t)),
    )


def _row(t: Translator, request: VoterRequest, today: date) -> str:
    # What presses comes first: clients cut the end of a long label.
    parts = [request.number, words.state(t, request.state), words.short(t, request.text, ROW_TEXT)]
    if not request.answered:
        parts.insert(1, dates.days_left(t, request.due_on, today).unescape())
    return ("⚠️ " if request.is_overdue(today) else "") + " · ".join(parts)


def history(
    t: Translator,
    request: VoterRequest,
    entries: list[HistoryLine],
    page: int,
    today: date,
    zone: ZoneInfo,
) -> Screen:
    """A page of who did what and when; the newest page is the last."""
    total = len(entries)
    page = paging.pages(total) - 1 if page < 0 else paging.clamp(page, total)
    shown = entries[page * paging.PAGE : (page + 1) * paging.PAGE]
    turner = paging.rows(
        t, (), page, total, lambda to: callbacks.RequestHistory(id=request.id, page=to)
    )
    return Screen(
        lines(
            t("📝 № {number}: history", number=request.number),
            *(entry(t, line, today, zone) for line in shown),
        ),
        rows=(*turner, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )


def entry(t: Translator, line: HistoryLine, today: date, zone: ZoneInfo) -> Markup:
    """One line of a history: when, who, what."""
    local = line.at.astimezone(zone)
    when = f"{dates.short_day(t, local.date(), today)}, {local:%H:%M}"
    return Markup("{} · {}: {}").format(when, line.by, _what(t, line))


def _what(t: Translator, entry: HistoryLine) -> Markup:
    comment = shortened(words.veiled(entry.text), SHOWN_COMMENT) if entry.text else ""
    if entry.to_state:
        said = Markup("<b>{}</b>").format(words.state(t, entry.to_state))
        return Markup("{} — {}").format(said, comment) if comment else said
    if entry.kind == "comment":
        return Markup("💬 {}").format(comment)
    return t("file added") if entry.kind == "attachment" else t("details completed")
