"""One item of the agenda: who speaks, what was heard and what was proposed."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.inquiries import decided
from handlers.meetings import manage
from handlers.meetings.agenda import words
from handlers.meetings.agenda.callbacks import EditItem
from handlers.meetings.asking import rows as asking_rows
from handlers.meetings.ballots import words as ballot_words
from handlers.meetings.ballots.callbacks import OpenBallot
from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.materials import screens as materials
from handlers.meetings.materials.callbacks import Materials
from handlers.meetings.summaries import telling
from handlers.meetings.texts import clipped, source, title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.inquiries import Listed
from storage.meetings import AgendaItem, Meeting, Proposal
from storage.meetings.agenda import EDITABLE
from storage.meetings.papers import ItemPapers

HEARD = 1500  # characters
PROPOSAL = 280
AUTHOR = 140
DECISION = 600  # drafted, or taken
BESIDE = 300  # of co-speakers together
FIGURES = 10  # of what was reported; the rest is counted
LINES = 8  # of what was heard and proposed, as many as one screen takes together


def opened(
    turn: Turn, found: ItemPapers, page: int = 0, inquiries: Sequence[Listed] = ()
) -> Screen:
    """The item: what was heard on page 0, what was proposed on the pages after it.

    Where both are short, page 0 holds all of it. ``inquiries`` were decided on here.
    """
    t, meeting, item = turn.t, found.meeting, found.item
    heard = clipped(t.pick(item.heard_kk, item.heard_ru), HEARD)
    both = heard.count("\n") + len(found.figures) + len(item.proposals) < LINES
    pages = 0 if both else paging.pages(len(item.proposals))
    page = 1 if not (heard or found.figures or both) else min(max(page, 0), pages)
    first = max(page - 1, 0) * paging.PAGE
    shown = item.proposals[first : first + paging.PAGE] if page or both else ()
    return Screen(
        lines(
            title(turn, meeting),
            t("Item {number} of {total}", number=item.number, total=meeting.items[-1].number),
            Markup("<b>{}</b>").format(t.pick(item.title_kk, item.title_ru)),
            t("⏳ Under control") if item.kind == "control" else None,
            _speaker(turn, item),
            *(_papers(turn, found) if page == 0 or both else ()),
            t("<b>Heard:</b> {text}", text=heard) if heard and page == 0 else None,
            *(_figures(turn, found) if page == 0 or both else ()),
            t("<b>Proposed:</b> {n}", n=len(item.proposals)) if shown else None,
            *(_proposal(turn, proposal) for proposal in shown),
            source(turn, meeting),
        ),
        rows=(
            *(() if both else _pages(turn, found, page)),
            *_materials(turn, found),
            *_vote(turn, found),
            *decided.under_item(inquiries),
            *_neighbours(turn, meeting, item),
            *_change(turn, meeting, item),
            asking_rows.share(t, meeting, item.number),
            *_exits(
                turn, OpenMeeting(id=meeting.id, page=meeting.items.index(item) // paging.PAGE)
            ),
        ),
    )


def _papers(turn: Turn, found: ItemPapers) -> tuple[Markup | None, ...]:
    """What is prepared for the item; the draft decision gives way to what was decided."""
    t, item = turn.t, found.item
    beside = shortened(words.beside(found.co_speakers), BESIDE)
    planned = words.planned(turn, item.begins_at, item.minutes) if not found.meeting.is_over else ""
    state = words.STATES.get(item.state)
    decision = clipped(t.pick(item.draft_decision_kk, item.draft_decision_ru), DECISION)
    decided = clipped(t.pick(item.decision_kk, item.decision_ru), DECISION)
    over = decided or item.state == "done"
    return (
        t("Co-speakers: {who}", who=beside) if beside else None,
        t("Time: {time}", time=planned) if planned and not state else None,
        t("State: {state}", state=t(state)) if state else None,
        t("Draft decision: {text}", text=decision)
        if decision and not over and not turn.in_group
        else None,
        t("<b>Decided:</b> {text}", text=decided) if decided else None,
        ballot_words.result(t, found.vote) if found.vote else None,
    )


def _materials(turn: Turn, found: ItemPapers) -> tuple[Row, ...]:
    """The way to the files, and for the speaker to where they are sent in."""
    meeting, item = found.meeting, found.item
    if not found.materials and not materials.may_add(turn, meeting, item):
        return ()
    label = turn.t.plain("📎 Materials: {n}", n=found.materials)
    return ((Button(label, Materials(meeting=meeting.id, item=item.id)),),)


def _vote(turn: Turn, found: ItemPapers) -> tuple[Row, ...]:
    """The way to the vote on the item: who voted how."""
    t, vote = turn.t, found.vote
    if vote is None:
        return ()
    label = t.plain("The result of the vote") if vote.outcome else t.plain("🗳 A vote is open")
    return ((Button(label, OpenBallot(id=vote.id)),),)


def _figures(turn: Turn, found: ItemPapers) -> tuple[Markup | None, ...]:
    """The figures that were reported."""
    t, more = turn.t, len(found.figures) - FIGURES
    return (
        t("<b>Figures:</b>") if found.figures else None,
        *(telling.figure(turn, one) for one in found.figures[:FIGURES]),
        t("… and {n} more", n=more) if more > 0 else None,
    )


def _pages(turn: Turn, found: ItemPapers, page: int) -> tuple[Row, ...]:
    t, meeting, item = turn.t, found.meeting, found.item
    proposed = len(item.proposals)
    if page == 0:
        if not proposed:
            return ()
        return ((Button(t.plain("Proposals: {n}", n=proposed), _to(meeting, item.number, 1)),),)
    turner = paging.rows(t, (), page - 1, proposed, lambda n: _to(meeting, item.number, n + 1))
    if not (found.figures or t.pick(item.heard_kk, item.heard_ru)):
        return turner
    return (*turner, (Button(t.plain("What was heard"), _to(meeting, item.number)),))


def _speaker(turn: Turn, item: AgendaItem) -> Markup | None:
    t = turn.t
    name = t.pick(item.speaker_kk, item.speaker_ru)
    position = t.pick(item.speaker_position_kk, item.speaker_position_ru)
    who = ", ".join(part for part in (name, position) if part)
    return t("Speaker: {who}", who=who) if who else None


def _proposal(turn: Turn, proposal: Proposal) -> Markup:
    t = turn.t
    text = clipped(t.pick(proposal.text_kk, proposal.text_ru), PROPOSAL)
    author = clipped(t.pick(proposal.author_kk, proposal.author_ru), AUTHOR)
    return Markup("• {}{}").format(text, Markup(" — {}").format(author) if author else "")


def _change(turn: Turn, meeting: Meeting, item: AgendaItem) -> tuple[Row, ...]:
    """The way to the item as it is prepared, for those who do."""
    if not manage.prepares(turn, meeting) or meeting.state not in EDITABLE:
        return ()
    return ((Button(turn.t.plain("✏️ Change the item"), EditItem(id=item.id)),),)


def _neighbours(turn: Turn, meeting: Meeting, item: AgendaItem) -> tuple[Row, ...]:
    numbers = [other.number for other in meeting.items]
    here = numbers.index(item.number)
    row: list[Button] = []
    if here > 0:
        before = numbers[here - 1]
        label = turn.t.plain("‹ Item {number}", number=before)
        row.append(Button(label, _to(meeting, before)))
    if here < len(numbers) - 1:
        after = numbers[here + 1]
        label = turn.t.plain("Item {number} ›", number=after)
        row.append(Button(label, _to(meeting, after)))
    return (tuple(row),) if row else ()


def _to(meeting: Meeting, number: int, page: int = 0) -> OpenItem:
    return OpenItem(id=meeting.id, number=number, page=page)


def _exits(turn: Turn, goes: OpenMeeting) -> tuple[Row, ...]:
    return ((nav.back(turn.t, goes),),) if turn.in_group else (nav.exits(turn.t, goes),)
