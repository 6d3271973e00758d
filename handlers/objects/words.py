"""What is said of an object under control and of a visit."""

from datetime import date

from markupsafe import Markup

from handlers.ui import amounts, dates
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.objects import ControlledObject, Visit

NAME = 200  # characters in a card
LABEL = 40  # and on a button

FIELDS = {
    "name_kk": N_("object's name in Kazakh"),
    "name_ru": N_("object's name in Russian"),
    "place": N_("place"),
    "contractor": N_("contractor"),
    "direction_kk": N_("object's direction in Kazakh"),
    "direction_ru": N_("object's direction in Russian"),
    "cost": N_("cost, tenge"),
    "starts_on": N_("begin of the work"),
    "plan_on": N_("end by plan"),
    "fact_on": N_("end in fact"),
    "percent": N_("ready, %"),
    "curator_id": N_("curator"),
}
CHANGES = {
    **FIELDS,
    "taken": N_("taken under control"),
    "visit": N_("visited"),
    "follow_up": N_("recommendation followed"),
    "removed": N_("taken off control"),
}
CANNOT = {
    "removed": N_("The object is under control no more."),
    "empty": N_("Nothing was written."),
    "too_long": N_("It is too long."),
    "cost": N_("A sum in whole tenge is needed."),
    "percent": N_("A whole number from 0 to 100 is needed."),
    "future": N_("This day has not come yet."),
    "year": N_("The year does not look right."),
    "due": N_("The deadline must lie ahead."),
    "photos": N_("At most ten photos belong to a visit."),
    "followed": N_("This recommendation is settled already."),
}
UNKNOWN = N_("This does not fit here.")


def name(t: Translator, one: ControlledObject, limit: int = NAME) -> str:
    """What it is called."""
    return shortened(t.pick(one.name_kk, one.name_ru), limit)


def state(t: Translator, one: ControlledObject, today: date) -> str:
    """Its state in a word."""
    if one.is_removed:
        return t.plain("off control")
    if one.fact_on is not None:
        return t.plain("finished")
    if one.is_overdue(today):
        return t.plain("overdue (object)")
    return t.plain("being built")


def label(t: Translator, one: ControlledObject, today: date) -> str:
    """An object on a button: sign, state, how far ready, name."""
    sign = "⚠️" if one.is_overdue(today) and not one.is_removed else "🏗"
    ready = f" · {one.percent} %" if one.percent is not None else ""
    return f"{sign} {state(t, one, today)}{ready} · {name(t, one, LABEL)}"


def dated(t: Translator, one: ControlledObject, today: date) -> Markup | None:
    """When it is to be finished, with the days left, or when it was."""
    if one.fact_on is not None:
        return t("Finished: {date}", date=dates.short_day(t, one.fact_on, today))
    if one.plan_on is None:
        return None
    return t(
        "To be finished: {date} · <b>{left}</b>",
        date=dates.short_day(t, one.plan_on, today),
        left=dates.days_left(t, one.plan_on, today),
    )


def value(t: Translator, one: ControlledObject, field: str, today: date) -> str:
    """A field as it is now."""
    now = one.curator if field == "curator_id" else getattr(one, field)
    if now is None:
        return "–"
    if isinstance(now, date):
        return dates.short_day(t, now, today)
    return amounts.shown(now) if isinstance(now, int) else str(now)


def recommended(t: Translator, one: Visit, today: date, limit: int) -> list[Markup]:
    """What was recommended by when, and how it was followed."""
    if one.recommendation is None:
        return []
    said = [t("Recommended: {text}", text=shortened(one.recommendation, limit))]
    if one.due_on is not None and one.is_open:
        day = dates.short_day(t, one.due_on, today)
        left = dates.days_left(t, one.due_on, today)
        said.append(t("Recommendation due: {date} · <b>{left}</b>", date=day, left=left))
    if one.follow_up is not None:
        said.append(t("✅ Followed: {text}", text=shortened(one.follow_up, limit)))
    return said


def why(t: Translator, reason: str) -> Markup:
    """Why something is refused."""
    return t(CANNOT.get(reason, UNKNOWN))
