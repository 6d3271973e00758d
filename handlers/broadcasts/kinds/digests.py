"""The announcements of a day in one message."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.broadcasts import screens, words
from handlers.broadcasts.kinds import words as kind_words
from handlers.broadcasts.receiving.callbacks import OpenCopy
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.broadcasts.reading import Broadcast

TITLE = 40


def digest(t: Translator, found: Sequence[Broadcast]) -> Screen:
    """How each begins and who speaks; a button opens the whole of it."""
    told = [
        lines(
            "",
            Markup("{}. {} · {}").format(
                number, kind_words.name(t, of.announcement), words.signature(t, of.signature)
            ),
            Markup("<i>{}</i>").format(screens.title(t, of)),
        )
        for number, of in enumerate(found, 1)
    ]
    buttons = [
        Button(f"{number}. {shortened(screens.title(t, of), TITLE)}", OpenCopy(id=of.id))
        for number, of in enumerate(found, 1)
    ]
    return Screen(
        lines(
            t("🗞 <b>Announcements of the day: {n}</b>", n=len(found)),
            *told,
            "",
            t("<i>What comes to you, and when: /settings</i>"),
        ),
        rows=column(buttons),
    )
