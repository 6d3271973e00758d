"""What the buttons about new words carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id


class AskEdit(CallbackData, prefix="bcreword"):
    """Word a broadcast anew that has gone out."""

    id: Id


class ChooseVersion(CallbackData, prefix="bcrewhich"):
    """Which of its two versions: the original, or that for readers of the other language."""

    id: Id
    original: bool


class ConfirmEdit(CallbackData, prefix="bcreyes"):
    """Put exactly these words into every chat."""

    edit_id: Id


class OpenEdit(CallbackData, prefix="bcreopen"):
    """What a second person is asked about, as it is now."""

    edit_id: Id


class ApproveEdit(CallbackData, prefix="bcreappr"):
    """A second person says yes to exactly these words."""

    edit_id: Id


class ReturnEdit(CallbackData, prefix="bcreback"):
    """A second person says no."""

    edit_id: Id


class TakeEditBack(CallbackData, prefix="bcretake"):
    """The author gives up words that wait for a yes."""

    id: Id


class OpenFull(CallbackData, prefix="bcfull"):
    """A broadcast as it stands, in a message of its own: the one tapped keeps up by itself."""

    id: Id
