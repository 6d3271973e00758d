"""What the buttons of voters' requests carry."""

from aiogram.filters.callback_data import CallbackData


class NewRequest(CallbackData, prefix="rqnew"):
    """Log a new request; ``anew`` leaves an unfinished one where it is."""

    anew: bool = False


class RequestList(CallbackData, prefix="rqlist"):
    """A page of the list behind one filter: open, overdue, closed."""

    which: str = "open"
    page: int = 0


class OpenRequest(CallbackData, prefix="rqopen"):
    """To the card of a request."""

    id: int


class LogThis(CallbackData, prefix="rqlog"):
    """Log what was sent: the offer ``key``, or (0) the text kept as ``offer_text``."""

    key: int = 0


class AddThis(CallbackData, prefix="rqadd"):
    """Add the offer ``key`` to a request that is there already."""

    key: int
    id: int


class DropThis(CallbackData, prefix="rqdrop"):
    """The offer ``key`` is no request."""

    key: int


class DraftStep(CallbackData, prefix="rqstep"):
    """To a step of the draft."""

    draft: int
    step: str


class DraftSkip(CallbackData, prefix="rqskip"):
    """Leave the place or the contact out."""

    draft: int
    step: str


class DraftCategory(CallbackData, prefix="rqcat"):
    """The category of the draft."""

    draft: int
    category: str


class DraftBranches(CallbackData, prefix="rqbrs"):
    """The branches to choose from, at a page."""

    draft: int
    page: int = 0


class DraftBranch(CallbackData, prefix="rqbr"):
    """The branch of the draft."""

    draft: int
    branch_id: int


class DraftConsent(CallbackData, prefix="rqyes"):
    """The voter has agreed that the contact is kept."""

    draft: int


class DraftPhone(CallbackData, prefix="rqtel"):
    """Take the phone in the draft's text as the contact."""

    draft: int


class DropDraft(CallbackData, prefix="rqdel"):
    """Throw the draft that was put aside away."""

    draft: int


class TakePhone(CallbackData, prefix="rqtake"):
    """Take the phone in the text of a request as its contact."""

    id: int


class DraftRegister(CallbackData, prefix="rqreg"):
    """Register the draft."""

    draft: int


class CompleteRequest(CallbackData, prefix="rqfix"):
    """Complete a request: category, place, contact."""

    id: int
    version: int
    part: str


class SetCategory(CallbackData, prefix="rqsetcat"):
    """The right category of a request."""

    id: int
    version: int
    category: str


class RequestConsent(CallbackData, prefix="rqagree"):
    """The voter of a request has agreed that the contact is kept."""

    id: int


class AddComment(CallbackData, prefix="rqcom"):
    """Write a comment."""

    id: int


class AddFile(CallbackData, prefix="rqfile"):
    """Add a photo or another file."""

    id: int


class ChooseState(CallbackData, prefix="rqstates"):
    """The states that may follow."""

    id: int


class ChangeState(CallbackData, prefix="rqstate"):
    """Move a request on."""

    id: int
    version: int
    to_state: str


class RequestHistory(CallbackData, prefix="rqhist"):
    """A page of the history; -1 is the last one."""

    id: int
    page: int = -1


class RequestFiles(CallbackData, prefix="rqfiles"):
    """Show the files."""

    id: int


class OpenContact(CallbackData, prefix="rqphone"):
    """Show the contact in full."""

    id: int


class WholeText(CallbackData, prefix="rqtext"):
    """Show the whole text."""

    id: int
