"""What the buttons of a meeting's papers carry."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id, IdOrNone, Page, Version

DEADLINE = "instruction"  # purpose of the calendar


class Language(StrEnum):
    """The language of a paper."""

    KK = "kk"
    RU = "ru"


class For(StrEnum):
    """What a person is picked for."""

    PROPOSAL = "p"  # the executor of a new instruction on a proposal
    CLAUSE = "c"  # … on a clause
    INSTRUCTION = "i"  # the executor of an instruction
    TOGETHER = "t"  # one of its co-executors


# The final document


class OpenDocument(CallbackData, prefix="mdoc"):
    """To the clauses of the final document, as they are prepared."""

    id: Id
    page: Page = 0


class AddDecisions(CallbackData, prefix="mdocdec"):
    """Put the decisions of the items into the document."""

    id: Id


class AddClause(CallbackData, prefix="mdocadd"):
    """Write a clause."""

    id: Id


class OpenClause(CallbackData, prefix="mcl"):
    """To a clause."""

    id: Id


class RewordClause(CallbackData, prefix="mclr"):
    """Edit its wording."""

    id: Id


class MoveClause(CallbackData, prefix="mclm"):
    """One place up or down."""

    id: Id
    version: Version
    down: bool


class RemoveClause(CallbackData, prefix="mcld"):
    """Delete it; asked once more unless ``sure``."""

    id: Id
    version: Version
    sure: bool = False


class Preview(CallbackData, prefix="mdocpv"):
    """To the whole document, as it would be approved."""

    id: Id
    page: Page = 0


class Approve(CallbackData, prefix="mdocok"):
    """Approve the document that has this ``seal``."""

    id: Id
    seal: Annotated[str, Field(max_length=12)]


class FinalDocument(CallbackData, prefix="mfinal"):
    """To the approved document, as its readers see it."""

    id: Id
    page: Page = 0


# Instructions


class Picker(CallbackData, prefix="mpickr"):
    """To the choice of a person; ``id`` and ``version`` are those of what it is for."""

    why: For
    id: Id
    version: Version
    page: Page = 0


class Pick(CallbackData, prefix="mpick"):
    """Choose a person, or (0) nobody yet."""

    why: For
    id: Id
    version: Version
    person: IdOrNone


class PickWritten(CallbackData, prefix="mpickw"):
    """Choose somebody by the name that was written: not registered with the bot."""

    why: For
    id: Id
    version: Version


class OpenInstruction(CallbackData, prefix="mins"):
    """To an instruction; ``own``: the way back is the list of one's own."""

    id: Id
    own: bool = False


class AskDeadline(CallbackData, prefix="minsd"):
    """Choose its last day."""

    id: Id
    version: Version


class AskObject(CallbackData, prefix="minso"):
    """Write what it is about."""

    id: Id


class AskBranch(CallbackData, prefix="minsb"):
    """Choose the branch it is about."""

    id: Id
    version: Version
    page: Page = 0


class PickBranch(CallbackData, prefix="minsbp"):
    """The branch is chosen."""

    id: Id
    version: Version
    branch: Id


class RewordInstruction(CallbackData, prefix="minsr"):
    """Edit its wording."""

    id: Id


class RemoveInstruction(CallbackData, prefix="minsx"):
    """Drop it; asked once more unless ``sure``."""

    id: Id
    version: Version
    sure: bool = False


class MyTasks(CallbackData, prefix="mtasks"):
    """To the instructions one carries out."""

    page: Page = 0


class MeetingTasks(CallbackData, prefix="mtaskm"):
    """To the instructions of a meeting."""

    id: Id
    page: Page = 0


# Minutes


class Papers(CallbackData, prefix="mpap"):
    """To the minutes of a meeting and what else is written of it."""

    id: Id


class GetMinutes(CallbackData, prefix="mmin"):
    """The minutes as a document."""

    id: Id
    language: Language


class Extracts(CallbackData, prefix="mexts"):
    """To the items of which an extract can be had."""

    id: Id
    page: Page = 0


class AskExtract(CallbackData, prefix="mextl"):
    """An extract for one item: in which language."""

    id: Id
    item: Id


class GetExtract(CallbackData, prefix="mext"):
    """The extract for one item as a document."""

    id: Id
    item: Id
    language: Language


class GetDocument(CallbackData, prefix="mdocx"):
    """The final document as a document."""

    id: Id
    language: Language


class AskNumber(CallbackData, prefix="msign"):
    """Enter the number of the minutes, to mark them signed."""

    id: Id
    version: Version


class SignMinutes(CallbackData, prefix="msigny"):
    """Mark them signed under the number that was entered."""

    id: Id
    version: Version


class SaveWritten(CallbackData, prefix="mpapsv"):
    """Save what was written, although somebody changed the text meanwhile."""
