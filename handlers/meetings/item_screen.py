"""One item of the agenda: who speaks, what was heard and what was proposed."""

from markupsafe import Markup

from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.texts import clipped, source, title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Row, Screen, lines
from storage.meetings import AgendaItem, Meeting, Proposal

HEARD = 1500  # characters
PROPOSAL = 280
AUTHOR = 140
LINES = 8  # of what was heard and proposed, as many as one screen takes together


def opened(turn: Turn, meeting: Meeting, item: AgendaItem, page: int = 0) -> Screen:
    """The item: what was heard on page 0, what was proposed on the pages after it.

    Where both are short, page 0 holds all of it.
    """
    t = turn.t
    heard = clipped(t.pick(item.heard_kk, item.heard_ru), HEARD)
    both = heard.count("\n") + len(item.proposals) < LINES
    pages = 0 if both else paging.pages(len(item.proposals))
    page = 1 if not (heard or both) else min(max(page, 0), pages)
    first = max(page - 1, 0) * paging.PAGE
    shown = item.proposals[first : first + paging.PAGE] if page or both else ()
    return Screen(
        lines(
            title(turn, meeting),
            t("Item {number} of {total}", number=item.number, total=len(meeting.items)),
            Markup("<b>{}</b>").format(t.pick(item.title_kk, item.title_ru)),
            t("⏳ Under control") if item.kind == "control" else None,
            _speaker(turn, item),
            t("<b>Heard:</b> {text}", text=heard) if heard and page == 0 else None,
            t("<b>Proposed:</b> {n}", n=len(item.proposals)) if shown else None,
            *(_proposal(turn, proposal) for proposal in shown),
            source(turn, meeting),
        ),
        rows=(
            *(() if both else _pages(turn, meeting, item, page)),
            *_neighbours(turn, meeting, item),
            *_exits(turn, OpenMeeting(id=meeting.id, page=(item.number - 1) // paging.PAGE)),
        ),
    )


def _pages(turn: Turn, meeting: Meeting, item: AgendaItem, page: int) -> tuple[Row, ...]:
    t = turn.t
    proposed = len(item.proposals)
    if page == 0:
        if not proposed:
            return ()
        return ((Button(t.plain("Proposals: {n}", n=proposed), _to(meeting, item.number, 1)),),)
    turner = paging.rows(t, (), page - 1, proposed, lambda n: _to(meeting, item.number, n + 1))
    if not t.pick(item.heard_kk, item.heard_ru):
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
