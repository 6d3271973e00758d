"""What a visit to an object recommended, reminded of with the way to tell how it was followed."""

from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, actor_of
from handlers.objects import words
from handlers.objects.callbacks import FollowUp, Objects, OpenVisit, SnoozeVisit
from handlers.reminders.reminded import Line, Reminded, Subject, reminded
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.objects import ControlledObject, Visit, reminding

LABEL, IN_LINE, SHOWN = 60, 60, 300  # characters


def _current(tx: Connection, to: Recipient, params: list[dict[str, Any]]) -> list[Reminded]:
    actor, by_id = actor_of(tx, to), {int(one["item_id"]): one for one in params}
    if actor is None:
        return []
    return [
        reminded(
            to,
            _line_of(to, one, visit, visit.due_on),
            by_id[visit.id],
            partial(_alone, to, one, visit, visit.due_on),
        )
        for one, visit in reminding.awaited(tx, actor, list(by_id))
        if visit.due_on and date.fromisoformat(by_id[visit.id]["deadline"]) == visit.due_on
    ]


def _line_of(to: Recipient, one: ControlledObject, visit: Visit, due: date) -> Line:
    name, left = words.name(to.t, one, IN_LINE), dates.days_left(to.t, due, to.today)
    label = shortened(f"👣 {left.unescape()} · {name}", LABEL)
    line = Markup("👣 {} · <b>{}</b>").format(name, left)
    return Line(due, line, Button(label, OpenVisit(id=visit.id)))


def _alone(to: Recipient, one: ControlledObject, visit: Visit, due: date, *, late: bool) -> Screen:
    t = to.t
    follow = FollowUp(id=visit.id, version=visit.version)
    return Screen(
        lines(
            t("⏰ <b>A reminder that comes late: recommendation of a visit</b>")
            if late
            else t("⏰ <b>Reminder: recommendation of a visit</b>"),
            Markup("🏗 {}").format(words.name(t, one)),
            Markup("«{}»").format(shortened(visit.recommendation or "", SHOWN)),
            t(
                "Item due: {date} · <b>{left}</b>",
                date=dates.day(t, due, to.today),
                left=dates.days_left(t, due, to.today),
            ),
            t("Was it followed?"),
        ),
        rows=(
            (Button(t.plain("✅ Recommendation followed"), follow),),
            (Button(t.plain("⏰ Remind me later"), SnoozeVisit(id=visit.id)),),
            (Button(t.plain("Open the visit"), OpenVisit(id=visit.id)),),
            nav.exits(t),
        ),
    )


SUBJECT = Subject(
    _current,
    N_("⏰ <b>Reminder: recommendations of visits: {n}</b>"),
    N_("Tap a visit to open it."),
    N_("All objects"),
    N_("recommendations of visits: {n}"),
    Objects(),
)
