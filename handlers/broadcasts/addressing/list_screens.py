"""Screens of saved lists: chosen for a draft, and kept."""

from collections.abc import Sequence

from handlers.broadcasts.addressing.callbacks import (
    AskRemoveList,
    Except,
    KeptLists,
    ListChoice,
    OpenList,
    RemoveList,
    RenameList,
    SwitchList,
)
from handlers.broadcasts.addressing.screens import CHOSEN, LEFT_OUT, OPEN, choosing
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Screen, lines
from storage.broadcasts import Preview
from storage.broadcasts.saved_lists import SavedList


def choice(turn: Turn, shown: Preview, offered: Sequence[SavedList], at: ListChoice) -> Screen:
    """Lists to switch, a page of them, and the way to keeping them."""
    t, draft = turn.t, shown.broadcast
    there = draft.whom.not_lists if at.without else draft.whom.lists
    chosen = {one.id for one in there}
    sign, page = LEFT_OUT if at.without else CHOSEN, paging.clamp(at.page, len(offered))
    buttons = [
        Button(
            f"{sign if one.id in chosen else OPEN} {one.name}",
            SwitchList(
                id=draft.id, version=draft.version, list_id=one.id, without=at.without, page=page
            ),
        )
        for one in offered[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(
        t,
        buttons,
        page,
        len(offered),
        lambda to: ListChoice(id=draft.id, without=at.without, page=to),
    )
    keeping = Button(t.plain("✏️ Rename and delete"), KeptLists(id=draft.id))
    none = t("There are no lists yet. Choose whom it goes to, then: «💾 Save as a list».")
    return choosing(
        t,
        shown,
        (*rows, *(((keeping,),) if offered else ())),
        t("A list is looked up anew when the broadcast goes.") if offered else none,
        Except(id=draft.id) if at.without else None,
    )


def kept(turn: Turn, number: int, every: Sequence[SavedList], page: int) -> Screen:
    """The lists to rename and delete."""
    t, page = turn.t, paging.clamp(page, len(every))
    buttons = [
        Button(one.name, OpenList(id=number, list_id=one.id))
        for one in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(t, buttons, page, len(every), lambda to: KeptLists(id=number, page=to))
    return Screen(
        lines(
            t("⭐ <b>Saved lists</b>"),
            t("Tap one to rename or delete it.") if every else t("There are none any more."),
        ),
        rows=(*rows, nav.exits(t, ListChoice(id=number))),
    )


def card(turn: Turn, number: int, one: SavedList) -> Screen:
    """One list, with what can be done."""
    t = turn.t
    goes = RenameList(id=number, list_id=one.id, version=one.version)
    return Screen(
        t("⭐ <b>{name}</b>", name=one.name),
        rows=(
            (Button(t.plain("✏️ Rename"), goes),),
            (Button(t.plain("🗑 Delete"), AskRemoveList(id=number, list_id=one.id)),),
            nav.exits(t, KeptLists(id=number)),
        ),
    )


def removing(turn: Turn, number: int, one: SavedList) -> Screen:
    """Before it is deleted."""
    t = turn.t
    goes = RemoveList(id=number, list_id=one.id, version=one.version)
    return Screen(
        lines(
            t("🗑 Delete the list «{name}»?", name=one.name),
            t("Nobody in it is deleted; drafts that use it keep it."),
        ),
        rows=(
            (Button(t.plain("Yes, delete the list"), goes),),
            nav.exits(t, OpenList(id=number, list_id=one.id)),
        ),
    )
