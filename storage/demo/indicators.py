"""The indicators that the source speaks of, with its figures; what came later is made up.

Every made-up figure has a note marked «[демо]». Plans are made up too, but for those that the
source gives: the 70 billion of 2025 and the 109 billion of that year.
"""

from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from sqlalchemy import Connection

from storage import indicators
from storage.demo.joining import actor
from storage.demo.past import Past
from storage.demo.roadmap_items import BUSINESS, SPORT, Words
from storage.indicators import Indicator, NewIndicator, reminding
from storage.rules.indicator_measures import Kind
from storage.rules.reporting_periods import Frequency, Period, before, last_ended

SECRETARY, EXECUTOR = 1001, 1007
MADE_UP = "[демо]"
PLANNED_AT, REPORTED_AT = time(10, 0), time(16, 0)


class Told(NamedTuple):
    """A figure of the source."""

    period: Period
    fact: float
    note: str | None = None


@dataclass(frozen=True)
class ToldIndicator:
    """An indicator; each later year is ``step`` above what stood before, planned or not met."""

    direction: Words
    name: Words
    unit: Words
    kind: Kind
    frequency: Frequency
    facts: tuple[Told, ...]
    plans: tuple[tuple[Period, float], ...] = ()
    step: float = 0.0  # a year, in its unit
    met: float = 1.0  # which part of the step has come about


BEGUN, FOUR_MONTHS, YEAR = Period(2024, 12), Period(2025, 4), Period(2025, 12)
PERCENT = Words("%", "%")
BILLIONS = Words("млрд теңге", "млрд тенге")

ITEMS = (
    ToldIndicator(
        SPORT,
        Words(
            "Спорттық инфрақұрылыммен қамтамасыз ету", "Обеспеченность спортивной инфраструктурой"
        ),
        PERCENT,
        Kind.LEVEL,
        Frequency.MONTH,
        (Told(BEGUN, 41.5, "жоспар толығымен орындалған"), Told(FOUR_MONTHS, 41.8)),
        ((BEGUN, 41.5),),
        step=0.6,
    ),
    ToldIndicator(
        SPORT,
        Words(
            "Дене шынықтырумен жүйелі айналысатын азаматтардың үлесі",
            "Доля граждан, систематически занимающихся физкультурой",
        ),
        PERCENT,
        Kind.LEVEL,
        Frequency.MONTH,
        (Told(BEGUN, 41.1, "885 485 адам"), Told(FOUR_MONTHS, 41.6)),
        step=1.2,
        met=0.6,
    ),
    ToldIndicator(
        BUSINESS,
        Words("Шағын және орта кәсіпкерлік субъектілерінің саны", "Число субъектов МСП"),
        Words("субъект", "субъектов"),
        Kind.LEVEL,
        Frequency.MONTH,
        (Told(FOUR_MONTHS, 210_000.0, "210 мыңнан аса"),),
        step=9_000.0,
    ),
    ToldIndicator(
        BUSINESS,
        Words("Шағын және орта кәсіпкерлік өнімінің көлемі", "Объём продукции МСП"),
        PERCENT,
        Kind.INDEX,
        Frequency.MONTH,
        (Told(FOUR_MONTHS, 133.4),),
    ),
    ToldIndicator(
        BUSINESS,
        Words("Кәсіпкерлерді жеңілдетілген несиелендіру", "Льготное кредитование предпринимателей"),
        BILLIONS,
        Kind.VOLUME,
        Frequency.YEAR,
        (Told(BEGUN, 60.2),),
        ((YEAR, 70.0),),
        step=9.8,
        met=0.7,
    ),
    ToldIndicator(
        BUSINESS,
        Words(
            "Шағын кәсіпкерлікті барлық бағдарлама арқылы несиелендіру",
            "Кредитование малого предпринимательства по всем программам",
        ),
        BILLIONS,
        Kind.VOLUME,
        Frequency.QUARTER,
        (),
        ((YEAR, 109.0),),
        step=109.0,
        met=0.96,
    ),
)


def load(tx: Connection, branch_id: int, past: Past) -> None:
    """Put them down, with facts up to the last period but one."""
    for told in ITEMS:
        secretary = actor(tx, SECRETARY, past.today)
        new = NewIndicator(
            branch_id,
            *told.direction,
            *told.name,
            *told.unit,
            kind=told.kind,
            frequency=told.frequency,
            reporter_id=actor(tx, EXECUTOR, past.today).person_id,
        )
        at = past.moment(400, PLANNED_AT)
        one = indicators.add(tx, secretary, new, at, past.zone)
        for period, plan in (*told.plans, *_made_up_plans(told, past)):
            one = indicators.set_plan(
                tx, secretary, one.id, one.version, period, plan, at, past.zone
            )
        for fact in (*told.facts, *_made_up_facts(told, past)):
            one = _report(tx, one, fact, past)
        reminding.replanned(tx, one, past.now, past.zone, anew=True)


def _report(tx: Connection, one: Indicator, told: Told, past: Past) -> Indicator:
    ago = max(1, min(300, (past.today - told.period.ends).days - 5))
    return indicators.report(
        tx,
        actor(tx, EXECUTOR, past.today),
        one.id,
        one.version,
        told.period,
        told.fact,
        past.moment(ago, REPORTED_AT),
        past.zone,
        note=told.note,
        sure=True,
    )


def _made_up_plans(told: ToldIndicator, past: Past) -> list[tuple[Period, float]]:
    given = {period for period, _ in told.plans}
    years = (Period(year, 12) for year in range(2025, past.today.year + 1))
    return [(year, _value(told, year, 1.0)) for year in years if year not in given]


def _made_up_facts(told: ToldIndicator, past: Past) -> list[Told]:
    """The whole years since the source, and two periods of this year, the last one left out."""
    newest = before(told.frequency, last_ended(told.frequency, past.today))
    wanted = [Period(year, 12) for year in range(2025, past.today.year)]
    wanted += sorted({before(told.frequency, newest), newest})
    known = max((one.period for one in told.facts), default=BEGUN)
    return [
        Told(period, _value(told, period, told.met), MADE_UP)
        for period in dict.fromkeys(wanted)
        if known < period <= newest
    ]


def _value(told: ToldIndicator, period: Period, met: float) -> float:
    if told.kind is Kind.VOLUME:
        start = told.facts[-1].fact if told.facts else 0.0
        grown = start + told.step * met if told.facts else told.step * met
        return round(grown * period.share, 1)
    last = told.facts[-1]
    years = (period.index - last.period.index) / 12
    return round(last.fact + told.step * met * years, 1)
