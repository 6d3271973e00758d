"""The other hands: a report is accepted or returned, the Bureau's removal from control is noted."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.papers.trying import tried_with
from handlers.roadmap import asking, card, words
from handlers.roadmap.asking import REASONS
from handlers.roadmap.callbacks import AcceptReport, MoreOfItem, RemoveItem, ReturnReport
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage import roadmap
from storage.errors import NotAllowed
from storage.roadmap import Item, checking
from storage.roadmap.checking import Deciding
from storage.rules.access import Action, may

router = Router(name="roadmap.checking")

FARTHEST = 9999  # a clause with a longer number is a slip


@router.callback_query(AcceptReport.filter())
@policy(Action.MANAGE_ROADMAP)
async def accept(query: CallbackQuery, turn: Turn, callback_data: AcceptReport) -> Screen:
    """The report is true."""
    of = callback_data
    given = (of.id, of.version, turn.now, turn.zone)
    done = await tried_with(turn, REASONS, checking.accept, *given)
    return await asking.after(turn, of.id, done, turn.t.plain("The report is accepted."))


@router.callback_query(ReturnReport.filter())
@policy(Action.MANAGE_ROADMAP)
async def give_back(query: CallbackQuery, turn: Turn, callback_data: ReturnReport) -> Screen:
    """Ask for the reason."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    if item.version != callback_data.version or not checking.may_check(turn.actor, item):
        return await card.stale(turn, item.id)
    asking.open_step(turn, asking.RETURN, item)
    return await asking.ask(turn)


@router.message(StateFilter(asking.RETURN), AnyMessage())
@policy(Action.MANAGE_ROADMAP)
async def reason_given(message: Message, turn: Turn) -> Screen:
    """The reason: the report goes back."""
    reason = asking.typed(turn, message.text)
    if isinstance(reason, Markup):
        return await asking.ask(turn, reason)
    item_id, version = asking.about(turn)
    turn.conversation.clear()
    given = (item_id, version, reason, turn.now, turn.zone)
    done = await tried_with(turn, REASONS, checking.send_back, *given)
    return await asking.after(turn, item_id, done, turn.t.plain("The report is returned."))


@router.callback_query(RemoveItem.filter())
@policy(Action.REMOVE_FROM_CONTROL)
async def remove(query: CallbackQuery, turn: Turn, callback_data: RemoveItem) -> Screen:
    """By which meeting, then by which clause of its document."""
    of = callback_data
    item = await turn.read(roadmap.get, turn.actor, of.id)
    if item.version != of.version or item.state is roadmap.State.REMOVED:
        asking.leave(turn)
        return await card.stale(turn, item.id)
    if of.sure:
        return await _remove(turn, of.id, of.version, of.meeting, None)
    if not of.meeting:
        asking.leave(turn)
        return _meetings(turn, item, await turn.read(checking.deciding, item))
    asking.open_step(turn, asking.CLAUSE, item, meeting=of.meeting)
    return await asking.ask(turn)


@router.message(StateFilter(asking.CLAUSE), AnyMessage())
@policy(Action.REMOVE_FROM_CONTROL)
async def clause_given(message: Message, turn: Turn) -> Screen:
    """The number of the clause: it is removed."""
    text = (message.text or "").strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= FARTHEST):
        return await asking.ask(turn, turn.t("A number is needed here."))
    item_id, version = asking.about(turn)
    return await _remove(
        turn, item_id, version, int(turn.conversation.data["meeting"]), int(text[:9])
    )


async def _remove(
    turn: Turn, item_id: int, version: int, meeting_id: int, clause: int | None
) -> Screen:
    before = (str(turn.conversation.state), dict(turn.conversation.data))
    asking.leave(turn)
    given = (item_id, version, meeting_id, clause, turn.now)
    done = await tried_with(turn, REASONS, checking.remove, *given)
    if done.reason == "no_clause":
        turn.conversation.to(before[0], **before[1])
        return await asking.ask(turn, Markup("{}").format(done.word))
    return await asking.after(turn, item_id, done, turn.t.plain("Removed from control."))


def _meetings(turn: Turn, item: Item, found: list[Deciding]) -> Screen:
    t = turn.t
    if not may(turn.actor, Action.REMOVE_FROM_CONTROL, item.branch_id):
        raise NotAllowed(Action.REMOVE_FROM_CONTROL, item.branch_id)
    return Screen(
        lines(
            t("<b>Remove from control?</b>"),
            words.heading(t, item),
            t("State now: {state}", state=words.state_of(t, item.state)),
            t("The Bureau decides. Which meeting decided it?")
            if found
            else t("The Bureau decides, and no meeting of it was held yet."),
            t("Those who carry it are told, and reminded no more.") if found else None,
        ),
        rows=(
            *column(
                Button(
                    words.held(turn, one),
                    RemoveItem(id=item.id, version=item.version, meeting=one.id),
                )
                for one in found
            ),
            nav.exits(t, MoreOfItem(id=item.id)),
        ),
    )
