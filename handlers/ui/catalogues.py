"""Whether the catalogues are whole: every text of the code, in every language."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.extract import extract_from_dir

from handlers.ui.i18n import LANGUAGES, messages

HANDLERS = Path(__file__).parent.parent
KEYWORDS = {"t": None, "plain": None, "N_": None}
TAG = re.compile(r"</?([a-z-]+)[^>]*>")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Latin words that belong in a Kazakh or Russian text.
NAMES = frozenset({"Buro", "AMANAT", "Telegram", "XLSX", "Ctrl"})


def used() -> set[str]:
    """Every msgid that the code asks for."""
    found = extract_from_dir(str(HANDLERS), [("**.py", "python")], keywords=KEYWORDS)
    return {str(message) for _, _, message, _, _ in found}


def faults() -> list[str]:
    """What is wrong with the catalogues, a line each; empty when they are whole."""
    wanted = used()
    return [fault for language in LANGUAGES for fault in _faults_of(language, wanted)]


def _faults_of(language: str, wanted: set[str]) -> Iterator[str]:
    found = Counter(str(message.id) for message in messages(language))
    for msgid in sorted(wanted - set(found)):
        yield f"{language}: not translated: {msgid!r}"
    for msgid in sorted(set(found) - wanted):
        yield f"{language}: not used any more: {msgid!r}"
    for msgid in sorted(msgid for msgid, times in found.items() if times > 1):
        yield f"{language}: translated twice: {msgid!r}"
    for message in messages(language):
        for fault in _differences(str(message.id), str(message.string or "")):
            yield f"{language}: {fault}: {str(message.id)!r}"


def _differences(msgid: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield "empty"
        return
    if _holes(msgid) != _holes(text):
        yield "other placeholders"
    if Counter(TAG.findall(msgid)) != Counter(TAG.findall(text)):
        yield "other tags"
    if foreign := _latin(text) - _latin_allowed(msgid):
        yield f"foreign words {sorted(foreign)}"


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _latin(text: str) -> set[str]:
    plain = TAG.sub("", re.sub(r"\{[^}]*\}|/[a-z]+", "", text))
    return set(LATIN_WORD.findall(plain))


def _latin_allowed(msgid: str) -> set[str]:
    # An example that is Latin in the English text too (a code, an address) may stay.
    return set(NAMES) | {word for word in _latin(msgid) if not word.islower()} & _latin(msgid)


def main() -> int:
    """Print what is wrong; return how much, for the exit code."""
    found = faults()
    for fault in found:
        sys.stdout.write(fault + "\n")
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main())
