"""The bodies that inquiries go to in the demo, and two inquiries of a deputy: all made up."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from storage import inquiries
from storage.demo.joining import actor
from storage.demo.past import Past
from storage.first_branches import BRANCHES, REGION, SARYAGASH
from storage.inquiries import InquiryDraft, answering, sending
from storage.inquiries.answering import NewAnswer
from storage.inquiries.bodies import LEVELS, OBLAST
from storage.rules.working_days import WorkingCalendar
from storage.tables import bodies, inquiry_requests, voter_requests

DEPUTY = 1003  # of Saryagash
MORNING, AFTERNOON = time(10, 0), time(15, 0)
# What each city and district has, after its name; what the oblast has.
OF_A_PLACE = (
    ("әкімдігі", "акимат"),
    ("тұрғын үй-коммуналдық шаруашылық бөлімі", "отдел жилищно-коммунального хозяйства"),
    ("автомобиль жолдары бөлімі", "отдел автомобильных дорог"),
    ("білім бөлімі", "отдел образования"),
    ("жолаушылар көлігі бөлімі", "отдел пассажирского транспорта"),
    ("жер қатынастары бөлімі", "отдел земельных отношений"),
)
OF_THE_OBLAST = (
    ("Облыстық денсаулық сақтау басқармасы", "Областное управление здравоохранения"),
    ("Облыстық автомобиль жолдары басқармасы", "Областное управление автомобильных дорог"),
    ("Облыстық энергетика басқармасы", "Областное управление энергетики"),
)
HEAD = ("Басшысына", "Руководителю")


def load(
    tx: Connection,
    branch_ids: dict[str, int],
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
) -> None:
    """Put down an inquiry that was answered, and one that awaits its answer."""
    past, branch_id = Past(now, zone, calendar), branch_ids[SARYAGASH]
    first = _sent(tx, past, branch_id, 45, "Ауыл мектебінің жылуы", "01-12")
    day = past.moment(20, AFTERNOON)
    answer = NewAnswer(day.date(), "07-88", "[демо] Жылу қазандығы жөнделді.")
    deputy = actor(tx, DEPUTY, past.today)
    answering.keep(tx, deputy, first.id, first.version, answer, day, zone)
    _sent(tx, past, branch_id, 20, "Көше шамдары", "01-15")


def _sent(
    tx: Connection, past: Past, branch_id: int, days_ago: int, subject: str, number: str
) -> inquiries.Inquiry:
    deputy, made_at = actor(tx, DEPUTY, past.today), past.moment(days_ago, MORNING)
    body = select(bodies.c.id).where(bodies.c.branch_id == branch_id).order_by(bodies.c.id)
    request = (
        select(voter_requests.c.id)
        .where(
            voter_requests.c.deputy_id == deputy.person_id,
            voter_requests.c.registered_at < made_at,
        )
        .order_by(voter_requests.c.id.desc())
    )
    from_request = tx.execute(request.limit(1)).scalar_one_or_none()
    draft = InquiryDraft(
        branch_id=branch_id,
        body_id=int(tx.execute(body.limit(1)).scalar_one()),
        subject=f"[демо] {subject}",
        text=f"[демо] {subject}: қандай шара қолданылатынын және мерзімін хабарлауыңыз сұралады.",
        language="kk",
    )
    made = inquiries.make(tx, deputy, draft, made_at, past.zone)
    if from_request is not None:
        # The request's own history is told to its end already: no line of it comes after.
        link = {"inquiry_id": made.id, "request_id": from_request}
        tx.execute(insert(inquiry_requests), link)
    sent_at = past.moment(days_ago, AFTERNOON)
    return sending.send(
        tx, deputy, made.id, made.version, number, sent_at.date(), sent_at, past.zone
    )


def directory(tx: Connection, branch_ids: dict[str, int]) -> None:
    """Put down the bodies of each place and of the oblast."""
    rows = [
        {
            "branch_id": branch_ids[branch.code],
            "level": LEVELS[branch.kind],
            "name_kk": f"{branch.name_kk.removesuffix(' филиалы')} {kk}",
            "name_ru": f"{branch.name_ru.removesuffix(' филиал')} {ru}",
        }
        for branch in BRANCHES
        if branch.code != REGION
        for kk, ru in OF_A_PLACE
    ]
    rows += [
        {"branch_id": None, "level": OBLAST, "name_kk": kk, "name_ru": ru}
        for kk, ru in OF_THE_OBLAST
    ]
    heads = {"head_kk": HEAD[0], "head_ru": HEAD[1]}
    tx.execute(insert(bodies), [{**row, **heads} for row in rows])
