"""How many members a body needs to decide, and what its votes come to."""

from collections.abc import Iterable
from dataclasses import dataclass

FOR, AGAINST, ABSTAINED = "for", "against", "abstained"
CHOICES = (FOR, AGAINST, ABSTAINED)

ADOPTED, REJECTED, NO_QUORUM = "adopted", "rejected", "no_quorum"

GREATEST = 100  # of a share's numerator and denominator: what a secretary may set


@dataclass(frozen=True)
class Share:
    """The part of the elected members that must be there: more than it when strict, else it."""

    numerator: int = 1
    denominator: int = 2
    strict: bool = True

    def __post_init__(self) -> None:
        """Refuse a share that can never be reached, or that nobody has to reach."""
        whole = 0 < self.numerator <= self.denominator <= GREATEST
        if not whole or (self.strict and self.numerator == self.denominator):
            raise ValueError(f"no share: {self.numerator}/{self.denominator}")


MORE_THAN_HALF = Share()


def needed(elected: int, share: Share = MORE_THAN_HALF) -> int:
    """The least number of members present that is a quorum of ``elected``; at least one."""
    product = elected * share.numerator
    if share.strict:
        return product // share.denominator + 1
    return max(1, -(-product // share.denominator))


def outcome(choices: Iterable[str], present: int, required: int) -> str:
    """What an open vote came to: adopted, rejected, or no_quorum.

    ``choices`` are those of the members present, ``present`` how many they are, ``required`` the
    quorum. Adopted is what more than half of those present are for: whoever abstains or says
    nothing is not for it (the usual rule of such bodies; domain notes, 2.4).
    """
    if present < required:
        return NO_QUORUM
    in_favour = sum(choice == FOR for choice in choices)
    return ADOPTED if 2 * in_favour > present else REJECTED
