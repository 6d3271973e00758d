"""Search folding: Kazakh words are found when typed on a Russian keyboard, in any case."""

import re
import unicodedata

# Each Kazakh letter folds to the Russian one that people type in its place.
_FOLD = str.maketrans("қғәөұүңіһё", "кгаоуунихе")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return ``text`` in the form that is compared: casefolded, Kazakh letters as Russian ones.

    Whatever is neither letter nor digit becomes one space, so «М-39» meets "м 39".
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    return " ".join(_LETTER_OR_DIGIT.findall(plain))
