"""Groups of a broadcast: which it goes to, and what came of it there."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.addressing.callbacks import WhomTo
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.grouping.callbacks import (
    ALL,
    GroupChoice,
    GroupCopies,
    OnlyGroups,
    SwitchGroup,
)
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.broadcasts import Preview
from storage.broadcasts.grouping import GroupCopy
from storage.deliveries import Progress
from storage.groups import Group

CHOSEN, OPEN = "✅", "▫️"
TITLE = 40
MOST_NAMED = 3  # on the card of a broadcast


def choice(t: Translator, shown: Preview, offered: Sequence[Group], page: int) -> Screen:
    """Groups to switch, a page of them."""
    draft = shown.broadcast
    chosen = {group.id for group in shown.audience.groups}

    def goes(group_id: int) -> SwitchGroup:
        return SwitchGroup(id=draft.id, version=draft.version, group_id=group_id, page=page)

    buttons = [
        Button(
            f"{CHOSEN if one.id in chosen else OPEN} {shortened(one.title, TITLE)}", goes(one.id)
        )
        for one in offered[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(t, buttons, page, len(offered), lambda at: GroupChoice(id=draft.id, page=at))
    alone = OnlyGroups(id=draft.id, version=draft.version)
    more = [
        Button(t.plain("✅ All the groups"), goes(ALL)) if len(chosen) < len(offered) else None,
        Button(
            t.plain("👤 To the people, too")
            if draft.whom.only_groups
            else t.plain("👥 To the groups alone"),
            alone,
        )
        if chosen
        else None,
    ]
    return Screen(
        lines(
            t("👥 <b>Groups and channels</b> · {to}", to=words.addressee(t, draft)),
            *words.audience(t, shown.audience),
            None
            if offered
            else t("There is no confirmed group. Add the bot to one: it asks you whose it is."),
        ),
        rows=(
            *rows,
            *column(button for button in more if button),
            nav.exits(t, WhomTo(id=draft.id)),
        ),
    )


def results(t: Translator, seen: Progress) -> list[Markup]:
    """The groups in the numbers of a broadcast; those that it did not reach by name."""
    if not seen.groups:
        return []
    came = [one for one in seen.groups if one.state == "sent"]
    found = [t("👥 Groups: {n}, delivered: {sent}", n=len(seen.groups), sent=len(came))]
    missing = [one for one in seen.groups if one.state in ("failed", "uncertain")]
    found += [_line(t, one) for one in missing[:MOST_NAMED]]
    if seen.broadcast.pins and came:
        found.append(t("📌 Pinned in groups: {n}", n=sum(one.pinned is True for one in came)))
        loose = [one.title for one in came if one.pinned is False]
        if loose:
            named = ", ".join(shortened(title, TITLE) for title in loose[:MOST_NAMED])
            found.append(t("⚠️ Could not be pinned: {names}", names=named))
    if seen.pressed.read:
        found.append(t("Confirmed in groups by others: {n}", n=seen.pressed.read))
        found += words.answered(t, seen.broadcast, dict(seen.pressed.answers))
    return found


def copies(t: Translator, seen: Progress, page: int) -> Screen:
    """What came of each group's copy."""
    number = seen.broadcast.id
    here = seen.groups[page * paging.PAGE : (page + 1) * paging.PAGE]
    return Screen(
        lines(
            t("👥 <b>In groups and channels</b>: {n}", n=len(seen.groups)),
            *(_line(t, one) for one in here),
        ),
        rows=(
            *paging.rows(t, [], page, len(seen.groups), lambda at: GroupCopies(id=number, page=at)),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def _line(t: Translator, one: GroupCopy) -> Markup:
    return Markup("  · {} — {}").format(shortened(one.title, TITLE), words.group_state(t, one))
