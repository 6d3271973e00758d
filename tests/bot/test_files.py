"""The bytes of what people send, from the local Telegram; and what stays in the data folder."""

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.client import make_bot
from bot.files import TelegramFiles
from bot.settings import Settings
from bot.simulator import LocalTelegram
from handlers.files import FileGone, FileTooBig
from storage.clock import SystemClock

TOKEN = "1000000001:TokenOfTheLocalTelegramInTests"


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    telegram = LocalTelegram(
        clock=SystemClock(), token=TOKEN, username="buro_test_bot", name="Buro"
    )
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
async def files(telegram: LocalTelegram, tmp_path: Path) -> AsyncIterator[TelegramFiles]:
    settings = Settings.model_construct(bot_token=SecretStr(TOKEN), bot_api_url=telegram.url)
    bot = make_bot(settings)
    yield TelegramFiles(bot, tmp_path)
    await bot.session.close()


async def test_a_document_is_fetched_by_its_id(
    telegram: LocalTelegram, files: TelegramFiles
) -> None:
    sent = telegram.hub.files.add("document", b"minutes", "minutes.txt", "text/plain")
    assert await files.fetch(sent.id) == b"minutes"
    with pytest.raises(FileTooBig):
        await files.fetch(sent.id, limit=3)
    with pytest.raises(FileGone):
        await files.fetch("no-such-file")


async def test_what_telegram_does_not_hand_out_is_too_big(
    telegram: LocalTelegram, files: TelegramFiles
) -> None:
    huge = telegram.hub.files.add("document", b"x", "film.mp4", "video/mp4", size=50 << 20)
    with pytest.raises(FileTooBig):
        await files.fetch(huge.id)


async def test_what_is_kept_stays_private_and_under_a_name_of_its_own(
    files: TelegramFiles, tmp_path: Path
) -> None:
    first = await files.keep("../Хаттама.TXT", b"minutes")
    second = await files.keep("../Хаттама.TXT", b"others")
    assert first != second
    assert first.startswith("files/")
    assert first.endswith(".txt")
    assert await files.kept(first) == b"minutes"
    assert stat.S_IMODE((tmp_path / first).stat().st_mode) == 0o600
    with pytest.raises(FileGone):
        await files.kept("files/none")
