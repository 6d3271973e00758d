"""Reminders as they are read: of one thing with its own buttons, or of several."""

from itertools import groupby
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.reminders import (
    indicator_facts,
    inquiry_answers,
    late_bodies,
    object_visits,
    overdue_requests,
    roadmap_items,
    voter_requests,
    weeks,
)
from handlers.reminders.reminded import Reminded, Subject
from handlers.roadmap import notices as roadmap_notices
from handlers.ui import nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage import reminders

SUBJECTS: dict[str, Subject] = {
    "roadmap_item": roadmap_items.SUBJECT,
    "indicator": indicator_facts.SUBJECT,
    "object_visit": object_visits.SUBJECT,
    "inquiry": inquiry_answers.SUBJECT,
    "voter_request": voter_requests.SUBJECT,
}
MIXED = N_("⏰ <b>Reminder of several things: {n}</b>")
TAP = N_("Tap to open it.")


def one(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """A reminder of one thing; None when it is done, moved or another's by now."""
    found = SUBJECTS[params["subject"]].current(tx, to, [params])
    return found[0].alone if found else None


def several(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """One message about several things; what is done by now is left out."""
    given = sorted(params["items"], key=lambda item: str(item["subject"]))
    about: dict[str, list[Reminded]] = {}
    for subject, items in groupby(given, key=lambda item: str(item["subject"])):
        if found := SUBJECTS[subject].current(tx, to, list(items)):
            about[subject] = found
    everything = [reminded for found in about.values() for reminded in found]
    everything.sort(key=lambda reminded: reminded.deadline)
    if len(everything) > 1:
        counted = [(SUBJECTS[subject], len(found)) for subject, found in about.items()]
        return _digest(to, everything, counted)
    return everything[0].alone if everything else None


def _digest(to: Recipient, found: list[Reminded], counted: list[tuple[Subject, int]]) -> Screen:
    t, subjects = to.t, [subject for subject, _ in counted]
    only = subjects[0] if len(subjects) == 1 else None
    of_each = Markup(", ").join(t(one.counted, n=n) for one, n in counted)
    shown = found[: paging.PAGE]
    rest = len(found) - len(shown)
    doors: tuple[Row, ...] = column(Button(t.plain(one.every), one.door) for one in subjects)
    return Screen(
        lines(
            t(only.several if only else MIXED, n=len(found)),
            None if only else of_each,
            *(reminded.line for reminded in shown),
            t("And more in the list: {n}", n=rest) if rest else None,
            t(only.tap if only else TAP),
        ),
        rows=(*column(reminded.button for reminded in shown), *doors, nav.exits(t)),
    )


RENDERERS: dict[str, Renderer] = {
    **dict.fromkeys(reminders.KINDS.values(), one),
    reminders.DIGEST: several,
    **roadmap_notices.RENDERERS,
    **overdue_requests.RENDERERS,
    **late_bodies.RENDERERS,
    **weeks.RENDERERS,
}
