"""The list of requests, one request's card, and what is done from it with one tap."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.requests import callbacks, lists, screens, words
from handlers.turn import FILLED, Turn
from handlers.ui import nav, paging
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Button, Screen, column, toast
from storage import requests, working_days
from storage.errors import AlreadyChanged, NotPossible
from storage.request_reading import FILTERS, OPEN
from storage.requests import VoterRequest
from storage.rules import phones
from storage.rules.access import Action, Actor
from storage.rules.request_states import RequestState
from storage.rules.working_days import WorkingCalendar

router = Router(name="requests.cards")


@router.message(Command("requests"))
@policy(Action.WORK_ON_REQUESTS)
async def listed(message: Message, turn: Turn) -> Screen:
    """/requests: the open ones."""
    return await _list(turn, OPEN, 0)


@router.callback_query(callbacks.RequestList.filter())
@policy(Action.WORK_ON_REQUESTS)
async def list_page(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestList
) -> Screen:
    """A filter and page of the list."""
    leave_step(turn)
    which = callback_data.which if callback_data.which in FILTERS else OPEN
    return await _list(turn, which, callback_data.page)


@router.callback_query(callbacks.OpenRequest.filter())
@policy(Action.WORK_ON_REQUESTS)
async def open_request(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenRequest
) -> Screen:
    """The card."""
    leave_step(turn, callback_data.id)
    return await show_card(turn, callback_data.id)


@router.callback_query(callbacks.ChooseState.filter())
@policy(Action.WORK_ON_REQUESTS)
async def choose_state(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChooseState
) -> Screen:
    """Which state comes next."""
    request, calendar = await turn.read(_card, turn.actor, callback_data.id)
    return screens.states(turn.t, request, turn.today, calendar)


@router.callback_query(callbacks.ChangeState.filter())
@policy(Action.WORK_ON_REQUESTS)
async def change_state(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChangeState
) -> Screen:
    """Move the request on; whoever comes second sees what the first one did."""
    if callback_data.to_state not in set(RequestState):
        return await show_card(turn, callback_data.id)
    try:
        await turn.write(
            requests.change_state,
            turn.actor,
            callback_data.id,
            callback_data.version,
            RequestState(callback_data.to_state),
            turn.now,
        )
    except AlreadyChanged as error:
        return await overtaken(turn, callback_data.id, error)
    except NotPossible:
        return await overtaken(turn, callback_data.id, AlreadyChanged())
    done = turn.t.plain("Its state now: {state}", state=words.state(turn.t, callback_data.to_state))
    return await show_card(turn, callback_data.id, done)


@router.callback_query(callbacks.RequestHistory.filter())
@policy(Action.WORK_ON_REQUESTS)
async def show_history(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestHistory
) -> Screen:
    """Who did what, and when."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    entries = await turn.read(requests.history, turn.actor, callback_data.id)
    return lists.history(turn.t, request, entries, callback_data.page, turn.today, turn.zone)


@router.callback_query(callbacks.OpenContact.filter())
@policy(Action.WORK_ON_REQUESTS)
async def open_contact(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenContact
) -> Screen:
    """The voter's name and phone; that they were opened is recorded."""
    contact = await turn.write(requests.open_contact, turn.actor, callback_data.id, turn.now)
    said = ", ".join(filter(None, (contact.name, phones.shown(contact.phone))))
    return await show_card(turn, callback_data.id, contact=said)


@router.callback_query(callbacks.WholeText.filter())
@policy(Action.WORK_ON_REQUESTS)
async def whole_text(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.WholeText
) -> Screen:
    """The text alone: with anything beside it, 4096 characters would not fit."""
    request = await turn.write(requests.open_text, turn.actor, callback_data.id, turn.now)
    return Screen(
        Markup("{}").format(request.text),
        rows=(nav.exits(turn.t, callbacks.OpenRequest(id=request.id)),),
    )


@router.callback_query(callbacks.RequestFiles.filter())
@policy(Action.WORK_ON_REQUESTS)
async def show_files(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestFiles
) -> Screen:
    """The files again, each as it came; a point on the map is a link."""
    t = turn.t
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    files = await turn.read(requests.files, turn.actor, callback_data.id)
    if not files:
        return toast(t.plain("There are no files here."))
    points = [file.file_id.split(",") for file in files if file.kind == "location"]
    links = [
        Button(t.plain("📍 On the map"), url=f"https://2gis.kz/geo/{lon},{lat}")
        for lat, lon in points
    ]
    return Screen(
        t("📎 Files of № {number}", number=request.number),
        rows=(*column(links), nav.exits(t, callbacks.OpenRequest(id=request.id))),
        fresh=True,
        attachments=tuple(
            Attachment(file.kind, file_id=file.file_id, name=file.name)
            for file in files
            if file.kind != "location"
        ),
    )


async def show_card(
    turn: Turn,
    request_id: int,
    word: str | None = None,
    *,
    said: Markup | None = None,
    contact: str | None = None,
) -> Screen:
    """The card as it stands now, with ``word`` in the toast and ``said`` above the card."""
    request, calendar = await turn.read(_card, turn.actor, request_id)
    comment = await turn.read(requests.last_comment, turn.actor, request_id)
    return screens.card(
        turn.t,
        request,
        turn.today,
        calendar,
        contact=contact,
        toast=word,
        said=said,
        comment=lists.entry(turn.t, comment, turn.today, turn.zone) if comment else None,
    )


async def overtaken(turn: Turn, request_id: int, error: AlreadyChanged) -> Screen:
    """The tap came too late: the card as it stands now, and who changed it to what."""
    request = await turn.read(requests.get, turn.actor, request_id)
    return await show_card(turn, request_id, who_was_first(turn, request, error))


def who_was_first(turn: Turn, request: VoterRequest, error: AlreadyChanged) -> str:
    """Who changed ``request`` meanwhile, when, and its state now."""
    t, state = turn.t, words.state(turn.t, request.state)
    if error.by is None or error.at is None:
        return t.plain("It has changed meanwhile. Its state now: {state}", state=state)
    at = error.at.astimezone(turn.zone)
    return t.plain(
        "{name} was first, at {time}. Its state now: {state}",
        name=error.by,
        time=f"{at:%H:%M}",
        state=state,
    )


def leave_step(turn: Turn, request_id: int | None = None) -> None:
    """Back from an input about a request: what was asked there is not waited for any more.

    A contact that was typed for another one than ``request_id`` is put aside.
    """
    data = turn.conversation.data
    if "request" not in data:
        return
    if data.get(FILLED) and data["request"]["id"] != request_id:
        turn.conversation.pause()
    else:
        turn.conversation.clear()


async def _list(turn: Turn, which: str, page: int) -> Screen:
    counts = await turn.read(requests.counts, turn.actor, turn.today)
    page = paging.clamp(page, counts.of(which))
    shown = await turn.read(
        requests.listing, turn.actor, which, turn.today, page * paging.PAGE, paging.PAGE
    )
    return lists.listing(turn.t, shown, counts, which, page, turn.today)


def _card(tx: Connection, actor: Actor, request_id: int) -> tuple[VoterRequest, WorkingCalendar]:
    return requests.get(tx, actor, request_id), working_days.load(tx)
