"""Screens of whom a draft goes to: primary organisations, and the factions of maslikhats."""

from collections.abc import Sequence

from handlers.broadcasts.addressing.callbacks import (
    FactionChoice,
    Level,
    PrimaryChoice,
    SwitchFaction,
    SwitchLevel,
    SwitchPrimary,
)
from handlers.broadcasts.addressing.screens import CHOSEN, OPEN, choosing
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, column
from storage.branches import Branch
from storage.broadcasts import Preview
from storage.primaries import Primary

LEVELS = {
    Level.REGION: N_("Regional maslikhat"),
    Level.CITY: N_("All city maslikhats"),
    Level.DISTRICT: N_("All district maslikhats"),
}


def organisations(turn: Turn, shown: Preview, offered: Sequence[Primary], page: int) -> Screen:
    """Primary organisations to switch, a page of them; how many belong to each."""
    t, draft = turn.t, shown.broadcast
    page, chosen = paging.clamp(page, len(offered)), draft.whom.primaries
    buttons = [
        Button(
            f"{CHOSEN if one.id in chosen else OPEN} "
            f"{t.pick(one.name_kk, one.name_ru)} · {one.members}",
            SwitchPrimary(id=draft.id, version=draft.version, primary_id=one.id, page=page),
        )
        for one in offered[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(
        t, buttons, page, len(offered), lambda at: PrimaryChoice(id=draft.id, page=at)
    )
    none = t("The branch has none yet. Add them: /setup")
    return choosing(t, shown, rows, None if offered else none)


def factions(turn: Turn, shown: Preview, every: Sequence[Branch], page: int) -> Screen:
    """Factions to switch: whole levels where there are several, then one by one."""
    t, draft = turn.t, shown.broadcast
    chosen = set(draft.whom.factions)
    page = paging.clamp(page, len(every))
    buttons = [
        Button(
            f"{CHOSEN if one.id in chosen else OPEN} {one.named(t.language)}",
            SwitchFaction(id=draft.id, version=draft.version, branch_id=one.id, page=page),
        )
        for one in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    levels = [
        Button(
            f"{CHOSEN if of_level <= chosen else OPEN} {t.plain(label)}",
            SwitchLevel(id=draft.id, version=draft.version, level=level),
        )
        for level, label in LEVELS.items()
        if (of_level := {one.id for one in every if one.kind == level}) and len(every) > 1
    ]
    rows = paging.rows(t, buttons, page, len(every), lambda at: FactionChoice(id=draft.id, page=at))
    hint = t("A faction is the deputies of the maslikhat and their leader.")
    return choosing(t, shown, (*column(levels), *rows), hint)
