"""What the buttons of a meeting's list carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, Page, Version
from storage.meetings import bodies


class Capacity(StrEnum):
    """In which capacity one is called."""

    MEMBER = bodies.MEMBER
    INVITED = bodies.INVITED
    OBSERVER = bodies.OBSERVER


class Group(StrEnum):
    """Whom a list shows."""

    ALL = "all"
    WILL = "will"
    DEPUTY = "deputy"
    CANNOT = "cannot"
    SILENT = "silent"
    OBSERVERS = "observers"


class Told(StrEnum):
    """What somebody answered by telephone."""

    WILL = "will"
    CANNOT = "cannot"


class Answers(CallbackData, prefix="minv"):
    """To how many answered what."""

    id: Id  # of the meeting


class Names(CallbackData, prefix="minvlist"):
    """To the people of a group."""

    id: Id  # of the meeting
    group: Group = Group.ALL
    page: Page = 0


class OpenInvitee(CallbackData, prefix="minvone"):
    """To one of them; ``group`` and ``page`` are where one came from."""

    id: Id
    group: Group = Group.ALL
    page: Page = 0


class SetCapacity(CallbackData, prefix="minvcap"):
    """Another capacity."""

    id: Id
    version: Version
    capacity: Capacity


class SetAnswer(CallbackData, prefix="minvsaid"):
    """An answer that was given by telephone."""

    id: Id
    version: Version
    said: Told


class AskRemove(CallbackData, prefix="minvdel"):
    """To a look at whom the list would lose."""

    id: Id


class Remove(CallbackData, prefix="minvdelgo"):
    """Take somebody off the list."""

    id: Id
    version: Version


class Add(CallbackData, prefix="minvadd"):
    """Put somebody on the list: first, in which capacity."""

    id: Id  # of the meeting


class AddAs(CallbackData, prefix="minvas"):
    """Then, by which name."""

    id: Id
    capacity: Capacity


class AddPerson(CallbackData, prefix="minvreg"):
    """A registered person."""

    id: Id
    capacity: Capacity
    person: Id


class AddNamed(CallbackData, prefix="minvname"):
    """Somebody by the name that was typed."""

    id: Id
    capacity: Capacity
