"""What secretaries see while they take an object under control and keep it."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.objects import words
from handlers.objects.callbacks import (
    EditObject,
    KeepObject,
    ObjectCurator,
    Objects,
    OpenObject,
    RemoveObject,
    TakeBy,
    TakeObject,
)
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.branches import Branch
from storage.objects import FIELDS, ControlledObject
from storage.objects.keeping import DAYS, NAME_LIMIT
from storage.objects.sources import Offered
from storage.people import Person

LINES = ("name_kk", "name_ru", "place", "contractor")  # of a new object
LEAST = 2
SHOWN = ("starts_on", "plan_on", "fact_on", "cost", "percent", "curator_id")
LABEL = 60
TEXT = 300


def proposals(
    turn: Turn, offered: Sequence[Offered], page: int, mistake: Markup | None = None
) -> Screen:
    """By which proposal an object is taken under control."""
    t, page = turn.t, paging.clamp(page, len(offered))
    buttons = [
        Button(shortened(t.pick(one.text_kk, one.text_ru), LABEL), TakeBy(proposal=one.id))
        for one in offered[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(
            t("By which proposal of the Bureau is it taken under control?")
            if offered
            else t("No proposal has been accepted at a meeting yet: an object is taken by one."),
            Markup("⚠️ {}").format(mistake) if mistake and offered else None,
        ),
        rows=(
            *paging.rows(t, buttons, page, len(offered), lambda to: TakeObject(page=to)),
            nav.exits(t, Objects()),
        ),
    )


def branch_step(
    turn: Turn, one: Offered, reach: Sequence[Branch], mistake: Markup | None = None
) -> Screen:
    """In which branch the object stands."""
    t = turn.t
    buttons = [
        Button(t.pick(branch.name_kk, branch.name_ru), TakeBy(proposal=one.id, branch=branch.id))
        for branch in reach
    ]
    return Screen(
        lines(
            t("Which branch is the object of?"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(*column(buttons), nav.exits(t, TakeObject())),
    )


def take_step(turn: Turn, one: Offered, mistake: Markup | None = None) -> Screen:
    """The words of the object, in one message."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("«{}»").format(shortened(t.pick(one.text_kk, one.text_ru), TEXT)),
            shortened(t.pick(one.meeting_kk, one.meeting_ru), LABEL),
            t("Write the object's name in Kazakh and, on the next line, in Russian."),
            t("The place and the contractor may follow, a line each."),
        ),
        hint=lines(
            t("For example:"),
            "Түркістан қаласындағы ипподром",
            "Ипподром в городе Туркестане",
            "Түркістан қаласы",
        ),
        mistake=mistake,
        back=TakeObject(),
    )


def fields(turn: Turn, one: ControlledObject) -> Screen:
    """Everything that can be changed."""
    t = turn.t

    def now(name: str) -> str:
        return words.value(t, one, name, turn.today)

    buttons = [
        Button(
            "✏️ " + t.plain(words.FIELDS[name]),
            EditObject(id=one.id, version=one.version, field=name),
        )
        for name in FIELDS
    ]
    pairs = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
    remove = Button(t.plain("Take off control"), RemoveObject(id=one.id, version=one.version))
    return Screen(
        lines(
            Markup("⚙️ <b>{}</b>").format(words.name(t, one)),
            *(Markup("{}: {}").format(t(words.FIELDS[name]), now(name)) for name in SHOWN),
        ),
        rows=(*pairs, (remove,), nav.exits(t, OpenObject(id=one.id))),
    )


def curator(turn: Turn, one: ControlledObject, able: Sequence[Person], page: int) -> Screen:
    """Who is its curator."""
    t, page = turn.t, paging.clamp(page, len(able))
    buttons = [
        Button(person.name, ObjectCurator(id=one.id, version=one.version, person=person.id))
        for person in able[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]

    def turn_to(to: int) -> EditObject:
        return EditObject(id=one.id, version=one.version, field="curator_id", page=to)

    return Screen(
        lines(Markup("<b>{}</b>").format(words.name(t, one)), t("Who is the curator?")),
        rows=(
            *paging.rows(t, buttons, page, len(able), turn_to),
            nav.exits(t, KeepObject(id=one.id)),
        ),
    )


def edit_step(
    turn: Turn, one: ControlledObject, field: str, mistake: Markup | None = None
) -> Screen:
    """Another value of one field is typed."""
    t = turn.t
    hint = (
        t("For example: {day}", day=f"{turn.today:%d.%m.%Y}")
        if field in DAYS
        else t("In one message, at most {n} characters.", n=NAME_LIMIT)
    )
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(words.name(t, one)),
            t("Write anew: {field}", field=t(words.FIELDS[field])),
            t("Now it is: {text}", text=words.value(t, one, field, turn.today)),
            t("A dash (-) takes the value away.") if not field.startswith("name") else None,
        ),
        hint=hint,
        mistake=mistake,
        back=KeepObject(id=one.id),
    )


def remove_step(turn: Turn, one: ControlledObject, mistake: Markup | None = None) -> Screen:
    """By which decision it is taken off."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(words.name(t, one)),
            t("By which decision is it taken off control? Meeting, date, clause."),
        ),
        mistake=mistake,
        back=KeepObject(id=one.id),
    )
