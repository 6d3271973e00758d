"""The bare python-telegram-bot bot: stock polling, one handler that answers with the same text.

With ``side-by-side`` it handles updates concurrently, which is off by default there.
"""

import os
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it again."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main() -> None:
    builder: Any = Application.builder().token(os.environ["BOT_TOKEN"])
    builder = builder.base_url(f"{os.environ['BOT_API_URL']}/bot")
    if "side-by-side" in sys.argv[1:]:
        builder = builder.concurrent_updates(True)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=["message"])


if __name__ == "__main__":
    main()
