"""Screens of whom a draft goes to; each says how many they are now."""

from collections.abc import Iterator, Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.addressing.callbacks import (
    Candidates,
    ChooseMeeting,
    ChooseSilent,
    Except,
    FactionChoice,
    InvitedTo,
    ListChoice,
    PrimaryChoice,
    RoleChoice,
    SaveList,
    SeveralBranches,
    SilentOn,
    SwitchBranch,
    SwitchOverdue,
    SwitchPerson,
    SwitchRole,
    WhichInvited,
    WhomTo,
)
from handlers.broadcasts.addressing.words import roles as words_of_roles
from handlers.broadcasts.callbacks import WHOLE_REGION, OpenBroadcast
from handlers.broadcasts.grouping.callbacks import GroupChoice
from handlers.people import words as people_words
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.audiences import Choice
from storage.broadcasts import Preview
from storage.broadcasts.addressing import Candidate, Named
from storage.broadcasts.reading import Broadcast
from storage.meetings.records import Meeting, MeetingLine
from storage.rules.access import Role
from storage.selections import Invited, Selection

CHOSEN, OPEN, LEFT_OUT = "✅", "▫️", "🚫"
ROLES = (
    Role.MEMBER,
    Role.DEPUTY,
    Role.FACTION_LEADER,
    Role.BRANCH_SECRETARY,
    Role.BUREAU_MEMBER,
    Role.EXECUTOR,
)
TITLE = 40
NAMES = 120  # characters of a line of names
INVITED = {
    Invited.ALL: N_("🗓 All the invited"),
    Invited.SILENT: N_("🗓 Only who has not answered"),
    Invited.CANNOT: N_("🗓 Only who has said no"),
}
OF_THEM = {
    Invited.SILENT: N_("Of them only who has not answered the invitation"),
    Invited.CANNOT: N_("Of them only who has said no"),
}


def whom(
    turn: Turn, shown: Preview, choice: Choice, named: Named, word: Markup | None = None
) -> Screen:
    """Whom it goes to, and what can be chosen; ``word`` is what was done."""
    t, draft = turn.t, shown.broadcast
    number = draft.id
    branches = Button(t.plain("🏢 Branches"), SeveralBranches(id=number))
    several = len(choice.branches) > 1 or choice.whole_region
    return Screen(
        lines(word, *head(t, shown, named), *_narrowed(t, draft.whom, named)),
        rows=(
            *(((branches,),) if several else ()),
            (
                Button(t.plain("👤 Roles"), RoleChoice(id=number)),
                Button(t.plain("🏛 Factions"), FactionChoice(id=number)),
            ),
            (
                Button(t.plain("🏘 Primary organisations"), PrimaryChoice(id=number)),
                Button(t.plain("⭐ Lists"), ListChoice(id=number)),
            ),
            (Button(t.plain("👥 Groups and channels"), GroupChoice(id=number)),),
            *column(_by_state(t, draft, named)),
            (
                Button(t.plain("🚫 Except"), Except(id=number)),
                Button(t.plain("📋 Names"), Candidates(id=number)),
            ),
            (Button(t.plain("💾 Save as a list"), SaveList(id=number)),),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def left_out(turn: Turn, shown: Preview, named: Named) -> Screen:
    """Who is left out: roles, lists, people by name."""
    t, number = turn.t, shown.broadcast.id
    buttons = (
        Button(t.plain("👤 Roles"), RoleChoice(id=number, without=True)),
        Button(t.plain("⭐ Lists"), ListChoice(id=number, without=True)),
        Button(t.plain("📋 Names"), Candidates(id=number)),
    )
    told = list(_without(t, shown.broadcast.whom, named)) or [t("Nobody is left out yet.")]
    return Screen(
        lines(t("🚫 <b>Who is left out?</b>"), *told, *words.audience(t, shown.audience)),
        rows=(*column(buttons), nav.exits(t, WhomTo(id=number))),
    )


def roles(turn: Turn, shown: Preview, *, without: bool) -> Screen:
    """Roles to switch, ``without``: of those that are left out."""
    t, draft = turn.t, shown.broadcast
    chosen = draft.whom.not_roles if without else draft.whom.roles
    sign = LEFT_OUT if without else CHOSEN
    buttons = [
        Button(
            f"{sign if role in chosen else OPEN} {people_words.role(t, role)}",
            SwitchRole(id=draft.id, version=draft.version, role=role, without=without),
        )
        for role in ROLES
    ]
    back = Except(id=draft.id) if without else None
    return choosing(t, shown, column(buttons), back=back)


def branches(turn: Turn, shown: Preview, choice: Choice, page: int) -> Screen:
    """Branches to switch, a page of them."""
    t, draft = turn.t, shown.broadcast
    chosen = draft.whom.branches

    def button(label: str, branch_id: int, *, on: bool) -> Button:
        goes = SwitchBranch(id=draft.id, version=draft.version, branch_id=branch_id, page=page)
        return Button(f"{CHOSEN if on else OPEN} {label}", goes)

    listed = choice.branches[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [button(one.named(t.language), one.id, on=one.id in chosen) for one in listed]
    whole = button(people_words.branch(t, None), WHOLE_REGION, on=not chosen)
    rows = paging.rows(
        t,
        buttons,
        page,
        len(choice.branches),
        lambda at: SeveralBranches(id=draft.id, page=at),
    )
    return choosing(t, shown, (*(((whole,),) if choice.whole_region else ()), *rows))


def candidates(
    turn: Turn, shown: Preview, found: Sequence[Candidate], page: int, total: int
) -> Screen:
    """Names; a tap leaves one out or takes one in again."""
    t, draft = turn.t, shown.broadcast
    buttons = [
        Button(
            f"{LEFT_OUT if one.left_out else CHOSEN} {shortened(one.name, TITLE)}",
            SwitchPerson(id=draft.id, version=draft.version, person_id=one.person_id, page=page),
        )
        for one in found
    ]
    rows = paging.rows(t, buttons, page, total, lambda at: Candidates(id=draft.id, page=at))
    return choosing(t, shown, rows, t("A tap leaves a person out, or takes them in again."))


def choosing(
    t: Translator,
    shown: Preview,
    rows: tuple[Row, ...],
    hint: Markup | None = None,
    back: CallbackData | None = None,
) -> Screen:
    """Things to switch, below whom it goes to now."""
    return Screen(
        lines(*head(t, shown), hint),
        rows=(*rows, nav.exits(t, back or WhomTo(id=shown.broadcast.id))),
    )


def head(t: Translator, shown: Preview, named: Named | None = None) -> list[Markup]:
    """Whom it goes to, and how many they are; with ``named`` what is chosen by its names."""
    chosen = shown.broadcast.whom
    roles = words_of_roles(t, chosen.roles)
    anybody = not (chosen.roles or chosen.primaries or chosen.factions or chosen.lists)
    return [
        t("👥 <b>To whom</b> · {to}", to=words.addressee(t, shown.broadcast)),
        *([t("Roles: {roles}", roles=roles or t.plain("all"))] if roles or anybody else []),
        *(_parts(t, named) if named else ()),
        *words.audience(t, shown.audience),
    ]


def titled(t: Translator, meeting: Meeting | MeetingLine) -> str:
    """A meeting in a line."""
    return shortened(t.pick(meeting.title_kk, meeting.title_ru), TITLE)


def _parts(t: Translator, named: Named) -> Iterator[Markup]:
    organisations = [t.pick(one.name_kk, one.name_ru) for one in named.primaries]
    factions = [one.named(t.language) for one in named.factions]
    for names, told in (
        (organisations, t("Primary organisations: {names}", names=_joined(organisations))),
        (factions, t("Factions: {names}", names=_joined(factions))),
        (named.lists, t("Lists: {names}", names=_joined(named.lists))),
    ):
        if names:
            yield told


def _narrowed(t: Translator, chosen: Selection, named: Named) -> Iterator[Markup]:
    if named.meeting is not None:
        yield t("Only invited to: {title}", title=titled(t, named.meeting))
        if chosen.invited in OF_THEM:
            yield t(OF_THEM[chosen.invited])
    if chosen.silent_of:
        yield t("Only who has not confirmed broadcast No. {n}", n=chosen.silent_of)
    if chosen.overdue:
        yield t("Only who carries an overdue item")
    yield from _without(t, chosen, named)


def _without(t: Translator, chosen: Selection, named: Named) -> Iterator[Markup]:
    if chosen.not_roles:
        roles = words_of_roles(t, chosen.not_roles)
        yield t("Except roles: {roles}", roles=roles)
    if named.not_lists:
        yield t("Except lists: {names}", names=_joined(named.not_lists))
    if chosen.without:
        yield t("Left out by name: {n}", n=len(chosen.without))


def _by_state(t: Translator, draft: Broadcast, named: Named) -> Iterator[Button]:
    number, version, chosen = draft.id, draft.version, draft.whom
    if named.meeting is None:
        yield Button(t.plain("🗓 Invited to a meeting"), InvitedTo(id=number))
    else:
        drop = ChooseMeeting(id=number, version=version, meeting_id=0)
        yield Button(t.plain("🗓 Not only the invited"), drop)
        for which, label in INVITED.items():
            if which is not chosen.invited:
                goes = WhichInvited(id=number, version=version, which=which)
                yield Button(t.plain(label), goes)
    if chosen.silent_of is None:
        yield Button(t.plain("🔔 Who has not confirmed"), SilentOn(id=number))
    else:
        drop_silent = ChooseSilent(id=number, version=version, broadcast_id=0)
        yield Button(t.plain("🔔 Not only the silent"), drop_silent)
    label = t.plain("⏳ Not only the late") if chosen.overdue else t.plain("⏳ With overdue items")
    yield Button(label, SwitchOverdue(id=number, version=version))


def _joined(names: Sequence[str]) -> str:
    return shortened(", ".join(names), NAMES)
