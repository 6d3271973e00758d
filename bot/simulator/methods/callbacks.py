"""Answers to taps."""

from bot.simulator import errors, views
from bot.simulator.hub import Hub
from bot.simulator.methods.registry import method
from bot.simulator.wire import Call


@method("answerCallbackQuery")
def answer_callback_query(hub: Hub, call: Call) -> bool:
    """Stop the button's spinner, with or without a text; late or repeated answers are refused."""
    query = hub.queries.get(call.params["callback_query_id"])
    text = call.params.get("text", "")
    if query is None or query.answered:
        raise errors.query_too_old()
    if hub.clock.now() - query.at > hub.options.answer_window:
        raise errors.query_too_old()
    if len(text) > 200:
        raise errors.bad_request("MESSAGE_TOO_LONG")
    query.answered, query.text = True, text
    query.alert = bool(call.params.get("show_alert", False))
    hub.events.tell(
        query.person,
        {
            "type": "toast",
            "chat": views.chat_id(hub, hub.world.chats[query.chat_id]),
            "query_id": query.id,
            "text": text,
            "alert": query.alert,
        },
    )
    return True
