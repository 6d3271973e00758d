"""What those above a deputy hear of: requests long overdue, and requests without a deputy."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.requests import callbacks, words
from handlers.ui import dates, nav, paging
from handlers.ui.screen import Button, Screen, column, lines
from storage.requests import VoterRequest
from storage.requests.escalating import KIND
from storage.requests.reminding import unanswered


def _overdue(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """Those that are unanswered still; None when all were answered meanwhile."""
    t, found = to.t, unanswered(tx, to.person_id, params["requests"], to.today)
    if not found:
        return None
    shown, rest = found[: paging.PAGE], len(found) - paging.PAGE
    days = int(params["days"])
    return Screen(
        lines(
            t("⚠️ <b>Requests overdue, working days: {days} or more</b>", days=days)
            if days
            else t("⚠️ <b>Requests that need another deputy</b>"),
            *(_line(to, request) for request in shown),
            t("And more in the list: {n}", n=rest) if rest > 0 else None,
        ),
        rows=(
            *column(
                Button(f"📝 {request.number}", callbacks.OpenRequest(id=request.id))
                for request in shown
            ),
            nav.exits(t, callbacks.RequestList(which="overdue")),
        ),
    )


def _line(to: Recipient, request: VoterRequest) -> Markup:
    left = dates.days_left(to.t, request.due_on, to.today)
    category = words.category(to.t, request)
    return Markup("{} {} · {} · <b>{}</b>").format(
        request.number, category, request.deputy_name, left
    )


RENDERERS: dict[str, Renderer] = {KIND: _overdue}
