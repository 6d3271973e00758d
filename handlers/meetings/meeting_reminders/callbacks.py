"""What the buttons of a meeting's reminders carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id
from storage.rules.meeting_ladder import CHOICES

Minutes = Annotated[int, Field(ge=min(CHOICES), le=max(CHOICES))]


class Reminders(CallbackData, prefix="mrem"):
    """To when people are reminded of a meeting."""

    id: Id


class Choose(CallbackData, prefix="mremset"):
    """Remind so long before, or not."""

    id: Id
    minutes: Minutes
    wanted: bool
