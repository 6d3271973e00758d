"""The list of requests, and the history of one."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.requests import callbacks, words
from handlers.requests.exchange import entries
from handlers.requests.finding.callbacks import FindRequest
from handlers.requests.narrowing.callbacks import OpenFilters
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.requests import Counts, HistoryLine, ListedRequest, VoterRequest
from storage.requests.filters import FILTERS
from storage.requests.lists import DEEPEST, MANY
from storage.rules.veiling import HIDDEN, veiled

SHOWN_COMMENT = 120
ROW_TEXT = 18  # characters of the text in a row of the list

INQUIRIES = {
    "inquiry_made": N_("an inquiry was made: № {number}"),
    "inquiry_answered": N_("the inquiry was answered: № {number}"),
    "inquiry_decided": N_("the inquiry is linked with a meeting: № {number}"),
}
HANDING = {
    "handed": N_("🤝 handed over: {said}"),
    "handed_word": N_("💬 with the word: {said}"),
    "taken": N_("✅ the new deputy has taken it"),
    "given_back": N_("↩️ returned: {said}"),
    "merged": N_("🔗 goes on with № {said}"),
    "merged_here": N_("🔗 merged into it: № {said}"),
    "parted": N_("↩️ goes on apart from № {said}"),
    "parted_from": N_("↩️ goes on by itself: № {said}"),
    "split": N_("✂️ the second matter: № {said}"),
    "split_from": N_("✂️ split off from № {said}"),
    "sent_on": N_("🏛 the body sent it on: {said}"),
    "body_noted": N_("🏛 registered at the body: № {said}"),
    "paused": N_("⏸ the clock stands: {said}"),
    "resumed": N_("▶️ the clock goes on"),
    "extension_asked": N_("📅 an extension is asked for: {said}"),
    "extension_approved": N_("📅 extended: {said}"),
    "extension_refused": N_("📅 not extended: {said}"),
}
NOT_SOLVED = N_("⚠️ it is not solved")
LATE = N_("the body's answer is late")
FILTER_LABELS = {
    "open": N_("Open ({n})"),
    "overdue": N_("Overdue ({n})"),
    "closed": N_("Closed ({n})"),
}


@dataclass(frozen=True)
class Page:
    """A page of the list as it was read."""

    requests: list[ListedRequest]
    number: int  # from 0
    more: bool  # another page follows
    counts: Counts
    narrowed: Markup | None = None  # by what, in words
    filters: int = 0  # how many


def listing(t: Translator, page: Page, which: str, today: date) -> Screen:
    """A page of the list, most urgent first, with the ways to narrow it under it."""
    kinds = tuple(
        Button(
            ("• " if name == which else "")
            + t.plain(FILTER_LABELS[name], n=words.many(page.counts.of(name))),
            callbacks.RequestList(which=name),
        )
        for name in FILTERS
    )
    new = Button(t.plain("📝 Log a new request"), callbacks.NewRequest())
    find = Button(t.plain("🔎 Find (requests)"), FindRequest())
    n = page.filters
    label = t.plain("⚙️ Filters ({n})", n=n) if n else t.plain("⚙️ Filters")
    return Screen(
        lines(
            t("📝 <b>Voters' requests</b>"),
            page.narrowed,
            None if page.requests else _nothing(t, page),
            t("The list goes no further: please narrow it.") if _is_last(page) else None,
        ),
        rows=(
            *_turned(t, page, which, today),
            kinds,
            (Button(label, OpenFilters(which=which)), find),
            (new,),
            entries.row(t, which),
            nav.exits(t),
        ),
    )


def _turned(t: Translator, page: Page, which: str, today: date) -> tuple[Row, ...]:
    buttons = [
        Button(row(t, request, today), callbacks.OpenRequest(id=request.id))
        for request in page.requests
    ]
    total = page.counts.of(which)

    def turn_to(number: int) -> callbacks.RequestList:
        return callbacks.RequestList(which=which, page=number)

    if total < MANY:
        return paging.rows(t, buttons, page.number, total, turn_to)
    more = page.more and not _is_last(page)
    return paging.rows_of_many(t, buttons, page.number, turn_to, more=more)


def _is_last(page: Page) -> bool:
    """Whether it is the last page to which anybody turns, and not the end."""
    return page.more and (page.number + 1) * paging.PAGE >= DEEPEST


def _nothing(t: Translator, page: Page) -> Markup:
    if page.filters:
        return t("Nothing here with these filters.")
    return t("Nothing here. A new request is logged with the button below.")


def row(t: Translator, request: ListedRequest, today: date) -> str:
    """A request in one line, for a button."""
    # What presses comes first: clients cut the end of a long label.
    late = request.body_is_late(today)
    parts = [request.number, t.plain(LATE) if late else words.state(t, request.state)]
    if not request.answered:
        parts.insert(1, dates.days_left(t, request.due_on, today).unescape())
    if request.waits_for is not None and not late:
        parts.append(words.waits(t, request.waits_for))
    parts.append(words.short(t, request.text, ROW_TEXT))
    return ("⚠️ " if request.is_overdue(today) or late else "") + " · ".join(parts)


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
    return Markup("{} · {}: {}").format(when, line.by or t("the voter"), _what(t, line))


def _what(t: Translator, entry: HistoryLine) -> Markup:
    comment = shortened(veiled(entry.text), SHOWN_COMMENT) if entry.text else ""
    if entry.to_state:
        said = Markup("<b>{}</b>").format(words.state(t, entry.to_state))
        return Markup("{} — {}").format(said, comment) if comment else said
    if entry.kind == "not_solved":
        return t("⚠️ it is not solved: № {number}", number=comment) if comment else t(NOT_SOLVED)
    if entry.kind == "answer":
        return t("📣 to the voter: {text}", text=comment)
    if entry.kind == "comment":
        return t("🔒 internal note: {text}", text=comment)
    if entry.kind == "about":
        return t("asked for somebody else: {name}", name=HIDDEN)  # it is opened with the contact
    if entry.kind in HANDING:
        return t(HANDING[entry.kind], said=comment)
    if entry.kind == "erased":
        return t("the voter's data was erased")
    if entry.kind == "consent_withdrawn":
        return t("the consent was withdrawn, the contact is erased")
    if entry.kind in INQUIRIES:
        return t(INQUIRIES[entry.kind], number=comment)
    return t("file added") if entry.kind == "attachment" else t("details completed")
