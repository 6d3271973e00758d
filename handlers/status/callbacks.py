"""What the buttons of this capability carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Page

# A forged number must not be larger than the database can hold.
UpdateId = Annotated[int, Field(ge=0, lt=2**53)]
KindName = Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]


class Status(CallbackData, prefix="st"):
    """To the numbers, counted anew."""


class SetAsideList(CallbackData, prefix="stlist"):
    """The updates that could not be handled, at a page."""

    page: Page = 0


class OpenUpdate(CallbackData, prefix="stopen"):
    """One of them."""

    update_id: UpdateId


class RetryUpdate(CallbackData, prefix="stretry"):
    """Handle it again."""

    update_id: UpdateId


class DropUpdate(CallbackData, prefix="stdrop"):
    """Give it up."""

    update_id: UpdateId


class UndeliveredList(CallbackData, prefix="stmsg"):
    """The messages that did not arrive, by kind."""


class SendAgain(CallbackData, prefix="stagain"):
    """Send the uncertain messages of a kind once more."""

    kind: KindName


class UnreachableList(CallbackData, prefix="stwho"):
    """The people whom nothing reaches, at a page."""

    page: Page = 0


class Restored(CallbackData, prefix="strest"):
    """To the question what becomes of what waited before a restore."""


class Decide(CallbackData, prefix="stdecide"):
    """The answer to it."""

    send: bool
