"""Standstills in words: one that is over, and one that is under way."""

from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.ui import dates, nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Screen, lines
from storage.ticking import DOWN


def _was_down(_tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    t = to.t
    since, until = (
        datetime.fromisoformat(params[name]).astimezone(to.zone) for name in ("since", "until")
    )
    late = int(params["late"])
    return Screen(
        lines(
            t("⚠️ <b>Buro stood still, and works again</b>"),
            t("From: {moment}", moment=dates.moment(t, since, to.today)),
            t("Until: {moment}", moment=dates.moment(t, until, to.today)),
            t("In all: {duration}", duration=duration(t, until - since)),
            t("Reminders that came later than planned: {n}", n=late)
            if late
            else t("No reminder came later than planned."),
            t("What people wrote meanwhile is answered now."),
        ),
        rows=(nav.exits(t),),
    )


def silent(t: Translator, minutes: int) -> Markup:
    """The alarm while nothing is looked for, sent past the database."""
    return lines(
        t("⚠️ <b>Buro sends no reminders now</b>"),
        t("Nothing could be looked for in the last {n} minutes.", n=minutes),
        t("The database may be locked or the disk full. Please look into the log of the server."),
    )


def duration(t: Translator, span: timedelta) -> str:
    """A span in days, hours and minutes."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    if days:
        return t.plain("{days} d {hours} h", days=days, hours=hours)
    if hours:
        return t.plain("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return t.plain("{minutes} min", minutes=minutes)


RENDERERS: dict[str, Renderer] = {DOWN: _was_down}
