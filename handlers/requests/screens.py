"""The card of a request, and its receipt."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from handlers.inquiries.callbacks import NewInquiry
from handlers.requests import callbacks, contacts, terms, words
from handlers.ui import dates, nav, sharing
from handlers.ui.i18n import Translator, html
from handlers.ui.screen import Button, Row, Screen, lines
from storage.requests import VoterRequest
from storage.rules.working_days import WorkingCalendar

SHOWN_TEXT = 500  # characters of the text on a card


def card(
    t: Translator,
    request: VoterRequest,
    today: date,
    calendar: WorkingCalendar,
    *,
    contact: str | None = None,
    toast: str | None = None,
    said: Markup | None = None,
    comments: Sequence[Markup] = (),
    inquiries: Sequence[Markup] = (),
    inquiry_rows: tuple[Row, ...] = (),
    more: tuple[Row, ...] = (),
) -> Screen:
    """The card; ``contact`` is the opened one, else it is masked.

    ``said`` is what has just happened, ``comments`` the last note and the last answer, a line each;
    ``inquiries`` made from it stand in lines, with ``inquiry_rows`` to them; ``more`` leads to what
    else can be done.
    """
    return Screen(
        lines(
            said,
            words.heading(t, request.number, request.state),
            *_facts(t, request, today, calendar, contact),
            *inquiries,
            *comments,
        ),
        rows=_buttons(t, request, inquiry_rows, more, contact_open=contact is not None),
        toast=toast,
    )


def receipt(
    t: Translator,
    request: VoterRequest,
    today: date,
    calendar: WorkingCalendar,
    link: str,
    *,
    inquires: bool,
) -> Screen:
    """What comes after the registration: the number to tell the voter, and what can be added.

    By ``link`` the voter sees how the request stands. ``inquires``: the reader may make an inquiry
    of it.
    """
    inquiry = Button(t.plain("📄 Make an inquiry"), NewInquiry(request=request.id))
    return Screen(
        lines(
            t("📝 <b>№ {number}</b> is registered", number=request.number),
            *_facts(t, request, today, calendar, None),
            t("Please tell the voter the number and the deadline."),
            t("The voter sees how it stands by this link: {link}", link=link),
        ),
        rows=(
            *_completing(t, request),
            (
                Button(t.plain("Send the receipt"), url=_to_share(t, request, link, today)),
                *((inquiry,) if inquires else ()),
            ),
            (Button(t.plain("Open the request card"), callbacks.OpenRequest(id=request.id)),),
            nav.exits(t, callbacks.RequestList()),
        ),
    )


def _to_share(t: Translator, request: VoterRequest, link: str, today: date) -> str:
    """Telegram's own choice of a chat, with what the voter may know: number and deadline."""
    text = t(
        "Your request is registered: № {number}. Answer due: {date}",
        number=request.number,
        date=dates.short_day(t, request.due_on, today),
    )
    return sharing.sent_on(link, text.unescape())


def _facts(
    t: Translator,
    request: VoterRequest,
    today: date,
    calendar: WorkingCalendar,
    contact: str | None,
) -> tuple[Markup | str | None, ...]:
    where = words.place(t, request)
    place = html(" · {}", where) if where else Markup()
    contact = contact or request.masked_phone or ("•••" if request.has_contact else None)
    return (
        words.short(t, request.text, SHOWN_TEXT),
        words.hidden(t, request.text),
        t(
            "Category: {category}{place}",
            category=words.category(t, request),
            place=place,
        ),
        t(
            "Form: {kind} · came by: {channel}",
            kind=words.kind(t, request.kind),
            channel=words.channel(t, request.channel),
        ),
        terms.deadline(t, request, today, calendar),
        *terms.body(t, request, today, calendar),
        terms.extended(t, request),
        t("⏳ The outcome is reported and waits for acceptance")
        if request.awaits_acceptance
        else None,
        *words.said_by_voter(t, request),
        t("Responsible deputy: {name}", name=request.deputy_name),
        t("Voter's contact: {contact}", contact=contact) if contact else None,
        t("📎 Files: {n}", n=request.attachments) if request.attachments else None,
    )


def _buttons(
    t: Translator,
    request: VoterRequest,
    inquiry_rows: tuple[Row, ...],
    more: tuple[Row, ...],
    *,
    contact_open: bool,
) -> tuple[Row, ...]:
    rows: list[Row] = [
        (Button(t.plain("Change request state"), callbacks.ChooseState(id=request.id)),),
        *inquiry_rows,
        *_completing(t, request, contact_open=contact_open),
    ]
    last = [Button(t.plain("Request history"), callbacks.RequestHistory(id=request.id))]
    if request.attachments:
        label = t.plain("📎 Files ({n})", n=request.attachments)
        last.append(Button(label, callbacks.RequestFiles(id=request.id)))
    rows.append(tuple(last))
    if words.short(t, request.text, SHOWN_TEXT) != request.text and request.text:
        rows.append((Button(t.plain("The whole text"), callbacks.WholeText(id=request.id)),))
    which = "closed" if request.done else "open"
    return (*rows, *more, nav.exits(t, callbacks.RequestList(which=which)))


def _completing(
    t: Translator, request: VoterRequest, *, contact_open: bool = False
) -> tuple[Row, ...]:
    note = (Button(t.plain("🔒 Internal note"), callbacks.AddComment(id=request.id)),)
    if request.done:
        return (note,)

    def part(label: str, name: str) -> Button:
        goes = callbacks.CompleteRequest(id=request.id, version=request.version, part=name)
        return Button(label, goes)

    if request.has_contact and not contact_open:
        contact = Button(t.plain("Open the contact"), callbacks.OpenContact(id=request.id))
    else:
        contact = part(t.plain("✏️ Contact of the voter"), "contact")
    take = Button(t.plain(contacts.TAKE), callbacks.TakePhone(id=request.id))
    can_take = not request.has_contact and contacts.in_text(request.text) is not None
    return (
        *(((take,),) if can_take else ()),
        (part(t.plain("✏️ Category"), "category"), part(t.plain("✏️ Place"), "place")),
        (contact, Button(t.plain("Add a photo"), callbacks.AddFile(id=request.id))),
        note,
    )
