"""How an item's card speaks of what it is a part of, and of its parts."""

from markupsafe import Markup

from handlers.roadmap.item_callbacks import ItemParts
from handlers.turn import Turn
from handlers.ui.screen import Button, Row, shortened
from storage.roadmap import Item
from storage.roadmap.parts import Family

TITLE = 80  # characters


def said(turn: Turn, around: Family) -> tuple[Markup, ...]:
    """What it is a part of, and how its own parts stand."""
    t, said = turn.t, []
    if around.parent:
        title = shortened(t.pick(around.parent.title_kk, around.parent.title_ru), TITLE)
        said.append(t("Part of № {number} {title}", number=around.parent.number, title=title))
    if around.children:
        done = sum(one.is_closed for one in around.children)
        said.append(t("Its parts: {n}, done: {done}", n=len(around.children), done=done))
    return tuple(said)


def row(turn: Turn, item: Item, around: Family) -> tuple[Row, ...]:
    """The button to them, where there are any."""
    label = turn.t.plain("🧩 Parts of the item")
    return ((Button(label, ItemParts(id=item.id)),),) if around else ()
