"""What is wrong with a line of a workbook, in words."""

from markupsafe import Markup

from handlers.meetings.exchange.form import FIELDS, TITLES
from handlers.papers import forms
from handlers.ui.i18n import N_, Translator
from storage.meetings.exchange.rows import Problem

# {value} is what stands in the cell, or the limit.
REASONS = {
    **forms.REASONS,
    "no_hour": N_("The day has no hour. Right is: 10:00"),
    "hour_without_day": N_("There is an hour without a day."),
    "no_title": N_("A title is needed in one of the two languages."),
    "no_link": N_("This is no link: {value}"),
    "half_a_point": N_("A point needs latitude and longitude."),
    "no_point": N_("Degrees are at most {value}."),
    "held_ahead": N_("The day is still ahead: the meeting cannot be held yet."),
    "held_when": N_("Of a meeting that was held the day is needed, or the time in words."),
    "out_of_range": N_("The number is out of range: {value}"),
    "too_many": N_("Too many: at most {value}."),
    "key_twice": N_("Another line has the same key: {value}"),
    "several_branches": N_("Several branches are called so: {value}. Write the code."),
    "wrong_body": N_("This branch has no such body."),
    "not_yours": N_("You do not prepare these meetings: {value}"),
    "no_meeting": N_("No meeting has this key: {value}"),
    "number_twice": N_("Another item of the meeting has the same number: {value}"),
    "done_in_a_draft": N_("An item of a draft cannot be considered yet."),
}


def problem(t: Translator, one: Problem) -> Markup:
    """Where something is wrong, and what."""
    sheet = t.plain(TITLES[one.sheet])
    told = t(REASONS[one.reason], value=one.about)
    if not one.row:
        return Markup("«{}»: {}").format(sheet, told)
    column = _column(t, one)
    where = t("«{sheet}», line {row}", sheet=sheet, row=one.row)
    if column:
        where = t("«{sheet}», line {row}, «{column}»", sheet=sheet, row=one.row, column=column)
    return Markup("{}: {}").format(where, told)


def _column(t: Translator, one: Problem) -> str:
    labels = {field.name: field.label for field in FIELDS[one.sheet]}
    return t.plain(labels[one.field]) if one.field in labels else ""
