"""What was read in a press release or minutes: every finding beside the sentence it came from."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of the text, and where it stands: ``text[start:end] == sentence``."""

    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who is named, in the nominative; what the text does not give is None."""

    given: str | None  # a given name or its initial: «С.»
    surname: str | None
    patronymic: str | None
    positions: tuple[str, ...]
    source: Source  # where the person is named first

    @property
    def name(self) -> str:
        """The name as one line: given name, patronymic, surname."""
        return " ".join(part for part in (self.given, self.patronymic, self.surname) if part)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as it was said, and as a code.

    The code: «2024», «2024-9M» (nine months), «2024-Q1», «2024-H1», «2025-2028», «3Y» (the last
    three years); for a year that the text does not number «this», «last», «next» stand in its
    place: «this-4M».
    """

    text: str
    code: str

    def in_year(self, year: int) -> str:
        """The code with its year numbered, for a text that was written in ``year``."""
        for word, number in (("this", year), ("last", year - 1), ("next", year + 1)):
            if self.code.startswith(word):
                return f"{number}{self.code[len(word) :]}"
        return self.code


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: «2,3», «трлн теңге». ``bound`` is more, about, up_to, at_least or None."""

    label: str
    value: str  # as it was said; a range is «7-8»
    unit: str
    bound: str | None
    period: Period | None
    item: int | None  # number of the agenda item it was said on
    source: Source


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposed, instructed or asked. ``kind``: proposal, instruction, question."""

    kind: str
    text: str
    authors: tuple[str, ...]  # names, or «бюро мүшелері»; empty when the text names nobody
    places: tuple[str, ...]
    item: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item. ``kind``: report or information; ``topic`` is None when it is not said."""

    number: int
    kind: str
    topic: str | None
    speaker: Person
    position: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class CoReport:
    """Who spoke besides the speakers of the agenda, and of what."""

    topic: str | None
    speaker: Person
    position: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Meeting:
    """The facts of the meeting itself; what the text does not say is None.

    ``body``: bureau, political_council, faction, commission, maslikhat, conference, committee or
    council; ``kind``: regular, extraordinary or visiting; ``count``: of the agenda items.
    """

    title: str | None = None
    body: str | None = None
    kind: str | None = None
    count: int | None = None
    chair: Person | None = None
    date: str | None = None  # as it was said
    source: Source | None = None
    decision: Source | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found; when nothing was, ``reason`` is empty, script, subject or too_long."""

    language: str | None = None  # kk or ru
    meeting: Meeting = field(default_factory=Meeting)
    items: tuple[Item, ...] = ()
    co_reports: tuple[CoReport, ...] = ()
    people: tuple[Person, ...] = ()
    figures: tuple[Figure, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    reason: str | None = None
