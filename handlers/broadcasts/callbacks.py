"""What the buttons of this capability carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone
from storage.deliveries import Those

WHOLE_REGION = 0


class NewBroadcast(CallbackData, prefix="bcnew"):
    """Begin a broadcast."""


class BranchPage(CallbackData, prefix="bcpage"):
    """The branches to choose from, at a page."""

    page: Count


class ChooseBranch(CallbackData, prefix="bcto"):
    """Whom to broadcast to; WHOLE_REGION or a branch."""

    branch_id: IdOrNone


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


class AlbumDone(CallbackData, prefix="bcalbum"):
    """All of the album has been sent."""
