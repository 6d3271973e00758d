"""What the regional secretary sets: the terms of answers, and the fixed words of a letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage import audit, contents
from storage.errors import NotAllowed, NotPossible
from storage.rules.access import Action, Actor, may
from storage.rules.inquiry_terms import USUAL, Term

LEVELS = ("district", "city", "oblast")
LANGUAGES = ("kk", "ru")
ANY = "*"  # of what has no language
WORDS_LIMIT = 1000  # characters of one of the letter's texts

# The fixed words of a letter, in their order. What the regulations of a maslikhat ask for is set
# by the branch; these are only a beginning and quote no law.
USUAL_WORDS: Mapping[str, Mapping[str, str]] = {
    "kk": {
        "letter_title": "ДЕПУТАТТЫҚ САУАЛ",
        "letter_salutation": "Құрметті басшы!",
        "letter_opening": (
            "Мәслихаттың регламентіне сәйкес Сізге мына мәселе бойынша депутаттық сауал жолданады."
        ),
        "letter_closing": ("Сауалды қарап, белгіленген мерзімде жазбаша жауап беруіңіз сұралады."),
        "letter_role": "Мәслихат депутаты",
    },
    "ru": {
        "letter_title": "ДЕПУТАТСКИЙ ЗАПРОС",
        "letter_salutation": "Уважаемый руководитель!",
        "letter_opening": (
            "В соответствии с регламентом маслихата Вам направляется депутатский запрос"
            " по следующему вопросу."
        ),
        "letter_closing": (
            "Просьба рассмотреть запрос и дать письменный ответ в установленный срок."
        ),
        "letter_role": "Депутат маслихата",
    },
}
WORDS = tuple(USUAL_WORDS["kk"])


@dataclass(frozen=True)
class Setting:
    """What holds now; ``version`` 0 stands for what nobody has set."""

    text: str
    version: int


def term(tx: Connection, level: str) -> Term:
    """How long an answer from a body of ``level`` may take."""
    kept = contents.newest(tx, [_key(level)], ANY).get(_key(level))
    return Term.read(kept.text) if kept else USUAL


def terms(tx: Connection) -> dict[str, tuple[Term, int]]:
    """The term and its version of each level."""
    kept = contents.newest(tx, map(_key, LEVELS), ANY)
    found = {level: kept.get(_key(level)) for level in LEVELS}
    return {
        level: (Term.read(one.text), one.version) if one else (USUAL, 0)
        for level, one in found.items()
    }


def set_term(
    tx: Connection, actor: Actor, level: str, version: int, wanted: Term, now: datetime
) -> None:
    """Set the term of ``level`` for what is sent from now on; what was sent keeps its deadline.

    Raises NotAllowed, NotPossible("level"), AlreadyChanged.
    """
    _demand(actor)
    if level not in LEVELS:
        raise NotPossible("level")
    contents.put(tx, _key(level), ANY, version, wanted.written, actor.person_id, now)
    audit.record(tx, actor, now, "inquiry.term", level=level, term=wanted.written)


def words(tx: Connection, language: str) -> dict[str, Setting]:
    """The fixed words of a letter in ``language`` (kk, ru), by their names."""
    kept = contents.newest(tx, WORDS, language)
    usual = USUAL_WORDS["ru" if language == "ru" else "kk"]
    return {
        name: Setting(kept[name].text, kept[name].version)
        if name in kept
        else Setting(usual[name], 0)
        for name in WORDS
    }


def set_words(
    tx: Connection,
    actor: Actor,
    name: str,
    language: str,
    version: int,
    text: str,
    now: datetime,
) -> None:
    """Set one of the letter's texts. Raises NotAllowed, NotPossible, AlreadyChanged."""
    _demand(actor)
    if name not in WORDS or language not in LANGUAGES:
        raise NotPossible("field")
    if not text or len(text) > WORDS_LIMIT:
        raise NotPossible("too_long")
    contents.put(tx, name, language, version, text, actor.person_id, now)
    audit.record(tx, actor, now, "inquiry.words", field=name, language=language)


def _key(level: str) -> str:
    return f"inquiry_term:{level}"


def _demand(actor: Actor) -> None:
    if not may(actor, Action.SET_INQUIRY_TERMS):
        raise NotAllowed(Action.SET_INQUIRY_TERMS)
