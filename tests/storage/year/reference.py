"""The reference: walks through what happened; it knows nothing of rows, states and plans."""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tests.conftest import ZONE
from tests.storage.year.happening import Span, Year

BEFORE = (-30, -14, -7, -3, -1, 0)
EARLY = -14  # this rung and those before it may be switched off
RUNGS = (7, 14)  # days overdue: the branch's secretary hears, then the region's
Said = tuple[datetime, int, int, datetime]  # tick, person, item, due


@dataclass(frozen=True)
class Wished:
    """What a person wants at a moment."""

    hour: int = 9
    early: bool = True
    digests: bool = True


class Walk:
    """Walks through the events of each span, one after the other."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.said: Counter[Said] = Counter()
        # Rungs that were said or overtaken: none comes twice to one person of one deadline.
        self.over: defaultdict[tuple[int, int, date], set[int]] = defaultdict(set)
        self.known: dict[tuple[int, date, int], datetime] = {}
        ticks = [(moment, -1) for moment in year.ticks if self.gathers(moment)]
        changes = [(since, number) for number, (since, _) in enumerate(year.calendars)]
        self.events = sorted(ticks + changes)
        for span in year.spans:
            self.walk(span)

    def working(self, moment: datetime, day: date) -> bool:
        """Whether people work on a day, as was known at a moment."""
        return self.year.calendars[self.year.calendar(moment)][1].is_working(day)

    def wished(self, person: int, moment: datetime) -> Wished:
        """What the person wants then."""
        own = [w for since, who, w in self.year.wishes if who == person and since <= moment]
        return Wished(own[-1].hour, own[-1].early, own[-1].digests) if own else Wished()

    def opens(self, person: int, tick: datetime) -> datetime:
        """When the person reads what a tick said: at the wished hour, by day, on a working day."""
        local = tick.astimezone(ZONE)
        wished = datetime.combine(local.date(), time(self.wished(person, tick).hour), tzinfo=ZONE)
        moment = max(local, wished)
        if self.working(tick, moment.date()) and 8 <= moment.hour < 21:
            return moment
        day = moment.date() + timedelta(days=moment.hour >= 21)
        while not self.working(tick, day):
            day += timedelta(days=1)
        return datetime.combine(day, time(8), tzinfo=ZONE)

    def gathers(self, tick: datetime) -> bool:
        """Whether a tick says what is due: by night and on days off it waits for nine o'clock."""
        local = tick.astimezone(ZONE)
        return 9 <= local.hour < 21 and self.working(tick, local.date())

    def due(self, calendar: int, deadline: date, days: int) -> datetime:
        """Nine o'clock of the rung's day, or of the nearest working day on its side."""
        key = (calendar, deadline, days)
        if key not in self.known:
            day = deadline + timedelta(days=days)
            while not self.year.calendars[calendar][1].is_working(day):
                day += timedelta(days=1 if days > 0 else -1)
            self.known[key] = datetime.combine(day, time(9), tzinfo=ZONE)
        return self.known[key]

    def week(self, calendar: int, span: Span, after: datetime) -> int:
        """The next weekly rung that was not said, and is still to come after a moment."""
        over = self.over[span.item, span.person, span.deadline]
        days = max((0, *over)) + 7
        while self.due(calendar, span.deadline, days) <= after:
            days += 7
        return days

    def put_off(self, span: Span) -> list[tuple[datetime, datetime]]:
        """When the person put a reminder off, and until when."""
        found = []
        for at, item, person, days in self.year.snoozes:
            lasts = span.since <= at and (span.until is None or at < span.until)
            if (item, person) == (span.item, span.person) and lasts:
                day = at.astimezone(ZONE).date() + timedelta(days=days)
                while not self.working(at, day):
                    day += timedelta(days=1)
                found.append((at, datetime.combine(day, time(9), tzinfo=ZONE)))
        return found

    def walk(self, span: Span) -> None:
        """What is said of an item to a person while this lasts."""
        over = self.over[span.item, span.person, span.deadline]
        calendar = self.year.calendar(span.since)

        def due(days: int) -> datetime:
            return self.due(calendar, span.deadline, days)

        waiting = {days for days in BEFORE if days not in over and due(days) > span.since}
        waiting.add(self.week(calendar, span, span.since))
        snoozes = self.put_off(span)
        again: set[datetime] = set()
        soonest = min(map(due, waiting))
        for moment, number in self.events[bisect_right(self.events, (span.since, 10**6)) :]:
            if span.until is not None and moment >= span.until:
                return
            while snoozes and snoozes[0][0] <= moment:
                again.add(snoozes.pop(0)[1])
                soonest = min(soonest, *again)
            if number >= 0:
                calendar = number
                soonest = min((*map(due, waiting), *again))
            elif soonest <= moment:
                now = sorted((due(days), days) for days in waiting if due(days) <= moment)
                later = sorted(one for one in again if one <= moment)
                self._say(span, moment, now, later)
                waiting -= {days for _, days in now}
                over |= {days for _, days in now}
                again -= set(later)
                if any(days > 0 for _, days in now):
                    waiting.add(self.week(calendar, span, moment))
                soonest = min((*map(due, waiting), *again))

    def _say(
        self,
        span: Span,
        moment: datetime,
        now: list[tuple[datetime, int]],
        later: list[datetime],
    ) -> None:
        """The last of what is due; a rung that is not wanted is passed over in silence."""
        last = max((*(at for at, _ in now), *later))
        rungs = [days for at, days in now if at == last]
        put_off = last in later
        early = not put_off and max(rungs) <= EARLY
        if not early or self.wished(span.person, moment).early:
            self.said[moment, span.person, span.item, last.astimezone(UTC)] += 1

    # Once a day

    def days(self) -> list[tuple[datetime, datetime | None]]:
        """The ticks at which the work of a day is done, each with the one before."""
        found: list[tuple[datetime, datetime | None]] = []
        before: datetime | None = None
        for tick in self.year.ticks:
            local = tick.astimezone(ZONE)
            if local.hour >= 9 and (before is None or local.date() > before.date()):
                found.append((local, before))
                before = local
        return found

    def carried(self, moment: datetime, until: date) -> set[tuple[int, int, date]]:
        """Item, person and deadline of what is open at a moment and due by a day."""
        return {
            (span.item, span.person, span.deadline)
            for span in self.year.spans
            if span.since <= moment
            and (span.until is None or span.until > moment)
            and span.deadline <= until
        }

    def escalated(self, above: dict[int | None, list[int]]) -> set[tuple[int, int, int]]:
        """Item, days and person of everything that is told a rung higher, to nobody twice."""
        found: list[tuple[int, int, int]] = []
        told: set[tuple[int, int, date]] = set()
        heard: set[tuple[int, int, date]] = set()
        for moment, _ in self.days():
            for days in RUNGS:
                overdue = self.carried(moment, moment.date() - timedelta(days=days))
                for item, deadline in {(item, deadline) for item, _, deadline in overdue}:
                    if (item, days, deadline) not in told:
                        told.add((item, days, deadline))
                        branch = self.year.items[item] if days == RUNGS[0] else None
                        who = above.get(branch) or above[None]
                        news = [one for one in who if (item, one, deadline) not in heard]
                        heard |= {(item, one, deadline) for one in news}
                        found += [(item, days, person) for person in news]
        self.told_above = Counter(found)
        return set(found)

    def weeks(self) -> set[tuple[int, date]]:
        """Person and Monday of each digest of the week."""
        found, last = set(), None
        for moment, _ in self.days():
            monday = moment.date() - timedelta(days=moment.weekday())
            if moment.date() != monday and (last is None or last >= monday):
                continue
            last = moment.date()
            carried = self.carried(moment, moment.date() + timedelta(days=14))
            found |= {
                (person, monday)
                for person in {person for _, person, _ in carried}
                if self.wished(person, moment).digests
            }
        return found

    def mornings(self, above: dict[int | None, list[int]]) -> set[tuple[int, date]]:
        """Secretary and day of each morning card."""
        everybody = {one for some in above.values() for one in some}
        return {
            (one, moment.date())
            for moment, _ in self.days()
            if self.working(moment, moment.date())
            for one in everybody
            if self.wished(one, moment).digests
        }
