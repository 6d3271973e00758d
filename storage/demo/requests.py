"""Fictional voters' requests: three deputies and a secretary work on them, in every state there is.

A request has the one text that the voter gave, in the voter's language; each is marked «[демо]».
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select

from storage import requests
from storage.demo.joining import actor
from storage.demo.past import Past
from storage.demo.requests_ordabasy import ORDABASY_REQUESTS
from storage.demo.requests_saryagash import SARYAGASH_REQUESTS
from storage.demo.told import ToldRequest, ToldStep
from storage.requests import Contact, RequestDraft, closing, following, rating, sending
from storage.rules.access import Actor
from storage.rules.request_states import OUTCOMES, RequestState
from storage.rules.working_days import WorkingCalendar
from storage.tables import bodies

REQUESTS = (*SARYAGASH_REQUESTS, *ORDABASY_REQUESTS)
CONSENT_VERSION = "demo"
REGION = 1001  # the secretary who accepts outcomes
VOTER = 1005  # rates an outcome by the private link
RATED_AFTER = 2  # days
OFFICE_OPENS = time(9, 0)
BETWEEN_ARRIVALS = timedelta(minutes=7)
AFTERNOON = time(14, 0)
BETWEEN_STEPS = timedelta(minutes=20)


def load(tx: Connection, now: datetime, zone: ZoneInfo, calendar: WorkingCalendar) -> None:
    """Register every request and take it through its steps, by those who work on it."""
    past = Past(now, zone, calendar)
    # Numbers are given in the order in which the requests came.
    for position, told in enumerate(sorted(REQUESTS, key=lambda told: -told.days_ago)):
        moment = past.moment(told.days_ago, OFFICE_OPENS, BETWEEN_ARRIVALS * position)
        # As on that day: somebody's mandate has ended since.
        logged_by = actor(tx, told.telegram_id, moment.date())
        request = requests.register(tx, logged_by, _draft(told, moment), moment, zone)
        _walk(tx, logged_by, request, told.steps, past)
        if told.mark is not None:
            rated_at = past.moment(told.steps[-1].days_ago - RATED_AFTER, AFTERNOON)
            code = following.for_receipt(tx, request.id)
            rating.rate(tx, actor(tx, VOTER, past.today), code, told.mark, rated_at)


def _walk(
    tx: Connection,
    worker: Actor,
    request: requests.VoterRequest,
    steps: Sequence[ToldStep],
    past: Past,
) -> None:
    for position, step in enumerate(steps):
        moment = past.moment(step.days_ago, AFTERNOON, BETWEEN_STEPS * position)
        if step.to is None:
            requests.comment(tx, worker, request.id, step.comment or "", moment)
        elif step.to in OUTCOMES:
            request = closing.report(
                tx, worker, request.id, request.version, step.to, step.comment or "", (), moment,
                past.today,
            )  # fmt: skip
        elif step.to is RequestState.CLOSED:
            requests.comment(tx, worker, request.id, step.comment or "", moment)
            secretary = actor(tx, REGION, past.today)
            request = closing.accept(tx, secretary, request.id, request.version, moment, past.today)
        elif step.body is not None:
            body_id = _body(tx, request, step.body)
            request = sending.send(
                tx, worker, request.id, request.version, body_id, step.number, moment.date(),
                moment, past.zone,
            )  # fmt: skip
        else:
            request = requests.change_state(
                tx, worker, request.id, request.version, step.to, moment, step.comment
            )


def _body(tx: Connection, request: requests.VoterRequest, name: str) -> int:
    """The body of the request's place, or of the oblast, whose Kazakh name ends with ``name``."""
    c = bodies.c
    near = or_(c.branch_id == request.branch_id, c.branch_id.is_(None))
    found = select(c.id).where(near, c.name_kk.endswith(name)).order_by(c.id).limit(1)
    return int(tx.execute(found).scalar_one())


def _draft(told: ToldRequest, moment: datetime) -> RequestDraft:
    contact = None
    if told.phone is not None:
        contact = Contact(told.phone, told.contact, CONSENT_VERSION, moment)
    return RequestDraft(told.text, told.category, place=told.place, contact=contact)
