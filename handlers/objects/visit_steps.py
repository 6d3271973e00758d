"""The steps of noting a visit, and of how a recommendation was followed."""

from datetime import timedelta

from markupsafe import Markup

from handlers.inquiries import past_days
from handlers.objects import words
from handlers.objects.callbacks import NextStep, OpenObject, OpenVisit, VisitDay
from handlers.objects.stepping import CAPABILITY
from handlers.turn import Turn
from handlers.ui import dates, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines
from storage.objects import ControlledObject
from storage.objects.visiting import PHOTOS_LIMIT, SHORT_LIMIT, TEXT_LIMIT

DAY, PEOPLE, FINDINGS, EVIDENCE, RECOMMENDATION, DUE = ORDER = (
    "day",
    "people",
    "findings",
    "evidence",
    "recommendation",
    "due",
)
FOLLOW = "follow"
LIMITS = {PEOPLE: SHORT_LIMIT, FINDINGS: TEXT_LIMIT, RECOMMENDATION: SHORT_LIMIT}
QUESTIONS = {
    DAY: N_("On which day was the visit?"),
    PEOPLE: N_("Who was there? Names and posts."),
    FINDINGS: N_("What was found?"),
    EVIDENCE: N_("Send photos, the location, and how far it is ready, in percent."),
    RECOMMENDATION: N_("What is recommended?"),
    DUE: N_("By when is the recommendation to be followed?"),
    FOLLOW: N_("How was the recommendation followed?"),
}
OFFERED = 3  # days: today and those before


def current(turn: Turn) -> str:
    """The step that is open."""
    return str(turn.conversation.state).removeprefix(f"{CAPABILITY}:")


def step(turn: Turn, one: ControlledObject, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    t, name = turn.t, current(turn)
    if name == FOLLOW:
        back = OpenVisit(id=int(turn.conversation.data["visit"]))
        return wizard.step(t, 1, 1, t(QUESTIONS[FOLLOW]), mistake=mistake, back=back)
    return wizard.step(
        t,
        ORDER.index(name) + 1,
        len(ORDER),
        lines(t(QUESTIONS[name]), Markup("🏗 {}").format(words.name(t, one)), *_so_far(turn)),
        hint=_hint(turn, name),
        mistake=mistake,
        rows=_rows(turn, name),
        back=OpenObject(id=one.id),
        skip=NextStep(step=name) if name in (PEOPLE, RECOMMENDATION) else None,
    )


def _so_far(turn: Turn) -> list[Markup]:
    t, data = turn.t, turn.conversation.data
    if current(turn) != EVIDENCE:
        return []
    said = [t("Photos: {n}", n=len(data["photos"]))]
    if data.get("place"):
        said.append(t("The location is there."))
    if data.get("percent") is not None:
        said.append(t("Ready: <b>{n} %</b>", n=int(data["percent"])))
    return said


def _hint(turn: Turn, name: str) -> Markup | None:
    t = turn.t
    if name == DAY:
        return past_days.hint(turn)
    if name == EVIDENCE:
        return t("At most {n} photos. A number alone is the percent.", n=PHOTOS_LIMIT)
    if name == DUE:
        return t("For example: {day}", day=f"{turn.today + timedelta(days=14):%d.%m.%Y}")
    return t("In one message, at most {n} characters.", n=LIMITS[name])


def _rows(turn: Turn, name: str) -> tuple[Row, ...]:
    t = turn.t
    if name == EVIDENCE:
        return ((Button(t.plain("Go on ›"), NextStep(step=EVIDENCE)),),)
    if name != DAY:
        return ()
    days = [turn.today - timedelta(days=ago) for ago in range(OFFERED)]
    labels = [dates.short_day(t, day, turn.today) for day in days]
    labels[0] = t.plain("Today: {date}", date=labels[0])
    return (tuple(Button(label, VisitDay(ago=ago)) for ago, label in enumerate(labels)),)
