"""Which settlement a place names: «Жылғада», «жылга ауылы» and «с. Жылга» are all the same one."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from storage.rules.bases import bases
from storage.rules.folding import fold

# What a settlement is, in any form, and what else tells none from another.
_KINDS = frozenset(fold("ауыл қала кент елді мекен станса бекет село аул город посёлок").split())
_NOT_TELLING = frozenset(
    fold("с селе селу г городе ауле п пос посёлке станция разъезд в во из на").split()
)
_PARTS = re.compile(r"[,;\n]")


class Named(Protocol):
    """Whatever has a name in both languages."""

    @property
    def name_kk(self) -> str:
        """The name in Kazakh."""
        ...

    @property
    def name_ru(self) -> str:
        """The name in Russian."""
        ...


S = TypeVar("S", bound=Named)


def find(place: str, known: Sequence[S]) -> S | None:
    """The one of ``known`` that a part of ``place`` (between commas) names; None without.

    Where two are called alike («… ауылы», «… кенті») the place has to say which.
    """
    for part in _PARTS.split(place):
        found = [one for one in known if _names(part, one.name_kk, one.name_ru)]
        whole = [one for one in found if fold(part) in (fold(one.name_kk), fold(one.name_ru))]
        for alike in (whole, found):
            if len(alike) == 1:
                return alike[0]
    return None


def rest(place: str, *names: str) -> str:
    """What ``place`` says beside the settlement of these ``names``: the street and the house."""
    others = (" ".join(part.split()) for part in _PARTS.split(place))
    return ", ".join(part for part in others if part and not _names(part, *names))


def _names(part: str, *names: str) -> bool:
    said = _core(part)
    return bool(said) and any(_is_form_of(said, _core(name)) for name in names)


def _is_form_of(said: list[str], name: list[str]) -> bool:
    """Whether the words are those of the name, with or without an ending."""
    return len(said) == len(name) and all(
        own in bases(word) for word, own in zip(said, name, strict=True)
    )


def _core(text: str) -> list[str]:
    words = fold(text).split()
    own = [w for w in words if w not in _NOT_TELLING and bases(w).isdisjoint(_KINDS)]
    return own or words
