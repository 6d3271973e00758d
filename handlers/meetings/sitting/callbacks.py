"""What the buttons of a meeting that goes on carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page, Version


class Kind(StrEnum):
    """What somebody says on an item."""

    PROPOSAL = "proposal"
    REMARK = "remark"


class State(StrEnum):
    """Which proposals a list shows."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Propose(CallbackData, prefix="mprop"):
    """Propose something on the item that is under discussion, or remark on it."""

    id: Id  # of the meeting
    kind: Kind


class SendTo(CallbackData, prefix="mpsend"):
    """Send what was written to this item all the same."""

    item: Id


class Conduct(CallbackData, prefix="msit"):
    """To the secretary's screen of a meeting that goes on."""

    id: Id


class ChooseItem(CallbackData, prefix="msitch"):
    """To the list of items to put under discussion."""

    id: Id
    page: Page = 0


class TakeItem(CallbackData, prefix="msk"):
    """Put an item under discussion; ``seen`` was it before."""

    id: Id
    item: Id
    seen: IdOrNone


class NextItem(CallbackData, prefix="msitnx"):
    """Go on to the next item."""

    id: Id
    seen: IdOrNone


class EnterDecision(CallbackData, prefix="mdec"):
    """Write what was decided on an item."""

    item: Id


class TakeDraft(CallbackData, prefix="mdecdr"):
    """Decide as the draft decision says."""

    item: Id
    version: Version


class Proposals(CallbackData, prefix="mprops"):
    """To what was proposed at a meeting."""

    id: Id
    state: State = State.SENT
    page: Page = 0


class OpenProposal(CallbackData, prefix="mpropo"):
    """To one proposal."""

    id: Id


class Accept(CallbackData, prefix="mpropa"):
    """Take it into the final document."""

    id: Id
    version: Version


class Decline(CallbackData, prefix="mpropd"):
    """Leave it out."""

    id: Id
    version: Version


class RewordProposal(CallbackData, prefix="mpropr"):
    """Edit its wording."""

    id: Id
