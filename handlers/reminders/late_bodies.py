"""What a deputy hears of bodies whose answers are late by law."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.requests import callbacks, terms
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage import working_days
from storage.requests import VoterRequest
from storage.requests.late_bodies import KIND, late_still
from storage.rules.working_days import WorkingCalendar

NAMED = 60  # characters of a body's name


def _late(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """Those that still wait; None when every body has answered meanwhile."""
    t, found = to.t, late_still(tx, to.person_id, params["requests"], to.today)
    if not found:
        return None
    calendar = working_days.load(tx)
    shown, rest = found[: paging.PAGE], len(found) - paging.PAGE
    return Screen(
        lines(
            t("⏰ <b>The body's answer is late by law</b>"),
            *(_line(to, request, calendar) for request in shown),
            t("And more in the list: {n}", n=rest) if rest > 0 else None,
            t("Ask the body for its answer; note it on the card when it comes."),
        ),
        rows=(
            *column(
                Button(f"📝 {request.number}", callbacks.OpenRequest(id=request.id))
                for request in shown
            ),
            nav.exits(t, callbacks.RequestList()),
        ),
    )


def _line(to: Recipient, request: VoterRequest, calendar: WorkingCalendar) -> Markup:
    t = to.t
    body = shortened(t.pick(request.body_kk, request.body_ru), NAMED)
    left = terms.working_left(t, request.legal_due_on or to.today, to.today, calendar)
    return Markup("{} {} · <b>{}</b>").format(request.number, body, left)


RENDERERS: dict[str, Renderer] = {KIND: _late}
