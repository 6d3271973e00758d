"""Whoever is refused again and again has to wait: numbers are not to be tried one by one."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

MOST, WITHIN = 30, timedelta(minutes=10)  # of one person; nobody meets that many by mistake
REMEMBERED = 10_000  # people


class Refusals:
    """Counts refusals of this process, by person; what was counted ends with it."""

    def __init__(self) -> None:
        self._moments: OrderedDict[int, deque[datetime]] = OrderedDict()

    def count(self, person_id: int, now: datetime) -> None:
        """Note one; of more people than are remembered the one of longest ago is forgotten."""
        moments = self._moments.setdefault(person_id, deque(maxlen=MOST))
        moments.append(now)
        self._moments.move_to_end(person_id)
        if len(self._moments) > REMEMBERED:
            self._moments.popitem(last=False)

    def wait(self, person_id: int, now: datetime) -> datetime | None:
        """Until when the person has to wait; None: may go on."""
        moments = self._moments.get(person_id)
        if moments is None or len(moments) < MOST:
            return None
        until = moments[0] + WITHIN
        return until if now < until else None
