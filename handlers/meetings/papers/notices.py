"""Who has something to carry out is told; the secretary is asked for what a meeting lacks."""

from typing import Any

from sqlalchemy import Connection

from handlers.meetings.manage import Manage
from handlers.meetings.papers import words
from handlers.meetings.papers.callbacks import OpenInstruction, Papers
from handlers.meetings.summaries.callbacks import Desk
from handlers.meetings.texts import title, when
from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui import nav
from handlers.ui.screen import Button, Screen, lines
from storage import meetings
from storage.errors import DomainError
from storage.meetings import document, signing, tasks
from storage.meetings.preparing import prepares


def _given(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    found = tasks.carries(tx, to.person_id, int(params["instruction"]))
    if found is None:
        return None
    t = to.t
    alone = found.executor_id == to.person_id
    goes = OpenInstruction(id=found.id, own=True)
    return Screen(
        lines(
            t("📌 <b>An instruction is given to you</b>")
            if alone
            else t("📌 <b>You are a co-executor of an instruction</b>"),
            *words.instruction(to, found),
        ),
        rows=((Button(t.plain("Open the instruction"), goes),), nav.exits(t)),
    )


def _missing(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        meeting = meetings.get(tx, actor, int(params["meeting"]))
    except DomainError:  # lost the role meanwhile, or the meeting is gone
        return None
    lacks = signing.missing(tx, meeting.id)
    if not lacks or not prepares(actor, meeting.branch_id, meeting.body):
        return None
    t = to.t
    return Screen(
        lines(
            t("⏰ <b>The papers of a meeting are not ready</b>"),
            title(to, meeting),
            when(to, meeting),
            t("⚠️ The minutes are not signed.") if lacks.minutes else None,
            t("⚠️ The summary is not published.") if lacks.summary else None,
        ),
        rows=(
            *(((Button(t.plain("Minutes"), Papers(id=meeting.id)),),) if lacks.minutes else ()),
            *(
                ((Button(t.plain("Summary for members"), Desk(id=meeting.id)),),)
                if lacks.summary
                else ()
            ),
            (Button(t.plain("Manage the meeting"), Manage(id=meeting.id)),),
            nav.exits(t),
        ),
    )


RENDERERS: dict[str, Renderer] = {document.KIND: _given, signing.NAG: _missing}
