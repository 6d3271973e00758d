"""Categories, states and deadlines of requests in words."""

import re
from datetime import date

from markupsafe import Markup

from handlers.ui import dates
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.requests import VoterRequest
from storage.rules.categories import Category
from storage.rules.request_states import RequestState
from storage.rules.working_days import WorkingCalendar

CATEGORIES = {
    Category.ROADS: N_("Roads and bridges"),
    Category.LIGHTING: N_("Street lighting"),
    Category.WATER: N_("Water supply"),
    Category.ENERGY: N_("Power, gas, heat"),
    Category.WASTE: N_("Waste"),
    Category.HOUSING: N_("Housing and utilities"),
    Category.TRANSPORT: N_("Public transport"),
    Category.EDUCATION: N_("School, kindergarten"),
    Category.HEALTH: N_("Health care"),
    Category.SOCIAL: N_("Social support"),
    Category.EMPLOYMENT: N_("Jobs and wages"),
    Category.LAND: N_("Land plots"),
    Category.SPORT_CULTURE: N_("Sport and culture"),
    Category.SAFETY: N_("Public safety"),
    Category.OTHER: N_("Other subject"),
}
STATES = {
    RequestState.REGISTERED: N_("Registered"),
    RequestState.IN_PROGRESS: N_("Under review"),
    RequestState.SENT_TO_BODY: N_("Sent to the body"),
    RequestState.ANSWERED: N_("The body answered"),
    RequestState.RESOLVED: N_("Resolved positively"),
    RequestState.PARTLY: N_("Resolved in part"),
    RequestState.EXPLAINED: N_("Explained"),
    RequestState.REFUSED: N_("Refused (request)"),
    RequestState.REDIRECTED: N_("Redirected"),
    RequestState.CLOSED: N_("Closed (request)"),
}
REOPEN = N_("Take up again")

# A phone of Kazakhstan as people write it, or an IIN; a date or a sum of money is neither.
NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+?7|8)[\s().-]{0,2})?\d{3}[\s().-]{0,2}\d{3}[\s.-]{0,2}\d{2}[\s.-]{0,2}\d{2}(?!\d)"
    r"|(?<!\d)\d{12}(?!\d)"
)
HIDDEN = "•••"


def category(t: Translator, code: str) -> str:
    """The category in words."""
    return t.plain(CATEGORIES[Category(code)])


def state(t: Translator, value: str) -> str:
    """The state in words."""
    return t.plain(STATES[RequestState(value)])


def step_to(t: Translator, request: VoterRequest, to_state: RequestState) -> str:
    """What the button says that moves ``request`` to ``to_state``."""
    reopens = request.settled and to_state is RequestState.IN_PROGRESS
    return t.plain(REOPEN) if reopens else state(t, to_state)


def deadline(
    t: Translator, request: VoterRequest, today: date, calendar: WorkingCalendar
) -> Markup:
    """The deadline, with the working and the calendar days left while it still counts."""
    due = dates.short_day(t, request.due_on, today)
    if request.answered:
        return t("Answer due: {date}", date=due)
    left = dates.days_left(t, request.due_on, today)
    working = calendar.count(today, request.due_on)
    if working <= 0:
        return t("Answer due: {date} · {left}", date=due, left=left)
    days = (request.due_on - today).days
    if days == 1:
        return t(
            "Answer due: {date} · {n} working days left ({left})", date=due, n=working, left=left
        )
    return t(
        "Answer due: {date} · {n} working days left (calendar days: {days})",
        date=due,
        n=working,
        days=days,
    )


def veiled(text: str) -> str:
    """``text`` with phones and other long numbers hidden."""
    return NUMBER.sub(HIDDEN, text)


def hidden(t: Translator, text: str) -> Markup | None:
    """That a number of ``text`` is hidden; None where there is none."""
    return t("🔒 The number in the text is hidden.") if NUMBER.search(text) else None


def none(t: Translator) -> Markup:
    """That an input is made of signs alone."""
    return t("There is no letter or digit in this: please write it in words.")


def short(t: Translator, text: str, limit: int) -> str:
    """``text`` in one line, long numbers hidden; a word for a request that is only a file."""
    return shortened(veiled(text), limit) or t.plain("see the file")
