"""The yearly word to those who keep the calendar: next year's is not confirmed yet."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui import nav
from handlers.ui.screen import Button, Screen, lines
from handlers.working_days import words
from handlers.working_days.callbacks import OpenYear
from storage import working_days
from storage.calendar_keeping import NAG
from storage.rules.access import Action, may


def _nag(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    year = working_days.of_year(tx, int(params["year"]))
    if year.confirmed_at or actor is None or not may(actor, Action.KEEP_CALENDAR):
        return None
    t = to.t
    uncertain = words.uncertain(t, year, to.today)
    return Screen(
        lines(
            t("⏰ <b>Please confirm the working calendar of {year}</b>", year=year.year),
            t("Deadlines and reminders of that year are reckoned by it."),
            t("Compare it with the Government's resolution: were working days moved?"),
            t("Not certain yet: {days}", days=uncertain) if uncertain else None,
            t("Until it is confirmed, I shall ask once a week."),
        ),
        rows=(
            (
                Button(
                    t.plain("Open the calendar of {year}", year=year.year), OpenYear(year=year.year)
                ),
            ),
            nav.exits(t),
        ),
    )


RENDERERS: dict[str, Renderer] = {NAG: _nag}
