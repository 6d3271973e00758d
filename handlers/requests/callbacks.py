"""What the buttons of voters' requests carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id, Version

# A forged number beyond the database's own is no button of ours.
DraftId = Annotated[int, Field(ge=0, le=2**63 - 1)]  # an update's
Key = Annotated[int, Field(ge=-(2**63) + 1, le=2**63 - 1)]  # an offer's
Page = Annotated[int, Field(ge=-1, le=2**31 - 1)]


class NewRequest(CallbackData, prefix="rqnew"):
    """Log a new request; ``anew`` leaves an unfinished one where it is."""

    anew: bool = False


class RequestList(CallbackData, prefix="rqlist"):
    """A page of the list behind one filter: open, overdue, closed."""

    which: str = "open"
    page: Page = 0


class OpenRequest(CallbackData, prefix="rqopen"):
    """To the card of a request."""

    id: Id


class MoreOfRequest(CallbackData, prefix="rqmore"):
    """To what else can be done with a request."""

    id: Id


class LogThis(CallbackData, prefix="rqlog"):
    """Log what was sent or typed: the offer ``key``."""

    key: Key


class AddThis(CallbackData, prefix="rqadd"):
    """Add the offer ``key`` to a request that is there already."""

    key: Key
    id: Id


class DropThis(CallbackData, prefix="rqdrop"):
    """The offer ``key`` is no request."""

    key: Key


class DraftStep(CallbackData, prefix="rqstep"):
    """To a step of the draft."""

    draft: DraftId
    step: str


class DraftSkip(CallbackData, prefix="rqskip"):
    """Leave the place or the contact out."""

    draft: DraftId
    step: str


class DraftCategory(CallbackData, prefix="rqcat"):
    """The category of the draft."""

    draft: DraftId
    category: str


class DraftChoice(CallbackData, prefix="rqpick"):
    """The form (``kind``) or the channel of the draft."""

    draft: DraftId
    part: str
    value: str


class DraftBranches(CallbackData, prefix="rqbrs"):
    """The branches to choose from, at a page."""

    draft: DraftId
    page: Page = 0


class DraftBranch(CallbackData, prefix="rqbr"):
    """The branch of the draft."""

    draft: DraftId
    branch_id: Id


class DraftConsent(CallbackData, prefix="rqyes"):
    """The voter has agreed that the contact is kept, with a word or on paper."""

    draft: DraftId
    paper: bool = False


class DraftPhone(CallbackData, prefix="rqtel"):
    """Take the phone in the draft's text as the contact."""

    draft: DraftId


class DropDraft(CallbackData, prefix="rqdel"):
    """Throw the draft that was put aside away."""

    draft: DraftId


class TakePhone(CallbackData, prefix="rqtake"):
    """Take the phone in the text of a request as its contact."""

    id: Id


class DraftRegister(CallbackData, prefix="rqreg"):
    """Register the draft."""

    draft: DraftId


class CompleteRequest(CallbackData, prefix="rqfix"):
    """Complete a request: category, place, contact."""

    id: Id
    version: Version
    part: str


class SetCategory(CallbackData, prefix="rqsetcat"):
    """The right category of a request."""

    id: Id
    version: Version
    category: str


class CorrectContact(CallbackData, prefix="rqrecon"):
    """The contact of a request that waits for the consent is written anew."""

    id: Id


class RequestConsent(CallbackData, prefix="rqagree"):
    """The voter of a request has agreed that the contact is kept, with a word or on paper."""

    id: Id
    paper: bool = False


class WithdrawConsent(CallbackData, prefix="rqwdr"):
    """The voter takes the consent back; ``sure`` after it was shown what is erased."""

    id: Id
    version: Version
    sure: bool = False


class AddComment(CallbackData, prefix="rqcom"):
    """Write a comment."""

    id: Id


class AddFile(CallbackData, prefix="rqfile"):
    """Add a photo or another file."""

    id: Id


class ChooseState(CallbackData, prefix="rqstates"):
    """The states that may follow."""

    id: Id


class ChangeState(CallbackData, prefix="rqstate"):
    """Move a request on."""

    id: Id
    version: Version
    to_state: str


class RequestHistory(CallbackData, prefix="rqhist"):
    """A page of the history; -1 is the last one."""

    id: Id
    page: Page = -1


class RequestFiles(CallbackData, prefix="rqfiles"):
    """Show the files."""

    id: Id


class OpenContact(CallbackData, prefix="rqphone"):
    """Show the contact in full."""

    id: Id


class WholeText(CallbackData, prefix="rqtext"):
    """Show the whole text."""

    id: Id
