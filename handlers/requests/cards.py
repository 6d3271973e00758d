"""One request's card, and what is done from it with one tap."""

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.inquiries import links
from handlers.requests import callbacks, lists, manage, screens, words
from handlers.requests.clocks import screens as clocks
from handlers.requests.finding import router as find
from handlers.requests.narrowing import kept
from handlers.requests.states.screens import to_check
from handlers.requests.working import ties
from handlers.turn import FILLED, Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Button, Screen, column, toast
from storage import inquiries, requests, working_days
from storage.errors import AlreadyChanged
from storage.requests import VoterRequest, asked_extensions, closing, extending, linked
from storage.rules import phones
from storage.rules.access import Action, Actor
from storage.rules.working_days import WorkingCalendar

router = Router(name="requests.cards")


@router.callback_query(callbacks.OpenRequest.filter())
@policy(Action.WORK_ON_REQUESTS)
async def open_request(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenRequest
) -> Screen:
    """The card."""
    leave_step(turn, callback_data.id)
    return await show_card(turn, callback_data.id)


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
    phone = phones.shown(contact.phone) if contact.phone else None
    about = turn.t.plain("About: {name}", name=contact.about) if contact.about else None
    said = ", ".join(filter(None, (contact.name, phone, contact.address, contact.iin, about)))
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
    said_last = await turn.read(requests.last_said, turn.actor, request_id)
    made = await turn.read(inquiries.of_request, turn.actor, request_id)
    waits = request.awaits_acceptance and await turn.read(
        closing.may_accept, turn.actor, request, turn.today
    )
    more = request.asks_for_more and not request.answered
    asked = await turn.read(asked_extensions.waiting, request_id) if more else None
    decides = asked is not None and await turn.read(
        extending.may_decide, turn.actor, request, asked, turn.today
    )
    tied = await turn.read(linked.ties, request)
    card = screens.card(
        turn.t,
        request,
        turn.today,
        calendar,
        contact=contact,
        toast=word,
        said=said,
        comments=[lists.entry(turn.t, one, turn.today, turn.zone) for one in said_last],
        inquiries=(
            *clocks.notes(turn, asked),
            *links.lines(turn, made),
            *ties.lines(turn, tied),
        ),
        inquiry_rows=(*links.rows(turn, request, made), *ties.rows(tied)),
        more=(
            *(to_check(turn.t, request) if waits else ()),
            *clocks.rows(turn, request, decides=decides),
            *manage.button(turn, request),
        ),
    )
    return ties.narrowed(turn, card, request, tied, manage.button(turn, request))


async def overtaken(turn: Turn, request_id: int, error: AlreadyChanged) -> Screen:
    """The tap came too late: the card as it stands now, and who changed it to what."""
    request = await turn.read(requests.get, turn.actor, request_id)
    return await show_card(turn, request_id, who_was_first(turn, request, error))


async def read_only(turn: Turn, request_id: int) -> Screen:
    """The card of a closed request, after a button from before: what still can be done with it."""
    t = turn.t
    return await show_card(turn, request_id, t.plain(words.CLOSED), said=t(words.CLOSED))


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
    if turn.conversation.state in (find.SOUGHT, *kept.STEPS):
        turn.conversation.clear()
    if "request" not in data:
        return
    if data.get(FILLED) and data["request"]["id"] != request_id:
        turn.conversation.pause()
    else:
        turn.conversation.clear()


def _card(tx: Connection, actor: Actor, request_id: int) -> tuple[VoterRequest, WorkingCalendar]:
    return requests.get(tx, actor, request_id), working_days.load(tx)
