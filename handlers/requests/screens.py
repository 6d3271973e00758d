"""The card of a request, its receipt, and the choice of its next state."""

from datetime import date

from markupsafe import Markup

from handlers.requests import callbacks, contacts, words
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.requests import VoterRequest
from storage.rules.request_states import following
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
    comment: Markup | None = None,
) -> Screen:
    """The card; ``contact`` is the opened one, else it is masked.

    ``said`` is what has just happened, ``comment`` the last one in a line.
    """
    heading = t(
        "📝 <b>№ {number}</b> · {state}",
        number=request.number,
        state=words.state(t, request.state),
    )
    return Screen(
        lines(said, heading, *_facts(t, request, today, calendar, contact), comment),
        rows=_buttons(t, request, contact_open=contact is not None),
        toast=toast,
    )


def receipt(t: Translator, request: VoterRequest, today: date, calendar: WorkingCalendar) -> Screen:
    """What comes after the registration: the number to tell the voter, and what can be added."""
    return Screen(
        lines(
            t("📝 <b>№ {number}</b> is registered", number=request.number),
            *_facts(t, request, today, calendar, None),
            t("Please tell the voter the number and the deadline."),
        ),
        rows=(
            *_completing(t, request),
            (Button(t.plain("Open the request card"), callbacks.OpenRequest(id=request.id)),),
            nav.exits(t, callbacks.RequestList()),
        ),
    )


def _facts(
    t: Translator,
    request: VoterRequest,
    today: date,
    calendar: WorkingCalendar,
    contact: str | None,
) -> tuple[Markup | str | None, ...]:
    place = Markup(" · {}").format(request.place) if request.place else Markup()
    contact = contact or request.masked_phone
    return (
        words.short(t, request.text, SHOWN_TEXT),
        words.hidden(t, request.text),
        t(
            "Category: {category}{place}",
            category=words.category(t, request.category),
            place=place,
        ),
        words.deadline(t, request, today, calendar),
        t("Responsible deputy: {name}", name=request.deputy_name),
        t("Voter's contact: {contact}", contact=contact) if contact else None,
        t("📎 Files: {n}", n=request.attachments) if request.attachments else None,
    )


def _buttons(t: Translator, request: VoterRequest, *, contact_open: bool) -> tuple[Row, ...]:
    rows: list[Row] = [
        (Button(t.plain("Change request state"), callbacks.ChooseState(id=request.id)),),
        *_completing(t, request, contact_open=contact_open),
    ]
    last = [Button(t.plain("Request history"), callbacks.RequestHistory(id=request.id))]
    if request.attachments:
        label = t.plain("📎 Files ({n})", n=request.attachments)
        last.append(Button(label, callbacks.RequestFiles(id=request.id)))
    rows.append(tuple(last))
    if words.short(t, request.text, SHOWN_TEXT) != request.text and request.text:
        rows.append((Button(t.plain("The whole text"), callbacks.WholeText(id=request.id)),))
    which = "closed" if request.settled else "open"
    return (*rows, nav.exits(t, callbacks.RequestList(which=which)))


def _completing(
    t: Translator, request: VoterRequest, *, contact_open: bool = False
) -> tuple[Row, ...]:
    def part(label: str, name: str) -> Button:
        goes = callbacks.CompleteRequest(id=request.id, version=request.version, part=name)
        return Button(label, goes)

    if request.masked_phone and not contact_open:
        contact = Button(t.plain("Open the contact"), callbacks.OpenContact(id=request.id))
    else:
        contact = part(t.plain("✏️ Contact of the voter"), "contact")
    take = Button(t.plain(contacts.TAKE), callbacks.TakePhone(id=request.id))
    can_take = not request.masked_phone and contacts.in_text(request.text) is not None
    return (
        *(((take,),) if can_take else ()),
        (part(t.plain("✏️ Category"), "category"), part(t.plain("✏️ Place"), "place")),
        (contact, Button(t.plain("Add a photo"), callbacks.AddFile(id=request.id))),
        (Button(t.plain("💬 Comment on it"), callbacks.AddComment(id=request.id)),),
    )


def states(t: Translator, request: VoterRequest, today: date, calendar: WorkingCalendar) -> Screen:
    """The states that may follow, each a button."""
    rows = tuple(
        (
            Button(
                words.step_to(t, request, to_state),
                callbacks.ChangeState(
                    id=request.id, version=request.version, to_state=to_state.value
                ),
            ),
        )
        for to_state in following(request.state)
    )
    return Screen(
        lines(
            t("📝 № {number}: what is its state now?", number=request.number),
            t("State until now: {state}", state=words.state(t, request.state)),
            words.deadline(t, request, today, calendar),
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )
