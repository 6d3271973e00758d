"""A request's number as people type it: whole, without its year or branch, in Latin look-alikes."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(
    r"\s*№?\s*(?:(?P<code>[^\W\d_]{2,5})[\s–—-]*)?(?:(?P<year>20\d\d)[\s–—-]+)?(?P<counter>\d{1,6})\s*"
)
_LOOKS = str.maketrans("abcehkmoptxy", "авсенкмортху")


@dataclass(frozen=True)
class TypedNumber:
    """What is known of a number; the counter always."""

    counter: int
    code: str | None = None  # of the branch, as ``same_code`` takes it
    year: int | None = None


def read(typed: str) -> TypedNumber | None:
    """The number in ``typed``: «САР-2026-0147», «cap 147», «№ 147»; None for anything else."""
    found = _WRITTEN.fullmatch(typed)
    if found is None:
        return None
    year = found["year"]
    return TypedNumber(int(found["counter"]), found["code"], int(year) if year else None)


def same_code(typed: str, code: str) -> bool:
    """Whether ``typed`` means the branch with this ``code``: САР, сар, CAP."""
    return typed.casefold().translate(_LOOKS) == code.casefold()
