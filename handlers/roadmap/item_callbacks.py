"""What the buttons carry that add an item, write it anew, and find it."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page, Version
from storage.roadmap import Kind


class AddItem(CallbackData, prefix="rmnew"):
    """A new item of ``kind``: its title is written next."""

    kind: Kind = Kind.ROADMAP


class NewItemBranch(CallbackData, prefix="rmnewbr"):
    """In which branch a new item stands; 0: to the list of them."""

    branch: IdOrNone = 0
    page: Page = 0


class NewItemTitle(CallbackData, prefix="rmnewttl"):
    """Back to the title of a new item."""


class NewItemExecutor(CallbackData, prefix="rmnewwho"):
    """Who executes a new item: a person, or (``written``) what was written; else to the list."""

    person: IdOrNone = 0
    written: bool = False
    page: Page = 0


class NewItemDay(CallbackData, prefix="rmnewday"):
    """The deadline of a new item: the (ISO) ``day``, and how it is said."""

    day: str
    term: str


class EditItem(CallbackData, prefix="rmedit"):
    """To what can be written anew of an item."""

    id: Id


class EditField(CallbackData, prefix="rmfield"):
    """A text of an item is written next."""

    id: Id
    version: Version
    field: str


class PlaceItem(CallbackData, prefix="rmplace"):
    """Put an item into another branch; 0: to the list of them."""

    id: Id
    version: Version
    branch: IdOrNone = 0
    page: Page = 0


class MakeKind(CallbackData, prefix="rmkind"):
    """Make it an item of another kind; None: to the choice of it."""

    id: Id
    version: Version
    kind: Kind | None = None


class DirectionLike(CallbackData, prefix="rmlike"):
    """Put an item into the direction of another one."""

    id: Id
    version: Version
    like: Id


class ItemMeeting(CallbackData, prefix="rmsrc"):
    """Say of which meeting an item is; 0: of none."""

    id: Id
    version: Version
    meeting: IdOrNone = 0


class AskParent(CallbackData, prefix="rmparent"):
    """What an item is a part of is looked for next."""

    id: Id


class PartOf(CallbackData, prefix="rmpartof"):
    """Say what an item is a part of; 0: of nothing."""

    id: Id
    version: Version
    parent: IdOrNone = 0


class ItemParts(CallbackData, prefix="rmparts"):
    """To what an item is a part of, and to its parts."""

    id: Id


class AttachTo(CallbackData, prefix="rmattach"):
    """Documents of an item are sent next."""

    id: Id


class ItemDocuments(CallbackData, prefix="rmdocs"):
    """To the documents of an item."""

    id: Id


class FindItems(CallbackData, prefix="rmfind"):
    """What is looked for among the items is written next."""
