"""Inline mode: what people type behind the bot's name, what it may offer, what is posted."""

from datetime import timedelta
from typing import Any

import pytest

from bot.simulator import LocalTelegram, Person
from storage.clock import MovableClock
from tests.bot.simulator.conftest import AIGUL, BOLAT, GROUP, Api

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
Json = dict[str, Any]


def article(name: str = "m1", text: str = "<b>Бюро</b>", **more: Any) -> Json:
    said = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": name, "title": "Бюро", "input_message_content": said, **more}


def button(**fields: str) -> Json:
    return {"inline_keyboard": [[{"text": "Ашу", **fields}]]}


async def typed(api: Api, person: Person, text: str) -> str:
    """The person types; return the id of the query as the bot gets it."""
    await person._act("inline", query=text)
    (update,) = await api.updates(offset=-1)
    assert update["inline_query"]["query"] == text
    return str(update["inline_query"]["id"])


async def test_a_result_is_posted_in_the_name_of_the_person(
    api: Api, sim: LocalTelegram, aigul: Person
) -> None:
    in_group = aigul.in_chat(GROUP)
    answer = (await in_group._act("inline", query="бюро"))["inline_id"]
    in_group._inline_id = answer
    (update,) = await api.updates(offset=-1)
    assert update["inline_query"]["from"]["id"] == AIGUL
    assert update["inline_query"]["chat_type"] == "group"
    link = button(url="https://t.me/buro_demo_bot?start=m1")
    await api.ok(
        "answerInlineQuery",
        inline_query_id=update["inline_query"]["id"],
        results=[article(reply_markup=link, description="ертең")],
        cache_time=5,
        is_personal=True,
    )
    offered = await in_group._get("inline", id=answer)
    assert offered["results"] == [{"id": "m1", "title": "Бюро", "description": "ертең"}]
    assert (offered["cache_time"], offered["is_personal"]) == (5, True)

    await in_group.choose("Бюро")
    (message,) = [m for m in await in_group.messages() if m["via"]]
    assert message["sender"]["id"] == AIGUL
    assert (message["html"], message["via"]) == ("<b>Бюро</b>", "buro_demo_bot")
    assert message["inline_keyboard"] == link["inline_keyboard"]
    # A bot sees what was posted through it, in a group that it is in, too.
    (posted,) = await api.updates(offset=-1)
    assert posted["message"]["via_bot"]["username"] == "buro_demo_bot"


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([article(str(n)) for n in range(51)], "too many inline query results specified"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("я" * 33)], "RESULT_ID_INVALID"),
        ([article() | {"title": ""}], "ARTICLE_TITLE_EMPTY"),
        ([article(text="")], "message text is empty"),
        ([article(text="x" * 4097)], "message is too long"),
        ([article(reply_markup=button(url="нет"))], "is invalid: Wrong HTTP URL"),
        ([article(reply_markup=button(callback_data="x"))], "callback buttons"),
        ([article(titel="x")], 'unknown parameter "results.titel"'),
    ],
)
async def test_what_telegram_does_not_take_is_refused(
    api: Api, aigul: Person, results: list[Json], words: str
) -> None:
    query = await typed(api, aigul, "бюро")
    refusal = await api.refused("answerInlineQuery", inline_query_id=query, results=results)
    assert words in refusal
    await api.ok("answerInlineQuery", inline_query_id=query, results=[article()])


async def test_other_kinds_of_results_are_refused_honestly(api: Api, aigul: Person) -> None:
    query = await typed(api, aigul, "")
    photo = {
        "type": "photo",
        "id": "1",
        "photo_url": "https://a.kz/a.jpg",
        "thumbnail_url": "https://a.kz/a.jpg",
    }
    refusal = await api.refused("answerInlineQuery", inline_query_id=query, results=[photo])
    assert "only articles" in refusal


async def test_late_repeated_and_invented_answers_are_refused(
    api: Api, aigul: Person, clock: MovableClock
) -> None:
    query = await typed(api, aigul, "бюро")
    await api.ok("answerInlineQuery", inline_query_id=query, results=[])
    for known in (query, "12345"):
        answer = {"inline_query_id": known, "results": []}
        assert await api.refused("answerInlineQuery", **answer) == TOO_OLD
    late = await typed(api, aigul, "фракция")
    clock.move(timedelta(seconds=16))
    assert await api.refused("answerInlineQuery", inline_query_id=late, results=[]) == TOO_OLD


async def test_what_nobody_fetched_in_time_is_gone(
    api: Api, aigul: Person, clock: MovableClock
) -> None:
    await aigul._act("inline", query="бюро")
    clock.move(timedelta(seconds=31))
    assert await api.updates() == []


async def test_nobody_posts_what_another_was_offered(
    api: Api, sim: LocalTelegram, aigul: Person
) -> None:
    inline_id = (await aigul._act("inline", query="бюро"))["inline_id"]
    (update,) = await api.updates(offset=-1)
    query = update["inline_query"]["id"]
    await api.ok("answerInlineQuery", inline_query_id=query, results=[article()])
    bolat = Person(aigul._session, sim.url, BOLAT, GROUP)
    with pytest.raises(AssertionError, match="no such query"):
        await bolat._act("choose", inline_id=inline_id, result_id="m1")
    with pytest.raises(AssertionError, match="no such result"):
        await aigul._act("choose", inline_id=inline_id, result_id="m2")
    with pytest.raises(AssertionError, match="longer than"):
        await aigul._act("inline", query="x" * 257)


async def test_a_button_over_the_results_needs_a_proper_payload(api: Api, aigul: Person) -> None:
    query = await typed(api, aigul, "бюро")
    for payload in ("", "я", "a b", "x" * 65):
        refusal = await api.refused(
            "answerInlineQuery",
            inline_query_id=query,
            results=[],
            button={"text": "Ашу", "start_parameter": payload},
        )
        assert refusal == "Bad Request: START_PARAM_INVALID"
