"""Everybody a text names, each once: mentions by surname, by patronymic and by initials meet."""

from dataclasses import dataclass, field

from storage.rules.releases import positions
from storage.rules.releases.findings import Person, Source
from storage.rules.releases.names import Mention, mentions
from storage.rules.releases.sentences import Sentence

MOST_POSITIONS = 6  # of one person
STEM = 5  # letters that the cases of a word share


@dataclass(frozen=True, slots=True)
class Named:
    """A mention in its sentence, with the posts beside it; ``person`` is an index."""

    mention: Mention
    posts: tuple[str, ...]
    first: int  # word that the posts begin with, or the name
    person: int


@dataclass
class _Known:
    given: str | None
    surname: str | None
    patronymic: str | None
    source: Source
    posts: list[str] = field(default_factory=list)


class People:
    """The people of a text and where each is named. Made once, then only read."""

    def __init__(self, text: tuple[Sentence, ...]) -> None:
        small = frozenset(word.text for part in text for word in part.words if word.text.islower())
        self._known: list[_Known] = []
        self._by_name: dict[str, set[int]] = {}
        self._named = [self._read(sentence, small) for sentence in text]
        self.all = tuple(
            Person(one.given, one.surname, one.patronymic, tuple(one.posts), one.source)
            for one in self._known
        )

    def named(self, sentence: Sentence) -> tuple[Named, ...]:
        """The mentions in ``sentence`` in their order."""
        return self._named[sentence.number]

    def _read(self, sentence: Sentence, small: frozenset[str]) -> tuple[Named, ...]:
        found: list[Named] = []
        barrier = 0
        shared: list[positions.Position] = []
        for mention in mentions(sentence, small):
            posts = positions.before(sentence, mention.first, barrier)
            joined = bool(found) and _joined(sentence, found[-1].mention, mention)
            if not posts and joined:
                posts = shared  # «депутаттары А пен Б»: the post is of both
            shared = posts
            told = [post.text for post in reversed(posts)]
            after = positions.behind(sentence, mention.last)
            if after is not None:
                told.append(after.text)
            first = min([mention.first, *(post.first for post in posts if post.first >= barrier)])
            person = self._who(mention, told, sentence)
            found.append(Named(mention, tuple(told), first, person))
            barrier = mention.last
        return tuple(found)

    def _who(self, mention: Mention, posts: list[str], sentence: Sentence) -> int:
        keys = [name for name in (mention.given, _base(mention.surname)) if name]
        for index in (index for key in keys for index in sorted(self._by_name.get(key, ()))):
            if _same(self._known[index], mention):
                break
        else:
            index = len(self._known)
            self._known.append(
                _Known(mention.given, mention.surname, mention.patronymic, sentence.source)
            )
        for key in keys:
            self._by_name.setdefault(key, set()).add(index)
        _learn(self._known[index], mention, posts)
        return index


def _joined(sentence: Sentence, before: Mention, after: Mention) -> bool:
    between = [word.lower for word in sentence.words[before.last : after.first]]
    return between in ([","], ["и"], ["пен"], ["мен"], ["бен"], ["және"])


def _same(known: _Known, mention: Mention) -> bool:
    """Whether nothing that both have differs, and there is more in common than an initial."""
    given = (known.given or "", mention.given or "")
    lettered = any(name.endswith(".") for name in given)
    if lettered:  # «Ахмедову С.Е.» may be he or she: the surname in full tells
        return (
            _base(known.surname) == _base(mention.surname) != ""
            and given[0][:1] == given[1][:1]
            and _agree(known.patronymic, mention.patronymic)
        )
    if given[0] != given[1]:
        return False
    pairs = ((known.surname, mention.surname), (known.patronymic, mention.patronymic))
    return all(_agree(one, other) for one, other in pairs)


def _base(surname: str | None) -> str:
    return (surname or "").removesuffix("а")


def _agree(one: str | None, other: str | None) -> bool:
    if not one or not other or one == other:
        return True
    return one.endswith(".") != other.endswith(".") and one[0] == other[0]


def _learn(known: _Known, mention: Mention, posts: list[str]) -> None:
    known.surname = known.surname or mention.surname
    if not known.patronymic or known.patronymic.endswith("."):
        known.patronymic = mention.patronymic or known.patronymic
    if (known.given or "").endswith("."):
        known.given = mention.given
    for post in posts:
        stems = _stems(post)
        if len(known.posts) < MOST_POSITIONS and not any(
            stems <= _stems(old) for old in known.posts
        ):
            known.posts = [old for old in known.posts if not _stems(old) <= stems] + [post]


def _stems(post: str) -> frozenset[str]:
    """«мәслихат төрағасы» says nothing that «облыстық мәслихаттың төрағасы» does not."""
    return frozenset(word[:STEM] for word in post.lower().replace("«", "").split())
