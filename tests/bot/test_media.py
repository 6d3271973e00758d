"""Files and words of one message: what arrived is never sent again."""

from dataclasses import dataclass, field

import pytest
from aiogram.exceptions import AiogramError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import SendMessage
from markupsafe import Markup

from bot.delivery.outcome import Fate, outcome_of
from bot.intake import media
from bot.plain import Sent
from handlers.ui.screen import Attachment, Screen

POINT = Screen(Markup("Осында жиналамыз"), media=(Attachment("location", "42.3,69.5"),))
CALL = SendMessage(chat_id=1, text="x")


@dataclass
class Telegram:
    """Takes each point on the map; says ``answers`` to the words, one after the other."""

    answers: list[AiogramError | None]
    points: list[tuple[float, float]] = field(default_factory=list)
    said: int = 0

    async def send_location(
        self, _chat_id: int, *, latitude: float, longitude: float, **_more: object
    ) -> Sent:
        self.points.append((latitude, longitude))
        return Sent(message_id=7)

    async def words(self, _chat_id: int, _screen: Screen) -> Sent:
        self.said += 1
        answer = self.answers.pop(0)
        if answer is not None:
            raise answer
        return Sent(message_id=8)


async def send(telegram: Telegram) -> Sent:
    return await media.send(telegram, 1001, POINT, telegram.words)  # type: ignore[arg-type]


async def test_the_ids_of_all_parts_are_known() -> None:
    assert await send(Telegram([None])) == Sent(message_id=8, parts=[7])


async def test_words_that_have_to_wait_are_said_again_and_the_files_are_not() -> None:
    telegram = Telegram([TelegramRetryAfter(CALL, "Flood", 3), None])
    assert (await send(telegram)).message_id == 8
    assert telegram.points == [(42.3, 69.5)]


@pytest.mark.parametrize("tries", [1, media.TRIES])
async def test_files_without_their_words_are_uncertain_whatever_the_fault(tries: int) -> None:
    fault: AiogramError = TelegramNetworkError(CALL, "reset")
    if tries > 1:
        fault = TelegramRetryAfter(CALL, "Flood", 3)
    telegram = Telegram([fault] * tries)
    with pytest.raises(media.HalfSent) as raised:
        await send(telegram)
    assert telegram.said == tries
    assert outcome_of(raised.value).fate is Fate.UNCERTAIN


LONG = Screen(Markup("Соңы"), lead=(Markup("Басы"), Markup("Ортасы")))


async def in_parts(telegram: Telegram) -> Sent:
    return await media.send(telegram, 1001, LONG, telegram.words)  # type: ignore[arg-type]


async def test_a_long_text_is_as_many_messages_and_the_last_one_is_its_own() -> None:
    telegram = Telegram([None, None, None])
    assert await in_parts(telegram) == Sent(message_id=8, parts=[8, 8])
    assert telegram.points == []


async def test_the_beginning_that_never_arrived_may_be_sent_again() -> None:
    with pytest.raises(TelegramRetryAfter):
        await in_parts(Telegram([TelegramRetryAfter(CALL, "Flood", 3)]))


async def test_a_beginning_without_its_end_is_uncertain() -> None:
    telegram = Telegram([None, TelegramNetworkError(CALL, "reset")])
    with pytest.raises(media.HalfSent):
        await in_parts(telegram)
    assert telegram.said == 2, "what arrived is not sent again"
