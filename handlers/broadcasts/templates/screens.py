"""The screens of templates and of former broadcasts."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.broadcasts.callbacks import NewBroadcast
from handlers.broadcasts.screens import EXCERPT, excerpt, title
from handlers.broadcasts.templates.callbacks import (
    AskDropTemplate,
    BeginFrom,
    DropTemplate,
    Former,
    KeptTemplates,
    Templates,
)
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Row, Screen, lines
from storage.broadcasts.reading import Broadcast
from storage.broadcasts.templates import Source

TITLE = 40  # characters of a button


def offered(turn: Turn, found: Sequence[Source], page: int) -> Screen:
    """The templates; a tap begins a draft from one."""
    t = turn.t
    more = [Button(t.plain("🕘 Former broadcasts"), Former())]
    if found:
        more.append(Button(t.plain("🗑 Delete"), KeptTemplates()))
    return Screen(
        lines(
            t("📑 <b>Templates of the branch</b>"),
            t("A tap begins a new draft; nothing goes before you confirm it.")
            if found
            else t("There are none yet. Save a draft as one: «⚙️ Complete it»."),
        ),
        rows=(
            *_rows(turn, found, page, lambda one: BeginFrom(id=one), lambda to: Templates(page=to)),
            tuple(more),
            nav.exits(t, NewBroadcast()),
        ),
    )


def former(turn: Turn, found: Sequence[Source], page: int) -> Screen:
    """Former broadcasts; a tap begins a draft from one."""
    t = turn.t
    return Screen(
        lines(
            t("🕘 <b>Former broadcasts of the branch</b>"),
            t("A tap begins a new draft; nothing goes before you confirm it.")
            if found
            else t("Nothing has gone out yet."),
        ),
        rows=(
            *_rows(turn, found, page, lambda one: BeginFrom(id=one), lambda to: Former(page=to)),
            nav.exits(t, Templates()),
        ),
    )


def kept(turn: Turn, found: Sequence[Source], page: int) -> Screen:
    """The templates; a tap asks whether one shall be deleted."""
    t = turn.t
    return Screen(
        lines(
            t("🗑 <b>Which template shall be deleted?</b>"),
            None if found else t("There are none any more."),
        ),
        rows=(
            *_rows(
                turn,
                found,
                page,
                lambda one: AskDropTemplate(id=one),
                lambda to: KeptTemplates(page=to),
            ),
            nav.exits(t, Templates()),
        ),
    )


def dropping(turn: Turn, of: Broadcast) -> Screen:
    """Before one is deleted."""
    t = turn.t
    return Screen(
        lines(
            t("🗑 Delete this template?"),
            Markup("<i>{}</i>").format(title(t, of)),
            t("Drafts made from it stay."),
        ),
        rows=(
            (Button(t.plain("Yes, delete the template"), DropTemplate(id=of.id)),),
            nav.exits(t, KeptTemplates()),
        ),
    )


def _rows(
    turn: Turn,
    found: Sequence[Source],
    page: int,
    goes: Callable[[int], CallbackData],
    turn_to: Callable[[int], CallbackData],
) -> tuple[Row, ...]:
    page = paging.clamp(page, len(found))
    buttons = [
        Button(
            f"{one.at.astimezone(turn.zone):%d.%m} · "
            f"{excerpt(one.text, EXCERPT)[:TITLE] or one.author}",
            goes(one.id),
        )
        for one in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return paging.rows(turn.t, buttons, page, len(found), turn_to)
