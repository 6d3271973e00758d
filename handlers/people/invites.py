"""Invitations: made by secretaries, used by guests."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Connection

from handlers.home import screens as home
from handlers.people import callbacks
from handlers.people.words import branch as branch_name
from handlers.people.words import role as role_name
from handlers.turn import Turn
from handlers.ui import dates, nav, paging, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage import branches, invites, people, primaries
from storage.branches import Branch
from storage.errors import NotAllowed
from storage.primaries import Primary
from storage.rules.access import Action, Actor, Role, may, scope

router = Router(name="people.invites")

CODE = "people:code"


@router.message(Command("invite"))
@router.callback_query(callbacks.Invite.filter())
@policy(Action.INVITE)
async def invitations(event: Message | CallbackQuery, turn: Turn) -> Screen:
    """Which role to invite to, and the invitations that wait."""
    return await _invitations(turn)


async def _invitations(turn: Turn) -> Screen:
    t = turn.t
    waiting = await turn.read(invites.waiting, turn.actor, turn.now)
    return Screen(
        lines(
            t("👥 <b>Invitations</b>"),
            t("Whom do you invite? The link works once and lasts {n} days.", n=invites.LASTS.days),
            t("Waiting to be used: {n}. Tap one to take it back.", n=len(waiting))
            if waiting
            else None,
        ),
        rows=(
            *column(
                Button(role_name(t, role), callbacks.InviteRole(role=role))
                for role in invites.roles_to_offer(turn.actor)
            ),
            *column(_revoking(turn, invite) for invite in waiting[: paging.PAGE]),
            nav.exits(t),
        ),
    )


def _revoking(turn: Turn, invite: invites.Invite) -> Button:
    until = dates.short_day(turn.t, invite.expires_at.astimezone(turn.zone).date(), turn.today)
    label = turn.t.plain("✖ {role}, until {date}", role=role_name(turn.t, invite.role), date=until)
    return Button(label, callbacks.RevokeInvite(invite_id=invite.id))


@router.callback_query(callbacks.InviteRole.filter())
@policy(Action.INVITE)
async def role_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InviteRole
) -> Screen:
    """The role is known; a secretary of one branch needs no second question."""
    role = callback_data.role
    reach = scope(turn.actor, Action.INVITE)
    if reach is not None and len(reach) == 1:
        return await _in_branch(turn, role, next(iter(reach)))
    return await _branches(turn, role, 0)


@router.callback_query(callbacks.InviteBranches.filter())
@policy(Action.INVITE)
async def other_page(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InviteBranches
) -> Screen:
    """Another page of branches."""
    return await _branches(turn, callback_data.role, callback_data.page)


@router.callback_query(callbacks.InviteBranch.filter())
@policy(Action.INVITE)
async def branch_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InviteBranch
) -> Screen:
    """Role and branch are known: make the invitation."""
    return await _in_branch(turn, callback_data.role, callback_data.branch_id or None)


@router.callback_query(callbacks.InvitePrimaries.filter())
@policy(Action.INVITE)
async def other_organisations(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InvitePrimaries
) -> Screen:
    """Another page of primary organisations."""
    of = callback_data
    offered = await turn.read(primaries.of_branches, (of.branch_id,))
    return _organisations(turn, of.role, of.branch_id, offered, of.page)


@router.callback_query(callbacks.InvitePrimary.filter())
@policy(Action.INVITE)
async def organisation_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InvitePrimary
) -> Screen:
    """Role, branch and primary organisation are known: make the invitation."""
    of = callback_data
    return await _invite(turn, of.role, of.branch_id, of.primary_id or None)


@router.callback_query(callbacks.RevokeInvite.filter())
@policy(Action.INVITE)
async def revoke(query: CallbackQuery, turn: Turn, callback_data: callbacks.RevokeInvite) -> Screen:
    """Take an invitation back."""
    await turn.write(invites.revoke, turn.actor, callback_data.invite_id, turn.now)
    return await _invitations(turn)


async def _branches(turn: Turn, role: Role, page: int) -> Screen:
    t = turn.t
    reach = scope(turn.actor, Action.INVITE)
    offered = [b for b in await turn.read(branches.every) if reach is None or b.id in reach]
    page = paging.clamp(page, len(offered))
    shown = offered[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [
        Button(b.named(t.language), callbacks.InviteBranch(role=role, branch_id=b.id))
        for b in shown
    ]
    whole = Button(branch_name(t, None), callbacks.InviteBranch(role=role, branch_id=0))
    spans = role not in invites.BRANCH_BOUND and may(turn.actor, Action.INVITE_SECRETARIES)
    return Screen(
        lines(t("👥 <b>Invitation</b>"), t("{role}: in which branch?", role=role_name(t, role))),
        rows=(
            *(((whole,),) if spans and page == 0 else ()),
            *paging.rows(
                t,
                buttons,
                page,
                len(offered),
                lambda to: callbacks.InviteBranches(role=role, page=to),
            ),
            nav.exits(t, callbacks.Invite()),
        ),
    )


async def _in_branch(turn: Turn, role: Role, branch_id: int | None) -> Screen:
    """A member belongs to a primary organisation, where the branch has any."""
    if role is Role.MEMBER and branch_id is not None and may(turn.actor, Action.INVITE, branch_id):
        offered = await turn.read(primaries.of_branches, (branch_id,))
        if offered:
            return _organisations(turn, role, branch_id, offered, 0)
    return await _invite(turn, role, branch_id)


def _organisations(
    turn: Turn, role: Role, branch_id: int, offered: list[Primary], page: int
) -> Screen:
    t, page = turn.t, paging.clamp(page, len(offered))
    if not may(turn.actor, Action.INVITE, branch_id):
        raise NotAllowed(Action.INVITE, branch_id)

    def goes(primary_id: int) -> callbacks.InvitePrimary:
        return callbacks.InvitePrimary(role=role, branch_id=branch_id, primary_id=primary_id)

    buttons = [
        Button(t.pick(one.name_kk, one.name_ru), goes(one.id))
        for one in offered[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(t("👥 <b>Invitation</b>"), t("To which primary organisation?")),
        rows=(
            *paging.rows(
                t,
                buttons,
                page,
                len(offered),
                lambda to: callbacks.InvitePrimaries(role=role, branch_id=branch_id, page=to),
            ),
            (Button(t.plain("None in particular"), goes(0)),),
            nav.exits(t, callbacks.Invite()),
        ),
    )


def _create(
    tx: Connection, turn: Turn, role: Role, branch_id: int | None, primary_id: int | None
) -> tuple[str, invites.Invite, Branch | None]:
    code, invite = invites.create(tx, turn.actor, role, branch_id, turn.now, primary_id=primary_id)
    return code, invite, branches.get(tx, branch_id) if branch_id else None


async def _invite(
    turn: Turn, role: Role, branch_id: int | None, primary_id: int | None = None
) -> Screen:
    t = turn.t
    code, invite, branch = await turn.write(_create, turn, role, branch_id, primary_id)
    until = dates.day(t, invite.expires_at.astimezone(turn.zone).date(), turn.today)
    link = turn.deep_link(f"i_{code}")
    return Screen(
        lines(
            t("👥 <b>Invitation</b>: {role}", role=role_name(t, role)),
            branch_name(t, branch),
            t("Forward this link to one person. It works once, until {date}.", date=until),
            "",
            link,
            "",
            t("Or copy the code and send it: <code>{code}</code>", code=code),
        ),
        rows=((Button(t.plain("Copy the link"), copies=link),), nav.exits(t, callbacks.Invite())),
    )


@router.callback_query(callbacks.EnterCode.filter())
@policy(None)
async def ask_code(query: CallbackQuery, turn: Turn) -> Screen:
    """A guest has a code to type."""
    turn.conversation.clear()
    turn.conversation.to(CODE)
    return _code_step(turn)


@router.message(Command("join"))
@policy(None)
async def join(message: Message, turn: Turn, command: CommandObject) -> Screen:
    """/join CODE."""
    if not command.args:
        return await ask_code_again(turn)
    return await redeem(turn, command.args.strip())


@router.message(StateFilter(CODE))
@policy(None)
async def code_typed(message: Message, turn: Turn) -> Screen:
    """The code that was typed."""
    text = (message.text or "").strip()
    if not text:
        return _code_step(turn, not_text=True)
    return await redeem(turn, text)


async def ask_code_again(turn: Turn) -> Screen:
    """The step of the code, also when a draft is taken up again."""
    turn.conversation.to(CODE)
    return _code_step(turn)


def _code_step(turn: Turn, *, not_text: bool = False) -> Screen:
    return wizard.step(
        turn.t,
        1,
        1,
        turn.t("Enter the code of your invitation."),
        hint=turn.t("For example: {code}", code="k3Zr8Q…"),
        mistake=turn.t("A text with the code is needed here.") if not_text else None,
    )


def _redeem(
    tx: Connection, actor: Actor, code: str, turn: Turn, language: str | None
) -> invites.Invite | None:
    if language is not None:
        people.set_language(tx, actor.person_id, language)
    return invites.redeem(tx, actor, code, turn.now, turn.today)


async def redeem(turn: Turn, code: str, *, language: str | None = None) -> Screen:
    """Use a code (link or typed); a guest may also take a language with it."""
    t = turn.t
    # Links end in i_CODE; people also paste the whole link where the code is asked.
    code = code.rsplit("i_", 1)[-1] if "start=i_" in code else code

    def stand(invite: invites.Invite | None) -> None:
        """Whoever is in goes on elsewhere; a guest may type another code at once."""
        if invite is None and turn.actor.is_guest:
            turn.conversation.to(CODE)
        elif invite is not None and turn.conversation.state == CODE:
            turn.conversation.clear()

    invite = await turn.write_then(stand, _redeem, turn.actor, code[:100], turn, language)
    if invite is None:
        return _does_not_work(turn)
    actor = await turn.read(people.actor_of, turn.actor.telegram_id, turn.today)
    turn.actor = actor or turn.actor
    return home.menu(turn, word=t("✅ You are in: {role}", role=role_name(t, invite.role)))


def _does_not_work(turn: Turn) -> Screen:
    t = turn.t
    again = turn.conversation.state == CODE
    another = Button(t.plain("Try another code"), callbacks.EnterCode())
    return Screen(
        lines(
            t("⚠️ This code does not work."),
            t("It may be mistyped, used or expired. Ask your secretary for a new one."),
            t("Another code may be sent right here.") if again else None,
        ),
        rows=(
            *(() if again else ((another,),)),
            (Button(t.plain("Ask for access"), callbacks.AskAccess()), nav.home(t)),
        ),
    )


RESUME = {CODE: ask_code_again}
