"""Nonsense is refused, never answered with a crash: random calls, random acts."""

import json
from typing import Any

from hypothesis import given, settings, strategies

from bot.simulator import LocalTelegram, acts
from bot.simulator.acts.act import actions
from bot.simulator.methods import registry
from bot.simulator.schema import method_class
from bot.simulator.wire import Call, Upload
from storage.clock import MovableClock
from tests.bot.simulator.conftest import AIGUL, GROUP, TOKEN

SLOW = {"getUpdates", "setWebhook", "deleteWebhook"}
VALUES = strategies.sampled_from(
    [
        "", "x", "0", "1", "2", "-5", "--5", "²", "1e9", "true", "null", "[]", "{}", "[1,2]", "@a",
        str(AIGUL), str(GROUP), "99999999999999999999", "ә" * 5000, "<b>", "attach://f", "http://[",
        '["a"]', '[{"type":"photo","media":"attach://f"}]', '[{"command":"a","description":"b"}]',
        '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}', '{"keyboard":[["a"],[{}]]}',
        '{"inline_keyboard":{}}', '{"inline_keyboard":[[1]]}', '{"type":"chat","chat_id":1001}',
        '{"message_id":2}', '[{"type":"bold","offset":0,"length":1}]',
        '[{"type":"bold","offset":-1,"length":9}]', '[{"type":"emoji","emoji":"👍"}]', "nan", "1.5",
    ]
)  # fmt: skip


FIELDS = (
    "text", "message_id", "row", "col", "data", "reply_to", "caption", "lat", "fake_size",
    "duration", "options", "message_ids", "from_chat", "emoji", "question", "user_id", "from_name",
)  # fmt: skip


def telegram() -> LocalTelegram:
    found = LocalTelegram(clock=MovableClock(), token=TOKEN, username="buro_demo_bot")
    found.add_person(AIGUL, "Айгүл")
    found.add_group(GROUP, "Бюро", [AIGUL])
    acts.perform(found.hub, {"person": AIGUL, "action": "start"}, [])
    return found


@strategies.composite
def calls(draw: strategies.DrawFn) -> Call:
    name = draw(strategies.sampled_from([n for n in registry.names() if n not in SLOW]))
    cls = method_class(name)
    assert cls is not None
    required = [field for field, info in cls.model_fields.items() if info.is_required()]
    optional = draw(
        strategies.lists(
            strategies.sampled_from(sorted({"chat_id", *cls.model_fields})), max_size=4
        )
    )
    raw = {field: draw(VALUES) for field in {*required, *optional}}
    if "chat_id" in raw:
        raw["chat_id"] = draw(strategies.sampled_from([str(AIGUL), str(GROUP), raw["chat_id"]]))
    return Call(name, raw, {"f": Upload("f.bin", "image/png", b"x")})


@settings(max_examples=300)
@given(strategies.lists(calls(), min_size=1, max_size=4))
async def test_any_call_is_answered(made: list[Call]) -> None:
    sim = telegram()
    for call in made:
        body = await sim._api.answer(call)
        assert body["ok"] or body["error_code"] in (400, 403, 404, 409, 413, 429), body
        json.dumps(body)


@settings(max_examples=300)
@given(
    strategies.lists(
        strategies.fixed_dictionaries(
            {
                "person": strategies.just(AIGUL),
                "action": strategies.sampled_from(actions()),
                "chat": strategies.sampled_from([1000000001, GROUP]),
            },
            optional=dict.fromkeys(FIELDS, VALUES),
        ),
        min_size=1,
        max_size=4,
    )
)  # fmt: skip
def test_any_act_is_done_or_refused(made: list[dict[str, Any]]) -> None:
    sim = telegram()
    for fields in made:
        try:
            json.dumps(acts.perform(sim.hub, fields, []))
        except acts.ActError as refused:
            assert str(refused)
    json.dumps([update.body for update in sim.hub.updates.pending()])
