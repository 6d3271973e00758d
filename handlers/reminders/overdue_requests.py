"""What those above a deputy hear of: requests long overdue, and requests without a deputy."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.requests import callbacks, words
from handlers.ui import dates, nav, paging
from handlers.ui.screen import Button, Screen, column, lines
from storage import working_days
from storage.requests import VoterRequest
from storage.requests.escalating import KIND
from storage.requests.reminding import unanswered
from storage.rules.working_days import WorkingCalendar


def _overdue(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """Those that are unanswered still; None when all were answered meanwhile."""
    t, found = to.t, unanswered(tx, to.person_id, params["requests"], to.today)
    if not found:
        return None
    shown, rest = found[: paging.PAGE], len(found) - paging.PAGE
    days, calendar = int(params["days"]), working_days.load(tx)
    return Screen(
        lines(
            t("⚠️ <b>Requests overdue, working days: {days} or more</b>", days=days)
            if days
            else t("⚠️ <b>Requests that need another deputy</b>"),
            *(_line(to, request, calendar) for request in shown),
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


def _line(to: Recipient, request: VoterRequest, calendar: WorkingCalendar) -> Markup:
    # In the unit by which the rungs are counted: working days.
    late = calendar.count(request.due_on, to.today)
    due = dates.short_day(to.t, request.due_on, to.today)
    left = (
        to.t("{n} working days overdue", n=late)
        if late > 0
        else to.t("Answer due: {date}", date=due)
    )
    category = words.category(to.t, request)
    return Markup("{} {} · {} · <b>{}</b>").format(
        request.number, category, request.deputy_name, left
    )


RENDERERS: dict[str, Renderer] = {KIND: _overdue}
