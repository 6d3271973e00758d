"""After how many overdue working days each of those above a deputy hears of a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection

from storage import audit, contents
from storage.errors import NotAllowed, NotPossible
from storage.rules.access import Action, Actor, may

KEY = "request_escalation"
ANY = "*"  # it has no language
USUAL = (3, 6, 12)  # the faction leader, the secretary of the branch, that of the region
MOST = 250  # working days: a year


@dataclass(frozen=True)
class EscalationDays:
    """What holds now; ``version`` 0 stands for what nobody has set."""

    days: tuple[int, ...]
    version: int


def get(tx: Connection) -> EscalationDays:
    """The days that hold, in the order of USUAL."""
    kept = contents.newest(tx, [KEY], ANY).get(KEY)
    if kept is None:
        return EscalationDays(USUAL, 0)
    return EscalationDays(tuple(int(one) for one in kept.text.split()), kept.version)


def put(tx: Connection, actor: Actor, version: int, days: Sequence[int], now: datetime) -> None:
    """Set the days from now on; what was told is not told again.

    Raises NotAllowed, AlreadyChanged, NotPossible("days") unless they are three that grow.
    """
    if not may(actor, Action.SET_REQUEST_STEPS):
        raise NotAllowed(Action.SET_REQUEST_STEPS)
    grows = all(before < after for before, after in pairwise(days))
    if len(days) != len(USUAL) or not grows or days[0] < 1 or days[-1] > MOST:
        raise NotPossible("days")
    text = " ".join(str(one) for one in days)
    contents.put(tx, KEY, ANY, version, text, actor.person_id, now)
    audit.record(tx, actor, now, "set_request_escalation", days=text)
