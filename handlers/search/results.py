"""What search answers: the lines that were found, or what one can do when there are none."""

from collections.abc import Iterator

from markupsafe import Markup

from handlers.meetings import texts
from handlers.meetings.callbacks import MeetingList, NextMeeting, OpenItem, OpenMeeting
from handlers.search import offers, own_items, own_requests
from handlers.search.callbacks import AskSearch
from handlers.search.snippets import snippet
from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.meetings import Meeting
from storage.requests.finding import Findings
from storage.roadmap.finding import Found
from storage.rules.terms import terms
from storage.search import Hit

A_SENTENCE = 4  # words
SHOWN = 5  # hits, two lines each
QUOTED = 60  # characters of the query that are repeated
TITLE = 70
DECISION = 250

KINDS = {
    "title": N_("Meeting title"),
    "item": N_("Agenda item"),
    "heard": N_("Reported"),
    "proposal": N_("Proposal made"),
    "clause": N_("In the final document"),
    "instruction": N_("Instruction given"),
    "co_speaker": N_("Co-speaker"),
    "decision": N_("Decision taken"),
    "summary": N_("Meeting summary"),
}


def found(
    turn: Turn,
    query: str,
    hits: list[Hit],
    *,
    decided: Meeting | None = None,
    extra: tuple[Row, ...] = (),
    requests: Findings | None = None,
    items: Found | None = None,
) -> Screen:
    """The first hits, numbered, each opened by its number; ``items``, ``requests`` behind them.

    ``decided`` is the meeting whose decision answers «what was decided about …»; ``extra`` are
    buttons on offer.
    """
    t = turn.t
    shown = hits[:SHOWN]
    more = len(hits) > SHOWN
    numbers = tuple(Button(str(n), _target(hit)) for n, hit in enumerate(shown, start=1))
    return Screen(
        lines(
            t("<b>Found:</b> {query}", query=shortened(query, QUOTED)),
            *_numbered(turn, shown),
            _decision(turn, decided),
            t("<i>There is more: add a word to find it.</i>") if more else None,
            own_items.heading(turn, items),
            own_requests.heading(turn, requests),
        ),
        rows=(
            numbers,
            *own_items.rows(turn, items),
            *own_requests.rows(turn, requests),
            *extra,
            (_again(turn),),
            nav.exits(t),
        ),
    )


def nothing(turn: Turn, query: str, *, extra: tuple[Row, ...] = ()) -> Screen:
    """Nothing was found, and what one can do now; ``extra`` are the buttons on offer.

    A whole sentence is rather a voter's request than a search: then the offer comes first.
    """
    t = turn.t
    is_sentence = len(terms(query)) >= A_SENTENCE
    return Screen(
        lines(
            t("📝 Shall it be logged as a voter's request?") if extra and is_sentence else None,
            t("Nothing was found: {query}", query=shortened(query, QUOTED)),
            t("Try one or two words without endings, for example: hippodrome."),
        ),
        rows=(*extra, *_ways(turn), nav.exits(t)),
    )


def unclear(turn: Turn, text: str) -> Screen:
    """The message has no word that could be looked for, or far too many."""
    t = turn.t
    offer = offers.rows(turn, text)
    return Screen(
        lines(
            t("📝 Shall it be logged as a voter's request?") if offer else None,
            t("I search meetings and decisions by a few words."),
            t("For example: «When is the next Bureau meeting?» or «hippodrome»."),
        ),
        rows=(*offer, *_ways(turn), nav.exits(t)),
    )


def _ways(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return (
        (_again(turn),),
        (
            Button(t.plain("The next meeting"), NextMeeting()),
            Button(t.plain("Meetings held"), MeetingList(past=True)),
        ),
    )


def _again(turn: Turn) -> Button:
    return Button(turn.t.plain("Search for other words"), AskSearch())


def _numbered(turn: Turn, hits: list[Hit]) -> Iterator[Markup]:
    """The hits, each meeting named once above its first."""
    named: int | None = None
    for number, hit in enumerate(hits, start=1):
        if hit.meeting_id != named:
            named = hit.meeting_id
            yield _meeting(turn, hit)
        kind = turn.t(KINDS[hit.kind])
        yield Markup("<b>{}.</b> <i>{}:</i> {}").format(number, kind, snippet(hit))


def _meeting(turn: Turn, hit: Hit) -> Markup:
    t = turn.t
    day = texts.short_period(t.pick(hit.period_kk, hit.period_ru))
    if hit.starts_at is not None:
        day = dates.short_day(t, hit.starts_at.astimezone(turn.zone).date(), turn.today)
    title = texts.clipped(t.pick(hit.title_kk, hit.title_ru), TITLE)
    return Markup("🗓 {}").format(" · ".join(part for part in (title, day) if part))


def _decision(turn: Turn, meeting: Meeting | None) -> Markup | None:
    if meeting is None:
        return None
    t = turn.t
    decision = t.pick(meeting.decision_kk, meeting.decision_ru)
    if not decision:
        return texts.source(turn, meeting)
    return lines(
        t("<b>Decided:</b> {text}", text=texts.clipped(decision, DECISION)),
        texts.source(turn, meeting),
    )


def _target(hit: Hit) -> OpenItem | OpenMeeting:
    if hit.item_number is None:
        return OpenMeeting(id=hit.meeting_id)
    page = 1 if hit.kind == "proposal" else 0
    return OpenItem(id=hit.meeting_id, number=hit.item_number, page=page)
