"""Showing screens: in place where possible, as a new message where not, and never a crash."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNetworkError
from aiogram.methods import EditMessageText, TelegramMethod
from aiogram.types import Update
from markupsafe import Markup

from bot.intake.presenter import INLINE_LIVES, MAX_TOAST, Presenter
from handlers.ui.cards import Card, Cards
from handlers.ui.nav import Home
from handlers.ui.screen import Attachment, Button, Screen, toast
from tests.bot.doubles import Json, message
from tests.handlers.conftest import Stage

METHOD = EditMessageText(text="hm")
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
LATE = "Bad Request: query is too old and response timeout expired or query ID is invalid"
SCREEN = Screen(Markup("<b>hm</b>"), rows=((Button("Menu", Home()),),))


@dataclass
class FakeBot:
    """Notes what it is asked to do; refuses what it is told to refuse."""

    done: list[str] = field(default_factory=list)
    options: list[Json] = field(default_factory=list)
    refuses: dict[str, AiogramError] = field(default_factory=dict)

    async def __call__(self, method: TelegramMethod[Any]) -> Any:
        return await getattr(self, method.__api_method__)(**vars(method))

    def __getattr__(self, method: str) -> Any:
        async def call(*args: Any, **options: Any) -> Any:
            self.done.append(method)
            self.options.append({**options, "args": args})
            if method in self.refuses:
                raise self.refuses[method]
            return SimpleNamespace(message_id=len(self.done))

        return call

    def of(self, method: str) -> Json:
        return self.options[self.done.index(method)]


def tap(message_: Json | None = None) -> Update:
    shown = message_ or {
        "message_id": 7,
        "date": 1_795_000_000,
        "chat": {"id": 1003, "type": "private"},
        "text": "before",
    }
    query = {
        "id": "1",
        "from": {"id": 1003, "is_bot": False, "first_name": "Дархан"},
        "chat_instance": "1",
        "data": "more",
        "message": shown,
    }
    return Update.model_validate({"update_id": 1, "callback_query": query})


WRITTEN = Update.model_validate(message(1))
GONE = {"message_id": 7, "date": 0, "chat": {"id": 1003, "type": "private"}}


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


def refusal(text: str) -> AiogramError:
    return TelegramBadRequest(METHOD, text)


async def show(bot: FakeBot, update: Update, screen: Screen | None) -> None:
    await Presenter(bot).show(update, screen)  # type: ignore[arg-type]


TYPED = Update.model_validate(
    {
        "update_id": 1,
        "inline_query": {
            "id": "1",
            "from": {"id": 1003, "is_bot": False, "first_name": "Дархан"},
            "query": "бюро",
            "offset": "",
        },
    }
)
CARDS = Cards((Card("m1", "Бюро", "ертең", Markup("<b>Бюро</b>")),))


async def test_cards_are_offered_to_the_one_person_who_typed(bot: FakeBot) -> None:
    await Presenter(bot).show(TYPED, CARDS)  # type: ignore[arg-type]
    assert bot.done == ["answer_inline_query"]
    offered = bot.of("answer_inline_query")
    assert offered["is_personal"]
    assert [one.title for one in offered["results"]] == ["Бюро"]


async def test_what_was_typed_long_ago_is_not_answered_any_more(bot: FakeBot) -> None:
    await Presenter(bot).show(TYPED, CARDS, age=INLINE_LIVES + 1)  # type: ignore[arg-type]
    assert bot.done == []


@pytest.mark.parametrize("text", [LATE, "Bad Request: hm"])
async def test_a_refused_offer_is_no_failure(bot: FakeBot, text: str) -> None:
    bot.refuses["answer_inline_query"] = refusal(text)
    await Presenter(bot).show(TYPED, CARDS)  # type: ignore[arg-type]
    assert bot.done == ["answer_inline_query"]


@pytest.mark.parametrize("screen", [None, SCREEN])
async def test_a_refusal_in_words_has_no_place_under_what_is_typed(
    bot: FakeBot, screen: Screen | None
) -> None:
    await show(bot, TYPED, screen)
    assert bot.done == []


async def test_the_answer_to_a_message_is_a_new_message(bot: FakeBot) -> None:
    await show(bot, WRITTEN, SCREEN)
    assert bot.done == ["sendMessage"]
    sent = bot.of("sendMessage")
    assert (sent["chat_id"], sent["text"]) == (1003, "<b>hm</b>")
    assert sent["link_preview_options"]["is_disabled"], "what users link to is not fetched"


async def test_a_tap_is_answered_and_its_message_takes_the_new_text(bot: FakeBot) -> None:
    await show(bot, tap(), Screen(SCREEN.text, toast="Дайын"))
    assert sorted(bot.done) == ["answer_callback_query", "editMessageText"]
    assert bot.of("answer_callback_query")["text"] == "Дайын"
    assert bot.of("editMessageText")["message_id"] == 7


@pytest.mark.parametrize("screen", [None, toast("Дайын"), Screen(None)])
async def test_a_tap_without_a_new_text_is_only_answered(
    bot: FakeBot, screen: Screen | None
) -> None:
    await show(bot, tap(), screen)
    assert bot.done == ["answer_callback_query"]


@pytest.mark.parametrize("screen", [None, Screen(None)])
async def test_a_message_without_an_answer_is_left(bot: FakeBot, screen: Screen | None) -> None:
    await show(bot, WRITTEN, screen)
    assert bot.done == []


async def test_the_same_text_again_is_no_failure(bot: FakeBot) -> None:
    bot.refuses["editMessageText"] = refusal(SAME)
    await show(bot, tap(), SCREEN)
    assert "sendMessage" not in bot.done


@pytest.mark.parametrize(
    "text",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: there is no text in the message to edit",
    ],
)
async def test_what_cannot_be_edited_is_sent_anew(bot: FakeBot, text: str) -> None:
    bot.refuses["editMessageText"] = refusal(text)
    await show(bot, tap(), SCREEN)
    assert bot.done[-1] == "sendMessage"


@pytest.mark.parametrize("where", [GONE, None], ids=["inaccessible", "as it was"])
async def test_what_is_out_of_reach_or_asked_to_be_fresh_is_sent(
    bot: FakeBot, where: Json | None
) -> None:
    screen = SCREEN if where else Screen(SCREEN.text, fresh=True)
    await show(bot, tap(where), screen)
    assert sorted(bot.done) == ["answer_callback_query", "sendMessage"]


async def test_attachments_come_before_the_text(bot: FakeBot) -> None:
    files = (
        Attachment("photo", file_id="A"),
        Attachment("voice", file_id="B"),
        Attachment("video", file_id="C"),
        Attachment("document", content=b"x", name="list.csv"),
    )
    await show(bot, tap(), Screen(SCREEN.text, attachments=files))
    bot.done.remove("answer_callback_query")
    assert bot.done == ["send_photo", "send_voice", "send_video", "send_document", "sendMessage"]


async def test_what_was_kept_goes_when_the_file_id_is_refused(bot: FakeBot) -> None:
    bot.refuses["send_audio"] = refusal("wrong file identifier/HTTP URL specified")
    kept = Attachment("audio", file_id="A", content=b"x", name="sound.mp3")
    await show(bot, tap(), Screen(SCREEN.text, attachments=(kept,)))
    assert bot.done.count("send_audio") == 2


async def test_a_late_answer_to_a_tap_is_no_failure(bot: FakeBot) -> None:
    bot.refuses["answer_callback_query"] = refusal(LATE)
    await show(bot, tap(), SCREEN)
    assert "editMessageText" in bot.done


@pytest.mark.parametrize(("age", "answered"), [(0.0, True), (60.0, True), (60.1, False)])
async def test_a_tap_of_long_ago_gets_its_screen_only(
    bot: FakeBot, age: float, answered: bool
) -> None:
    await Presenter(bot).show(tap(), Screen(SCREEN.text, toast="Дайын"), age=age)  # type: ignore[arg-type]
    assert ("answer_callback_query" in bot.done) is answered
    assert "editMessageText" in bot.done


@pytest.mark.parametrize("method", ["answer_callback_query", "editMessageText", "sendMessage"])
async def test_a_screen_that_is_lost_breaks_nothing(bot: FakeBot, method: str) -> None:
    bot.refuses[method] = TelegramNetworkError(METHOD, "Request timeout error")
    await show(bot, tap(), SCREEN)
    await show(bot, WRITTEN, SCREEN)


@pytest.mark.parametrize("length", [1, MAX_TOAST, MAX_TOAST + 1, 4000])
async def test_a_toast_is_never_longer_than_telegram_shows(bot: FakeBot, length: int) -> None:
    await show(bot, tap(), toast("ә" * length, alert=True))
    sent = bot.of("answer_callback_query")
    assert len(sent["text"]) == min(length, 200)
    assert sent["show_alert"] is True


async def test_a_message_that_was_deleted_meanwhile_is_written_again(stage: Stage) -> None:
    dauren = stage.person(1003)
    await dauren.start()
    menu = await dauren.wait_for("Мәзір")
    await dauren.delete(menu["message_id"])
    await dauren.tap_data(menu["message_id"], "settings")
    await dauren.wait_for("Баптаулар")
