"""The screens on which primary organisations are kept."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.primaries import callbacks
from handlers.requests.settings.callbacks import RequestSettings
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.branches import Branch
from storage.primaries import AT_ONCE, Belonging, Primary
from storage.rules.names import LIMIT

IN, ELSEWHERE = "✅", "▫️"
NAME = 30  # characters of a person's name on a button


def branches(turn: Turn, every: Sequence[Branch], page: int) -> Screen:
    """The branches whose primary organisations one keeps."""
    t, page = turn.t, paging.clamp(page, len(every))
    buttons = [
        Button(one.named(t.language), callbacks.Primaries(branch=one.id))
        for one in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(t("🏘 <b>Primary organisations</b>"), t("Of which branch?")),
        rows=(
            *paging.rows(t, buttons, page, len(every), lambda to: callbacks.Primaries(page=to)),
            nav.exits(t, RequestSettings()),
        ),
    )


def listing(
    turn: Turn,
    branch: Branch,
    every: Sequence[Primary],
    page: int,
    word: Markup | None = None,
    *,
    several: bool,
) -> Screen:
    """A page of those of a branch; ``word`` is what was done, ``several``: one keeps others'."""
    t, page = turn.t, paging.clamp(page, len(every))
    buttons = [
        Button(
            f"{'🏘' if one.active else '⚠️'} {t.pick(one.name_kk, one.name_ru)} · {one.members}",
            callbacks.OpenPrimary(id=one.id),
        )
        for one in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(
        t, buttons, page, len(every), lambda to: callbacks.Primaries(branch=branch.id, page=to)
    )
    adds = callbacks.AddPrimaries(branch=branch.id)
    return Screen(
        lines(
            word,
            t("🏘 <b>Primary organisations</b> · {branch}", branch=branch.named(t.language)),
            t("In each row: how many people belong to it.")
            if every
            else t("There are none yet. Add those of the branch."),
        ),
        rows=(
            *rows,
            (Button(t.plain("➕ Add primary organisations"), adds),),
            nav.exits(t, callbacks.Primaries() if several else RequestSettings()),
        ),
    )


def card(turn: Turn, one: Primary, mistake: Markup | None = None) -> Screen:
    """One of them, with what can be done."""
    t = turn.t
    toggle = Button(
        t.plain("Close it") if one.active else t.plain("Open it again"),
        callbacks.PrimaryActive(id=one.id, version=one.version, active=not one.active),
    )
    return Screen(
        lines(
            Markup("⚠️ {}").format(mistake) if mistake else None,
            Markup("🏘 <b>{}</b>").format(one.name_kk),
            one.name_ru if one.name_ru != one.name_kk else None,
            t("Belong to it: {n}", n=one.members),
            None if one.active else t("⚠️ Closed: it is offered no more; its people stay."),
        ),
        rows=(
            (Button(t.plain("👥 Who belongs to it"), callbacks.Members(id=one.id)),),
            (
                Button(
                    t.plain("✏️ Rename"), callbacks.RenamePrimary(id=one.id, version=one.version)
                ),
                toggle,
            ),
            nav.exits(t, callbacks.Primaries(branch=one.branch_id)),
        ),
    )


def members(
    turn: Turn, one: Primary, everybody: Sequence[Belonging], page: int, sought: str
) -> Screen:
    """The people of the branch; a tap lets one belong to it, or no more."""
    t, page = turn.t, paging.clamp(page, len(everybody))
    buttons = [
        Button(
            _person(turn, one, each),
            callbacks.SwitchMember(id=one.id, person=each.person_id, page=page),
        )
        for each in everybody[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(
        t, buttons, page, len(everybody), lambda to: callbacks.Members(id=one.id, page=to)
    )
    return Screen(
        lines(
            Markup("🏘 <b>{}</b>").format(t.pick(one.name_kk, one.name_ru)),
            t("Belong to it: {n}", n=one.members),
            t("Found by «{text}»: {n}", text=sought, n=len(everybody)) if sought else None,
            t("Tap a person, or write a part of the name."),
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenPrimary(id=one.id))),
    )


def add_step(turn: Turn, branch_id: int, mistake: Markup | None = None) -> Screen:
    """The names of new ones, a line each."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("Write the names, a line each; the Russian one after a semicolon, if it is another."),
        hint=lines(
            t("For example: №12 БПҰ; ППО №12"),
            t("At most {n} lines, {limit} characters a name.", n=AT_ONCE, limit=LIMIT),
        ),
        mistake=mistake,
        back=callbacks.Primaries(branch=branch_id),
    )


def rename_step(turn: Turn, one: Primary, mistake: Markup | None = None) -> Screen:
    """Other names."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("Write the name; the Russian one after a semicolon, if it is another."),
            t("Now it is: {text}", text=f"{one.name_kk}; {one.name_ru}"),
        ),
        hint=t("For example: №12 БПҰ; ППО №12"),
        mistake=mistake,
        back=callbacks.OpenPrimary(id=one.id),
    )


def _person(turn: Turn, one: Primary, each: Belonging) -> str:
    name = shortened(each.name, NAME)
    if each.primary_id == one.id:
        return f"{IN} {name}"
    elsewhere = turn.t.pick(each.primary_kk, each.primary_ru)
    return f"{ELSEWHERE} {name}" + (f" · {elsewhere}" if elsewhere else "")
