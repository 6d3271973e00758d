"""What somebody reads who has a broadcast and has not confirmed it."""

from markupsafe import Markup

from handlers.broadcasts import screens, words
from handlers.broadcasts.receiving.callbacks import Confirm, OpenCopy
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, lines
from storage.broadcasts.reading import Broadcast
from storage.deliveries import Copy


def nudge(t: Translator, of: Broadcast) -> Screen:
    """The request to confirm; what asks a question is opened to be answered."""
    confirm = Button(t.plain("I have read it"), Confirm(id=of.id))
    return Screen(
        lines(
            t("🔔 {signature} waits for your answer to this message", signature=_who(t, of)),
            Markup("<i>{}</i>").format(screens.title(t, of)),
        ),
        rows=(
            *(() if of.choices else ((confirm,),)),
            (Button(t.plain("Open the message"), OpenCopy(id=of.id)),),
        ),
    )


def confirmed(t: Translator, got: Copy) -> Screen:
    """It is confirmed."""
    return Screen(
        lines(
            t("✅ Thank you, it is noted that you have read it"),
            Markup("<i>{}</i>").format(screens.title(t, got.broadcast)),
        ),
        rows=((Button(t.plain("Open the message"), OpenCopy(id=got.broadcast.id)), nav.home(t)),),
    )


def _who(t: Translator, of: Broadcast) -> str:
    return words.signature(t, of.signature)
