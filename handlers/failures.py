"""Failures of the domain in words: what is wrong, and what one can do."""

import re
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.requests.following.callbacks import AskCode
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines, toast
from storage import audit, people, refused_tries
from storage.errors import (
    AlreadyChanged,
    DomainError,
    NotAllowed,
    NotFound,
    NotPossible,
    TooMany,
)
from storage.rules.access import Actor

_KIND = re.compile(r"[a-z]{1,16}(?=:|$)")  # the prefix of a button's data: no digits, no names

CRASHED = N_("⚠️ It did not work: a fault on our side. Nothing was changed, please try again.")


async def told(turn: Turn, error: DomainError, *, tapped: bool) -> Screen:
    """Turn ``error`` into a screen; refusals are recorded. ``tapped``: it came from a button."""
    if isinstance(error, NotAllowed):
        return await refused(turn, error.action, tapped=tapped)
    if isinstance(error, NotFound):
        await missing(turn, error)
        return _said(turn, turn.t.plain("This is no longer here, or is not for you."), tapped)
    if isinstance(error, AlreadyChanged):
        return _said(turn, changed(turn, error), tapped)
    if isinstance(error, TooMany):
        minutes = max(1, round((error.retry_at - turn.now).total_seconds() / 60))
        text = turn.t.plain("Too many tries. Try again in {n} min.", n=minutes)
        return _said(turn, text, tapped)
    if isinstance(error, NotPossible):
        return _said(turn, turn.t.plain("This is not possible any more: it has changed."), tapped)
    return _said(turn, turn.t.plain("This could not be done."), tapped)


async def refused(turn: Turn, action: str, *, tapped: bool) -> Screen:
    """The polite no: whom to ask, and the way back. Recorded in the audit."""
    branch_ids = [m.branch_id for m in turn.actor.memberships if m.branch_id is not None]
    branch_id = branch_ids[0] if branch_ids else None
    asked = await turn.read(_to_be_asked, turn.actor, branch_id, turn.today)
    await _record(turn, action)
    names = ", ".join(person.name for person in asked)
    if tapped:
        text = turn.t.plain("This is not open to you. Ask: {names}", names=names or "—")
        return toast(text[:200], alert=True)
    mine = Button(turn.t.plain("🔎 My request"), AskCode())  # they may be a voter
    return Screen(
        lines(
            turn.t("⚠️ This is not open to you."),
            turn.t("Whom to ask: {names}", names=names) if names else None,
            turn.t("You can ask for access from the menu.") if turn.actor.is_guest else None,
        ),
        rows=(
            *(((mine,),) if turn.actor.is_guest else ()),
            (nav.home(turn.t),),
        ),
    )


def elsewhere(turn: Turn, payload: str, *, tapped: bool = False) -> Screen:
    """In a group: what is personal goes on in the private chat.

    A message there is everybody's: a tap, forged perhaps, must not put another in its place.
    """
    if tapped:
        word = turn.t.plain("This is personal. Let us go on in our private chat.")
        return toast(word, alert=True)
    return Screen(
        turn.t("This is personal. Let us go on in our private chat."),
        rows=((Button(turn.t.plain("Open the private chat"), url=turn.deep_link(payload)),),),
    )


def crashed(turn: Turn, *, tapped: bool) -> Screen:
    """Something broke in the program; nothing was changed."""
    if tapped:
        return toast(turn.t.plain(CRASHED), alert=True)
    return Screen(turn.t(CRASHED), rows=((nav.home(turn.t),),))


def _to_be_asked(
    tx: Connection, actor: Actor, branch_id: int | None, today: date
) -> list[people.Person]:
    """The secretaries of the branch, but nobody is sent to herself: then those of the region."""
    for nearest in (branch_id, None):
        found = people.secretaries(tx, nearest, today)
        others = [person for person in found if person.id != actor.person_id]
        if others:
            return others
    return []


async def missing(turn: Turn, error: NotFound) -> None:
    """Record that something was asked for that is not there: a foreign object looks like that."""
    await _record(turn, f"find_{error.subject}")


async def unreadable(turn: Turn, data: str) -> Screen:
    """A button of another time, or a forged one; of what it carries only its kind is recorded."""
    kind = _KIND.match(data)
    await _record(turn, "read_button", **({"kind": kind[0]} if kind else {}))
    return toast(turn.t.plain("This button is out of date. Open the menu: /menu"), alert=True)


async def _record(turn: Turn, action: str, **details: str) -> None:
    """Once in a turn, together with its mark; or by itself, when its one write is made already."""
    if turn.refused:
        return
    turn.refused = True
    write = turn.database.write if turn.written else turn.write
    await write(_count, turn.actor, turn.now, action, **details)


def _count(tx: Connection, /, actor: Actor, now: datetime, action: str, **details: str) -> None:
    audit.refusal(tx, actor, now, action, **details)
    refused_tries.count(tx, actor.person_id, now)


def changed(turn: Turn, error: AlreadyChanged) -> str:
    """Who was first, and when."""
    if error.by is None or error.at is None:
        return turn.t.plain("It was changed meanwhile. Here is how it stands now.")
    at = error.at.astimezone(turn.zone)
    return turn.t.plain("{name} changed it at {time}.", name=error.by, time=f"{at:%H:%M}")


def _said(turn: Turn, text: str, tapped: bool) -> Screen:
    if tapped:
        return toast(text[:200], alert=True)
    return Screen(Markup("⚠️ {}").format(text), rows=((nav.home(turn.t),),))
