"""What is asked about a clock, and what its extension looks like."""

from markupsafe import Markup

from handlers.requests import asking, callbacks, words
from handlers.requests.clocks.callbacks import (
    DecideExtension,
    Extend,
    ExtendTo,
    GoOn,
    LookAtExtension,
)
from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from handlers.ui.wizard import Renderer
from storage import requests, working_days
from storage.requests import VoterRequest, asked_extensions
from storage.requests.asked_extensions import LEGAL, OWN, Extension
from storage.rules import extensions
from storage.rules.request_states import RequestState
from storage.rules.veiling import veiled

REASON = 500  # characters
PAUSE, DAY, WHY = "pause", "extend_day", "extend_why"
CLOCKS = {OWN: N_("the branch's own term"), LEGAL: N_("the body's term by law")}
DECISIONS = {True: N_("✅ Extend"), False: N_("✖️ Do not extend")}
CHANGED = N_("It was changed meanwhile. Here is how it stands now.")
FAULTS = {
    "earlier": N_("The new day has to be later than the term."),
    "past": N_("This day has passed."),
    "day_off": N_("This is a day off: choose a working day."),
    "far": N_("This is too far: a year at most."),
    "law": N_("By law the body's term may be extended by two months at most."),
    "asked": N_("An extension waits for a decision already."),
    "clock": N_("This term does not run now."),
    "answered": N_("The answer is there: its clock does not run."),
    "paused": N_("The clock stands already."),
    "not_paused": N_("The clock runs already."),
    "who": N_("This step is not open to you."),
    "own": N_("Somebody else has to decide: you asked, or answer for it."),
    "merged": N_("It was merged: the clocks of the main request count."),
    "regional": N_("It was extended four times: the secretary of the region decides."),
}


def fault(t: Translator, reason: str) -> Markup:
    """Why something about a clock is not possible."""
    return t(FAULTS.get(reason, CHANGED))


async def pause_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What the voter was asked for."""
    t = turn.t
    question = lines(
        t("⏸ What was the voter asked for?"),
        t("The own clock stands until it goes on; the body's term by law runs."),
    )
    hint = t("For example: Жер актісінің көшірмесін сұрадық")
    return asking.step(turn, question, hint=hint, mistake=mistake)


async def day_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """To which day."""
    t, request_id = turn.t, asking.asked_about(turn)[0]
    request = await turn.read(requests.get, turn.actor, request_id)
    calendar = await turn.read(working_days.load)
    clock = str(turn.conversation.data["clock"])
    due_on = asked_extensions.due_of(request, clock) or request.due_on
    first = request.first_legal_due_on or due_on
    latest = extensions.latest(turn.today, first, calendar, legal=clock == LEGAL)
    buttons = [
        Button(dates.short_day(t, day, turn.today), ExtendTo(id=request_id, day=day.toordinal()))
        for day in extensions.offered(due_on, turn.today, latest, calendar)
    ]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    question = lines(
        t("📅 To which day is it to be extended: {clock}?", clock=t(CLOCKS[clock])),
        t("Its end now: {date}", date=dates.short_day(t, due_on, turn.today)),
        times(t, request.legal_extended if clock == LEGAL else request.extended),
    )
    hint = t("Tap a working day, or type one, at the latest: {day}", day=f"{latest:%d.%m.%Y}")
    return asking.step(turn, question, hint=hint, mistake=mistake, rows=rows)


async def why_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Why."""
    t = turn.t
    hint = t("For example: Бөлім жобаны қайта есептеп жатыр")
    return asking.step(turn, t("Why is more time needed?"), hint=hint, mistake=mistake)


RESUME: dict[str, Renderer] = {
    f"{asking.CAPABILITY}:{PAUSE}": pause_step,
    f"{asking.CAPABILITY}:{DAY}": day_step,
    f"{asking.CAPABILITY}:{WHY}": why_step,
}


def clocks(t: Translator, request: VoterRequest, mistake: Markup | None = None) -> Screen:
    """Which of the two terms is to be extended."""
    rows: tuple[Row, ...] = tuple(
        (
            Button(
                t.plain(CLOCKS[clock]),
                Extend(id=request.id, version=request.version, clock=clock),
            ),
        )
        for clock in asked_extensions.CLOCKS
    )
    return Screen(
        lines(
            words.heading(t, request.number, request.state),
            t("📅 Which term is to be extended?"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )


def look(
    turn: Turn, request: VoterRequest, one: Extension, mistake: Markup | None = None
) -> Screen:
    """The extension, to be decided on."""
    t = turn.t

    def answer(label: str, *, yes: bool) -> Button:
        goes = DecideExtension(id=request.id, extension=one.id, version=one.version, yes=yes)
        return Button(t.plain(label), goes)

    many = request.legal_extended if one.clock == LEGAL else request.extended
    return Screen(
        lines(
            t("📅 № {number}: is the term extended?", number=request.number),
            t("Which: {clock}", clock=t(CLOCKS[one.clock])),
            t(
                "From {before} to {after}",
                before=dates.short_day(t, one.from_due, turn.today),
                after=dates.short_day(t, one.to_due, turn.today),
            ),
            t("Asked by: {name}", name=one.asked_name),
            t("Reason: {text}", text=shortened(veiled(one.reason), REASON)),
            times(t, many),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(
            tuple(answer(label, yes=yes) for yes, label in DECISIONS.items()),
            nav.exits(t, callbacks.OpenRequest(id=request.id)),
        ),
    )


def times(t: Translator, many: int) -> Markup | None:
    """How often it was extended before; nothing when never."""
    if many >= extensions.BY_BRANCH:
        return t("⚠️ Times extended already: {n}", n=many)
    return t("Times extended already: {n}", n=many) if many else None


def notes(turn: Turn, one: Extension | None) -> tuple[Markup, ...]:
    """The line of a card about an extension that waits."""
    if one is None:
        return ()
    day = dates.short_day(turn.t, one.to_due, turn.today)
    return (turn.t("⏳ An extension is asked for: {date}", date=day),)


def rows(turn: Turn, request: VoterRequest, *, decides: bool) -> tuple[Row, ...]:
    """What a card offers of its clocks at once: to go on, and to decide."""
    t = turn.t
    going = Button(t.plain("▶️ The clock goes on"), GoOn(id=request.id, version=request.version))
    deciding = Button(t.plain("📅 Decide on the extension"), LookAtExtension(id=request.id))
    return (
        *(((going,),) if request.paused_since is not None else ()),
        *(((deciding,),) if decides else ()),
    )


def runs(request: VoterRequest) -> bool:
    """Whether a term of ``request`` can be extended."""
    return not request.answered


def with_two(request: VoterRequest) -> bool:
    """Whether two terms run."""
    return request.state is RequestState.SENT_TO_BODY and request.legal_due_on is not None
