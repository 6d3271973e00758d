"""What the buttons about groups carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone

ALL = 0


class GroupChoice(CallbackData, prefix="bcgrps"):
    """Which groups a draft goes to, at a page."""

    id: Id
    page: Count = 0


class SwitchGroup(CallbackData, prefix="bcgrp"):
    """One group more, or one less; ALL: each of them."""

    id: Id
    version: Count
    group_id: IdOrNone
    page: Count = 0


class OnlyGroups(CallbackData, prefix="bcgrponly"):
    """To the groups alone, or to the people as well."""

    id: Id
    version: Count


class GroupCopies(CallbackData, prefix="bcgrpseen"):
    """What came of it in each group, at a page."""

    id: Id
    page: Count = 0
