"""Inquiries in words: states, levels, terms, and why a step is not possible."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from handlers.ui import dates
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.errors import AlreadyChanged, NotPossible
from storage.inquiries import Inquiry, InquiryState, Listed
from storage.inquiries.rows import BASIS_LIMIT, NUMBER_LIMIT, SUBJECT_LIMIT, TEXT_LIMIT
from storage.rules.inquiry_terms import Term, Unit
from storage.rules.veiling import veiled

LABEL = 60  # characters on a button
ROW_SUBJECT = 24  # of the subject in a row of a list

STATES = {
    InquiryState.DRAFT: N_("✏️ Being prepared (inquiry)"),
    InquiryState.SENT: N_("⏳ Sent, the answer is awaited"),
    InquiryState.ANSWERED: N_("✅ Answered (inquiry)"),
    InquiryState.CLOSED: N_("✅ Closed (inquiry)"),
    InquiryState.WITHDRAWN: N_("⚠️ Withdrawn (inquiry)"),
}
LEVELS = {
    "district": N_("district level"),
    "city": N_("city level"),
    "oblast": N_("oblast level"),
}
TERMS = {
    Unit.MONTHS: N_("{n} calendar months"),
    Unit.DAYS: N_("{n} calendar days"),
    Unit.WORKING_DAYS: N_("{n} working days"),
}
LANGUAGES = {"kk": N_("in Kazakh"), "ru": N_("in Russian")}
FIELDS: Mapping[str, tuple[str, int]] = {
    "subject": (N_("What is the inquiry about? Write it in a sentence."), SUBJECT_LIMIT),
    "text": (N_("Write the text of the inquiry."), TEXT_LIMIT),
    "basis": (N_("On what is the inquiry based?"), BASIS_LIMIT),
}
CANNOT = {
    "body_closed": N_("This body is closed in the directory: choose another addressee."),
    "too_long": N_("The text is too long."),
    "too_many": N_("There are too many already."),
    "no_deputy": N_("This person has no mandate that counts here."),
    "mandate": N_("Only a deputy with a mandate signs."),
    "answered": N_("You have answered already."),
    "not_rated": N_("First say whether the answer satisfies you."),
    "not_repeatable": N_("Only what was answered and does not satisfy is repeated."),
    "repeated": N_("It is repeated already."),
    "in_future": N_("This day has not come yet: choose today or an earlier one."),
    "too_old": N_("This day is more than a year ago. Please look at the year."),
    "before_sending": N_("The answer cannot be older than the inquiry itself."),
    "number": N_("The number is too long: at most {n} characters."),
    "nothing": N_("Send the file or the text of the answer."),
    "known": N_("A body of this name is in the directory already."),
    "no_name": N_("The name is needed."),
}
OTHERWISE = N_("This is not possible any more: here is how it stands now.")


def cannot(t: Translator, error: NotPossible) -> str:
    """Why a step is not possible."""
    return t.plain(CANNOT.get(error.reason, OTHERWISE), n=NUMBER_LIMIT)


def overtaken(t: Translator, error: AlreadyChanged, at: str | None) -> str:
    """That somebody else was first, when it is known who and at what time."""
    if error.by is None or at is None:
        return t.plain("It was changed meanwhile. Here is how it stands now.")
    return t.plain("{name} changed it at {time}.", name=error.by, time=at)


def state(t: Translator, inquiry: Inquiry | Listed) -> str:
    """The state in words, with what the author said of the answer."""
    said = t.plain(STATES[inquiry.state])
    if inquiry.satisfied is None:
        return said
    judged = t.plain("satisfied") if inquiry.satisfied else t.plain("not satisfied")
    return f"{said} · {judged}"


def row(t: Translator, inquiry: Listed, today: date) -> str:
    """An inquiry in a list: what presses comes first, for clients cut the end of a long label."""
    parts = [inquiry.number]
    if inquiry.state is InquiryState.SENT and inquiry.due_on is not None:
        parts.append(dates.days_left(t, inquiry.due_on, today).unescape())
    parts += [state(t, inquiry), shortened(veiled(inquiry.subject), ROW_SUBJECT)]
    mark = "⚠️ " if inquiry.is_overdue(today) else ""
    return shortened(mark + " · ".join(parts), LABEL + ROW_SUBJECT)


def deadline(t: Translator, inquiry: Inquiry, today: date) -> Markup | None:
    """Until when the answer is due, with the days left while it is awaited."""
    if inquiry.due_on is None:
        return None
    day = dates.day(t, inquiry.due_on, today)
    if not inquiry.awaited:
        return t("Answer to the inquiry due: {date}", date=day)
    left = dates.days_left(t, inquiry.due_on, today)
    return t("Answer to the inquiry due: {date} · <b>{left}</b>", date=day, left=left)


def term(t: Translator, value: Term) -> str:
    """«1 calendar months»: a noun stays as it is after a number in Kazakh."""
    return t.plain(TERMS[value.unit], n=value.count)


def level(t: Translator, code: str) -> str:
    """The level in words."""
    return t.plain(LEVELS[code])
