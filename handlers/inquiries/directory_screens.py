"""The screens of the directory of bodies."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.inquiries import callbacks, keeping_callbacks, words
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.branches import Branch
from storage.inquiries.bodies import NAME_LIMIT, NAMES, REGION, Body, Page

QUESTIONS = {
    "name_kk": N_("The name in Kazakh?"),
    "name_ru": N_("The name in Russian?"),
    "head_kk": N_("Whom does a letter address, in Kazakh?"),
    "head_ru": N_("Whom does a letter address, in Russian?"),
}
HINTS = {
    "name_kk": N_("As it stands in letters: «… district housing department»"),
    "name_ru": N_("As it stands in letters: «… district housing department»"),
    "head_kk": N_("Post and name in the form of an address: «To the head of the department»"),
    "head_ru": N_("Post and name in the form of an address: «To the head of the department»"),
}
EDIT = {
    "name_kk": N_("✏️ Name (kk)"),
    "name_ru": N_("✏️ Name (ru)"),
    "head_kk": N_("✏️ Addressed to (kk)"),
    "head_ru": N_("✏️ Addressed to (ru)"),
}


def listing(turn: Turn, found: Page) -> Screen:
    """A page of the directory."""
    t = turn.t
    buttons = [
        Button(
            shortened(f"{_sign(one)} {t.pick(one.name_kk, one.name_ru)}", words.LABEL),
            keeping_callbacks.OpenBody(id=one.id),
        )
        for one in found.bodies
    ]
    rows = paging.rows(
        t, buttons, found.number, found.total, lambda to: keeping_callbacks.Bodies(page=to)
    )
    return Screen(
        lines(
            t("🏛 <b>Directory of bodies</b>"),
            t("Inquiries go to these bodies.")
            if found.total
            else t("There are no bodies yet. Add those that deputies write to."),
        ),
        rows=(
            *rows,
            (Button(t.plain("➕ Add a body"), keeping_callbacks.AddBody()),),
            nav.exits(t, callbacks.InquiryList(which="branch")),
        ),
    )


def _sign(body: Body) -> str:
    if not body.active:
        return "⚠️"
    return "🏛" if body.proposed_by is None else "🆕"


def card(turn: Turn, body: Body) -> Screen:
    """One body, with what can be done."""
    t, given = turn.t, {"id": body.id, "version": body.version}
    edits = [
        Button(t.plain(EDIT[n]), keeping_callbacks.RenameBody(**given, field=n)) for n in NAMES
    ]
    toggle = Button(
        t.plain("Close this body") if body.active else t.plain("Open it again"),
        keeping_callbacks.BodyActive(**given, active=not body.active),
    )
    accept = Button(t.plain("✅ Take it into the directory"), keeping_callbacks.AcceptBody(**given))
    return Screen(
        lines(
            Markup("🏛 <b>{}</b>").format(body.name_kk),
            body.name_ru,
            t("Level: {level}", level=words.level(t, body.level)),
            t("A letter addresses: {head}", head=t.pick(body.head_kk, body.head_ru))
            if body.head_kk or body.head_ru
            else None,
            None if body.active else t("⚠️ Closed: no new inquiries go to it."),
            t("🆕 A deputy has written to it: look at its name in both languages.")
            if body.proposed_by is not None
            else None,
        ),
        rows=(
            *(((accept,),) if body.proposed_by is not None else ()),
            tuple(edits[:2]),
            tuple(edits[2:]),
            (toggle,),
            nav.exits(t, keeping_callbacks.Bodies()),
        ),
    )


def places(turn: Turn, found: Sequence[Branch]) -> Screen:
    """Of which branch a body is; that says its level."""
    t = turn.t
    buttons = [
        Button(
            t.plain("The whole oblast") if one.kind == REGION else one.named(t.language),
            keeping_callbacks.AddBody(branch=one.id),
        )
        for one in found
    ]
    return Screen(
        t("🏛 Where is the body? Its level follows from that."),
        rows=(*column(buttons), nav.exits(t, keeping_callbacks.Bodies())),
    )


def name_step(turn: Turn, field: str, mistake: Markup | None) -> Screen:
    """One of the names of a body that is added."""
    t, optional = turn.t, field.startswith("head")
    return wizard.step(
        t,
        NAMES.index(field) + 1,
        len(NAMES),
        t(QUESTIONS[field]),
        hint=t(HINTS[field]),
        mistake=mistake,
        skip=keeping_callbacks.SkipHead() if optional else None,
        back=keeping_callbacks.Bodies(),
    )


def rename_step(turn: Turn, body: Body, field: str, mistake: Markup | None) -> Screen:
    """Another wording of one of the names."""
    t, optional = turn.t, field.startswith("head")
    now = getattr(body, field)
    return wizard.step(
        t,
        1,
        1,
        lines(t(QUESTIONS[field]), t("Now it is: {text}", text=now) if now else None),
        hint=t("In one message, at most {n} characters.", n=NAME_LIMIT),
        mistake=mistake,
        skip=keeping_callbacks.SkipHead() if optional and now else None,
        back=keeping_callbacks.OpenBody(id=body.id),
    )
