"""Which column holds what, of which year and which branch the lines are."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery

from handlers.roadmap_books import callbacks, reading, said, stepping
from handlers.roadmap_books.headings import NAMES
from handlers.roadmap_books.reading import Opened
from handlers.roadmap_books.stepping import CHECK, COLUMNS
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import branches
from storage.errors import NotFound
from storage.rules.access import Action

router = Router(name="roadmap_books.columns")


@router.callback_query(callbacks.Columns.filter(), StateFilter(COLUMNS, CHECK))
@policy(Action.MANAGE_ROADMAP)
async def columns(query: CallbackQuery, turn: Turn, callback_data: callbacks.Columns) -> Screen:
    """A page of the columns."""
    turn.conversation.to(COLUMNS)
    return await stepping.show_columns(turn, callback_data.page)


@router.callback_query(callbacks.ColumnOf.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def column_of(query: CallbackQuery, turn: Turn, callback_data: callbacks.ColumnOf) -> Screen:
    """What a column holds."""
    of = callback_data
    book = await stepping.book_of(turn)
    if isinstance(book, Screen):
        return book
    if not _is_there(book, of.table, of.place):
        return await stepping.show_columns(turn, 0)
    return said.column_step(turn, book, of.table, of.place)


@router.callback_query(callbacks.SetColumn.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def set_column(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetColumn
) -> Screen:
    """It holds this; another column that was taken for the same is not read any more."""
    of = callback_data
    book = await stepping.book_of(turn)
    if isinstance(book, Screen):
        return book
    if _is_there(book, of.table, of.place) and (not of.field or of.field in NAMES):
        chosen = dict(turn.conversation.data["set"])
        for place, name in reading.columns_of(book, chosen)[of.table].items():
            if of.field and name == of.field:
                chosen[f"{of.table}:{place}"] = ""
        chosen[f"{of.table}:{of.place}"] = of.field
        turn.conversation.to(COLUMNS, set=chosen)
    return await stepping.show_columns(turn, 0)


@router.callback_query(callbacks.PlanYear.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def plan_year(query: CallbackQuery, turn: Turn, callback_data: callbacks.PlanYear) -> Screen:
    """The year of the plan."""
    turn.conversation.to(COLUMNS, year=callback_data.year)
    return await stepping.show_columns(turn, 0)


@router.callback_query(callbacks.ChooseBranch.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def choose_branch(query: CallbackQuery, turn: Turn) -> Screen:
    """Which branch the lines without a territory are of."""
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    return said.branch_step(turn, reach)


@router.callback_query(callbacks.SetBranch.filter(), StateFilter(COLUMNS))
@policy(Action.MANAGE_ROADMAP)
async def set_branch(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetBranch
) -> Screen:
    """This one."""
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    if all(one.id != callback_data.branch for one in reach):
        raise NotFound("branch")
    turn.conversation.to(COLUMNS, branch=callback_data.branch)
    return await stepping.show_columns(turn, 0)


def _is_there(book: Opened, table: int, place: int) -> bool:
    return table < len(book.tables) and place in book.tables[table].columns
