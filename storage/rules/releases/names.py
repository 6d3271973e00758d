"""Names of people in a sentence: where they stand, and what they are in the nominative."""

from collections.abc import Iterator
from dataclasses import dataclass

from storage.rules.releases import words_kk, words_ru
from storage.rules.releases.name_forms import (
    is_adjective,
    is_patronymic,
    is_surname,
    kazakh_nominative,
    russian_nominative,
)
from storage.rules.releases.places import AFTER_PLACES, BEFORE_PLACES
from storage.rules.releases.positions import is_post, kazakh_post, russian_post
from storage.rules.releases.sentences import Sentence, Word

OPENERS = words_kk.OPENERS | words_ru.OPENERS
LONGEST_TITLE = 6  # words between quotation marks that are a title and name nobody


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at ``words[first:last]`` of a sentence; ``cased`` when the text does not have it in
    the nominative, as this is.
    """

    first: int
    last: int
    given: str | None
    surname: str | None
    patronymic: str | None
    cased: bool


def mentions(sentence: Sentence, small: frozenset[str]) -> tuple[Mention, ...]:
    """The people named in ``sentence``; ``small`` are the words the text writes in small too."""
    found: list[Mention] = []
    for first, last in _runs(sentence):
        at = first
        while at < last:
            mention = _initials(sentence, at, last) or _full(sentence, at, first, last, small)
            if mention and not _is_place(sentence, mention):
                found.append(mention)
            at = mention.last if mention else at + 1
    return tuple(found)


def _runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Stretches of words with capitals, with initials and their points, outside short titles."""
    words = sentence.words
    titled = _titled(words)
    first = None
    for at, word in enumerate(words):
        point = word.text == "." and at > 0 and len(words[at - 1].text) == 1
        if at not in titled and ((word.is_capital and word.text[0].isalpha()) or point):
            first = at if first is None else first
        elif first is not None:
            yield first, at
            first = None
    if first is not None:
        yield first, len(words)


def _titled(words: tuple[Word, ...]) -> frozenset[int]:
    inside: set[int] = set()
    opened = None
    for at, word in enumerate(words):
        if word.text in "«“":
            opened = at
        elif word.text in "»”" and opened is not None:
            if at - opened <= LONGEST_TITLE + 1:
                inside.update(range(opened, at + 1))
            opened = None
    return frozenset(inside)


def _is_place(sentence: Sentence, mention: Mention) -> bool:
    """Whether it is a street or a school that bears the name."""
    words = sentence.words
    before = mention.first - 1
    if before > 0 and words[before].text == ".":
        before -= 1
    if before >= 0 and words[before].lower in BEFORE_PLACES:
        return True
    return AFTER_PLACES.match(sentence.lower, words[mention.last - 1].end) is not None


def _initials(sentence: Sentence, at: int, last: int) -> Mention | None:
    """«С.Б. Ахметов» or «Ахметов С.Б.»."""
    words = sentence.words
    letters, end = _letters(words, at, last)
    if letters and end < last and len(words[end].text) > 1:
        return _lettered(sentence, at, end + 1, words[end].text, letters)
    if not letters and len(words[at].text) > 1:
        letters, end = _letters(words, at + 1, last)
        if letters:
            return _lettered(sentence, at, end, words[at].text, letters)
    return None


def _letters(words: tuple[Word, ...], at: int, last: int) -> tuple[list[str], int]:
    letters: list[str] = []
    while (
        at + 1 < last
        and len(words[at].text) == 1
        and words[at + 1].text == "."
        and len(letters) < 2
    ):
        letters.append(words[at].text + ".")
        at += 2
    return letters, at


def _lettered(
    sentence: Sentence, first: int, last: int, word: str, letters: list[str]
) -> Mention | None:
    if word.lower() in OPENERS or is_post(word) or word == ".":
        return None
    if sentence.kazakh:
        surname = kazakh_nominative(word, known=is_surname(word, kazakh=True))
    else:
        post = russian_post(sentence, first)
        surname = russian_nominative([word], "S", oblique=bool(post and post.cased))[0]
        if post and post.cased and surname == word and word.endswith("ва"):
            surname = word[:-1]
    patronymic = letters[1] if len(letters) > 1 else None
    return Mention(first, last, letters[0], surname, patronymic, surname != word)


def _full(
    sentence: Sentence, at: int, run: int, last: int, small: frozenset[str]
) -> Mention | None:
    words = [word.text for word in sentence.words[at : min(last, at + 3)]]
    if len(words) < 2 or any(len(word) < 2 or is_post(word) for word in words[:2]):
        return None
    opener = words[0].lower()
    if opener in OPENERS or (at == 0 and opener in small):
        return None
    kazakh = sentence.kazakh
    tags = _tags(words, kazakh=kazakh, told=False)
    two = last - at == 2 and (at == run or sentence.words[at - 1].lower in OPENERS)
    if not tags and not two:
        return None
    post = None if kazakh else russian_post(sentence, at)
    if not tags and (kazakh_post(sentence, at) if kazakh else post is not None):
        tags = _tags(words, kazakh=kazakh, told=True)
    if not tags:
        return None
    words = words[: len(tags)]
    if kazakh:
        known = tags[-1] == "P" or is_surname(words[-1], kazakh=True)
        made = [*words[:-1], kazakh_nominative(words[-1], known=known)]
    else:
        made = russian_nominative(words, tags, oblique=bool(post and post.cased))
    by_tag = dict(zip(tags, made, strict=True))
    return Mention(
        at, at + len(tags), by_tag.get("G"), by_tag.get("S"), by_tag.get("P"), made != words
    )


def _tags(words: list[str], *, kazakh: bool, told: bool) -> str:
    """Which word is the given name, the surname, the patronymic; "" when it is no name.

    ``told``: a post stands before the two words, so that they are a name whatever their form.
    """
    surnames = [is_surname(word, kazakh=kazakh) for word in words] + [False]
    patronymics = [is_patronymic(word, kazakh=kazakh) for word in words] + [False]
    if patronymics[0]:
        return ""
    if len(words) > 2 and patronymics[2] and not patronymics[1]:
        if surnames[0] or is_adjective(words[0]):
            return "SGP"
        return "GSP" if surnames[1] else ""
    if patronymics[1]:
        if len(words) > 2 and (surnames[2] or is_adjective(words[2])):
            return "GPS"
        return "GP"
    if surnames[1]:
        return "GS"
    if surnames[0] and told and not words[0].endswith(("ина", "ин")):  # «Карина», «Амин»
        return "SG"
    return "GS" if told else ""
