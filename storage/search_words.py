"""All words that were ever indexed: learnt with a text, asked for those that a query may mean."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, func, or_, select

from storage.rules.bases import bases, cores
from storage.rules.misspelling import slips, slips_allowed, variants
from storage.tables import search_forms, search_variants
from storage.upsert import insert_new

AT_ONCE = 500  # words a statement
MOST_AKIN = 200  # words that a few letters may stand for, the shortest first
SHORTEST_START = 3  # letters that are taken for the beginning of longer words
CUT_OFF = 4  # letters of a query's word that may be no ending but a part of it: «школь-ный»

FORM, AKIN, MISSPELT = range(3)  # how far a word is from the one asked for


def learn(tx: Connection, words: Collection[str]) -> None:
    """Keep those of ``words`` that are new, so that their other forms and misspellings find them.

    Sorted, as every transaction does it: two that learn the same words wait for each other once.
    """
    new = sorted(set(words) - set(_known(tx, sorted(words))))
    forms = sorted({(base, word) for word in new for base in bases(word)})
    near = sorted({(v, base) for word in new for base in cores(word) for v in variants(base)})
    insert_new(tx, search_forms, [{"base": base, "word": word} for base, word in forms])
    insert_new(tx, search_variants, [{"variant": v, "base": base} for v, base in near])


def same(_tx: Connection, word: str) -> dict[str, int]:
    """``word`` itself, whether it is known or not."""
    return {word: FORM}


def forms(tx: Connection, word: str) -> dict[str, int]:
    """The known forms of ``word``, each FORM."""
    query = select(search_forms.c.word).where(search_forms.c.base.in_(sorted(bases(word))))
    return dict.fromkeys(tx.execute(query).scalars(), FORM)


def akin(tx: Connection, word: str) -> dict[str, int]:
    """The known words that ``word`` begins, or that are what it was made of, each AKIN."""
    if not word.isalpha() or len(word) < SHORTEST_START:
        return {}
    start = min((b for b in bases(word) if len(b) >= min(len(word), CUT_OFF)), key=len)
    shortest = max(len(word) - CUT_OFF, CUT_OFF)
    made_of = [word[:length] for length in range(shortest, len(word))]
    begun = search_forms.c.base.between(start, start + "\U0010ffff")
    query = (
        select(search_forms.c.word)
        .where(or_(begun, search_forms.c.base.in_(made_of)))
        .group_by(search_forms.c.word)
        .order_by(func.length(search_forms.c.word), search_forms.c.word)
        .limit(MOST_AKIN)
    )
    return dict.fromkeys(tx.execute(query).scalars(), AKIN)


def misspelt(tx: Connection, word: str) -> dict[str, int]:
    """The known words that may be meant by the misspelt ``word``, each MISSPELT."""
    tried = {base: slips_allowed(base) for base in bases(word) if base in cores(base)}
    starts = sorted({start for base in tried for start in variants(base)})
    query = (
        select(search_forms.c.base, search_forms.c.word)
        .join(search_variants, search_variants.c.base == search_forms.c.base)
        .where(search_variants.c.variant.in_(starts))
    )
    near: dict[str, bool] = {}
    found = {}
    for base, known in tx.execute(query):
        if base not in near:
            near[base] = _is_near(base, tried)
        if near[base]:
            found[known] = MISSPELT
    return found


def _is_near(base: str, tried: dict[str, int]) -> bool:
    return any(
        abs(len(base) - len(typed)) <= allowed and slips(typed, base) <= allowed
        for typed, allowed in tried.items()
    )


def _known(tx: Connection, words: list[str]) -> Iterator[str]:
    for chunk in _chunks(words):
        query = select(search_forms.c.word).where(
            search_forms.c.base.in_(chunk), search_forms.c.word == search_forms.c.base
        )
        yield from tx.execute(query).scalars()


def _chunks(words: list[str]) -> Iterable[list[str]]:
    return (words[start : start + AT_ONCE] for start in range(0, len(words), AT_ONCE))
