"""Texts that people enter at a meeting: how long they may be, and in which language they stand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from storage.errors import NotPossible
from storage.rules.access import Actor

TEXT_LIMIT = 2000  # characters of a proposal, a clause, an instruction or a decision


def said(actor: Actor, name: str, text: str) -> dict[str, str]:
    """``text`` in the column of ``name`` that is of the language the person uses.

    Raises NotPossible (too_long).
    """
    _check(text)
    return {f"{name}_{_language(actor)}": text}


def reworded(
    actor: Actor, row: Mapping[str, Any] | RowMapping, name: str, text: str
) -> dict[str, str]:
    """``text`` in place of the one that was shown: of the person's language, else of the other.

    Raises NotPossible (too_long).
    """
    _check(text)
    own = _language(actor)
    other = "kk" if own == "ru" else "ru"
    shown = own if row[f"{name}_{own}"] or not row[f"{name}_{other}"] else other
    return {f"{name}_{shown}": text}


def _check(text: str) -> None:
    if len(text) > TEXT_LIMIT:
        raise NotPossible("too_long")


def _language(actor: Actor) -> str:
    return "ru" if actor.language == "ru" else "kk"
