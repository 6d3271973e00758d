"""What a deputy sends without a word, offered as a new request; after wizards, before search."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.requests import aside, callbacks, content, draft, steps, words
from handlers.requests.filters import LooksLikeRequest
from handlers.requests.steps import show
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, column, lines, toast
from storage import requests
from storage.requests import sources
from storage.rules.access import Action

router = Router(name="requests.offers")

SHOWN = 200


@router.message(LooksLikeRequest())
@policy(Action.LOG_REQUESTS)
async def offer(message: Message, turn: Turn) -> Screen:
    """Ask whether it is a new request; the parts of an album make one offer."""
    found = content.of(message)
    if found is None:
        return Screen(None)
    request_id = aside.request_of_album(turn, found.group)
    if request_id is not None:
        await turn.write(requests.add, turn.actor, request_id, found.text, found.files, turn.now)
        return Screen(None)  # one answer an album
    kept = aside.remember(turn, message.message_id, found)
    if kept is aside.Kept.JOINED:
        return Screen(None)
    if kept is aside.Kept.KNOWN:
        return Screen(turn.t("This was sent already: it waits for your answer above."))
    return await _question(turn, message.message_id, found)


@router.callback_query(callbacks.LogThis.filter())
@policy(Action.LOG_REQUESTS)
async def log_this(query: CallbackQuery, turn: Turn, callback_data: callbacks.LogThis) -> Screen:
    """It is a new request: the category is asked next."""
    found = aside.take(turn, callback_data.key)
    if found is None:
        return _gone(turn)
    mistake = steps.cut(turn.t) if len(found.text) > draft.MAX_TEXT else None
    return await show(turn, "category", draft.begin(turn, found), mistake)


@router.callback_query(callbacks.AddThis.filter())
@policy(Action.WORK_ON_REQUESTS)
async def add_this(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddThis) -> Screen:
    """It belongs to a request that is there already."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.done:  # it was closed since the question; what was sent is kept for another answer
        return toast(turn.t.plain(words.CLOSED), alert=True)
    found = aside.take(turn, callback_data.key)
    if found is None:
        return _gone(turn)
    aside.expect_album(turn, found.group, callback_data.id)
    request = await turn.write(
        requests.add, turn.actor, callback_data.id, found.text, found.files, turn.now
    )
    t = turn.t
    return Screen(
        t("✅ Added to № {number}", number=request.number),
        rows=(nav.exits(t, callbacks.OpenRequest(id=request.id)),),
    )


@router.callback_query(callbacks.DropThis.filter())
@policy(Action.LOG_REQUESTS)
async def drop_this(query: CallbackQuery, turn: Turn, callback_data: callbacks.DropThis) -> Screen:
    """It is nothing of the kind."""
    aside.take(turn, callback_data.key)
    return Screen(turn.t("All right, nothing was kept."), rows=(nav.exits(turn.t),))


async def _question(turn: Turn, key: int, found: content.Content) -> Screen:
    t = turn.t
    phone = found.contact[1] if found.contact else None
    alike = await turn.read(sources.like, turn.actor, turn.now, sources=found.sources)
    likely = await turn.read(sources.likely, turn.actor, found.text, phone)
    to = {one.id: one.number for one in alike if one.open_to_actor}
    to |= {one.id: one.number for one in likely}
    buttons = [Button(t.plain("📝 Yes, register it"), callbacks.LogThis(key=key))]
    buttons += [
        Button(t.plain("Add to № {number}", number=number), callbacks.AddThis(key=key, id=id_))
        for id_, number in list(to.items())[: sources.MOST]
    ]
    buttons.append(Button(t.plain("No, not a request"), callbacks.DropThis(key=key)))
    rows: tuple[Row, ...] = (*column(buttons), nav.exits(t))
    return Screen(
        lines(
            t("📝 Is this a new request of a voter?"),
            words.short(t, found.text, SHOWN) if found.text else None,
            *words.alike(t, alike),
            steps.big_file(t) if found.has_big_file else None,
        ),
        rows=rows,
    )


def _gone(turn: Turn) -> Screen:
    return toast(turn.t.plain("This is no longer kept. Please send it again."), alert=True)
