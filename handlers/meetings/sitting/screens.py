"""The secretary's screens of a meeting that goes on."""

from markupsafe import Markup

from handlers.meetings.ballots import words as ballot_words
from handlers.meetings.ballots.callbacks import AskOpen, OpenBallot
from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.manage import Manage
from handlers.meetings.papers.callbacks import (
    For,
    OpenClause,
    OpenDocument,
    OpenInstruction,
    Picker,
)
from handlers.meetings.presence.callbacks import RollCall
from handlers.meetings.sitting import words
from handlers.meetings.sitting.callbacks import (
    Accept,
    ChooseItem,
    Conduct,
    Decline,
    EnterDecision,
    NextItem,
    OpenProposal,
    Proposals,
    RewordProposal,
    State,
    TakeDraft,
    TakeItem,
)
from handlers.meetings.texts import clipped, title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.meetings import AgendaItem, Meeting
from storage.meetings.proposals import Sent, SentPage
from storage.meetings.sitting import GOES, Sitting

DECISION = 400  # characters

LISTS = {
    State.SENT: N_("New proposals: {n}"),
    State.ACCEPTED: N_("Taken in: {n}"),
    State.DECLINED: N_("Left out: {n}"),
}
NONE = {
    State.SENT: N_("Nothing waits to be decided. What people send appears here."),
    State.ACCEPTED: N_("Nothing was taken into the final document yet."),
    State.DECLINED: N_("Nothing was left out."),
}


def conduct(turn: Turn, meeting: Meeting, sitting: Sitting) -> Screen:
    """How the meeting stands, and what comes next."""
    t = turn.t
    item = discussed(meeting)
    return Screen(
        lines(
            title(turn, meeting),
            t("Now discussed: {item}", item=words.item_line(t, item))
            if item
            else t("No item is under discussion."),
            _decision(t, item) if item else None,
            ballot_words.quorum(t, meeting.standing.quorum) if meeting.standing.quorum else None,
            t("New proposals: {n}", n=sitting.waiting),
        ),
        rows=(
            *_onward(turn, sitting),
            (Button(t.plain("Choose an item"), ChooseItem(id=meeting.id)),),
            (Button(t.plain("New proposals: {n}", n=sitting.waiting), Proposals(id=meeting.id)),),
            _counting(t, meeting, item),
            *(_deciding(t, item) if item else ()),
            (Button(t.plain("Final document"), OpenDocument(id=meeting.id)),),
            nav.exits(t, Manage(id=meeting.id)),
        ),
    )


def discussed(meeting: Meeting) -> AgendaItem | None:
    """The item under discussion, when its viewer may see it."""
    return next((item for item in meeting.items if item.id == meeting.item_id), None)


def choose_item(turn: Turn, meeting: Meeting, page: int) -> Screen:
    """The items of the meeting, to put one under discussion."""
    t = turn.t
    items = [item for item in meeting.items if item.state in GOES]
    page = paging.clamp(page, len(items))
    signs = {"open": "• ", "done": "✅ "}
    buttons = [
        Button(
            words.item_label(t, item, signs.get(item.state, "")),
            TakeItem(id=meeting.id, item=item.id, seen=meeting.item_id or 0),
        )
        for item in items[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(
            title(turn, meeting),
            t("Which item is discussed now?") if items else t("The agenda is not ready yet"),
        ),
        rows=(
            *paging.rows(t, buttons, page, len(items), lambda n: ChooseItem(id=meeting.id, page=n)),
            nav.exits(t, Conduct(id=meeting.id)),
        ),
    )


def proposals(turn: Turn, meeting: Meeting, page: SentPage, state: State) -> Screen:
    """What was proposed at the meeting and is in ``state``."""
    t = turn.t
    buttons = [
        Button(words.proposal_label(t, sent), OpenProposal(id=sent.id)) for sent in page.proposals
    ]
    others = tuple(
        Button(t.plain(name), Proposals(id=meeting.id, state=other))
        for other, name in (
            (State.SENT, N_("New ones")),
            (State.ACCEPTED, N_("Taken in")),
            (State.DECLINED, N_("Left out")),
        )
        if other is not state
    )
    return Screen(
        lines(
            title(turn, meeting),
            t(LISTS[state], n=page.total),
            None if page.total else t(NONE[state]),
        ),
        rows=(
            *paging.rows(
                t,
                buttons,
                page.number,
                page.total,
                lambda n: Proposals(id=meeting.id, state=state, page=n),
            ),
            others,
            nav.exits(t, Conduct(id=meeting.id)),
        ),
    )


def proposal(t: Translator, sent: Sent) -> Screen:
    """One proposal, and what can be made of it."""
    return Screen(
        lines(*words.proposal(t, sent)),
        rows=(
            *_fate(t, sent),
            nav.exits(t, Proposals(id=sent.meeting_id, state=State(sent.state))),
        ),
    )


def _fate(t: Translator, sent: Sent) -> tuple[Row, ...]:
    instruct = Button(
        t.plain("Make it an instruction"),
        Picker(why=For.PROPOSAL, id=sent.id, version=sent.version),
    )
    if sent.clause_id is not None:
        clause = Button(t.plain("To the clause"), OpenClause(id=sent.clause_id))
        if sent.instruction_id is not None:
            instruct = Button(
                t.plain("To the instruction"), OpenInstruction(id=sent.instruction_id)
            )
        return ((clause,), (instruct,))
    accept = Button(t.plain("Take into the document"), Accept(id=sent.id, version=sent.version))
    reword = Button(t.plain("Edit the wording"), RewordProposal(id=sent.id))
    decline = Button(t.plain("Leave out"), Decline(id=sent.id, version=sent.version))
    last = (reword, decline) if sent.state == "sent" else (reword,)
    return ((accept,), (instruct,), last)


def over(turn: Turn, meeting: Meeting) -> Screen:
    """The meeting does not go on: where to go instead."""
    t = turn.t
    return Screen(
        lines(title(turn, meeting), t("The meeting does not go on now.")),
        rows=(
            (Button(t.plain("Final document"), OpenDocument(id=meeting.id)),),
            nav.exits(t, OpenMeeting(id=meeting.id)),
        ),
    )


def _onward(turn: Turn, sitting: Sitting) -> tuple[Row, ...]:
    t = turn.t
    goes = NextItem(id=sitting.meeting_id, seen=sitting.item_id or 0)
    if sitting.next_number is not None:
        return ((Button(t.plain("Go on to item {number}", number=sitting.next_number), goes),),)
    if sitting.item_id is not None:
        return ((Button(t.plain("Finish this item"), goes),),)
    return ()


def _counting(t: Translator, meeting: Meeting, item: AgendaItem | None) -> Row:
    """To the vote on the item, and to who is there."""
    roll = Button(t.plain("Roll call"), RollCall(id=meeting.id))
    ballot_id = meeting.standing.ballot_id
    if ballot_id is not None:
        return (Button(t.plain("🗳 A vote is open"), OpenBallot(id=ballot_id)), roll)
    if item is None:
        return (roll,)
    return (Button(t.plain("Put to the vote"), AskOpen(id=meeting.id, item_id=item.id)), roll)


def _decision(t: Translator, item: AgendaItem) -> Markup:
    decided = t.pick(item.decision_kk, item.decision_ru)
    drafted = t.pick(item.draft_decision_kk, item.draft_decision_ru)
    if decided:
        return t("<b>Decided:</b> {text}", text=clipped(decided, DECISION))
    if drafted:
        return t("Draft decision: {text}", text=clipped(drafted, DECISION))
    return t("No decision is entered yet.")


def _deciding(t: Translator, item: AgendaItem) -> tuple[Row, ...]:
    write: Row = (Button(t.plain("Write the decision"), EnterDecision(item=item.id)),)
    decided = item.decision_kk or item.decision_ru
    if decided or not (item.draft_decision_kk or item.draft_decision_ru):
        return (write,)
    draft = Button(t.plain("Decide as drafted"), TakeDraft(item=item.id, version=item.version))
    return ((draft,), write)
