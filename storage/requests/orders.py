"""What is done with many requests at once, what came of it, and who hears of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from storage import outbox
from storage.requests.record import VoterRequest
from storage.rules.access import Action, Actor

MOST = 50  # requests at once: others wait while it is written
TOLD = "requests_arranged"  # of the outbox


class Deed(StrEnum):
    """What is done with them."""

    HAND = "hand"
    CLOSE = "close"
    CATEGORY = "category"


ACTIONS = {
    Deed.HAND: Action.REASSIGN_REQUESTS,
    Deed.CLOSE: Action.ARRANGE_REQUESTS,
    Deed.CATEGORY: Action.ARRANGE_REQUESTS,
}


@dataclass(frozen=True)
class Order:
    """What is wanted: the ``chosen`` ids with the versions that were seen.

    ``to`` is the new deputy's id, or the code of the category; nothing for closing.
    """

    deed: Deed
    chosen: Mapping[int, int]
    to: str | None = None


@dataclass
class Result:
    """The numbers of what was (or would be) done, and of what was left out, with the reason."""

    done: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


class Told:
    """Who hears of which requests: the deputies whose they are, and those who get them."""

    def __init__(self) -> None:
        self._of: dict[tuple[int, str], list[VoterRequest]] = defaultdict(list)

    def of(self, order: Order, request: VoterRequest) -> None:
        """Note it, with the request as it was before."""
        hand = order.deed is Deed.HAND
        self._of[request.deputy_id, "moved" if hand else order.deed.value].append(request)
        if hand:
            self._of[int(order.to or 0), "got"].append(request)

    def send(self, tx: Connection, actor: Actor, order: Order, now: datetime) -> None:
        """Queue one notice for each person and thing, none for whoever did it."""
        messages = [
            outbox.Message(
                f"{TOLD}:{what}:{requests[0].id}:{requests[0].version + 1}:{person_id}",
                TOLD,
                person_id,
                self._params(actor, order, what, requests),
            )
            for (person_id, what), requests in sorted(self._of.items(), key=lambda one: one[0])
            if person_id != actor.person_id
        ]
        outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)

    def _params(
        self, actor: Actor, order: Order, what: str, requests: list[VoterRequest]
    ) -> dict[str, Any]:
        numbers = [one.number for one in requests]
        return {"what": what, "numbers": numbers, "to": order.to, "by": actor.person_id}
