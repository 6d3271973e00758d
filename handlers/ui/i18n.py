"""Texts from the catalogues: msgids are English, kk and ru stand in ``handlers/locales``."""

import gettext
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("kk", "ru")  # the order in which they are offered
SOURCE = "en"


def N_(msgid: str) -> str:  # noqa: N802 - the name gettext gave it
    """Mark a text for the catalogues where it is only named, not shown yet."""
    return msgid


def html(template: str, /, *given: Any, **named: Any) -> Markup:
    """``template`` (our own, with tags) with everything that is put into it escaped.

    ``Markup(template).format(…)`` does the same in Python, at ten times the cost.
    """
    safe = [value if isinstance(value, int) else escape(value) for value in given]
    known = {name: v if isinstance(v, int) else escape(v) for name, v in named.items()}
    return Markup(template.format(*safe, **known))  # noqa: S704 - our own texts


class Translator:
    """Speaks one language: call it with a msgid and the parameters of the text."""

    def __init__(self, language: str) -> None:
        """Speak ``language`` (kk, ru; anything else gives the English msgids)."""
        self.language = language
        self._texts = _catalogue(language)

    def __call__(self, msgid: str, /, **params: Any) -> Markup:
        """Return HTML: the text's own tags stay, every parameter is escaped."""
        return html(self._texts.gettext(msgid), **params)

    def plain(self, msgid: str, /, **params: Any) -> str:
        """Return plain text, for a button or a toast."""
        return self._texts.gettext(msgid).format(**params)

    def pick(self, kk: str | None, ru: str | None) -> str:
        """Return the stored text of this language, else the other one's, else nothing."""
        first, second = (ru, kk) if self.language == "ru" else (kk, ru)
        return first or second or ""


@lru_cache(maxsize=8)
def translator(language: str | None, default: str = "kk") -> Translator:
    """The translator of ``language``, of ``default`` when none is chosen yet."""
    return Translator(language or default)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    if language not in LANGUAGES:
        return gettext.NullTranslations()
    whole = Catalog(locale=language)
    for message in messages(language):
        whole.add(message.id, message.string)
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def messages(language: str) -> Iterator[Message]:
    """Every translated message of ``language``, from one catalogue file a capability."""
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            yield from (message for message in read_po(file, locale=language) if message.id)
