"""The words of a query that are looked for, and where a text has them."""

import re
from collections.abc import Collection

from storage.rules.spelling import words_of

MOST_TERMS = 8  # the rest of a longer query is not looked at
_WORD = re.compile(r"[^\W_]+")

# Words that say nothing of the subject, folded. Alone they are looked for all the same.
_EMPTY = """
и в во на о об обо по про с со к ко у за от до из для ли же бы а но не это
туралы жонинде бойынша жайлы жайында мен пен бен жане ма ме ба бе па пе да де та те гои
"""
EMPTY_WORDS = frozenset(_EMPTY.split())


def terms(text: str) -> tuple[str, ...]:
    """The different words of ``text``, at most eight; none when it has no letter or digit."""
    words = list(dict.fromkeys(words_of(text)))
    telling = [word for word in words if word not in EMPTY_WORDS]
    return tuple((telling or words)[:MOST_TERMS])


def places(text: str, meant: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where the words of ``text`` that are among ``meant`` stand: begin and end of each."""
    return tuple(
        found.span()
        for found in _WORD.finditer(text)
        if any(word in meant for word in words_of(found.group()))
    )
