"""The screens of the categories of requests."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.requests.catalogues import callbacks
from handlers.requests.settings.callbacks import RequestSettings
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines
from storage.requests.categories import DAYS_LIMIT, NAME_LIMIT, RequestCategory

EDIT = {
    "name_kk": N_("✏️ Category name (kk)"),
    "name_ru": N_("✏️ Category name (ru)"),
    "icon": N_("✏️ Icon"),
    "target_days": N_("✏️ Working days"),
}
QUESTIONS = {
    "name_kk": N_("How is the category called in Kazakh?"),
    "name_ru": N_("How is the category called in Russian?"),
    "icon": N_("Which sign stands before the category? Send one emoji."),
    "target_days": N_("Within how many working days is a request to be answered?"),
}


def listing(turn: Turn, every: Sequence[RequestCategory], page: int) -> Screen:
    """A page of the categories in their order."""
    t, page = turn.t, paging.clamp(page, len(every))
    shown = every[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [
        Button(
            f"{one.icon if one.active else '⚠️'} {t.pick(one.name_kk, one.name_ru)}",
            callbacks.OpenCategory(code=one.code),
        )
        for one in shown
    ]
    return Screen(
        lines(
            t("🗂 <b>Categories of requests</b>"),
            t("They are offered in this order when a request is registered."),
        ),
        rows=(
            *paging.rows(t, buttons, page, len(every), lambda to: callbacks.Categories(page=to)),
            (Button(t.plain("➕ Add a category"), callbacks.AddCategory()),),
            nav.exits(t, RequestSettings()),
        ),
    )


def card(turn: Turn, one: RequestCategory, mistake: Markup | None = None) -> Screen:
    """One category, with what can be done."""
    t = turn.t

    def edit(field: str) -> Button:
        goes = callbacks.EditCategory(code=one.code, version=one.version, field=field)
        return Button(t.plain(EDIT[field]), goes)

    def move(label: str, *, up: bool) -> Button:
        return Button(label, callbacks.MoveCategory(code=one.code, version=one.version, up=up))

    toggle = Button(
        t.plain("Close the category") if one.active else t.plain("Open the category again"),
        callbacks.CategoryActive(code=one.code, version=one.version, active=not one.active),
    )
    return Screen(
        lines(
            Markup("⚠️ {}").format(mistake) if mistake else None,
            Markup("{} <b>{}</b>").format(one.icon, one.name_kk),
            one.name_ru,
            t("Own deadline, working days: {n}", n=one.target_days),
            t("Place in the list: {n}", n=one.position),
            None
            if one.active
            else t("⚠️ Closed: it is offered no more, and stays where it stands."),
        ),
        rows=(
            (edit("name_kk"), edit("name_ru")),
            (edit("icon"), edit("target_days")),
            (move(t.plain("⬆️ Higher"), up=True), move(t.plain("⬇️ Lower"), up=False)),
            (toggle,),
            nav.exits(t, callbacks.Categories(page=(one.position - 1) // paging.PAGE)),
        ),
    )


def edit_step(
    turn: Turn, one: RequestCategory, field: str, mistake: Markup | None = None
) -> Screen:
    """Another value of one field."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(t(QUESTIONS[field]), t("Now it is: {text}", text=getattr(one, field))),
        hint=t("From {first} to {last}", first=1, last=DAYS_LIMIT)
        if field == "target_days"
        else t("In one message, at most {n} characters.", n=NAME_LIMIT),
        mistake=mistake,
        back=callbacks.OpenCategory(code=one.code),
    )


def add_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Sign and names of a new category, in one line."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("Write the sign and both names of the new category, with semicolons between."),
        hint=t("For example: 🐄; Мал дәрігері; Ветеринария"),
        mistake=mistake,
        back=callbacks.Categories(),
    )
