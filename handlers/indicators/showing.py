"""One indicator with how it stands, read in one go."""

from datetime import date

from sqlalchemy import Connection

from storage import indicators
from storage.indicators import Indicator, Seen
from storage.rules.access import Actor
from storage.rules.indicator_standing import standing


def read_one(tx: Connection, actor: Actor, indicator_id: int, today: date) -> Seen:
    """One indicator within the actor's reach. Raises NotFound."""
    return seen(indicators.get(tx, actor, indicator_id), today)


def seen(one: Indicator, today: date) -> Seen:
    """How an indicator that was read already stands."""
    return Seen(one, standing(one.rules, one.points, today))
