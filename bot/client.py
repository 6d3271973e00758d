"""The client of Telegram, and how the bot introduces itself there."""

from functools import lru_cache

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from bot.intake.signpost import SignpostDispatcher
from bot.intake.turns import PolicyMiddleware, TurnMiddleware
from bot.plain import PlainSession
from bot.settings import Settings
from handlers.home.commands import DESCRIPTION, SHORT_DESCRIPTION, commands_for
from handlers.registry import ROUTERS
from handlers.ui.i18n import LANGUAGES, translator


def make_bot(settings: Settings) -> Bot:
    """The client of Telegram, or of the server at BOT_API_URL."""
    api = settings.bot_api_url
    session = PlainSession(api=TelegramAPIServer.from_base(api)) if api else PlainSession()
    return Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )


@lru_cache(maxsize=1)
def make_dispatcher() -> Dispatcher:
    """The dispatcher with every handler and the two middlewares around them.

    It holds no state: what a turn needs is handed in with each update. One serves all, since a
    router can be attached once only.
    """
    dispatcher = SignpostDispatcher()
    dispatcher.update.outer_middleware(TurnMiddleware())
    for observer in (
        dispatcher.message,
        dispatcher.edited_message,
        dispatcher.callback_query,
        dispatcher.inline_query,
        dispatcher.my_chat_member,
    ):
        observer.middleware(PolicyMiddleware())
    dispatcher.include_routers(*ROUTERS)
    return dispatcher


async def introduce(bot: Bot, default: str) -> None:
    """Tell Telegram what the bot is, and the commands of whoever has no role yet.

    Others get their own commands when they come in. ``default`` is the language of those who use
    Telegram in a language that the bot does not speak.
    """
    for language in (None, *LANGUAGES):
        t = translator(language, default)
        await bot.set_my_commands(
            [BotCommand(command=name, description=text) for name, text in commands_for(t, None)],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=language,
        )
        await bot.set_my_description(t.plain(DESCRIPTION), language_code=language)
        await bot.set_my_short_description(t.plain(SHORT_DESCRIPTION), language_code=language)
