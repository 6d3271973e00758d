"""The posts that stand before or behind a name."""

from dataclasses import dataclass

from storage.rules.releases import words_kk, words_ru
from storage.rules.releases.sentences import Sentence, Word

LONGEST = 16  # words of one post
_QUOTES = '«»“”"'
_DASHES = "–—-"


def _kazakh_posts() -> dict[str, str]:
    """Every form before a name → the one before a single name: «депутаттары» → «депутаты»."""
    forms: dict[str, str] = {}
    for bare, own in words_kk.POSTS.items():
        forms[bare] = forms[own] = own
        for plural in words_kk.PLURALS:
            forms[bare + plural] = own
        for ending in ("ның", "нің"):
            forms[own + ending] = own
    return forms


def _russian_posts() -> dict[str, tuple[str, str]]:
    """Every form → nominative singular, and which form it is: n, o (oblique) or p (plural)."""
    forms: dict[str, tuple[str, str]] = {}
    oblique: tuple[str, ...]
    plural: tuple[str, ...]
    for post in words_ru.POSTS:
        if post.endswith("ь"):
            stem, oblique, plural = post[:-1], ("я", "ю", "ем", "е"), ("и", "ей", "ям", "ями")
        elif post.endswith("а"):
            stem, oblique, plural = post[:-1], ("ы", "у", "ой", "е"), ("", "ам", "ами")
        elif post.endswith("ая"):
            stem, oblique, plural = post[:-2], ("ей", "ую"), ()
        elif post.endswith("ий"):
            stem, oblique, plural = post[:-2], ("его", "ему", "им"), ("ие", "их")
        else:
            stem, oblique, plural = post, ("а", "у", "ом", "е"), ("ы", "ов", "ам", "ами")
        forms |= {stem + ending: (post, "p") for ending in plural}
        forms |= {stem + ending: (post, "o") for ending in oblique}
        forms[post] = (post, "n")
    forms |= {"члена": ("член", "o"), "акима": ("аким", "o"), "ветерана": ("ветеран", "o")}
    return forms


_KK = _kazakh_posts()
_RU = _russian_posts()


@dataclass(frozen=True, slots=True)
class Position:
    """A post as one writes it alone; ``first`` is the index of its first word."""

    text: str
    first: int
    cased: bool  # the text has it, and so the name behind it, not in the nominative


def is_post(word: str) -> bool:
    """Whether ``word`` is a post by itself, in either language and whatever form."""
    return word.lower() in _KK or word.lower() in _RU


def before(sentence: Sentence, at: int, barrier: int) -> list[Position]:
    """The posts right before ``words[at]``, nearest first; none reaches over ``barrier``."""
    read = _kazakh_before if sentence.kazakh else _russian_before
    found = []
    while position := read(sentence, at, barrier):
        found.append(position)
        at = position.first
        if at <= barrier or sentence.words[at - 1].text != ",":
            break
        at -= 1
    return found


def behind(sentence: Sentence, at: int) -> Position | None:
    """The post behind a name that ends at ``words[at]``: «…, аким района,», «… (аким)»."""
    words = sentence.words
    if at >= len(words) or words[at].text not in (*_DASHES, ",", "("):
        return None
    end = at + 1
    while end < min(len(words), at + 1 + LONGEST) and words[end].text not in (
        ",",
        ".",
        ";",
        ")",
        ":",
        *"–—",
    ):
        end += 1
    inside = words[at + 1 : end]
    if not inside or (words[at].text == "," and (end >= len(words) or words[end].text not in ",.")):
        return None
    if sentence.kazakh:
        if inside[-1].lower not in words_kk.POSTS.values() or not all(
            _may_stand(word, 1) for word in inside
        ):
            return None
    elif not _russian_head(inside) or any(_is_outside(word) for word in inside):
        return None
    return Position(_text(sentence, at + 1, end), at + 1, cased=False)


def _kazakh_before(sentence: Sentence, at: int, barrier: int) -> Position | None:
    words = sentence.words
    if at <= barrier or words[at - 1].lower not in _KK:
        return None
    first = at - 1
    while first > barrier and at - first < LONGEST and _may_stand(words[first - 1], first - 1):
        first -= 1
    if first > barrier and words[first].lower.endswith("у") and _is_object(words[first - 1]):
        first += 1  # «орындалуын бақылау …»: an action and its object, not a part of the post
    while first < at - 1 and words[first].lower in words_kk.INSIDE_POSTS:
        first += 1
    head = _KK[words[at - 1].lower]
    head = head.capitalize() if words[at - 1].is_capital else head
    return Position(f"{_text(sentence, first, at - 1)} {head}".strip(), first, cased=False)


def _is_object(word: Word) -> bool:
    return word.lower.endswith(("ын", "ін", "ны", "ні"))


def _may_stand(word: Word, at: int) -> bool:
    """Whether a Kazakh word can be inside a post, by its ending."""
    lower = word.lower
    if word.text in _QUOTES or lower in words_kk.INSIDE_POSTS or lower in words_kk.INSIDE_WORDS:
        return True
    if not lower[0].isalpha() or lower in words_kk.POSTPOSITIONS:
        return False
    if (word.is_capital and at) or lower in _KK or lower.endswith(words_kk.INSIDE_ENDINGS):
        return True
    return not any(
        lower.endswith(ending) and len(lower) - len(ending) >= 3
        for ending in words_kk.OUTSIDE_ENDINGS
    )


def _russian_before(sentence: Sentence, at: int, barrier: int) -> Position | None:
    words = sentence.words
    first = at
    head = None
    while first > barrier and at - first < LONGEST and not _is_outside(words[first - 1]):
        first -= 1
        if words[first].lower in _RU:
            head = first
    if head is None:
        return None
    nominative, form = _RU[words[head].lower]
    modifiers = list(_modifiers(words, head, first))
    begin = head - len(modifiers)
    said = [*(_adjective(word, form) for word in modifiers), nominative]
    rest = _text(sentence, head + 1, at)
    return Position(" ".join([*said, rest]).strip(), begin, cased=form == "o")


def _modifiers(words: tuple[Word, ...], head: int, first: int) -> tuple[str, ...]:
    at = head
    while at > first and words[at - 1].lower.endswith(
        ("ый", "ий", "ого", "его", "ому", "ему", "ые", "ых", "врио")
    ):
        at -= 1
    return tuple(word.text for word in words[at:head])


def _adjective(word: str, form: str) -> str:
    if form == "n":
        return word
    for ending, nominative in (("ого", "ый"), ("ому", "ый"), ("его", "ий"), ("ему", "ий"),
                               ("ые", "ый"), ("ых", "ый")):  # fmt: skip
        if word.endswith(ending):
            return word[: -len(ending)] + nominative
    return word


def _russian_head(inside: tuple[Word, ...]) -> bool:
    for word in inside[:3]:
        if word.lower in _RU:
            return True
        if not word.lower.endswith(("ый", "ий", "ая")) and word.lower not in words_ru.POST_PREFIXES:
            return False
    return False


def _is_outside(word: Word) -> bool:
    lower = word.lower
    if word.text in _QUOTES or word.text == "-":
        return False
    if not lower[0].isalpha():
        return True
    if lower in words_ru.OUTSIDE_WORDS:
        return True
    return (
        not word.is_capital
        and len(lower) > 4
        and lower not in words_ru.NOT_VERBS
        and lower.endswith(words_ru.VERB_ENDINGS)
    )


def _text(sentence: Sentence, first: int, last: int) -> str:
    if first >= last:
        return ""
    return sentence.text[sentence.words[first].start : sentence.words[last - 1].end]


def russian_post(sentence: Sentence, at: int) -> Position | None:
    """The post right before ``words[at]`` of a Russian sentence, wherever it begins."""
    return _russian_before(sentence, at, max(0, at - LONGEST))


def kazakh_post(sentence: Sentence, at: int) -> bool:
    """Whether the word right before ``words[at]`` is a Kazakh post."""
    return at > 0 and sentence.words[at - 1].lower in _KK
