"""Lists: my broadcasts, the branches to choose from, the names behind a number."""

from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.approval.callbacks import AskLimit
from handlers.broadcasts.callbacks import (
    WHOLE_REGION,
    BranchPage,
    BroadcastList,
    ChooseBranch,
    Names,
    NewBroadcast,
    OpenBroadcast,
)
from handlers.broadcasts.screens import excerpt
from handlers.people import words as people_words
from handlers.ui import nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.audiences import Choice
from storage.broadcasts.reading import Broadcast
from storage.deliveries import Named, Sent, Those

TITLE_IN_ROW = 14
SIGNS = {"finished": "✅", "scheduled": "⏰", "paused": "⏸", "stopped": "⏹", "recalled": "🗑"}
HEADS = {
    Those.READ: N_("📣 <b>Have read it</b>: {n}"),
    Those.UNREAD: N_("📣 <b>Have not read it yet</b>: {n}"),
    Those.FAILED: N_("📣 <b>It did not reach</b>: {n}"),
    Those.UNCERTAIN: N_("📣 <b>Perhaps it reached</b>: {n}"),
}


def mine(
    t: Translator,
    found: list[Sent],
    page: int,
    total: int,
    zone: ZoneInfo,
    *,
    limit: int | None = None,
    toast: str | None = None,
    word: Markup | None = None,
) -> Screen:
    """My broadcasts, newest first; an empty list says what to do.

    ``limit``: above how many a second person is asked, for whoever may change it.
    """
    new = Button(t.plain("New broadcast"), NewBroadcast())
    buttons = [Button(_row(t, sent, zone), OpenBroadcast(id=sent.id)) for sent in found]
    explanation = (
        t("In each row: how many have read it, of how many.")
        if found
        else t("You have not sent anything yet. Write to your branch: it takes a minute.")
    )
    return Screen(
        lines(word, t("📣 <b>My broadcasts and drafts</b>"), explanation),
        rows=(
            *paging.rows(t, buttons, page, total, lambda at: BroadcastList(page=at)),
            (new,),
            *(
                ((Button(t.plain("⚙️ Second person above {n}", n=limit), AskLimit()),),)
                if limit is not None
                else ()
            ),
            nav.exits(t),
        ),
        toast=toast,
    )


def names(
    t: Translator, of: Broadcast, those: Those, found: list[Named], page: int, total: int
) -> Screen:
    """One page of names; beside each the answer, or the reason why it did not arrive."""
    options = words.options(t, of, of.said_in(t.language))
    shown = [_named(t, one, options) for one in found]
    number = of.id
    return Screen(
        lines(t(HEADS[those], n=total), *(shown or [t("Nobody any more.")])),
        rows=(
            *paging.rows(t, [], page, total, lambda at: Names(id=number, those=those, page=at)),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def branches(t: Translator, choice: Choice, page: int) -> tuple[Row, ...]:
    """The rows of a choice: the whole region first, then the branches."""
    total = len(choice.branches)
    at = paging.clamp(page, total)
    buttons = [
        Button(branch.named(t.language), ChooseBranch(branch_id=branch.id))
        for branch in choice.branches[at * paging.PAGE : (at + 1) * paging.PAGE]
    ]
    rows = paging.rows(t, buttons, at, total, lambda to: BranchPage(page=to))
    if not choice.whole_region:
        return rows
    everybody = Button(people_words.branch(t, None), ChooseBranch(branch_id=WHOLE_REGION))
    return ((everybody,), *rows)


def _named(t: Translator, one: Named, options: tuple[str, ...]) -> Markup:
    if one.state == "failed":
        return Markup("• {} — {}").format(one.name, words.reason(t, one.reason))
    if one.answer is not None and one.answer < len(options):
        return Markup("• {} — {}").format(one.name, options[one.answer])
    return Markup("• {}").format(one.name)


def _row(t: Translator, sent: Sent, zone: ZoneInfo) -> str:
    title = excerpt(sent.text, TITLE_IN_ROW) or t.plain("no words")
    if sent.state == "draft":
        return t.plain("Draft · {title}", title=title)
    if sent.state == "awaiting":
        return t.plain("Waits for a yes · {title}", title=title)
    sign = SIGNS.get(sent.state, "⏳")
    return f"{sign} {sent.at.astimezone(zone):%d.%m} · {title} · {sent.read}/{sent.total}"
