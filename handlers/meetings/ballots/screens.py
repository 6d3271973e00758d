"""The screens of a vote: for a member, for the secretary, its result, and who voted how."""

import hashlib

from markupsafe import Markup

from handlers.meetings.ballots import words
from handlers.meetings.ballots.callbacks import (
    AskOpen,
    Ballots,
    Cast,
    Choice,
    Close,
    Names,
    Open,
    OpenBallot,
)
from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.manage import Manage
from handlers.meetings.sitting.callbacks import Conduct
from handlers.meetings.texts import title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.meetings import AgendaItem, Meeting
from storage.meetings.ballots import Ballot
from storage.meetings.quorums import Quorum

LABEL = 58  # characters of an item's button
NAME = 40


def member(t: Translator, ballot: Ballot, own: str | None, *, toast: str | None = None) -> Screen:
    """A vote as a member sees it: the question, their choice, and the buttons while it is open."""
    if ballot.closed_at is not None:
        item = OpenItem(id=ballot.meeting_id, number=ballot.number)
        return result(t, ballot, item, own=own, toast=toast)
    return Screen(
        lines(
            words.heading(t, ballot),
            words.question(t, ballot),
            _own(t, own) or t("⏳ You have not voted yet. How do you vote?"),
            t("Your vote may be changed until the secretary closes the vote.") if own else None,
        ),
        rows=(
            tuple(_choice(t, ballot, choice, own) for choice in (Choice.FOR, Choice.AGAINST)),
            (_choice(t, ballot, Choice.ABSTAINED, own),),
            (Button(t.plain("Who has voted how"), Names(id=ballot.id)),),
            nav.exits(t, OpenMeeting(id=ballot.meeting_id)),
        ),
        toast=toast,
    )


def secretary(
    t: Translator, ballot: Ballot, *, goes_on: bool = True, toast: str | None = None
) -> Screen:
    """A vote as its secretary sees it: the counts and who is awaited; she closes it.

    Closed, it may be held anew while the meeting goes on: a quorum that was lost comes back.
    """
    back = Ballots(id=ballot.meeting_id)
    if ballot.closed_at is not None:
        anew = AskOpen(id=ballot.meeting_id, item_id=ballot.item_id)
        lead = Button(t.plain("Lead the meeting"), Conduct(id=ballot.meeting_id))
        onward: tuple[Row, ...] = ((Button(t.plain("Vote anew"), anew),), (lead,))
        return result(t, ballot, back, rows=onward if goes_on else (), toast=toast)
    waiting = max(0, ballot.present - ballot.voted)
    found = Quorum(0, ballot.present, ballot.needed)
    close = Close(id=ballot.id, version=ballot.version)
    return Screen(
        lines(
            words.heading(t, ballot),
            words.question(t, ballot),
            words.counts(t, ballot),
            t("⏳ Not voted yet: {n}", n=waiting),
            _present(t, ballot),
            None if found.holds else t("⚠️ There is no quorum now: nothing would be decided."),
        ),
        rows=(
            (Button(t.plain("Refresh"), OpenBallot(id=ballot.id)),),
            (Button(t.plain("Names, raised hands"), Names(id=ballot.id)),),
            (Button(t.plain("Close the vote"), close),),
            nav.exits(t, back),
        ),
        toast=toast,
    )


def result(
    t: Translator,
    ballot: Ballot,
    back: Ballots | OpenItem,
    *,
    own: str | None = None,
    rows: tuple[Row, ...] = (),
    toast: str | None = None,
) -> Screen:
    """What a closed vote came to; ``rows`` are what can be done next."""
    return Screen(
        lines(
            words.heading(t, ballot),
            words.question(t, ballot),
            Markup("<b>{}</b>").format(t(words.OUTCOMES[str(ballot.outcome)])),
            words.counts(t, ballot),
            _present(t, ballot),
            _own(t, own),
        ),
        rows=(
            (Button(t.plain("Who has voted how"), Names(id=ballot.id)),),
            *rows,
            nav.exits(t, back),
        ),
        toast=toast,
    )


def listed(
    turn: Turn, meeting: Meeting, found: Quorum | None, ballots: list[Ballot], page: int
) -> Screen:
    """The items of a meeting with what was voted on each."""
    t = turn.t
    total = len(meeting.items)
    page = paging.clamp(page, total)
    latest: dict[int, Ballot] = {}
    for ballot in reversed(ballots):
        latest[ballot.item_id] = ballot
    shown = meeting.items[page * paging.PAGE : (page + 1) * paging.PAGE]
    return Screen(
        lines(
            title(turn, meeting),
            words.quorum(t, found) if found else None,
            t("Which item is put to the vote?") if total else t("The agenda is not ready yet"),
        ),
        rows=(
            *paging.rows(
                t,
                [_item(t, meeting, item, latest.get(item.id)) for item in shown],
                page,
                total,
                lambda n: Ballots(id=meeting.id, page=n),
            ),
            nav.exits(t, Manage(id=meeting.id)),
        ),
    )


def before_opening(
    turn: Turn, meeting: Meeting, item: AgendaItem, found: Quorum, typed: str | None
) -> Screen:
    """What the members would be asked, and whether they can decide."""
    t = turn.t
    opens = Open(id=meeting.id, item_id=item.id, seal=seal(item, typed))
    label = t.plain("Open the vote: {n} members", n=found.present)
    return Screen(
        lines(
            t("🗳 <b>A vote on item {number}</b>", number=item.number),
            words.asked(
                t,
                typed,
                t.pick(item.draft_decision_kk, item.draft_decision_ru),
                t.pick(item.title_kk, item.title_ru),
            ),
            words.quorum(t, found),
            t("<i>To ask otherwise, write the question here.</i>")
            if found.holds
            else t("Mark who has come in the roll call: without a quorum there is no vote."),
        ),
        rows=(
            *(((Button(label, opens),),) if found.holds else ()),
            nav.exits(t, Ballots(id=meeting.id)),
        ),
    )


def seal(item: AgendaItem, typed: str | None) -> str:
    """A mark of the question that is put: another draft decision is another question."""
    whole = f"{typed}|{item.draft_decision_kk}|{item.draft_decision_ru}|{item.title_kk}"
    return hashlib.sha256(f"{whole}|{item.title_ru}".encode()).hexdigest()[:10]


def row(t: Translator, ballot_id: int | None) -> tuple[Row, ...]:
    """The row of a meeting's card that leads to the vote under way."""
    if ballot_id is None:
        return ()
    return ((Button(t.plain("🗳 A vote is open"), OpenBallot(id=ballot_id)),),)


def _choice(t: Translator, ballot: Ballot, choice: Choice, own: str | None) -> Button:
    label = t.plain(words.CHOICES[choice])
    chosen = f"✅ {label}" if own == choice else label
    return Button(chosen, Cast(id=ballot.id, choice=choice))


def _own(t: Translator, own: str | None) -> Markup | None:
    return t("✅ Your vote: {choice}", choice=t(words.SAID[own])) if own else None


def _present(t: Translator, ballot: Ballot) -> Markup:
    return t("Members present: {n}, needed: {needed}", n=ballot.present, needed=ballot.needed)


def _item(t: Translator, meeting: Meeting, item: AgendaItem, ballot: Ballot | None) -> Button:
    text = shortened(f"{item.number}. {t.pick(item.title_kk, item.title_ru)}", LABEL)
    if ballot is None:
        return Button(text, AskOpen(id=meeting.id, item_id=item.id))
    if ballot.closed_at is None:
        return Button(shortened(f"🗳 {text}", LABEL), OpenBallot(id=ballot.id))
    sign = t.plain(words.OUTCOMES[str(ballot.outcome)]).split()[0]
    goes = OpenBallot(id=ballot.id)
    return Button(shortened(f"{sign} {text}", LABEL), goes)
