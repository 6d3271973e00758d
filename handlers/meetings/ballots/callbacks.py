"""What the buttons of votes carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page, Version
from storage.rules import quorum


class Choice(StrEnum):
    """How one votes."""

    FOR = quorum.FOR
    AGAINST = quorum.AGAINST
    ABSTAINED = quorum.ABSTAINED


class Ballots(CallbackData, prefix="mbal"):
    """To the votes of a meeting, and to the items that can be put to the vote."""

    id: Id  # of the meeting
    page: Page = 0


class AskOpen(CallbackData, prefix="mbalask"):
    """To a look at a vote before it is opened."""

    id: Id  # of the meeting
    item_id: Id


class Open(CallbackData, prefix="mbalopen"):
    """Open the vote on an item."""

    id: Id
    item_id: Id
    seal: str  # of the question that was shown


class OpenBallot(CallbackData, prefix="mbalshow"):
    """To a vote: its question and counts."""

    id: Id


class Cast(CallbackData, prefix="mvote"):
    """Vote."""

    id: Id
    choice: Choice


class Close(CallbackData, prefix="mbalclose"):
    """Close a vote as it was seen."""

    id: Id
    version: Version


class Names(CallbackData, prefix="mbalwho"):
    """To who voted how."""

    id: Id
    page: Page = 0


class Hand(CallbackData, prefix="mbalhand"):
    """To one member in the room whose vote the secretary writes down."""

    id: Id
    invitee: Id
    page: Page = 0


class CastFor(CallbackData, prefix="mvotefor"):
    """Write down the vote of a member in the room."""

    id: Id
    invitee: IdOrNone
    choice: Choice
