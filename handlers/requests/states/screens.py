"""The choice of a request's next state, and the look at an outcome before it is accepted."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.requests import callbacks, terms, words
from handlers.requests.sending.callbacks import ChooseBody
from handlers.requests.states.callbacks import AcceptReport, CheckReport, ReturnReport
from handlers.ui import dates, nav
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.errors import NotPossible
from storage.requests import HistoryLine, VoterRequest
from storage.rules.request_states import RequestState
from storage.rules.veiling import veiled
from storage.rules.working_days import WorkingCalendar

SHOWN_PROOF = 500  # characters
CHECK = N_("🔎 Check the outcome")
_REFUSALS = {
    "who": N_("This step is not open to you."),
    "own": N_("Somebody else has to accept it: you reported it, or answer for it."),
}


def states(
    t: Translator,
    request: VoterRequest,
    today: date,
    calendar: WorkingCalendar,
    open_to: Sequence[RequestState],
    mistake: Markup | None = None,
) -> Screen:
    """The states to which the reader may take the request, each a button."""
    rows = tuple((_step(t, request, to_state),) for to_state in open_to)
    return Screen(
        lines(
            t("📝 № {number}: what is its state now?", number=request.number),
            t("State until now: {state}", state=words.state(t, request.state)),
            terms.deadline(t, request, today, calendar),
            None if rows else t("No step is open to you now."),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )


def check(
    t: Translator,
    request: VoterRequest,
    line: HistoryLine | None,
    today: date,
    zone: ZoneInfo,
    mistake: Markup | None = None,
) -> Screen:
    """The outcome with its proof (``line``), and what accepting it means."""
    of = {"id": request.id, "version": request.version}
    files = Button(
        t.plain("📎 Files ({n})", n=request.attachments), callbacks.RequestFiles(id=request.id)
    )
    proof = shortened(veiled(line.text), SHOWN_PROOF) if line and line.text else None
    return Screen(
        lines(
            t("🔎 № {number}: is the outcome accepted?", number=request.number),
            t(
                "Reported: {state} · {name} · {date}",
                state=words.state(t, request.state),
                name=line.by,
                date=dates.short_day(t, line.at.astimezone(zone).date(), today),
            )
            if line
            else words.state(t, request.state),
            t("Proof: {text}", text=proof) if proof else None,
            t("Once accepted, the request is closed and the voter's contact is erased."),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(
            (Button(t.plain("✅ Accept and close"), AcceptReport(**of)),),
            (Button(t.plain("↩️ Return with a word"), ReturnReport(**of)),),
            *(((files,),) if request.attachments else ()),
            nav.exits(t, callbacks.OpenRequest(id=request.id)),
        ),
    )


def to_check(t: Translator, request: VoterRequest) -> tuple[Row, ...]:
    """The way to that look."""
    return ((Button(t.plain(CHECK), CheckReport(id=request.id)),),)


def why_not(t: Translator, error: NotPossible) -> str | None:
    """Why a step is not possible, for a toast; None where the new state says it."""
    return t.plain(_REFUSALS[error.reason]) if error.reason in _REFUSALS else None


def said_why_not(t: Translator, error: NotPossible) -> Markup | None:
    """The same for the line above a card."""
    word = why_not(t, error)
    return Markup("⚠️ {}").format(word) if word else None


def _step(t: Translator, request: VoterRequest, to_state: RequestState) -> Button:
    if to_state is RequestState.CLOSED:
        return Button(t.plain(CHECK), CheckReport(id=request.id))
    if to_state is RequestState.SENT_TO_BODY:
        goes = ChooseBody(id=request.id, version=request.version)
        return Button(words.state(t, to_state), goes)
    data = callbacks.ChangeState(id=request.id, version=request.version, to_state=to_state.value)
    return Button(words.step_to(t, request, to_state), data)
