"""The local Telegram: the Bot API, people and a page, without internet.

It knows nothing of the bot it serves: demo, tests and daily work talk to it over HTTP only.
"""

from bot.simulator.client import Person
from bot.simulator.server import LocalTelegram

__all__ = ["LocalTelegram", "Person"]
