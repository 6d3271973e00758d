"""One item of the agenda: who speaks, what was heard and what was proposed."""

from markupsafe import Markup

from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.texts import clipped, source, title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Row, Screen, lines
from storage.meetings import AgendaItem, Meeting, Proposal

HEARD = 1200  # characters
PROPOSAL = 220


def opened(turn: Turn, meeting: Meeting, item: AgendaItem, page: int = 0) -> Screen:
    """The item with a page of its proposals, and the way to the items beside it."""
    t = turn.t
    proposed = len(item.proposals)
    page = paging.clamp(page, proposed)
    shown = item.proposals[page * paging.PAGE : (page + 1) * paging.PAGE]
    heard = clipped(t.pick(item.heard_kk, item.heard_ru), HEARD)
    return Screen(
        lines(
            title(turn, meeting),
            t("Item {number} of {total}", number=item.number, total=len(meeting.items)),
            Markup("<b>{}</b>").format(t.pick(item.title_kk, item.title_ru)),
            t("⏳ Under control") if item.kind == "control" else None,
            _speaker(turn, item),
            t("<b>Heard:</b> {text}", text=heard) if heard else None,
            t("<b>Proposed:</b> {n}", n=proposed) if proposed else None,
            *(_proposal(turn, proposal) for proposal in shown),
            source(turn, meeting),
        ),
        rows=(
            *paging.rows(t, (), page, proposed, lambda n: _to(meeting, item.number, n)),
            *_neighbours(turn, meeting, item),
            *_exits(turn, OpenMeeting(id=meeting.id, page=(item.number - 1) // paging.PAGE)),
        ),
    )


def _speaker(turn: Turn, item: AgendaItem) -> Markup | None:
    t = turn.t
    name = t.pick(item.speaker_kk, item.speaker_ru)
    position = t.pick(item.speaker_position_kk, item.speaker_position_ru)
    who = ", ".join(part for part in (name, position) if part)
    return t("Speaker: {who}", who=who) if who else None


def _proposal(turn: Turn, proposal: Proposal) -> Markup:
    t = turn.t
    text = clipped(t.pick(proposal.text_kk, proposal.text_ru), PROPOSAL)
    author = t.pick(proposal.author_kk, proposal.author_ru)
    return Markup("• {}{}").format(text, Markup(" — {}").format(author) if author else "")


def _neighbours(turn: Turn, meeting: Meeting, item: AgendaItem) -> tuple[Row, ...]:
    numbers = [other.number for other in meeting.items]
    here = numbers.index(item.number)
    row: list[Button] = []
    if here > 0:
        row.append(_beside(turn, meeting, "‹ Item {number}", numbers[here - 1]))
    if here < len(numbers) - 1:
        row.append(_beside(turn, meeting, "Item {number} ›", numbers[here + 1]))
    return (tuple(row),) if row else ()


def _beside(turn: Turn, meeting: Meeting, msgid: str, number: int) -> Button:
    return Button(turn.t.plain(msgid, number=number), _to(meeting, number))


def _to(meeting: Meeting, number: int, page: int = 0) -> OpenItem:
    return OpenItem(id=meeting.id, number=number, page=page)


def _exits(turn: Turn, goes: OpenMeeting) -> tuple[Row, ...]:
    return ((nav.back(turn.t, goes),),) if turn.in_group else (nav.exits(turn.t, goes),)
