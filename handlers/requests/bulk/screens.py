"""The screens of doing the same with many requests."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.requests import callbacks as request_callbacks
from handlers.requests import words
from handlers.requests.bulk import callbacks, kept
from handlers.requests.working.handing import named
from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.requests import ListedRequest
from storage.requests.categories import RequestCategory
from storage.requests.deputies import Candidate, Left, Past
from storage.requests.orders import ACTIONS, MOST, Deed, Order, Result
from storage.rules.access import may

ROW_TEXT = 24  # characters of the text on a button
NAMED = 10  # of those left out
DEEDS = {
    Deed.HAND: N_("🤝 Hand them over"),
    Deed.CLOSE: N_("✅ Accept the outcomes"),
    Deed.CATEGORY: N_("🗂 Change the category"),
}
WHY = {
    "changed": N_("it has changed meanwhile"),
    "not_yours": N_("it is not yours to do"),
    "merged": N_("it goes on with another one"),
    "state": N_("its state does not allow it"),
    "who": N_("this step is not open to you"),
    "own": N_("an own report is accepted by somebody else"),
    "no_deputy": N_("the deputy cannot get it"),
    "same": N_("it has this category already"),
}


def marking(
    turn: Turn,
    shown: Sequence[ListedRequest],
    which: str,
    page: int,
    mistake: Markup | None = None,
    *,
    more: bool,
) -> Screen:
    """A page of the list, each request to be marked."""
    t, marked = turn.t, kept.marks(turn)
    buttons = [
        Button(
            " · ".join(
                (
                    f"{'☑️' if one.id in marked else '☐'} {one.number}",
                    words.state(t, one.state),
                    words.short(t, one.text, ROW_TEXT),
                )
            ),
            callbacks.Mark(id=one.id, which=which, page=page),
        )
        for one in shown
    ]
    rows: list[Row] = []
    if shown:
        label = t.plain("☑️ All of this page")
        rows.append((Button(label, callbacks.MarkPage(which=which, page=page)),))
    if marked:
        label = t.plain("What to do with them ({n})", n=len(marked))
        rows.append((Button(label, callbacks.WhatToDo()),))
    rows.append((Button(t.plain("👤 Without a deputy"), callbacks.LeftBehind()),))
    return Screen(
        lines(
            t("☑️ <b>Select requests</b>"),
            t("Marked: {n}, at most {most}", n=len(marked), most=MOST),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            None if shown else t("Nothing here with these filters."),
        ),
        rows=(
            *paging.rows_of_many(
                t, buttons, page, lambda to: callbacks.Selecting(which=which, page=to), more=more
            ),
            *rows,
            nav.exits(t, request_callbacks.RequestList(which=which)),
        ),
    )


def deeds(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What can be done with the marked ones."""
    t = turn.t
    goes = {
        Deed.HAND: callbacks.ManyTo(),
        Deed.CLOSE: callbacks.Look(deed=Deed.CLOSE.value),
        Deed.CATEGORY: callbacks.ManyCategory(),
    }
    buttons = [
        Button(t.plain(label), goes[deed])
        for deed, label in DEEDS.items()
        if may(turn.actor, ACTIONS[deed])
    ]
    return Screen(
        lines(
            t("What is done with the marked requests ({n})?", n=len(kept.marks(turn))),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(*column(buttons), nav.exits(t, callbacks.Selecting())),
    )


def to_whom(turn: Turn, found: Sequence[Candidate], page: int) -> Screen:
    """The deputies who may get all of them."""
    t, page = turn.t, paging.clamp(page, len(found))
    buttons = [
        Button(named(t, one), callbacks.Look(deed=Deed.HAND.value, to=str(one.id)))
        for one in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    n = len(kept.marks(turn))
    return Screen(
        t("🤝 To whom are the requests handed over ({n})?", n=n)
        if found
        else t("🤷 There is no deputy who may get all of them."),
        rows=(
            *paging.rows(t, buttons, page, len(found), lambda to: callbacks.ManyTo(page=to)),
            nav.exits(t, callbacks.WhatToDo()),
        ),
    )


def categories(turn: Turn, offered: Sequence[RequestCategory]) -> Screen:
    """The categories that are open."""
    t = turn.t
    buttons = [
        Button(
            f"{one.icon} {t.pick(one.name_kk, one.name_ru)}",
            callbacks.Look(deed=Deed.CATEGORY.value, to=one.code),
        )
        for one in offered
    ]
    pairs = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    question = t("🗂 Which category do they get ({n})?", n=len(kept.marks(turn)))
    return Screen(question, rows=(*pairs, nav.exits(t, callbacks.WhatToDo())))


def look(turn: Turn, order: Order, target: str, result: Result) -> Screen:
    """What would be done, before it is."""
    t, n = turn.t, len(result.done)
    said = {
        Deed.HAND: t("🤝 Requests: {n} → {target}", n=n, target=target),
        Deed.CLOSE: t("✅ Requests that are closed: {n}", n=n),
        Deed.CATEGORY: t("🗂 Requests: {n} → {target}", n=n, target=target),
    }[order.deed]
    sure = Button(t.plain("✅ Yes, do it ({n})", n=n), callbacks.DoMany(seal=kept.seal_of(order)))
    return Screen(
        lines(
            said,
            ", ".join(result.done) or None,
            *left_out(t, result),
            t("Each deputy concerned gets one notice.") if n else None,
        ),
        rows=(*(((sure,),) if n else ()), nav.exits(t, callbacks.WhatToDo())),
    )


def done(turn: Turn, result: Result) -> Screen:
    """What was done."""
    t = turn.t
    return Screen(
        lines(
            t("✅ Done: {n}", n=len(result.done)),
            ", ".join(result.done) or None,
            *left_out(t, result),
        ),
        rows=(nav.exits(t, request_callbacks.RequestList()),),
    )


def left_out(t: Translator, result: Result) -> list[Markup]:
    """A line for each that was left out, with the reason."""
    told = [
        t("⚠️ Left out: {number} – {why}", number=number, why=t.plain(WHY[reason]))
        for number, reason in result.left_out[:NAMED]
    ]
    more = len(result.left_out) - NAMED
    return [*told, *([t("⚠️ Left out besides: {n}", n=more)] if more > 0 else [])]


def left_behind(turn: Turn, found: Sequence[Left]) -> Screen:
    """Who has no mandate any more, and how many requests still."""
    t = turn.t
    buttons = [
        Button(
            f"{one.deputy_name} · {t.pick(one.branch_kk, one.branch_ru)} · {one.requests}",
            callbacks.LeftBy(deputy=one.deputy_id, branch=one.branch_id),
        )
        for one in found
    ]
    return Screen(
        lines(
            t("👤 <b>Requests without a deputy</b>"),
            t("The mandate has ended; their requests are given on, at most {n} at once.", n=MOST)
            if found
            else t("Every open request has a deputy in office."),
        ),
        rows=(*column(buttons), nav.exits(t, callbacks.Selecting())),
    )


def handed_on(
    turn: Turn,
    found: Sequence[Past],
    page: int,
    total: int,
    turn_to: Callable[[int], CallbackData],
) -> Screen:
    """The requests that one had: number, state, and until when."""
    t = turn.t
    told = [
        t(
            "№ {number} · {state} · until {date}",
            number=one.number,
            state=words.state(t, one.state),
            date=dates.short_day(t, one.until.astimezone(turn.zone).date(), turn.today),
        )
        for one in found
    ]
    return Screen(
        lines(
            t("🤝 <b>Handed on</b>"),
            t("Other deputies have them now; here is how they stand.")
            if found
            else t("You have handed no request on."),
            *told,
        ),
        rows=(
            *paging.rows(t, (), page, total, turn_to),
            nav.exits(t, request_callbacks.RequestList()),
        ),
    )
