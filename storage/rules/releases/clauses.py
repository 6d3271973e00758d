"""A part of a sentence that asks for something."""

from dataclasses import dataclass

PROPOSAL, INSTRUCTION, QUESTION = "proposal", "instruction", "question"


@dataclass(frozen=True, slots=True)
class Clause:
    """What is asked for, and where: whoever is named before ``end`` or inside ``said_by`` asks."""

    kind: str
    texts: tuple[str, ...]
    end: int
    said_by: tuple[int, int] | None = None
