"""What the buttons of a summary and of the findings in a text carry."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.meetings.papers.callbacks import Language
from handlers.ui.numbers import Count, Id, IdOrNone, Page, Version


class Part(StrEnum):
    """A text of the summary that is written."""

    SUMMARY_KK = "summary_kk"
    SUMMARY_RU = "summary_ru"
    DECISION_KK = "decision_kk"
    DECISION_RU = "decision_ru"


class Kind(StrEnum):
    """What was found in a text."""

    FACT = "fact"
    ITEM = "item"
    PERSON = "person"
    FIGURE = "figure"
    PROPOSAL = "proposal"
    INSTRUCTION = "instruction"


class Detail(StrEnum):
    """What of a finding can be mended."""

    VALUE = "value"
    TITLE = "title"
    SPEAKER = "speaker"
    NAME = "name"
    POSITION = "position"
    LABEL = "label"
    UNIT = "unit"
    PERIOD = "period"
    TEXT = "text"
    AUTHOR = "author"


# The summary


class Desk(CallbackData, prefix="smd"):
    """To a meeting's summary as whoever writes it sees it."""

    id: Id


class WritePart(CallbackData, prefix="smw"):
    """Write one of its texts."""

    id: Id
    part: Part


class ErasePart(CallbackData, prefix="smx"):
    """Take one of its texts away."""

    id: Id
    version: Version
    part: Part


class Look(CallbackData, prefix="sml"):
    """To the summary as members would see it."""

    id: Id
    language: Language | None = None


class Publish(CallbackData, prefix="smy"):
    """Publish what has this ``seal``."""

    id: Id
    seal: Annotated[str, Field(max_length=12)]
    notify: bool


# A text to read


class SendText(CallbackData, prefix="smt"):
    """Send the text of a release or minutes; ``anew`` forgets what was read before."""

    id: Id
    anew: bool = False


class ReadNow(CallbackData, prefix="smr"):
    """All of the text is there: read it."""


# What was found in it


class Findings(CallbackData, prefix="fnd"):
    """To everything that was found."""

    id: Id  # of the meeting


class GoOn(CallbackData, prefix="fng"):
    """To the first finding to decide on."""

    id: Id  # of the meeting


class OpenFinding(CallbackData, prefix="fno"):
    """To one finding."""

    id: Id


class Decide(CallbackData, prefix="fny"):
    """Accept it, or drop it."""

    id: Id
    version: Version
    accept: bool


class Mend(CallbackData, prefix="fnm"):
    """What of it is to be mended?"""

    id: Id


class MendDetail(CallbackData, prefix="fnw"):
    """Write a part of it anew."""

    id: Id
    detail: Detail


class EraseDetail(CallbackData, prefix="fnx"):
    """Take a part of it away."""

    id: Id
    version: Version
    detail: Detail


class AskItem(CallbackData, prefix="fni"):
    """Choose the item it stands on."""

    id: Id
    page: Page = 0


class PutOn(CallbackData, prefix="fnp"):
    """It stands on this item; «-»: on none, or on a new one."""

    id: Id
    version: Version
    on: Annotated[str, Field(pattern=r"^(-|[it]\d{1,19})$")]


class TurnInto(CallbackData, prefix="fnt"):
    """A proposal is an instruction, or the other way round."""

    id: Id
    version: Version


class OfKind(CallbackData, prefix="fnk"):
    """To all findings of a kind."""

    id: Id  # of the meeting
    kind: Kind
    page: Page = 0


class AcceptKind(CallbackData, prefix="fna"):
    """Accept those ``n`` of a kind that are left of the reading ``seen``."""

    id: Id  # of the meeting
    kind: Kind
    seen: IdOrNone
    n: Count


class DropRest(CallbackData, prefix="fnd0"):
    """Drop the ``n`` that are left of the reading ``seen``; asked once more unless ``sure``."""

    id: Id  # of the meeting
    seen: IdOrNone
    n: Count
    sure: bool = False


class TakeOver(CallbackData, prefix="fnk0"):
    """Put what was accepted into the meeting."""

    id: Id  # of the meeting
