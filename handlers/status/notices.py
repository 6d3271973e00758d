"""The question that a restore leaves: what becomes of what waited before it."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.status.callbacks import Decide
from handlers.ui import dates, nav
from handlers.ui.screen import Button, Screen, lines
from storage import restoring


def asked(tx: Connection, to: Recipient, _params: dict[str, Any]) -> Screen | None:
    """The question, with the numbers of this moment; None when it is decided."""
    held = restoring.waiting(tx)
    if held is None:
        return None
    t = to.t
    moment = dates.moment(t, held.restored_at.astimezone(to.zone), to.today)
    nothing = not (held.messages or held.reminders)
    send = t.plain("Go on") if nothing else t.plain("Send what waited")
    drop = () if nothing else ((Button(t.plain("Do not send it"), Decide(send=False)),),)
    return Screen(
        lines(
            t("⚠️ <b>The database was restored from a backup</b>"),
            t("Restored: {moment}", moment=moment),
            t("Messages that waited in it: {n}", n=held.messages),
            t("Reminders that were due in it: {n}", n=held.reminders),
            t("Nothing old waits in it. New messages go out as always.")
            if nothing
            else t("People may have got them before the restore. Until you decide, they wait."),
        ),
        rows=((Button(send, Decide(send=True)),), *drop, nav.exits(t)),
    )


RENDERERS: dict[str, Renderer] = {restoring.NOTICE: asked}
