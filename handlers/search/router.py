"""/search with words or without, the button, and the step that asks for the words."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.search import own_items, own_requests, results, wizard
from handlers.search.callbacks import AskSearch
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.texts import Mistake, told, typed
from storage import search
from storage.rules.access import Action
from storage.rules.terms import terms

LONGEST = 200  # characters of a query

router = Router(name="search")


@router.message(Command("search"))
@policy(Action.SEARCH)
async def search_command(_message: Message, turn: Turn, command: CommandObject) -> Screen:
    """Search for the words behind the command; ask for them when there are none."""
    if not command.args:
        turn.conversation.to(wizard.WORDS)
        return wizard.ask(turn)
    return await _search(turn, command.args)


@router.callback_query(AskSearch.filter())
@policy(Action.SEARCH)
async def ask_words(_query: CallbackQuery, turn: Turn) -> Screen:
    """Ask for the words."""
    if turn.conversation.state != wizard.WORDS:
        turn.conversation.pause()
    turn.conversation.to(wizard.WORDS)
    return wizard.ask(turn)


@router.message(StateFilter(wizard.WORDS))
@policy(Action.SEARCH)
async def search_words(message: Message, turn: Turn) -> Screen:
    """Search for the words typed; whatever has none is asked for again."""
    return await _search(turn, message.text)


async def _search(turn: Turn, text: str | None) -> Screen:
    words = typed(text, LONGEST)
    mistake = told(turn.t, words, LONGEST) if isinstance(words, Mistake) else None
    if mistake is None and not terms(str(words)):
        mistake = turn.t("There is no letter or digit to search for.")
    if mistake is not None or isinstance(words, Mistake):
        turn.conversation.to(wizard.WORDS)
        return wizard.ask(turn, mistake=mistake)
    wizard.over(turn)
    hits = await turn.read(search.find, turn.actor, words, turn.t.language, results.SHOWN + 1)
    items = await own_items.find(turn, str(words))
    requests = await own_requests.find(turn, words)
    if hits or items or requests:
        return results.found(turn, words, hits, requests=requests, items=items)
    return results.nothing(turn, words)
