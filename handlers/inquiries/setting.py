"""What the regional secretary sets: the terms of answers by level, the fixed words of a letter."""

import re
from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.inquiries import callbacks, cards, keeping_callbacks, words
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines, shortened
from handlers.ui.wizard import Renderer
from storage.errors import AlreadyChanged
from storage.inquiries import settings
from storage.inquiries.settings import WORDS_LIMIT
from storage.rules.access import Action
from storage.rules.inquiry_terms import Term, Unit

router = Router(name="inquiries.setting")

CAPABILITY = "inquiry_settings"
TERM, WORDING = f"{CAPABILITY}:term", f"{CAPABILITY}:words"
SHOWN = 120
# «1 ай», «20 жұмыс күні», «30 күн», and the same in Russian: by the beginnings of the words.
_UNITS = (
    (re.compile(r"(?:жұмыс|жумыс|раб)\w*"), Unit.WORKING_DAYS),
    (re.compile(r"(?:ай|мес)\w*"), Unit.MONTHS),
    (re.compile(r"(?:күн|кун|дн|ден|дней)\w*"), Unit.DAYS),
)
NAMES = {
    "letter_title": N_("Title of the letter"),
    "letter_salutation": N_("Salutation"),
    "letter_opening": N_("Opening sentence"),
    "letter_closing": N_("Closing sentence"),
    "letter_role": N_("Role before a signature"),
}


@router.callback_query(keeping_callbacks.InquirySettings.filter())
@policy(Action.SET_INQUIRY_TERMS)
async def show_settings(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.InquirySettings
) -> Screen:
    """The terms, and the ways to the letter's words."""
    _leave(turn)
    return await _terms(turn)


@router.callback_query(keeping_callbacks.SetTerm.filter())
@policy(Action.SET_INQUIRY_TERMS)
async def set_term(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.SetTerm
) -> Screen:
    """The term of a level is typed next."""
    found = await turn.read(settings.terms)
    level = callback_data.level
    if level not in found:
        return await _terms(turn)
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(TERM, level=level, version=found[level][1])
    return await show(turn)


@router.callback_query(keeping_callbacks.LetterWords.filter())
@policy(Action.SET_INQUIRY_TERMS)
async def letter_words(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.LetterWords
) -> Screen:
    """The fixed words of a letter in a language."""
    _leave(turn)
    return await _words(turn, callback_data.language)


@router.callback_query(keeping_callbacks.SetWords.filter())
@policy(Action.SET_INQUIRY_TERMS)
async def set_words(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.SetWords
) -> Screen:
    """One of them is typed next."""
    of = callback_data
    if of.name not in NAMES or of.language not in settings.LANGUAGES:
        return await _terms(turn)
    found = await turn.read(settings.words, of.language)
    _leave(turn)
    turn.conversation.pause()
    version = found[of.name].version
    turn.conversation.to(WORDING, name=of.name, language=of.language, version=version)
    return await show(turn)


@router.message(StateFilter(TERM), NoCommand())
@policy(Action.SET_INQUIRY_TERMS)
async def term_typed(message: Message, turn: Turn) -> Screen:
    """The term as it was typed."""
    term = read_term(message.text or "")
    if term is None:
        return await show(turn, turn.t("I did not understand the term."))
    data = turn.conversation.data
    given = (str(data["level"]), int(data["version"]), term, turn.now)
    try:
        await turn.write_then(
            lambda _: turn.conversation.clear(), settings.set_term, turn.actor, *given
        )
    except AlreadyChanged as error:
        turn.conversation.clear()
        return _with(await _terms(turn), turn, error)
    return await _terms(turn)


@router.message(StateFilter(WORDING), NoCommand())
@policy(Action.SET_INQUIRY_TERMS)
async def words_typed(message: Message, turn: Turn) -> Screen:
    """The words as they were typed."""
    typed = texts.typed(message.text, WORDS_LIMIT)
    if isinstance(typed, texts.Mistake):
        return await show(turn, texts.told(turn.t, typed, WORDS_LIMIT))
    data = turn.conversation.data
    language = str(data["language"])
    given = (str(data["name"]), language, int(data["version"]), typed, turn.now)
    try:
        await turn.write_then(
            lambda _: turn.conversation.clear(), settings.set_words, turn.actor, *given
        )
    except AlreadyChanged as error:
        turn.conversation.clear()
        return _with(await _words(turn, language), turn, error)
    return await _words(turn, language)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    t, data = turn.t, turn.conversation.data
    if turn.conversation.state == TERM:
        level = str(data["level"])
        now = (await turn.read(settings.terms))[level][0]
        return wizard.step(
            t, 1, 1,
            lines(
                t("How long may an answer take? {level}", level=words.level(t, level)),
                t("Now it is: {text}", text=words.term(t, now)),
            ),
            hint=t("For example: 1 month, 30 days, 20 working days"),
            mistake=mistake, back=keeping_callbacks.InquirySettings(),
        )  # fmt: skip
    name, language = str(data["name"]), str(data["language"])
    wording = (await turn.read(settings.words, language))[name].text
    return wizard.step(
        t, 1, 1,
        lines(
            t(NAMES[name]),
            t("Now it reads (tap it to copy): {text}",
              text=Markup("<code>{}</code>").format(wording)),
        ),
        hint=t("In one message, at most {n} characters.", n=WORDS_LIMIT),
        mistake=mistake, back=keeping_callbacks.LetterWords(language=language),
    )  # fmt: skip


RESUME: dict[str, Renderer] = {TERM: show, WORDING: show}


def read_term(text: str) -> Term | None:
    """«1 ай», «20 жұмыс күні», «30 дней»; None for what is no term."""
    found = re.fullmatch(r"\s*(\d{1,3})\s+(\w+)(?:\s+\w+)?\s*", text.casefold())
    if found is None:
        return None
    unit = next((unit for shape, unit in _UNITS if shape.fullmatch(found[2])), None)
    if unit is None:
        return None
    try:
        return Term.read(f"{found[1]} {unit.value}")
    except ValueError:
        return None


async def _terms(turn: Turn) -> Screen:
    t = turn.t
    found = await turn.read(settings.terms)
    buttons = [
        Button(
            f"{words.level(t, level)}: {words.term(t, term)}",
            keeping_callbacks.SetTerm(level=level),
        )
        for level, (term, _) in found.items()
    ]
    letters = tuple(
        Button(
            t.plain("Words of a letter {language}", language=t.plain(said)),
            keeping_callbacks.LetterWords(language=language),
        )
        for language, said in words.LANGUAGES.items()
    )
    return Screen(
        lines(
            t("📄 <b>Terms and letter</b>"),
            t("How long an answer may take. What is sent already keeps its deadline."),
            t("Look at the regulations of the maslikhat: no law stands behind these numbers here."),
        ),
        rows=(*column(buttons), *((one,) for one in letters),
              nav.exits(t, callbacks.InquiryList(which="branch"))),
    )  # fmt: skip


async def _words(turn: Turn, language: str) -> Screen:
    if language not in settings.LANGUAGES:
        return await _terms(turn)
    t = turn.t
    found = await turn.read(settings.words, language)
    buttons = [
        Button(t.plain(NAMES[name]), keeping_callbacks.SetWords(name=name, language=language))
        for name in found
    ]
    return Screen(
        lines(
            t("📄 <b>Words of a letter {language}</b>", language=t(words.LANGUAGES[language])),
            *(
                t("{name}: {text}", name=t(NAMES[name]), text=shortened(one.text, SHOWN))
                for name, one in found.items()
            ),
        ),
        rows=(*column(buttons), nav.exits(t, keeping_callbacks.InquirySettings())),
    )


def _with(screen: Screen, turn: Turn, error: AlreadyChanged) -> Screen:
    said = Markup("⚠️ {}").format(cards.why_not(turn, error))
    return replace(screen, text=lines(said, screen.text))


def _leave(turn: Turn) -> None:
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()
