"""What the buttons of this capability carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page

WHOLE_REGION = 0


class Groups(CallbackData, prefix="grps"):
    """The groups of one's branches, at a page."""

    page: Page = 0


class OpenGroup(CallbackData, prefix="grp"):
    """One of them; whose it may be at a page of the branches."""

    id: Id
    page: Page = 0


class ConfirmGroup(CallbackData, prefix="grpyes"):
    """It is the group of a branch, or (WHOLE_REGION) of the region."""

    id: Id
    branch_id: IdOrNone


class ReleaseGroup(CallbackData, prefix="grpno"):
    """Nothing is broadcast to it any more."""

    id: Id


class Language(StrEnum):
    """What may be read in a group."""

    KK = "kk"
    RU = "ru"


class SpeakIn(CallbackData, prefix="grplang"):
    """It gets broadcasts in this language."""

    id: Id
    language: Language
