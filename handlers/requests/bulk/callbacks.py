"""What the buttons of doing the same with many requests carry; marks are in the conversation."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, Page


class Selecting(CallbackData, prefix="rbsel"):
    """A page of a list on which requests are marked; ``anew`` forgets the marks."""

    which: str = "open"
    page: Page = 0
    anew: bool = False


class Mark(CallbackData, prefix="rbmark"):
    """Mark a request, or take the mark away."""

    id: Id
    which: str
    page: Page


class MarkPage(CallbackData, prefix="rbpage"):
    """Mark all of a page."""

    which: str
    page: Page


class WhatToDo(CallbackData, prefix="rbwhat"):
    """To what can be done with the marked ones."""


class ManyTo(CallbackData, prefix="rbto"):
    """To the deputies who may get the marked ones, at a page."""

    page: Page = 0


class ManyCategory(CallbackData, prefix="rbcat"):
    """To the categories for the marked ones."""


class Look(CallbackData, prefix="rqblook"):
    """What would be done: hand, close, category; ``to`` whom or to which."""

    deed: str
    to: str = ""


class DoMany(CallbackData, prefix="rbdo"):
    """Do what was looked at; ``seal`` names it."""

    seal: str


class LeftBehind(CallbackData, prefix="rbleft"):
    """To the deputies without a mandate who have requests still."""


class LeftBy(CallbackData, prefix="rbleftby"):
    """Give on what one of them left in a branch."""

    deputy: Id
    branch: Id


class HandedOn(CallbackData, prefix="rbpast"):
    """To the requests that one had and has no more, at a page."""

    page: Page = 0
