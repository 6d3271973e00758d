"""Which requests have the words that are asked for: the newest, by the index of their words.

What it costs does not grow with the number of requests: only the newest that have the rarest word
are looked at, and a deputy's own ones, who has few of them. Of a word that very many have the older
ones are not found by that word alone.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, func, select, union

from storage.requests import strands
from storage.requests.filters import CLOSED, OPEN, Filters
from storage.requests.reading import visible
from storage.requests.strands import Strand
from storage.rules.access import Actor
from storage.tables import request_words, voter_requests

LOOKED_AT = 60  # requests that are given, to be opened and compared
NEAR = 200  # newest ones with a number of the rarest word: enough for most questions
FAR = 1000  # where these are not: others have the other words, or are of other branches
OWN = 1500  # of the own ones, open and closed
_w = request_words.c

Ids = Select[tuple[int]]


def newest(tx: Connection, actor: Actor, groups: Sequence[set[int]]) -> list[int]:
    """The ids of the newest LOOKED_AT requests within reach that have a number of each group.

    The own requests of a deputy are all looked at, of the others those that ``FAR`` reaches.
    Raises NotAllowed.
    """
    seen = strands.of(actor, Filters())
    own = [strand for strand in seen if "deputy_id" in strand.equal]
    mine = _of(own) if own else []
    if own == seen:
        return _fitting(tx, actor, mine, groups)
    rarest, more = _rarest(tx, groups)
    # Of the own ones some have not even that word.
    others = groups if own else [group for group in groups if group is not rarest]
    found = _fitting(tx, actor, [*_having(rarest, NEAR), *mine], others)
    if more and len(found) < LOOKED_AT:
        found = _fitting(tx, actor, [*_having(rarest, FAR), *mine], others)
    return found


def _fitting(
    tx: Connection, actor: Actor, among: Sequence[Ids], groups: Sequence[Iterable[int]]
) -> list[int]:
    """The newest LOOKED_AT of ``among`` that the actor sees and that have all words.

    They are asked one after the other until these are found. As a condition to be met with EXISTS,
    or of a join, PostgreSQL would rather read all that have a word, and whole branches.
    """
    every = union(*(select(part.subquery()) for part in among)).subquery()
    one = select(every.c[0].label("id")).order_by(every.c[0].desc()).limit(len(among) * OWN)
    line = one.subquery()
    c = voter_requests.c
    asked = [
        select(c.id).where(c.id == line.c.id, c.merged_into.is_(None), visible(actor)),
        *(
            select(_w.request_id).where(_w.request_id == line.c.id, _w.word.in_(sorted(group)))
            for group in groups
        ),
    ]
    fits = (each.correlate(line).limit(1).scalar_subquery().is_not(None) for each in asked)
    query = select(line.c.id).where(*fits).order_by(line.c.id.desc()).limit(LOOKED_AT)
    return list(tx.execute(query).scalars())


def _rarest(tx: Connection, groups: Sequence[set[int]]) -> tuple[set[int], bool]:
    """The group whose NEAR newest requests reach back the farthest, and whether it has more.

    To count them would be to read them all.
    """
    reach = []
    for group in groups:
        last = union(*(select(part.subquery()) for part in _having(group, 1, after=NEAR)))
        found = last.subquery()
        reach.append(select(func.max(found.c[0])).scalar_subquery())
    since = [one or 0 for one in tx.execute(select(*reach)).one()]
    rarest = since.index(min(since))
    return groups[rarest], since[rarest] > 0


def _having(group: Iterable[int], reach: int, *, after: int = 0) -> list[Ids]:
    """Of each number the newest ``reach`` requests that have it, the first ``after`` left out."""
    return [
        select(_w.request_id)
        .where(_w.word == number)
        .order_by(_w.request_id.desc())
        .limit(reach)
        .offset(after or None)
        for number in sorted(group)
    ]


def _of(own: Sequence[Strand]) -> list[Ids]:
    """The own requests that are open and those that are closed."""
    parts = (
        strands.first(own, which, Filters(), OWN, ranked=False).subquery()
        for which in (OPEN, CLOSED)
    )
    return [select(part.c.id) for part in parts]
