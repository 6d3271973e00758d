"""What can be done with a voter's request beside what its card offers: one button each."""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.privacy.task_callbacks import AskKind
from handlers.requests import callbacks, words
from handlers.requests.clocks.callbacks import Extend, Pause, WhyDue
from handlers.requests.following.callbacks import AnswerVoter, VoterLink
from handlers.requests.sending.callbacks import ChooseBody, NoteNumber
from handlers.requests.watching.callbacks import Watch
from handlers.requests.working import callbacks as working
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, lines
from storage import requests
from storage.requests import VoterRequest
from storage.requests.transitions import parts_of
from storage.rules.access import Action, may
from storage.rules.request_states import RequestState

router = Router(name="requests.manage")


@dataclass(frozen=True)
class Entry:
    """One thing that can be done: the button's text, where it goes, and whether it is open now."""

    label: str  # a msgid
    goes: Callable[[VoterRequest], CallbackData]
    shown: Callable[[Turn, VoterRequest], bool]
    reading: bool = False  # open to who reads the request without working on it


def _offered(turn: Turn, request: VoterRequest) -> bool:
    return request.handed_from is not None and request.deputy_id == turn.actor.person_id


def _goes_on(request: VoterRequest) -> bool:
    return not request.settled and request.merged_into is None


def _with_body(request: VoterRequest) -> bool:
    return request.state is RequestState.SENT_TO_BODY and request.body_id is not None


# The capabilities of a request's life put theirs here, in the order of that life.
ENTRIES: tuple[Entry, ...] = (
    Entry(N_("🔗 Link for the voter"), lambda r: VoterLink(id=r.id), lambda _turn, _r: True),
    Entry(N_("💬 Write to the voter"), lambda r: AnswerVoter(id=r.id), lambda _turn, _r: True),
    Entry(N_("👁 Watching"), lambda r: Watch(id=r.id), lambda _turn, _r: True),
    Entry(
        N_("✅ I take it"),
        lambda request: working.Take(id=request.id, version=request.version),
        lambda turn, request: _offered(turn, request),
    ),
    Entry(
        N_("↩️ I return it"),
        lambda request: working.GiveBack(id=request.id, version=request.version),
        lambda turn, request: _offered(turn, request),
    ),
    Entry(
        N_("🤝 Hand over"),
        lambda request: working.HandOver(id=request.id, version=request.version),
        lambda _turn, request: _goes_on(request),
        reading=True,
    ),
    Entry(
        N_("🔗 Merge with another"),
        lambda request: working.Similars(id=request.id),
        lambda _turn, request: _goes_on(request),
    ),
    Entry(
        N_("✂️ Split a second matter off"),
        lambda request: working.SplitOff(id=request.id, version=request.version),
        lambda _turn, request: _goes_on(request),
    ),
    Entry(
        N_("🔒 Data of the voter"),
        lambda request: AskKind(id=request.id),
        lambda turn, request: may(turn.actor, Action.ANSWER_FOR_DATA, request.branch_id),
    ),
    Entry(
        N_("⏸ The voter was asked for something"),
        lambda request: Pause(id=request.id, version=request.version),
        lambda _turn, request: not request.answered and request.paused_since is None,
    ),
    Entry(N_("❓ Why this term?"), lambda r: WhyDue(id=r.id), lambda _turn, _r: True),
    Entry(
        N_("📅 Extend the term"),
        lambda request: Extend(id=request.id, version=request.version),
        lambda _turn, request: not request.answered,
    ),
    Entry(
        N_("🏛 The body sent it on"),
        lambda request: ChooseBody(id=request.id, version=request.version),
        lambda _turn, request: _with_body(request),
    ),
    Entry(
        N_("🏛 Number and day at the body"),
        lambda request: NoteNumber(id=request.id, version=request.version),
        lambda _turn, request: _with_body(request),
    ),
    Entry(
        N_("🗑 Consent withdrawn"),
        lambda request: callbacks.WithdrawConsent(id=request.id, version=request.version),
        lambda _turn, request: request.has_contact,
    ),
)


def button(turn: Turn, request: VoterRequest) -> tuple[Row, ...]:
    """The row of a request's card that leads here, when there is anything to do."""
    if not _open_now(turn, request):
        return ()
    return ((Button(turn.t.plain("⋯ More"), callbacks.MoreOfRequest(id=request.id)),),)


def _open_now(turn: Turn, request: VoterRequest) -> list[Entry]:
    works = bool(parts_of(turn.actor, request))
    return [one for one in ENTRIES if (works or one.reading) and one.shown(turn, request)]


def screen(turn: Turn, request: VoterRequest, *, word: Markup | None = None) -> Screen:
    """Everything else that can be done with the request now; ``word`` comes first."""
    t = turn.t
    rows: tuple[Row, ...] = tuple(
        (Button(t.plain(entry.label), entry.goes(request)),) for entry in _open_now(turn, request)
    )
    return Screen(
        lines(
            word,
            words.heading(t, request.number, request.state),
            t("What else is to be done with it?"),
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )


@router.callback_query(callbacks.MoreOfRequest.filter())
@policy(Action.WORK_ON_REQUESTS)
async def manage(
    _query: CallbackQuery, turn: Turn, callback_data: callbacks.MoreOfRequest
) -> Screen:
    """Show what else can be done with a request."""
    return screen(turn, await turn.read(requests.get, turn.actor, callback_data.id))
