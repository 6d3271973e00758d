"""What is wrong with a typed date or time, in words, with an example of what is right."""

from datetime import date, datetime, timedelta

from markupsafe import Markup

from handlers.ui import dates
from handlers.ui.i18n import Translator
from handlers.ui.typed_dates import DateMistake, Kind


def told(t: Translator, mistake: DateMistake, now: datetime, *, at: bool = False) -> Markup:
    """The mistake in words; ``now`` is local, ``at`` says that a time alone was asked for."""
    today = now.date()
    if mistake.kind is Kind.NOT_UNDERSTOOD and at:
        return t("I did not understand the time. Right is, for example: 15:00")
    if mistake.kind is Kind.NO_SUCH_TIME:
        return t("There is no such time of day. Right is, for example: 15:00")
    if mistake.kind is Kind.NO_SUCH_DAY:
        return t("There is no such day in the calendar. Right is: {example}", example=_sure(today))
    if mistake.kind is Kind.YEAR_OUT_OF_RANGE:
        return t("The year does not look right. Right is: {example}", example=_sure(today))
    return _about_day(t, mistake, now)


def _about_day(t: Translator, mistake: DateMistake, now: datetime) -> Markup:
    today = now.date()
    if mistake.day is None:
        return t(
            "I did not understand the date. Right is, for example: {example}",
            example=example(t, today),
        )
    if mistake.kind is Kind.IN_THE_PAST and mistake.day == today:
        return t(
            "This time has passed today, it is {time} now. Choose a later one.", time=f"{now:%H:%M}"
        )
    day = dates.day(t, mistake.day, today)
    if mistake.kind is Kind.IN_THE_PAST:
        return t("This day has passed: {day}. Choose today or a later day.", day=day)
    if mistake.kind is Kind.TOO_FAR:
        return t("This is too far ahead. The last possible day: {day}", day=day)
    return t("The day and the weekday do not agree: {day}", day=day)


def example(t: Translator, today: date) -> str:
    """How a date may be typed."""
    return t.plain("{day}, tomorrow, Monday 15:00", day=f"{today + timedelta(days=3):%d.%m}")


def _sure(today: date) -> str:
    return f"{today + timedelta(days=3):%d.%m.%Y}"
