"""The alarm that goes straight to Telegram, for when the database cannot carry it."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import AiogramError

from handlers.ticking.notices import silent
from handlers.ui.i18n import translator


async def tell_owners(bot: Bot, owner_ids: Sequence[int], language: str, minutes: int) -> None:
    """Tell each owner that nothing was looked for in so many ``minutes``.

    Raises AiogramError when there are owners and none could be told.
    """
    text = silent(translator(language), minutes)
    errors = []
    for owner_id in owner_ids:
        try:
            await bot.send_message(owner_id, text)
        except AiogramError as error:
            errors.append(error)
    if errors and len(errors) == len(owner_ids):
        raise errors[0]
