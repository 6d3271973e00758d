"""Screens of whom a draft goes to; each says how many they are now."""

from collections.abc import Sequence

from handlers.broadcasts import words
from handlers.broadcasts.addressing.callbacks import (
    Candidates,
    ChooseMeeting,
    ChooseSilent,
    InvitedTo,
    RoleChoice,
    SeveralBranches,
    SilentOn,
    SwitchBranch,
    SwitchPerson,
    SwitchRole,
    SwitchUnanswered,
    WhomTo,
)
from handlers.broadcasts.callbacks import WHOLE_REGION, OpenBroadcast
from handlers.broadcasts.screens import excerpt
from handlers.people import words as people_words
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.audiences import Choice
from storage.broadcasts import Preview
from storage.broadcasts.addressing import Candidate
from storage.broadcasts.reading import Broadcast
from storage.deliveries import Sent
from storage.meetings.records import Meeting, MeetingLine, MeetingPage
from storage.rules.access import Role

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


def whom(turn: Turn, shown: Preview, choice: Choice, meeting: Meeting | None) -> Screen:
    """Whom it goes to, and what can be chosen."""
    t, draft = turn.t, shown.broadcast
    number, version, chosen = draft.id, draft.version, draft.whom
    several = len(choice.branches) > 1 or choice.whole_region
    drop_meeting = ChooseMeeting(id=number, version=version, meeting_id=0)
    drop_silent = ChooseSilent(id=number, version=version, broadcast_id=0)
    buttons = [
        Button(t.plain("🏢 Branches"), SeveralBranches(id=number)) if several else None,
        Button(t.plain("👤 Roles"), RoleChoice(id=number)),
        Button(t.plain("🗓 Invited to a meeting"), InvitedTo(id=number))
        if meeting is None
        else Button(t.plain("🗓 Not only the invited"), drop_meeting),
        Button(
            t.plain("🗓 All the invited")
            if chosen.unanswered
            else t.plain("🗓 Only who has not answered"),
            SwitchUnanswered(id=number, version=version),
        )
        if meeting
        else None,
        Button(t.plain("🔔 Who has not confirmed"), SilentOn(id=number))
        if chosen.silent_of is None
        else Button(t.plain("🔔 Not only the silent"), drop_silent),
        Button(t.plain("📋 Names"), Candidates(id=number)),
    ]
    return Screen(
        lines(
            *_head(t, shown),
            t("Only invited to: {title}", title=_titled(t, meeting)) if meeting else None,
            t("Of them only who has not answered the invitation") if chosen.unanswered else None,
            t("Only who has not confirmed broadcast No. {n}", n=chosen.silent_of)
            if chosen.silent_of
            else None,
            t("Left out by name: {n}", n=len(chosen.without)) if chosen.without else None,
        ),
        rows=(
            *column(button for button in buttons if button),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def roles(turn: Turn, shown: Preview) -> Screen:
    """Roles to switch."""
    t, draft = turn.t, shown.broadcast
    chosen = draft.whom.roles
    buttons = [
        Button(
            f"{CHOSEN if role in chosen else OPEN} {people_words.role(t, role)}",
            SwitchRole(id=draft.id, version=draft.version, role=role),
        )
        for role in ROLES
    ]
    return _choice(t, shown, column(buttons))


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
    return _choice(t, shown, (*(((whole,),) if choice.whole_region else ()), *rows))


def meetings(turn: Turn, draft: Broadcast, found: MeetingPage) -> Screen:
    """Meetings to choose from."""
    t = turn.t
    buttons = [
        Button(
            _titled(t, one),
            ChooseMeeting(id=draft.id, version=draft.version, meeting_id=one.id),
        )
        for one in found.lines
    ]
    return Screen(
        lines(
            t("🗓 <b>Only those invited to a meeting</b>"),
            None if buttons else t("There is no meeting ahead."),
        ),
        rows=(*column(buttons), nav.exits(t, WhomTo(id=draft.id))),
    )


def silents(turn: Turn, draft: Broadcast, found: Sequence[Sent]) -> Screen:
    """Former broadcasts to choose from."""
    t = turn.t
    buttons = [
        Button(
            f"{one.at.astimezone(turn.zone):%d.%m} · {excerpt(one.text, TITLE)}",
            ChooseSilent(id=draft.id, version=draft.version, broadcast_id=one.id),
        )
        for one in found
    ]
    return Screen(
        lines(
            t("🔔 <b>Only those who have not confirmed a former broadcast</b>"),
            None if buttons else t("You have not sent any yet."),
        ),
        rows=(*column(buttons), nav.exits(t, WhomTo(id=draft.id))),
    )


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
    return _choice(t, shown, rows, t("A tap leaves a person out, or takes them in again."))


def _choice(
    t: Translator, shown: Preview, rows: tuple[Row, ...], hint: str | None = None
) -> Screen:
    return Screen(
        lines(*_head(t, shown), hint),
        rows=(*rows, nav.exits(t, WhomTo(id=shown.broadcast.id))),
    )


def _head(t: Translator, shown: Preview) -> list[str]:
    chosen = shown.broadcast.whom
    named = ", ".join(people_words.role(t, role) for role in chosen.roles)
    return [
        t("👥 <b>To whom</b> · {to}", to=words.addressee(t, shown.broadcast)),
        t("Roles: {roles}", roles=named or t.plain("all")),
        *words.audience(t, shown.audience),
    ]


def _titled(t: Translator, meeting: Meeting | MeetingLine) -> str:
    return shortened(t.pick(meeting.title_kk, meeting.title_ru), TITLE)
