"""The marks, and what is to be done with the marked ones, as they lie in the conversation."""

import json
from hashlib import sha256

from handlers.turn import Turn
from storage.requests.orders import MOST, Deed, Order

CAPABILITY = "selecting"
STATE = f"{CAPABILITY}:marks"


def marks(turn: Turn) -> dict[int, int]:
    """The ids that are marked, with the versions that were seen."""
    if turn.conversation.state != STATE:
        return {}
    return {int(id_): int(version) for id_, version in turn.conversation.data["marks"].items()}


def mark(turn: Turn, marked: dict[int, int]) -> bool:
    """Keep the marks; False when they are too many, and nothing is kept."""
    if len(marked) > MOST:
        return False
    if turn.conversation.state != STATE:
        turn.conversation.pause()
    kept = {str(id_): version for id_, version in marked.items()}
    turn.conversation.to(STATE, marks=kept, order=None)
    return True


def wish(turn: Turn, deed: Deed, to: str | None) -> Order:
    """Note what is to be done with the marked ones; with none there is nothing to note."""
    order = Order(deed, marks(turn), to)
    if order.chosen:
        turn.conversation.to(STATE, order=[deed.value, to])
    return order


def wished(turn: Turn, seal: str) -> Order | None:
    """What was looked at and named by ``seal``; None when it is something else by now."""
    if turn.conversation.state != STATE or not turn.conversation.data.get("order"):
        return None
    deed, to = turn.conversation.data["order"]
    order = Order(Deed(deed), marks(turn), to)
    return order if seal_of(order) == seal else None


def seal_of(order: Order) -> str:
    """What names an order: the requests as they were seen, and what is done with them."""
    said = json.dumps([order.deed, order.to, sorted(order.chosen.items())])
    return sha256(said.encode()).hexdigest()[:16]


def leave(turn: Turn) -> None:
    """Nothing is marked any more."""
    if turn.conversation.state == STATE:
        turn.conversation.clear()
