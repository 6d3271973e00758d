"""How the demo tells of a voter's request."""

from dataclasses import dataclass

from storage.rules.categories import Category
from storage.rules.request_states import RequestState


@dataclass(frozen=True)
class ToldStep:
    """What happened ``days_ago``: a change of state, or only a comment (``to`` None)."""

    days_ago: int
    to: RequestState | None
    comment: str | None = None
    body: str | None = None  # where it was sent: the end of a name in the directory, in Kazakh
    number: str | None = None  # under which that body registered it, on that day


@dataclass(frozen=True)
class ToldRequest:
    """A request that came ``days_ago`` to the person with ``telegram_id``, and its steps."""

    telegram_id: int
    days_ago: int
    category: Category
    place: str
    text: str
    steps: tuple[ToldStep, ...] = ()
    phone: str | None = None
    contact: str | None = None
    mark: int | None = None  # by which a voter rates the outcome, some days after it
