"""How the roadmap stands: each direction in a line with a bar, as a picture, and narrowed lists."""

import asyncio
from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.papers import charts
from handlers.roadmap import words
from handlers.roadmap.callbacks import (
    BranchRoadmap,
    ChooseFacet,
    NarrowedItems,
    OpenBoard,
    OpenItem,
)
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import N_, Translator, translator
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Button, Row, Screen, lines, shortened
from storage.roadmap import Page, State, narrowing
from storage.roadmap.narrowing import FIELDS, Choice, Facet, Line, Narrowed
from storage.roadmap.pressing import Due, Risk
from storage.rules.access import Action, Actor

router = Router(name="roadmap.board")

SHOWN = 8  # directions
CELLS = 10  # of a bar
NAME, LABEL, IN_PICTURE = 30, 40, 12  # characters of a direction, of a button; directions
NAMES = {
    Facet.DIRECTION: N_("By direction"),
    Facet.TERRITORY: N_("By territory"),
    Facet.STATE: N_("By state"),
    Facet.EXECUTOR: N_("By executor"),
    Facet.DUE: N_("By deadline (facet)"),
    Facet.RISK: N_("By risk (facet)"),
}
DUES = {
    Due.OVERDUE: N_("Overdue (facet)"),
    Due.WEEK: N_("In seven days (facet)"),
    Due.SOON: N_("In fourteen days (facet)"),
    Due.YEAR: N_("Later this year (facet)"),
    Due.LATER: N_("In later years (facet)"),
}
RISKS = {
    Risk.HIGH: N_("High risk"),
    Risk.MIDDLE: N_("Middle risk"),
    Risk.LOW: N_("Low risk"),
}


@router.callback_query(OpenBoard.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def open_board(query: CallbackQuery, turn: Turn, callback_data: OpenBoard) -> Screen:
    """How each direction stands."""
    found = await turn.read(narrowing.board, turn.actor, turn.today)
    if callback_data.picture and found:
        png = await asyncio.to_thread(picture, turn.t.language, found)
        picture_of = Attachment("photo", content=png, name="roadmap.png")
        exits = (nav.exits(turn.t, OpenBoard()),)
        return Screen(
            turn.t("📊 <b>The roadmap by direction</b>"), exits, attachments=(picture_of,)
        )
    return _board(turn, found)


@router.callback_query(NarrowedItems.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def narrowed(query: CallbackQuery, turn: Turn, callback_data: NarrowedItems) -> Screen:
    """A page of the narrowed list."""
    of, by = callback_data, _by(callback_data)

    def read(
        tx: Connection, actor: Actor
    ) -> tuple[Page, dict[Facet, tuple[str | None, str | None]]]:
        page = narrowing.page(tx, actor, turn.today, by, of.page)
        return page, narrowing.names(tx, actor, turn.today, by)

    page, named = await turn.read(read, turn.actor)
    return _narrowed(turn, of, page, named)


@router.callback_query(ChooseFacet.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def choose_facet(query: CallbackQuery, turn: Turn, callback_data: ChooseFacet) -> Screen:
    """The values of a facet, with how many items each holds."""
    t, of = turn.t, callback_data
    given = (turn.actor, turn.today, _by(of), of.facet)
    found = await turn.read(narrowing.choices, *given)
    page = paging.clamp(of.page, len(found))
    shown = found[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [Button(_choice(turn, of.facet, one), _chosen(of, one.value)) for one in shown]

    def turned(number: int) -> ChooseFacet:
        return of.model_copy(update={"page": number})

    return Screen(
        lines(
            Markup("<b>{}</b>").format(t(NAMES[of.facet])),
            t("Choose one, with the number of its items.")
            if found
            else t("There is no item here to narrow."),
            t("High: overdue, or said to be at risk. Middle: soon and not begun, or extended.")
            if of.facet is Facet.RISK
            else None,
        ),
        rows=(
            *paging.rows(t, buttons, page, len(found), turned),
            nav.exits(t, NarrowedItems(**_values(of))),
        ),
    )


def picture(language: str, found: Sequence[Line]) -> bytes:
    """The board as a PNG. It takes a second: call it in a thread."""
    t, shown = translator(language), found[:IN_PICTURE]
    parts = (
        (t.plain("Done (board)"), [line.done for line in shown]),
        (t.plain("Going on (board)"), [line.going for line in shown]),
        (t.plain("At risk (board)"), [line.at_risk for line in shown]),
        (t.plain("Overdue (board)"), [line.overdue for line in shown]),
    )
    return charts.stacked(t.plain("Roadmap (board)"), [_name(t, line) for line in shown], parts)


def _board(turn: Turn, found: Sequence[Line]) -> Screen:
    t = turn.t
    rest = len(found) - SHOWN
    buttons = [
        Button(
            shortened(f"{_name(t, line)} · {line.total}", LABEL), NarrowedItems(direction=line.id)
        )
        for line in found[:SHOWN]
    ]
    pairs: tuple[Row, ...] = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    drawing: tuple[Row, ...] = ((Button(t.plain("🖼 As a picture"), OpenBoard(picture=True)),),)
    return Screen(
        lines(
            t("📊 <b>The roadmap by direction</b>"),
            t("✅ done · ⏳ going on · ⚠️ at risk · ⏰ overdue"),
            *(_line(t, line) for line in found[:SHOWN]),
            t("And more directions: {n}", n=rest) if rest > 0 else None,
            None if found else t("There is no roadmap item here yet."),
        ),
        rows=(*pairs, *(drawing if found else ()), nav.exits(t, BranchRoadmap())),
    )


def _line(t: Translator, line: Line) -> Markup:
    done = round(CELLS * line.done / line.total)
    counts = (("✅", line.done), ("⏳", line.going), ("⚠️", line.at_risk), ("⏰", line.overdue))
    return Markup("{} {}{} {}").format(
        _name(t, line),
        "▓" * done,
        "░" * (CELLS - done),
        " ".join(f"{sign}{n}" for sign, n in counts if n),
    )


def _name(t: Translator, line: Line) -> str:
    name = t.pick(line.name_kk, line.name_ru) or t.plain("Instructions and the rest")
    return shortened(name, NAME)


def _narrowed(
    turn: Turn,
    of: NarrowedItems,
    page: Page,
    named: dict[Facet, tuple[str | None, str | None]],
) -> Screen:
    t = turn.t
    buttons = [
        Button(words.label(t, item, turn.today), OpenItem(id=item.id, branch=True))
        for item in page.items
    ]
    facets = [Button(t.plain(NAMES[one]), ChooseFacet(facet=one, **_values(of))) for one in Facet]
    by = [_said(turn, facet, *name) for facet, name in named.items()]
    return Screen(
        lines(
            t("🎯 <b>Items of the branch: {n}</b>", n=page.total),
            t("Narrowed: {by}", by=" · ".join(by)) if by else t("Narrow it as you need."),
        ),
        rows=(
            *paging.rows(
                t, buttons, page.number, page.total, lambda n: of.model_copy(update={"page": n})
            ),
            *(tuple(facets[n : n + 2]) for n in range(0, len(facets), 2)),
            *(((Button(t.plain("✖️ Clear"), NarrowedItems()),),) if by else ()),
            nav.exits(t, BranchRoadmap()),
        ),
    )


def _said(turn: Turn, facet: Facet, kk: str | None, ru: str | None) -> str:
    if facet is Facet.STATE and kk:
        return turn.t.plain(words.STATES[State(kk)])
    if facet is Facet.DUE and kk:
        return turn.t.plain(DUES[Due(kk)])
    if facet is Facet.RISK and kk:
        return turn.t.plain(RISKS[Risk(kk)])
    return shortened(turn.t.pick(kk, ru) or "—", NAME)


def _choice(turn: Turn, facet: Facet, one: Choice) -> str:
    return f"{_said(turn, facet, one.name_kk, one.name_ru)} · {one.items}"


def _values(of: NarrowedItems | ChooseFacet) -> dict[str, object]:
    return {name: getattr(of, name) for name in FIELDS.values()}


def _by(of: NarrowedItems | ChooseFacet) -> Narrowed:
    return Narrowed(**{name: getattr(of, name) for name in FIELDS.values()})


def _chosen(of: ChooseFacet, value: str) -> NarrowedItems:
    return NarrowedItems.model_validate({**_values(of), FIELDS[of.facet]: value})
