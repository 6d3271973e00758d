"""What the buttons around personal data carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count


class OpenPrivacy(CallbackData, prefix="pv"):
    """The privacy text, in a language (kk, ru)."""

    language: str = ""


class Wordings(CallbackData, prefix="pvw"):
    """The texts that the branch edits itself."""


class OpenWording(CallbackData, prefix="pvwo"):
    """One of them (privacy, consent) as it stands."""

    key: str


class EditWording(CallbackData, prefix="pvwe"):
    """Write it anew in place of ``version``."""

    key: str
    version: Count


class WordingStep(CallbackData, prefix="pvws"):
    """Back to a step: kk, ru."""

    step: str


class SetRetention(CallbackData, prefix="pvr"):
    """After how many months a closed request becomes anonymous, in place of ``version``."""

    version: Count


class SaveWording(CallbackData, prefix="pvwy"):
    """Let the very texts hold that were shown."""

    seal: Annotated[str, Field(max_length=12)]
