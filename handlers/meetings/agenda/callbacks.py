"""What the buttons of making an agenda carry; items are named by their ids and versions."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone, Page, Version

Text = Literal[
    "title_kk",
    "title_ru",
    "speaker_position_kk",
    "speaker_position_ru",
    "draft_decision_kk",
    "draft_decision_ru",
]
Choice = Literal["kind", "visibility"]


class Agenda(CallbackData, prefix="ag"):
    """To a page of the agenda of a meeting."""

    id: Id
    page: Page = 0


class EditItem(CallbackData, prefix="agi"):
    """To what can be done with an item."""

    id: Id


class AddItems(CallbackData, prefix="agadd"):
    """Add items to the agenda of a meeting."""

    id: Id


class Write(CallbackData, prefix="agw"):
    """Write one of an item's texts."""

    id: Id
    field: Text


class Erase(CallbackData, prefix="agx"):
    """Leave one of an item's texts out."""

    id: Id
    version: Version
    field: Text


class Choose(CallbackData, prefix="agch"):
    """Choose the kind or the visibility of an item."""

    id: Id
    field: Choice


class Chosen(CallbackData, prefix="agset"):
    """It is this."""

    id: Id
    version: Version
    field: Choice
    value: str


class WriteMinutes(CallbackData, prefix="agt"):
    """Say how long an item takes."""

    id: Id


class Minutes(CallbackData, prefix="agm"):
    """It takes so many; 0: nobody knows."""

    id: Id
    version: Version
    minutes: Count


class Move(CallbackData, prefix="agmv"):
    """Change places with the item before or after."""

    id: Id
    version: Version
    up: bool


class Delete(CallbackData, prefix="agd"):
    """Delete an item; ``sure`` after the question."""

    id: Id
    version: Version
    sure: bool = False


class Carry(CallbackData, prefix="agca"):
    """Choose the meeting that an item is carried over to."""

    id: Id


class CarryTo(CallbackData, prefix="agct"):
    """Carry it over to this one."""

    id: Id
    version: Version
    to: Id


class OpenDecisions(CallbackData, prefix="ago"):
    """What is under control since former meetings of the body."""

    id: Id  # of the meeting
    page: Page = 0


class TakeUp(CallbackData, prefix="agtu"):
    """Put one of them on the agenda, all of them with 0."""

    id: Id  # of the meeting
    instruction: IdOrNone = 0


class NameSpeaker(CallbackData, prefix="ags"):
    """Choose the speaker of an item, or with ``beside`` a co-speaker."""

    id: Id
    beside: bool = False


class SpeakerPage(CallbackData, prefix="agsg"):
    """Another page of the people that are found."""

    page: Page


class PickSpeaker(CallbackData, prefix="agsp"):
    """It is this person; 0: whoever was typed."""

    id: Id
    version: Version
    person: IdOrNone
    beside: bool


class NoSpeaker(CallbackData, prefix="agsn"):
    """Nobody speaks on the item yet."""

    id: Id
    version: Version


class CoSpeakers(CallbackData, prefix="agco"):
    """The co-speakers of an item."""

    id: Id


class RemoveCoSpeaker(CallbackData, prefix="agcr"):
    """Take one of them off."""

    id: Id
    version: Version
    co: Id
