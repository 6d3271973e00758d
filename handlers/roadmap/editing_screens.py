"""What a secretary sees while an item is written anew."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.roadmap import words
from handlers.roadmap.callbacks import OpenItem
from handlers.roadmap.item_callbacks import (
    AskParent,
    AttachTo,
    DirectionLike,
    EditField,
    EditItem,
    ItemMeeting,
    MakeKind,
    PlaceItem,
)
from handlers.roadmap.words import FIELDS
from handlers.turn import Turn
from handlers.ui import nav, wizard
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.roadmap import Item, Kind
from storage.roadmap.checking import Deciding
from storage.roadmap.editing import OF_THE_DOCUMENT, REQUIRED
from storage.roadmap.narrowing import Choice

CAPABILITY = "roadmap_edit"
FIELD = f"{CAPABILITY}:field"
OFFERED = 6  # directions
LABEL, SHOWN = 40, 300  # characters of a button, of a value

NOT_OF_INSTRUCTIONS = (*OF_THE_DOCUMENT, "meeting")


def fields(turn: Turn, item: Item, *, toast: str | None = None) -> Screen:
    """Everything that can be written anew, as it stands."""
    t = turn.t
    own = [
        name
        for name in FIELDS
        if item.kind is not Kind.INSTRUCTION or name not in NOT_OF_INSTRUCTIONS
    ]
    buttons = [
        Button(
            ("✏️ " if name in REQUIRED or _value(turn, item, name) else "▫️ ")
            + t.plain(FIELDS[name]),
            EditField(id=item.id, version=item.version, field=name),
        )
        for name in own
    ]
    its = {"id": item.id, "version": item.version}
    buttons.append(Button(t.plain("📍 Territory (field)"), PlaceItem(**its)))
    if item.kind is not Kind.INSTRUCTION:
        buttons.append(Button(t.plain("🗂 Kind of item (field)"), MakeKind(**its)))
    pairs = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
    return Screen(
        lines(
            words.heading(t, item),
            *(
                Markup("{}: {}").format(t(FIELDS[name]), shortened(value, LABEL * 2))
                for name in own
                if name not in REQUIRED and (value := _value(turn, item, name))
            ),
            t("▫️ is not written yet. What is to be written?"),
        ),
        rows=(
            *pairs,
            (Button(t.plain("🧩 Make it a part of another item"), AskParent(id=item.id)),),
            (Button(t.plain("📎 Attach documents"), AttachTo(id=item.id)),),
            nav.exits(t, OpenItem(id=item.id, branch=True)),
        ),
        toast=toast,
    )


def field_step(
    turn: Turn,
    item: Item,
    field: str,
    offered: Sequence[Choice],
    mistake: Markup | None = None,
) -> Screen:
    """One of them is awaited; a direction may be one that there is."""
    t, value = turn.t, _value(turn, item, field)
    buttons = [
        Button(
            shortened(t.pick(one.name_kk, one.name_ru), LABEL),
            DirectionLike(id=item.id, version=item.version, like=int(one.value)),
        )
        for one in offered[:OFFERED]
    ]
    return wizard.step(
        t,
        1,
        1,
        lines(
            words.heading(t, item),
            t("Write anew: {field}", field=t(FIELDS[field])),
            t("Now: {value}", value=shortened(value, SHOWN)) if value else None,
        ),
        hint=None if field in REQUIRED else t("A dash «-» takes it away."),
        mistake=mistake,
        rows=column(buttons),
        back=EditItem(id=item.id),
    )


def meetings(turn: Turn, item: Item, found: Sequence[Deciding]) -> Screen:
    """Of which meeting it is."""
    t, its = turn.t, {"id": item.id, "version": item.version}
    buttons = [Button(words.held(turn, one), ItemMeeting(**its, meeting=one.id)) for one in found]
    none: Row = (Button(t.plain("✖️ Of no meeting"), ItemMeeting(**its)),)
    return Screen(
        lines(words.heading(t, item), t("Which meeting does it come from?")),
        rows=(
            *column(buttons),
            *((none,) if item.meeting_id else ()),
            nav.exits(t, EditItem(id=item.id)),
        ),
    )


def _value(turn: Turn, item: Item, field: str) -> str:
    """What is written there now."""
    pick = turn.t.pick
    match field:
        case "title" | "direction" | "completion" | "meeting":
            return pick(getattr(item, f"{field}_kk"), getattr(item, f"{field}_ru")) or ""
    return str(getattr(item, field) or "")
