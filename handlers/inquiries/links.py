"""The way from a voter's request to its inquiries, and to a new one."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.inquiries import callbacks, words
from handlers.turn import Turn
from handlers.ui.screen import Button, Row
from storage.inquiries import Listed
from storage.requests import VoterRequest
from storage.rules.access import Action, may
from storage.rules.request_states import RequestState

SHOWN = 3  # inquiries in lines of a request's card


def lines(turn: Turn, found: Sequence[Listed]) -> tuple[Markup, ...]:
    """The latest inquiries of a request, each with its state."""
    return tuple(
        turn.t("📄 Inquiry № {number} · {state}", number=one.number, state=words.state(turn.t, one))
        for one in found[-SHOWN:]
    )


def rows(turn: Turn, request: VoterRequest, found: Sequence[Listed]) -> tuple[Row, ...]:
    """To the inquiries of a request, and to a new one for its deputy."""
    row = []
    closed = request.state is RequestState.CLOSED
    if may(turn.actor, Action.MAKE_INQUIRIES, request.branch_id) and not closed:
        label = turn.t.plain("📄 Make an inquiry")
        row.append(Button(label, callbacks.NewInquiry(request=request.id)))
    if found:
        label = turn.t.plain("Its inquiries: {n}", n=len(found))
        row.append(Button(label, callbacks.InquiriesOf(request=request.id)))
    return (tuple(row),) if row else ()
