"""A line of a roadmap as it was read, and what would become of it."""

from dataclasses import dataclass, field
from datetime import date

from storage.roadmap import State, Term

ROWS = 5000  # lines of a file
TEXT_LIMIT = 2000  # characters of a title
SHORT_LIMIT = 500  # of anything else
# What a line says of an item that is there already: compared, shown, and taken over.
COMPARED = (
    "number",
    "branch_id",
    "direction_kk",
    "direction_ru",
    "title_kk",
    "title_ru",
    "completion_kk",
    "completion_ru",
    "deadline",
    "term",
    "body",
    "executor",
    "object",
    "indicator",
    "funding",
)
BESIDE = ("co_executors", "curators")  # compared by whom they name
TEXTS = ("number", "deadline_text", *(name for name in COMPARED if name[-3:] in ("_kk", "_ru")))
TEXTS += ("body", "executor", "object", "indicator", "funding", *BESIDE)


@dataclass(frozen=True)
class GivenItem:
    """A line as it was read: ``sheet`` and ``row`` say where; None: the file does not tell."""

    sheet: str
    row: int
    external_id: str
    number: str
    deadline: date
    term: Term = Term.DATE
    deadline_text: str | None = None
    territory: str | None = None  # the branch, by its code or by what it is called
    direction_kk: str | None = None
    direction_ru: str | None = None
    title_kk: str | None = None
    title_ru: str | None = None
    completion_kk: str | None = None
    completion_ru: str | None = None
    body: str | None = None
    executor: str | None = None
    co_executors: str | None = None  # names, parted by semicolons
    curators: str | None = None
    object: str | None = None
    indicator: str | None = None
    funding: str | None = None
    state: State | None = None  # taken over with a new item only: later it is reported

    @property
    def title(self) -> str:
        """What it is called, in whatever language there is."""
        return self.title_kk or self.title_ru or ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell; ``about`` is what stands there, or the limit."""

    sheet: str
    row: int
    field: str | None
    reason: str
    about: str = ""


@dataclass(frozen=True)
class Beside:
    """Who stands beside an executor in a part: those whom the bot knows, and other names."""

    ids: frozenset[int] = frozenset()
    names: str | None = None


@dataclass(frozen=True)
class Difference:
    """What a line changes of an item: field → what it was and what it becomes."""

    given: GivenItem
    item_id: int
    version: int
    executor_id: int | None  # when the bot knows whom the line names
    beside: dict[str, Beside]  # the part → who takes it now, for parts that change
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What the file would do now, and a seal of exactly that."""

    new: tuple[GivenItem, ...]
    changed: tuple[Difference, ...]
    same: int
    removed: int  # off control: left as they are
    problems: tuple[Problem, ...]
    without_executor: int  # of the new ones: nobody would be reminded
    seal: str
