"""Taps on inline buttons, honest and forged."""

import secrets

from bot.simulator.acts.act import Act, ActError, Done, act
from bot.simulator.hub import Query
from bot.simulator.world import Json


@act("tap")
def _tap(doing: Act) -> Done:
    """Tap a button by its place, or send data no button has, as a forged client can."""
    hub, chat = doing.hub, doing.chat
    stored = chat.messages.get(doing.number("message_id"))
    if "data" in doing.fields:
        data = doing.text("data")
    else:
        button = _button(doing)
        if "callback_data" not in button:
            return {"message_ids": [], "url": button.get("url")}
        data = str(button["callback_data"])
    query = Query(str(secrets.randbits(62)), doing.person.id, chat.id, hub.clock.now())
    hub.queries[query.id] = query
    gone = {
        "chat": hub.world.chat_json(chat), "message_id": doing.number("message_id"), "date": 0,
    }  # fmt: skip
    payload = {
        "id": query.id,
        "from": doing.person.user(),
        "message": stored.body if stored else gone,
        "chat_instance": hub.chat_instance(chat),
        "data": data,
    }
    hub.know(doing.person.id)
    hub.updates.push("callback_query", payload, f"callback {doing.person.id}")
    return {"message_ids": [], "query_id": query.id}


def _button(doing: Act) -> Json:
    stored = doing.message()
    rows = (stored.body.get("reply_markup") or {}).get("inline_keyboard") or []
    row, col = doing.number("row"), doing.number("col")
    if not (0 <= row < len(rows) and 0 <= col < len(rows[row])):
        raise ActError("there is no such button")
    button: Json = rows[row][col]
    return button
