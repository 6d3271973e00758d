"""What is asked when a request goes to a body."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from handlers.inquiries import past_days
from handlers.requests import asking, callbacks, words
from handlers.requests.sending.callbacks import (
    ChooseBody,
    NotRegistered,
    SendPlain,
    SendTo,
    WithoutNumber,
)
from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from handlers.ui.wizard import Renderer
from storage.inquiries.bodies import Page
from storage.requests import VoterRequest
from storage.requests.sending import NUMBER_LIMIT
from storage.rules import legal_clock
from storage.rules.request_states import RequestState
from storage.rules.working_days import WorkingCalendar

LABEL = 60  # characters of a button
NAME, NUMBER, DAY = "body_name", "body_number", "body_day"


def bodies(
    turn: Turn,
    request: VoterRequest,
    found: Page,
    calendar: WorkingCalendar,
    mistake: Markup | None = None,
) -> Screen:
    """The bodies of the request's place; for one that is with a body already, the next one."""
    t, of = turn.t, {"id": request.id, "version": request.version}
    buttons: Sequence[Button] = [
        Button(shortened(t.pick(one.name_kk, one.name_ru), LABEL), SendTo(**of, body=one.id))
        for one in found.bodies
        if one.id != request.body_id
    ]
    rows = paging.rows(
        t, buttons, found.number, found.total, lambda page: ChooseBody(**of, page=page)
    )
    with_body = request.state is RequestState.SENT_TO_BODY
    plain = (Button(t.plain("A body that is not in the list"), SendPlain(**of)),)
    return Screen(
        lines(
            words.heading(t, request.number, request.state),
            t("🏛 To which body does it go?"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            _sends_on(turn, request, calendar) if with_body else None,
            None
            if found.total
            else t("The directory of bodies is empty: the secretary of the branch fills it."),
        ),
        rows=(
            *rows,
            plain,
            nav.exits(t, callbacks.OpenRequest(id=request.id)),
        ),
    )


async def name_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What a body is called that is in no list."""
    t = turn.t
    question = lines(
        t("What is the body called? Write it as it stands in letters."),
        t("The secretary of the branch sees it as a proposal for the directory."),
    )
    hint = t("For example: Сарыағаш аудандық су шаруашылығы бөлімі")
    return asking.step(turn, question, hint=hint, mistake=mistake)


async def number_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Under which number the body registered it."""
    t, request_id = turn.t, asking.asked_about(turn)[0]
    skip = (Button(t.plain("Skip"), WithoutNumber(id=request_id)),)
    return asking.step(
        turn,
        t("Under which number did the body register it?"),
        hint=t("At most {n} characters. It may be added later.", n=NUMBER_LIMIT),
        mistake=mistake,
        rows=(skip,),
    )


async def day_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """On which day: from it the law's term runs."""
    t, request_id = turn.t, asking.asked_about(turn)[0]
    not_yet = (Button(t.plain("It is not registered yet"), NotRegistered(id=request_id)),)
    question = lines(
        t("On which day did the body register it?"),
        t("The body's term by law runs from that day: {n} working days.", n=legal_clock.TERM),
    )
    days: tuple[Row, ...] = past_days.rows(turn, request_id)
    return asking.step(
        turn, question, hint=past_days.hint(turn), mistake=mistake, rows=(*days, not_yet)
    )


RESUME: dict[str, Renderer] = {
    f"{asking.CAPABILITY}:{NAME}": name_step,
    f"{asking.CAPABILITY}:{NUMBER}": number_step,
    f"{asking.CAPABILITY}:{DAY}": day_step,
}


def _sends_on(turn: Turn, request: VoterRequest, calendar: WorkingCalendar) -> Markup | None:
    """Until when the body it is with may send it on by law."""
    if request.body_registered_on is None:
        return None
    until: date = legal_clock.sends_on_until(request.body_registered_on, calendar)
    day = dates.short_day(turn.t, until, turn.today)
    if until < turn.today:
        return turn.t("⚠️ By law the body had to send it on by: {date}", date=day)
    return turn.t("By law the body may send it on until: {date}", date=day)
