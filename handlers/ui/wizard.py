"""Wizards: numbered steps with a way back, a way round where optional, and a way out."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.ui.i18n import Translator
from handlers.ui.nav import back as back_button
from handlers.ui.screen import Button, Row, Screen, lines

if TYPE_CHECKING:
    from handlers.turn import Turn

# State name → how its step looks; filled by the capabilities, used to go on with a draft.
Renderer = Callable[["Turn"], Awaitable[Screen]]


class CancelWizard(CallbackData, prefix="wizcancel"):
    """Leave the wizard, forget the draft."""


def step(
    t: Translator,
    number: int,
    total: int,
    question: Markup,
    *,
    hint: Markup | None = None,
    mistake: Markup | None = None,
    rows: tuple[Row, ...] = (),
    back: CallbackData | None = None,
    skip: CallbackData | None = None,
    fresh: bool = False,
) -> Screen:
    """One step: «(2/4) question», what is wrong with the last input, a hint with an example.

    The only step of a wizard (``total`` 1) is not counted.
    """
    ways: list[Row] = []
    if skip is not None:
        ways.append((Button(t.plain("Skip"), skip),))
    leave = Button(t.plain("Cancel"), CancelWizard())
    ways.append((back_button(t, back), leave) if back is not None else (leave,))
    return Screen(
        lines(
            Markup("<b>({}/{})</b> {}").format(number, total, question) if total > 1 else question,
            Markup("⚠️ {}").format(mistake) if mistake else None,
            Markup("<i>{}</i>").format(hint) if hint else None,
        ),
        rows=(*rows, *ways),
        fresh=fresh,
    )
