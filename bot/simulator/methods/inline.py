"""Answers to inline queries: articles that a person may choose and post."""

import json
from typing import Any

from bot.simulator import errors, markup
from bot.simulator.hub import Hub
from bot.simulator.methods import content
from bot.simulator.methods.registry import method
from bot.simulator.wire import Call
from bot.simulator.world import Json

MOST, ID_BYTES, TITLE_MAX, OFFSET_BYTES, START_MAX = 50, 64, 256, 64, 64


@method("answerInlineQuery")
def answer_inline_query(hub: Hub, call: Call) -> bool:
    """Show results under a person's input field; late or repeated answers are refused."""
    query = hub.inline_queries.get(call.params["inline_query_id"])
    results = call.params["results"]
    if len(results) > MOST:
        raise errors.bad_request("too many inline query results specified")
    if len(str(call.params.get("next_offset", "")).encode()) > OFFSET_BYTES:
        raise errors.bad_request("NEXT_OFFSET_INVALID")
    _check_button(call.params.get("button"))
    found = [_result(hub, one) for one in results]
    if len({one["id"] for one in found}) != len(found):
        raise errors.bad_request("RESULT_ID_DUPLICATE")
    if query is None or query.answered or hub.clock.now() - query.at > hub.options.answer_window:
        raise errors.query_too_old()
    query.answered, query.results = True, found
    query.button = call.params.get("button")
    query.options = {
        "cache_time": call.params.get("cache_time", 300),
        "is_personal": bool(call.params.get("is_personal", False)),
    }
    return True


def _check_button(button: Json | None) -> None:
    if button is None:
        return
    if "web_app" in button:
        raise errors.bad_request("web apps do not work in the local Telegram")
    start = button.get("start_parameter", "")
    allowed = start.replace("_", "").replace("-", "")
    if not start or len(start) > START_MAX or not (allowed.isalnum() and allowed.isascii()):
        raise errors.bad_request("START_PARAM_INVALID")


def _result(hub: Hub, raw: Json) -> Json:
    """One result as the app shows it, with the message that choosing it posts."""
    said = raw.get("input_message_content")
    if raw.get("type") != "article" or not isinstance(said, dict) or "message_text" not in said:
        # an honest gap: other kinds of results are refused, never played
        raise errors.bad_request("only articles with a text work in the local Telegram")
    name = str(raw.get("id") or "")
    if not 1 <= len(name.encode()) <= ID_BYTES:
        raise errors.bad_request("RESULT_ID_INVALID")
    if not raw.get("title"):
        raise errors.bad_request("ARTICLE_TITLE_EMPTY")
    message = content.text(hub, {**said, "text": said["message_text"]})
    content.check_length(message)
    keyboard = _keyboard(raw.get("reply_markup"))
    return {
        "id": name,
        "title": str(raw["title"])[:TITLE_MAX],
        "description": raw.get("description"),
        "message": {**message, **({"reply_markup": keyboard.body} if keyboard else {})},
    }


def _keyboard(raw: Any) -> markup.Markup | None:
    keyboard = markup.read(json.dumps(raw) if raw else None, inline_only=True)
    markup.check_server(keyboard)
    if keyboard and any("callback_data" in button for button in keyboard.buttons()):
        # taps under such messages carry no chat: nothing here could show or edit them
        raise errors.bad_request("callback buttons of inline results do not work here")
    return keyboard
