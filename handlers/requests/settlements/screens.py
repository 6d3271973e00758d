"""The screens on which settlements are kept, and the buttons by which one is picked."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.requests.settings.callbacks import RequestSettings
from handlers.requests.settlements import callbacks
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.branches import Branch
from storage.requests.settlements import AT_ONCE, NAME_LIMIT, NAMES, Settlement

EDIT = {"name_kk": N_("✏️ Settlement name (kk)"), "name_ru": N_("✏️ Settlement name (ru)")}
QUESTIONS = {
    "name_kk": N_("How is the settlement called in Kazakh?"),
    "name_ru": N_("How is the settlement called in Russian?"),
}


def branches(turn: Turn, every: Sequence[Branch], page: int) -> Screen:
    """The branches whose settlements one keeps."""
    t, page = turn.t, paging.clamp(page, len(every))
    buttons = [
        Button(one.named(t.language), callbacks.Settlements(branch=one.id))
        for one in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(t("🏘 <b>Settlements</b>"), t("Of which branch?")),
        rows=(
            *paging.rows(t, buttons, page, len(every), lambda to: callbacks.Settlements(page=to)),
            nav.exits(t, RequestSettings()),
        ),
    )


def listing(
    turn: Turn,
    branch: Branch,
    every: Sequence[Settlement],
    page: int,
    back: CallbackData,
    word: Markup | None = None,
) -> Screen:
    """A page of the settlements of a branch; ``word`` is what was done."""
    t = turn.t

    def opens(one: Settlement) -> CallbackData:
        return callbacks.OpenSettlement(id=one.id)

    def turn_to(to: int) -> CallbackData:
        return callbacks.Settlements(branch=branch.id, page=to)

    return Screen(
        lines(
            word,
            t("🏘 <b>Settlements</b> · {branch}", branch=branch.named(t.language)),
            t("One of them is picked when a request is registered.")
            if every
            else t("There are none yet. Add those of the branch."),
        ),
        rows=(
            *rows(t, every, page, opens, turn_to),
            (Button(t.plain("➕ Add settlements"), callbacks.AddSettlements(branch=branch.id)),),
            nav.exits(t, back),
        ),
    )


def card(turn: Turn, one: Settlement, mistake: Markup | None = None) -> Screen:
    """One settlement, with what can be done."""
    t = turn.t

    def edit(field: str) -> Button:
        goes = callbacks.RenameSettlement(id=one.id, version=one.version, field=field)
        return Button(t.plain(EDIT[field]), goes)

    toggle = Button(
        t.plain("Close the settlement") if one.active else t.plain("Open the settlement again"),
        callbacks.SettlementActive(id=one.id, version=one.version, active=not one.active),
    )
    return Screen(
        lines(
            Markup("⚠️ {}").format(mistake) if mistake else None,
            Markup("🏘 <b>{}</b>").format(one.name_kk),
            one.name_ru,
            None if one.active else t("⚠️ Closed: it is offered no more; requests keep it."),
        ),
        rows=(
            tuple(edit(field) for field in NAMES),
            (toggle,),
            nav.exits(t, callbacks.Settlements(branch=one.branch_id)),
        ),
    )


def add_step(turn: Turn, branch_id: int, mistake: Markup | None = None) -> Screen:
    """The names of new settlements, a line each."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("Write the names in Kazakh and in Russian with a semicolon between, a line each."),
        hint=lines(
            t("For example: Жылға ауылы; село Жылга"),
            t("At most {n} lines, {limit} characters a name.", n=AT_ONCE, limit=NAME_LIMIT),
        ),
        mistake=mistake,
        back=callbacks.Settlements(branch=branch_id),
    )


def rename_step(turn: Turn, one: Settlement, field: str, mistake: Markup | None = None) -> Screen:
    """Another wording of one of the names."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(t(QUESTIONS[field]), t("Now it is: {text}", text=getattr(one, field))),
        hint=t("In one message, at most {n} characters.", n=NAME_LIMIT),
        mistake=mistake,
        back=callbacks.OpenSettlement(id=one.id),
    )


def where(t: Translator, every: Sequence[Settlement]) -> Markup:
    """The question for the place of a request."""
    if not every:
        return t("Where is it? Write the settlement and the street.")
    return t("Where is it? Choose from the list, write settlement and street, or send a point.")


def rows(
    t: Translator,
    every: Sequence[Settlement],
    page: int,
    goes: Callable[[Settlement], CallbackData],
    turn_to: Callable[[int], CallbackData],
) -> tuple[Row, ...]:
    """A page of settlements as buttons, and the way to the other pages."""
    page = paging.clamp(page, len(every))
    buttons = [
        Button(f"{'🏘' if one.active else '⚠️'} {t.pick(one.name_kk, one.name_ru)}", goes(one))
        for one in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return paging.rows(t, buttons, page, len(every), turn_to)
