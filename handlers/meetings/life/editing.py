"""Changing what a meeting is called, where and how it takes place, and who is in the chair."""

from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings import venue
from handlers.meetings.life import callbacks
from handlers.meetings.life.callbacks import Edit, EditField
from handlers.meetings.life.doing import CAPABILITY, Refused, begin, do
from handlers.meetings.life.plain import managing
from handlers.meetings.manage import Manage
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.errors import NotAllowed, NotFound
from storage.meetings import Meeting, editing, steps
from storage.rules import links
from storage.rules.access import Action
from storage.rules.meeting_states import CALLED, DRAFT

router = Router(name="meetings.life.editing")

STEP = "field"
EXAMPLE = "https://example.kz/room"
SHOWN = 90  # characters of a value
OPTIONAL = ("place", "link", "map", "chair")


@dataclass(frozen=True)
class Field:
    """One thing that can be changed: what it is called, and a hint for whoever types it."""

    label: str
    hint: str | None = None


FIELDS = {
    "title_kk": Field(N_("Title in Kazakh"), N_("Type the new title, at most 250 characters.")),
    "title_ru": Field(N_("Title in Russian"), N_("Type the new title, at most 250 characters.")),
    "kind": Field(N_("Kind")),
    "format": Field(N_("Format")),
    "place": Field(N_("Venue"), N_("For example: conference hall of the branch, 2nd floor")),
    "link": Field(N_("Link"), N_("Send the whole address, for example: {example}")),
    "map": Field(N_("Point on the map"), N_("Send a point: the paper clip, then «Location».")),
    "chair": Field(N_("In the chair"), N_("Type the surname and the name.")),
}
CHOICES = {"kind": venue.KINDS, "format": venue.FORMATS}


@router.callback_query(Edit.filter())
@policy(Action.PREPARE_MEETINGS)
async def edit(query: CallbackQuery, turn: Turn, callback_data: Edit) -> Screen:
    """Everything that can be changed."""
    meeting = await turn.read(steps.managed, turn.actor, callback_data.id)
    return fields(turn, meeting)


@router.callback_query(EditField.filter())
@policy(Action.PREPARE_MEETINGS)
async def edit_field(query: CallbackQuery, turn: Turn, callback_data: EditField) -> Screen:
    """One of them: a few values to tap, or something to send."""
    if callback_data.field not in FIELDS:
        raise NotFound("field")
    meeting = await turn.read(steps.managed, turn.actor, callback_data.id)
    if meeting.state not in editing.EDITABLE:
        return fields(turn, meeting)
    if callback_data.field in CHOICES:
        return _choose(turn, meeting, callback_data.field)
    begin(turn, STEP, meeting.id, meeting.version, field=callback_data.field)
    return _field(turn, meeting, callback_data.field)


@router.callback_query(callbacks.Choose.filter())
@policy(Action.PREPARE_MEETINGS)
async def choose(query: CallbackQuery, turn: Turn, callback_data: callbacks.Choose) -> Screen:
    """One of the few values."""
    if callback_data.field not in CHOICES:
        raise NotFound("field")
    seen = callback_data.id, callback_data.version
    return await _tapped(turn, *seen, {callback_data.field: callback_data.value})


@router.callback_query(callbacks.Remove.filter())
@policy(Action.PREPARE_MEETINGS)
async def remove(query: CallbackQuery, turn: Turn, callback_data: callbacks.Remove) -> Screen:
    """Take away what may be missing."""
    if callback_data.field not in OPTIONAL:
        raise NotFound("field")
    seen = callback_data.id, callback_data.version
    return await _tapped(turn, *seen, _nothing(callback_data.field))


@router.message(StateFilter(f"{CAPABILITY}:{STEP}"))
@policy(Action.PREPARE_MEETINGS)
async def sent(message: Message, turn: Turn) -> Screen:
    """The new value: a text, or a point on the map."""
    data = turn.conversation.data
    try:
        values = _read(turn, str(data.get("field")), message)
        meeting = await do(
            turn, editing.edit, int(data["meeting"]), int(data["version"]), values, turn.now
        )
    except Refused as refused:
        return await again(turn, mistake=refused.why)
    return fields(turn, meeting, done=True)


async def again(turn: Turn, *, mistake: Markup | None = None) -> Screen:
    """The field that is being changed, as it stands now."""
    data = turn.conversation.data
    try:
        meeting = await turn.read(steps.managed, turn.actor, int(data.get("meeting") or 0))
    except (NotAllowed, NotFound):
        turn.conversation.clear()
        raise
    # Whoever goes on sees the meeting as it is now, so that is what is changed.
    turn.conversation.to(str(turn.conversation.state), version=meeting.version)
    return _field(turn, meeting, str(data.get("field")), mistake)


RESUME: dict[str, wizard.Renderer] = {f"{CAPABILITY}:{STEP}": again}


def fields(turn: Turn, meeting: Meeting, *, done: bool = False) -> Screen:
    """What a meeting is like, and a button for each thing that can be changed."""
    t = turn.t
    is_open = meeting.state in editing.EDITABLE
    buttons = [
        Button(t.plain(field.label), EditField(id=meeting.id, field=name))
        for name, field in FIELDS.items()
        if is_open
    ]
    if meeting.state == DRAFT:
        buttons.insert(0, Button(t.plain("Day and hour"), callbacks.Move(id=meeting.id)))
    folded = done and meeting.state in CALLED
    return Screen(
        lines(
            t("✅ Changed.") if done else None,
            title(turn, meeting),
            when(turn, meeting),
            *(_line(turn, meeting, name) for name in FIELDS if name != "title_" + t.language),
            t("Those called learn of it in a few minutes, in one notice.") if folded else None,
            t("What is to be changed?") if is_open else t("It cannot be changed any more."),
        ),
        rows=(*_in_twos(buttons), nav.exits(t, Manage(id=meeting.id))),
    )


def _field(turn: Turn, meeting: Meeting, name: str, mistake: Markup | None = None) -> Screen:
    t, field = turn.t, FIELDS.get(name)
    if field is None:
        raise NotFound("field")
    gone = callbacks.Remove(id=meeting.id, version=meeting.version, field=name)
    removing: tuple[Row, ...] = ((Button(t.plain("🗑 Remove"), gone),),)
    return wizard.step(
        t,
        1,
        1,
        lines(title(turn, meeting), _line(turn, meeting, name)),
        hint=t(field.hint, example=EXAMPLE) if field.hint else None,
        mistake=mistake,
        rows=removing if name in OPTIONAL and _value(turn, meeting, name) else (),
        back=Edit(id=meeting.id),
    )


def _choose(turn: Turn, meeting: Meeting, name: str) -> Screen:
    t = turn.t
    here = {"id": meeting.id, "version": meeting.version, "field": name}
    buttons = [
        Button(t.plain(label), callbacks.Choose(**here, value=value))
        for value, label in CHOICES[name].items()
    ]
    return Screen(
        lines(title(turn, meeting), _line(turn, meeting, name)),
        rows=(*column(buttons), nav.exits(t, Edit(id=meeting.id))),
    )


async def _tapped(turn: Turn, meeting_id: int, version: int, values: dict[str, Any]) -> Screen:
    try:
        meeting = await do(turn, editing.edit, meeting_id, version, values, turn.now)
    except Refused as refused:
        return await managing(turn, meeting_id, refused)
    return fields(turn, meeting, done=True)


def _read(turn: Turn, name: str, message: Message) -> dict[str, Any]:
    """The columns of what was sent. Raises Refused."""
    if name == "map":
        if message.location is None:
            raise Refused(turn.t("A point on the map is needed here."))
        point = message.location
        return {"latitude": point.latitude, "longitude": point.longitude}
    limit = links.LONGEST if name == "link" else editing.LIMITS[name.split("_")[0]]
    text = texts.typed(message.text, limit)
    if isinstance(text, texts.Mistake):
        raise Refused(texts.told(turn.t, text, limit))
    if name == "link":
        if not links.is_link(text):
            raise Refused(turn.t("This is no whole address: it is like {example}", example=EXAMPLE))
        return {"link": text}
    return {name: " ".join(text.split())}


def _nothing(name: str) -> dict[str, Any]:
    return {"latitude": None, "longitude": None} if name == "map" else {name: None}


def _line(turn: Turn, meeting: Meeting, name: str) -> Markup:
    value = shortened(_value(turn, meeting, name), SHOWN)
    return turn.t("{what}: {value}", what=turn.t.plain(FIELDS[name].label), value=value or "—")


def _value(turn: Turn, meeting: Meeting, name: str) -> str:
    t = turn.t
    if name in CHOICES:
        return t.plain(CHOICES[name][getattr(meeting, name)])
    if name == "map":
        there = meeting.latitude is not None and meeting.longitude is not None
        return f"{meeting.latitude:.5f}, {meeting.longitude:.5f}" if there else ""
    if name in ("place", "chair"):
        return t.pick(getattr(meeting, f"{name}_kk"), getattr(meeting, f"{name}_ru"))
    return str(getattr(meeting, name) or "")


def _in_twos(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
