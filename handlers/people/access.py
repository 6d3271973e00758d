"""Asking to be let in, and the secretary's word on it."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient
from handlers.people import callbacks
from handlers.people.words import role as role_name
from handlers.turn import Turn
from handlers.ui import nav, paging, texts, wizard
from handlers.ui.i18n import Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage import access_requests, branches, people
from storage.access_requests import APPROVED, WAITING, AccessRequest
from storage.errors import AlreadyChanged
from storage.rules.access import Action, Role

router = Router(name="people.access")

NAME_LIMIT = 120
STEPS = 2


@router.callback_query(callbacks.AskAccess.filter())
@policy(None)
async def ask(query: CallbackQuery, turn: Turn) -> Screen:
    """The first step: the name; whoever waits for an answer already sees how it stands."""
    turn.conversation.clear()
    request = await turn.read(access_requests.waiting_of, turn.actor)
    return await name_step(turn) if request is None else await _waits(turn, request)


@router.callback_query(callbacks.ChangeAccess.filter())
@policy(None)
async def change(query: CallbackQuery, turn: Turn) -> Screen:
    """Name and branch once more, also from the second step back to the first."""
    turn.conversation.clear()
    return await name_step(turn)


async def name_step(turn: Turn) -> Screen:
    """Ask for the name, also when a draft is taken up again."""
    turn.conversation.to("people:name")
    return _name_step(turn)


def _name_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    t = turn.t
    return wizard.step(
        t,
        1,
        STEPS,
        t("What is your surname and name?"),
        hint=t("For example: Серікова Айгүл"),
        mistake=mistake,
    )


@router.message(StateFilter("people:name"))
@policy(None)
async def name_typed(message: Message, turn: Turn) -> Screen:
    """The name was typed."""
    name = texts.typed(message.text, NAME_LIMIT)
    if isinstance(name, texts.Mistake):
        return _name_step(turn, texts.told(turn.t, name, NAME_LIMIT))
    if not any(sign.isalpha() for sign in name):
        return _name_step(turn, turn.t("A name has letters in it."))
    turn.conversation.to("people:branch", name=" ".join(name.split()))
    return await branch_step(turn)


async def branch_step(turn: Turn, page: int = 0, mistake: Markup | None = None) -> Screen:
    """Ask for the branch."""
    t = turn.t
    every = await turn.read(branches.every)
    page = paging.clamp(page, len(every))
    buttons = [
        Button(branch.named(t.language), callbacks.AccessBranch(branch_id=branch.id))
        for branch in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return wizard.step(
        t,
        2,
        STEPS,
        t("Which branch are you in?"),
        mistake=mistake,
        rows=paging.rows(
            t, buttons, page, len(every), lambda to: callbacks.AccessBranches(page=to)
        ),
        back=callbacks.ChangeAccess(),
    )


@router.callback_query(callbacks.AccessBranches.filter())
@policy(None)
async def other_branches(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AccessBranches
) -> Screen:
    """Another page of branches."""
    return await branch_step(turn, callback_data.page)


@router.message(StateFilter("people:branch"))
@policy(None)
async def branch_typed(message: Message, turn: Turn) -> Screen:
    """A branch is chosen by its button, not typed."""
    return await branch_step(turn, mistake=turn.t("Choose the branch by its button."))


@router.callback_query(callbacks.AccessBranch.filter())
@policy(None)
async def branch_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AccessBranch
) -> Screen:
    """Name and branch are known: the secretaries are asked."""
    name = turn.conversation.data.get("name")
    if turn.conversation.state != "people:branch" or not name:
        return await name_step(turn)
    turn.conversation.clear()
    request = await turn.write(
        access_requests.ask, turn.actor, name, callback_data.branch_id, turn.now, turn.today
    )
    return await _waits(turn, request, passed_on=True)


async def _waits(turn: Turn, request: AccessRequest, *, passed_on: bool = False) -> Screen:
    """The guest's request before it is decided; ``passed_on``: just now."""
    t = turn.t
    asked = await turn.read(people.secretaries, request.branch_id, turn.today)
    return Screen(
        lines(
            t("✅ Your request was passed on.")
            if passed_on
            else t("⏳ Your request is being considered."),
            t("Name: {name}", name=request.name),
            t("Branch: {branch}", branch=t.pick(request.branch_kk, request.branch_ru)),
            t("Who decides: {names}", names=", ".join(person.name for person in asked)),
            t("The answer will come here."),
        ),
        rows=(
            *([] if passed_on else [(Button(t.plain("Change it"), callbacks.ChangeAccess()),)]),
            (nav.home(t),),
        ),
    )


@router.callback_query(callbacks.DecideAccess.filter())
@policy(Action.INVITE)
async def decide(query: CallbackQuery, turn: Turn, callback_data: callbacks.DecideAccess) -> Screen:
    """The secretary's word; a card that is out of date becomes the present one."""
    to = Recipient.of(turn)
    try:
        request = await turn.write(
            access_requests.decide,
            turn.actor,
            callback_data.request_id,
            callback_data.version,
            turn.now,
            turn.today,
            approve=callback_data.approve,
        )
    except AlreadyChanged:
        # That the actor may decide in the request's branch was checked before.
        request = await turn.read(access_requests.get, callback_data.request_id)
        return _asked(request, to, toast=_meanwhile(turn.t, request))
    return _asked(request, to)


def _meanwhile(t: Translator, request: AccessRequest) -> str:
    if request.state == WAITING:
        return t.plain("The guest has changed the request. Look at it once more.")
    word = t.plain("✅ Was let in") if request.state == APPROVED else t.plain("Refused")
    return t.plain("The request was decided already: {word}", word=word)


def _asked(request: AccessRequest, to: Recipient, *, toast: str | None = None) -> Screen:
    t = to.t
    branch = t.pick(request.branch_kk, request.branch_ru)
    head = lines(
        t("👥 <b>Asks for access</b>"),
        t("Name: {name}", name=request.name),
        t("Branch: {branch}", branch=branch),
    )
    if request.state != WAITING:
        word = t("✅ Was let in") if request.state == APPROVED else t("Refused")
        return Screen(
            lines(head, word, t("Decided by: {name}", name=request.decided_by or "—")),
            rows=((nav.home(t),),),
            toast=toast,
        )
    decision = {"request_id": request.id, "version": request.version}
    return Screen(
        head,
        rows=column(
            (
                Button(
                    t.plain("✅ Let in as a member"),
                    callbacks.DecideAccess(**decision, approve=True),
                ),
                Button(t.plain("Refuse"), callbacks.DecideAccess(**decision, approve=False)),
            )
        ),
        toast=toast,
    )


def _asked_notice(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    return _asked(access_requests.get(tx, params["request_id"]), to)


def _decided_notice(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    request = access_requests.get(tx, params["request_id"])
    t = to.t
    if request.state == APPROVED:
        text = lines(
            t("✅ You are in: {role}", role=role_name(t, Role.MEMBER)),
            t("Branch: {branch}", branch=t.pick(request.branch_kk, request.branch_ru)),
        )
    else:
        text = lines(
            t("Your request for access was refused."),
            t("Whom to ask: {names}", names=request.decided_by or "—"),
        )
    return Screen(text, rows=((nav.home(t),),))


RENDERERS = {"access_asked": _asked_notice, "access_decided": _decided_notice}
RESUME = {"people:name": name_step, "people:branch": branch_step}
