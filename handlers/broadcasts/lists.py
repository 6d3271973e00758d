"""Lists: my broadcasts, the branches to choose from, the names behind a number."""

from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.broadcasts import words
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
from storage.deliveries import Named, Sent, Those

TITLE_IN_ROW = 14
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
    toast: str | None = None,
) -> Screen:
    """My broadcasts, newest first; an empty list says what to do."""
    new = Button(t.plain("New broadcast"), NewBroadcast())
    buttons = [Button(_row(t, sent, zone), OpenBroadcast(id=sent.id)) for sent in found]
    explanation = (
        t("In each row: how many have read it, of how many.")
        if found
        else t("You have not sent anything yet. Write to your branch: it takes a minute.")
    )
    return Screen(
        lines(t("📣 <b>My broadcasts and drafts</b>"), explanation),
        rows=(
            *paging.rows(t, buttons, page, total, lambda at: BroadcastList(page=at)),
            (new,),
            nav.exits(t),
        ),
        toast=toast,
    )


def names(
    t: Translator, number: int, those: Those, found: list[Named], page: int, total: int
) -> Screen:
    """One page of names; beside each who was not reached, the reason."""
    shown = [
        Markup("• {} — {}").format(one.name, words.reason(t, one.reason))
        if one.state == "failed"
        else Markup("• {}").format(one.name)
        for one in found
    ]
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


def _row(t: Translator, sent: Sent, zone: ZoneInfo) -> str:
    title = excerpt(sent.text, TITLE_IN_ROW)
    if sent.state == "draft":
        return t.plain("Draft · {title}", title=title)
    sign = "✅" if sent.state == "finished" else "⏳"
    return f"{sign} {sent.at.astimezone(zone):%d.%m} · {title} · {sent.read}/{sent.total}"
