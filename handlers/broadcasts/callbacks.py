"""What the buttons of this capability carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from storage.deliveries import Those

# A forged number must not be larger than the database can hold.
Id = Annotated[int, Field(ge=1, lt=2**53)]
Count = Annotated[int, Field(ge=0, lt=2**31)]

WHOLE_REGION = 0


class NewBroadcast(CallbackData, prefix="bcnew"):
    """Begin a broadcast."""


class BranchPage(CallbackData, prefix="bcpage"):
    """The branches to choose from, at a page."""

    page: Count


class ChooseBranch(CallbackData, prefix="bcto"):
    """Whom to broadcast to; WHOLE_REGION or a branch."""

    branch_id: Annotated[int, Field(ge=WHOLE_REGION, lt=2**53)]


class EditText(CallbackData, prefix="bcedit"):
    """Write another text for a draft."""

    id: Id
    version: Count


class DropDraft(CallbackData, prefix="bcdrop"):
    """Give a draft up."""

    id: Id
    version: Count


class Send(CallbackData, prefix="bcsend"):
    """Send exactly this text (``version``) to exactly so many ``recipients``."""

    id: Id
    version: Count
    recipients: Count


class OpenBroadcast(CallbackData, prefix="bcopen"):
    """A broadcast as it stands now: the preview of a draft, or the result."""

    id: Id


class Names(CallbackData, prefix="bcwho"):
    """Names of those who have not read it, or have not got it."""

    id: Id
    those: Those
    page: Count = 0


class BroadcastList(CallbackData, prefix="bclist"):
    """My broadcasts, at a page."""

    page: Count = 0


class Acknowledge(CallbackData, prefix="bcread"):
    """A recipient has read it."""

    id: Id
