"""Inline mode: what a person types behind the bot's name, and the result that is chosen."""

import secrets

from bot.simulator.acts.act import Act, ActError, Done, act, ids
from bot.simulator.hub import InlineQuery
from bot.simulator.world import Json

QUERY_MAX = 256


@act("inline")
def _type(doing: Act) -> Done:
    """Type ``@bot query``: the bot hears of it, whether or not it is in the chat."""
    hub, person = doing.hub, doing.person
    text = doing.text("query", "")
    if len(text) > QUERY_MAX:
        raise ActError(f"the query is longer than {QUERY_MAX} characters")
    query = InlineQuery(str(secrets.randbits(62)), person.id, hub.clock.now())
    hub.inline_queries[query.id] = query
    payload: Json = {
        "id": query.id,
        "from": person.user(),
        "query": text,
        "offset": "",
        "chat_type": "sender" if doing.chat.private else doing.chat.type,
    }
    hub.updates.push("inline_query", payload, f"inline {person.id}")
    return {"message_ids": [], "inline_id": query.id}


@act("choose")
def _choose(doing: Act) -> Done:
    """Post one of the results; the chat sees by which bot it was made."""
    query = doing.hub.inline_queries.get(doing.text("inline_id"))
    if query is None or query.person != doing.person.id:
        raise ActError("there is no such query")
    wanted = doing.text("result_id")
    chosen = next((one for one in query.results if one["id"] == wanted), None)
    if chosen is None:
        raise ActError("there is no such result")
    return ids(doing.say({**chosen["message"], "via_bot": doing.hub.bot_user()}))
