"""What the buttons of the roadmap carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id, IdOrNone, Page, Version
from storage.roadmap import State, Which
from storage.roadmap.narrowing import Facet
from storage.roadmap.pressing import Due, Risk

# A forged number beyond the database's own is no button of ours.


class MyRoadmap(CallbackData, prefix="rmlist"):
    """To a page of what one carries."""

    page: int = 0


class BranchRoadmap(CallbackData, prefix="rmbr"):
    """To a page of the items one looks after."""

    which: Which = Which.ALL
    page: int = 0


class OpenItem(CallbackData, prefix="rmopen"):
    """To an item's card; ``branch`` says that the way back is the branch's list."""

    id: Id
    branch: bool = False


class ItemHistory(CallbackData, prefix="rmhist"):
    """To what happened to an item."""

    id: Id
    branch: bool = False


class ItemEvidence(CallbackData, prefix="rmproof"):
    """To what was sent with an item's reports."""

    id: Id


class MoreOfItem(CallbackData, prefix="rmmore"):
    """To what else can be done with an item."""

    id: Id


class ChooseState(CallbackData, prefix="rmchoose"):
    """Report on an item of a digest: the next tap is the state, and sends it."""

    id: Id


class StartReport(CallbackData, prefix="rmrep"):
    """Report a state; a comment may follow."""

    id: Id
    version: Version
    state: State


class SendReport(CallbackData, prefix="rmsend"):
    """Send the report as it is."""

    id: Id
    version: Version
    state: State


class AcceptReport(CallbackData, prefix="rmaccept"):
    """The report is true."""

    id: Id
    version: Version


class ReturnReport(CallbackData, prefix="rmreturn"):
    """The report goes back; the reason is written next."""

    id: Id
    version: Version


class AskExtension(CallbackData, prefix="rmask"):
    """Ask for a later deadline."""

    id: Id
    version: Version


class ApproveExtension(CallbackData, prefix="rmext"):
    """Give the later deadline that was asked for."""

    id: Id
    version: Version


class RefuseExtension(CallbackData, prefix="rmnoext"):
    """Leave the deadline; why is written next."""

    id: Id
    version: Version


class RemoveItem(CallbackData, prefix="rmoff"):
    """Remove from control: first which meeting decided (0: not chosen yet)."""

    id: Id
    version: Version
    meeting: IdOrNone = 0
    sure: bool = False  # without naming a clause


class MoveDeadline(CallbackData, prefix="rmmove"):
    """Set another deadline."""

    id: Id
    version: Version


class CarryOver(CallbackData, prefix="rmcarry"):
    """Carry it over to the next year, once that is confirmed."""

    id: Id
    version: Version
    sure: bool = False


class PickCarrier(CallbackData, prefix="rmwho"):
    """Choose who carries an item: ``part`` executor, co_executor or curator; 0: nobody yet."""

    id: Id
    version: Version
    part: str
    person: IdOrNone = 0
    page: Page = 0


class Snooze(CallbackData, prefix="rmlater"):
    """Put a reminder off; by how many days is chosen next (0)."""

    id: Id
    days: Count = 0


class ReminderSettings(CallbackData, prefix="rmset"):
    """To one's own wishes on reminders."""


class SetReminders(CallbackData, prefix="rmsetto"):
    """One's own wishes, as they follow ``version`` (0: never said)."""

    version: Count
    hour: Count
    early: bool
    digests: bool


class Ladders(CallbackData, prefix="rmladders"):
    """To the ladders of all kinds of items."""


class SetLadder(CallbackData, prefix="rmladder"):
    """The days of a kind's ladder are written next."""

    kind: Annotated[str, Field(max_length=20)]


class MorningCard(CallbackData, prefix="rmmorning"):
    """To the numbers of a secretary's morning."""


class NarrowedItems(CallbackData, prefix="rmnar"):
    """To a page of the items one looks after, narrowed; 0 and None: not by that."""

    direction: IdOrNone = 0
    branch: IdOrNone = 0
    state: State | None = None
    person: IdOrNone = 0
    due: Due | None = None
    risk: Risk | None = None
    page: Page = 0


class ChooseFacet(CallbackData, prefix="rmfacet"):
    """Choose a value of ``facet`` beside what the list is narrowed to."""

    facet: Facet
    direction: IdOrNone = 0
    branch: IdOrNone = 0
    state: State | None = None
    person: IdOrNone = 0
    due: Due | None = None
    risk: Risk | None = None
    page: Page = 0


class OpenBoard(CallbackData, prefix="rmboard"):
    """To how each direction stands; as a picture with ``picture``."""

    picture: bool = False
