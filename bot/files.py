"""Files from Telegram, and those that stay in the data folder."""

import asyncio
import secrets
from pathlib import Path, PurePosixPath

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramEntityTooLarge

from handlers.files import FETCH_LIMIT, FileGone, FileTooBig

FOLDER = "files"
TOO_BIG = "file is too big"  # in Telegram's own words


class TelegramFiles:
    """Fetches by file id; keeps under ``folder``, each file under a name that nobody guesses."""

    def __init__(self, bot: Bot, folder: Path) -> None:
        self._bot = bot
        self._folder = folder

    async def fetch(self, file_id: str, limit: int = FETCH_LIMIT) -> bytes:
        """The bytes of a file. Raises FileTooBig (more than ``limit`` bytes) and FileGone."""
        try:
            file = await self._bot.get_file(file_id)
            if file.file_size is not None and file.file_size > limit:
                raise FileTooBig(file_id)
            if file.file_path is None:
                raise FileGone(file_id)
            downloaded = await self._bot.download_file(file.file_path)
        except TelegramEntityTooLarge as error:
            raise FileTooBig(file_id) from error
        except TelegramBadRequest as error:
            raise (FileTooBig if TOO_BIG in error.message else FileGone)(file_id) from error
        except TelegramAPIError as error:
            raise FileGone(file_id) from error
        content = downloaded.read() if downloaded else b""
        if len(content) > limit:
            raise FileTooBig(file_id)
        return content

    async def keep(self, name: str, content: bytes) -> str:
        """Keep ``content`` on disk; return its path under the data folder."""
        suffix = PurePosixPath(name).suffix.lower()
        safe = suffix if suffix[1:].isalnum() and suffix.isascii() else ""
        path = f"{FOLDER}/{secrets.token_hex(16)}{safe}"
        await asyncio.to_thread(_write, self._folder / path, content)
        return path

    async def kept(self, path: str) -> bytes:
        """What ``keep`` kept. Raises FileGone."""
        try:
            return await asyncio.to_thread((self._folder / path).read_bytes)
        except OSError as error:
            raise FileGone(path) from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)
