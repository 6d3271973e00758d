"""/privacy for everybody, and its texts, which the regional secretary writes in chat."""

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.privacy import callbacks, screens
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from handlers.ui.wizard import Renderer
from storage import wordings
from storage.data_tasks import retention
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.rules.access import Action
from storage.wordings import KEYS, LANGUAGES, LIMIT, PRIVACY

router = Router(name="privacy")

CAPABILITY = "privacy"
KK, RU, CHECK = (f"{CAPABILITY}:{step}" for step in (*LANGUAGES, "check"))
MONTHS = f"{CAPABILITY}:months"
STATES = {"kk": KK, "ru": RU}


@router.message(Command("privacy"))
@policy(None, groups=True)
async def told(message: Message, turn: Turn) -> Screen:
    """/privacy: what is kept of people, and what they may ask for."""
    return await _privacy(turn)


@router.callback_query(callbacks.OpenPrivacy.filter())
@policy(None, groups=True)
async def opened(query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenPrivacy) -> Screen:
    """The same from a button, perhaps in the other language."""
    _leave(turn)
    return await _privacy(turn, callback_data.language)


@router.callback_query(callbacks.Wordings.filter())
@policy(Action.KEEP_WORDINGS)
async def listed(query: CallbackQuery, turn: Turn) -> Screen:
    """The texts that are edited here."""
    _leave(turn)
    return await _listing(turn)


@router.callback_query(callbacks.OpenWording.filter())
@policy(Action.KEEP_WORDINGS)
async def looked_at(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenWording
) -> Screen:
    """One of them as it stands."""
    _leave(turn)
    return await _one(turn, callback_data.key)


@router.callback_query(callbacks.EditWording.filter())
@policy(Action.KEEP_WORDINGS)
async def edit(query: CallbackQuery, turn: Turn, callback_data: callbacks.EditWording) -> Screen:
    """It is written anew, the Kazakh text first."""
    key = _known(callback_data.key)
    found = await turn.read(wordings.read, key)
    if found.version != callback_data.version:
        return await _one(turn, key, _changed(turn))
    turn.conversation.pause()
    turn.conversation.to(KK, key=key, version=found.version, texts={})
    return await show(turn)


@router.callback_query(callbacks.WordingStep.filter())
@policy(Action.KEEP_WORDINGS)
async def back(query: CallbackQuery, turn: Turn, callback_data: callbacks.WordingStep) -> Screen:
    """To a text that was typed already."""
    if not turn.conversation.data.get("key") or callback_data.step not in STATES:
        return _over(turn)
    turn.conversation.to(STATES[callback_data.step])
    return await show(turn)


@router.message(StateFilter(KK, RU), NoCommand())
@policy(Action.KEEP_WORDINGS)
async def typed(message: Message, turn: Turn) -> Screen:
    """The text in one of the languages; the other one, or the whole, comes next."""
    text = texts.typed(message.text, LIMIT)
    if isinstance(text, texts.Mistake):
        return await show(turn, texts.told(turn.t, text, LIMIT))
    data = turn.conversation.data
    kk = turn.conversation.state == KK
    given = {**data["texts"], ("kk" if kk else "ru"): text}
    turn.conversation.to(RU if kk else CHECK, texts=given, **{FILLED: True})
    return await show(turn)


@router.callback_query(callbacks.SaveWording.filter())
@policy(Action.KEEP_WORDINGS)
async def save(query: CallbackQuery, turn: Turn, callback_data: callbacks.SaveWording) -> Screen:
    """Let it hold: the very texts that were shown."""
    data = turn.conversation.data
    if turn.conversation.state != CHECK:
        return _over(turn)
    key, version, given = str(data["key"]), int(data["version"]), dict(data["texts"])
    if callback_data.seal != screens.seal(key, version, given):
        return await show(turn)
    try:
        await turn.write_then(
            lambda _: turn.conversation.clear(),
            wordings.write, turn.actor, key, version, given, turn.now,
        )  # fmt: skip
    except AlreadyChanged:
        turn.conversation.clear()
        return await _one(turn, key, _changed(turn))
    return await _one(turn, key, turn.t("✅ It holds from now on."))


@router.callback_query(callbacks.SetRetention.filter())
@policy(Action.KEEP_WORDINGS)
async def set_term(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetRetention
) -> Screen:
    """After how many months a closed request becomes anonymous is typed next."""
    _, version = await turn.read(retention.months)
    if version != callback_data.version:
        return await _listing(turn, _changed(turn))
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(MONTHS, version=version)
    return await show(turn)


@router.message(StateFilter(MONTHS), NoCommand())
@policy(Action.KEEP_WORDINGS)
async def term_typed(message: Message, turn: Turn) -> Screen:
    """The term as it was typed."""
    typed_text = (message.text or "").strip()
    number = int(typed_text) if typed_text.isdecimal() and len(typed_text) < 4 else 0
    given = (int(turn.conversation.data["version"]), number, turn.now)
    try:
        await turn.write_then(
            lambda _: turn.conversation.clear(), retention.set_months, turn.actor, *given
        )
    except NotPossible:
        return await show(turn, turn.t("A whole number of months is needed."))
    except AlreadyChanged:
        turn.conversation.clear()
        return await _listing(turn, _changed(turn))
    return await _listing(turn, turn.t("✅ It holds from now on."))


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    data = turn.conversation.data
    if turn.conversation.state == MONTHS:
        return screens.months_step(turn.t, (await turn.read(retention.months))[0], mistake)
    if turn.conversation.state == CHECK:
        return screens.check(turn, str(data["key"]), int(data["version"]), data["texts"])
    return screens.typing(turn, "kk" if turn.conversation.state == KK else "ru", mistake)


RESUME: dict[str, Renderer] = {KK: show, RU: show, CHECK: show, MONTHS: show}


async def _listing(turn: Turn, word: Markup | None = None) -> Screen:
    return screens.listing(turn.t, *await turn.read(retention.months), word)


async def _privacy(turn: Turn, language: str = "") -> Screen:
    return screens.privacy(turn, await turn.read(wordings.read, PRIVACY), language)


async def _one(turn: Turn, key: str, word: Markup | None = None) -> Screen:
    known = _known(key)
    editions = await turn.read(wordings.editions, turn.actor, known)
    return screens.one(turn, await turn.read(wordings.read, known), editions, word)


def _known(key: str) -> str:
    if key not in KEYS:
        raise NotFound("wording")
    return key


def _changed(turn: Turn) -> Markup:
    return turn.t("It was changed meanwhile. Here is how it stands now.")


def _is_open(turn: Turn) -> bool:
    return (turn.conversation.state or "").startswith(f"{CAPABILITY}:")


def _over(turn: Turn) -> Screen:
    return toast(turn.t.plain("This is finished. Open it anew: /privacy"), alert=True)


def _leave(turn: Turn) -> None:
    if _is_open(turn):
        turn.conversation.pause()
