"""The steps before a preview: to whom (where there is a choice), and the text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiogram.types import MessageEntity
from markupsafe import Markup

from handlers.broadcasts import lists
from handlers.broadcasts.callbacks import NewBroadcast, OpenBroadcast
from handlers.broadcasts.formatting import telegram_html
from handlers.broadcasts.screens import THIN_LINE, body
from handlers.people import words as people_words
from handlers.turn import Turn
from handlers.ui import texts, wizard
from handlers.ui.i18n import Translator
from handlers.ui.screen import Screen, lines
from storage import audiences
from storage.audiences import Choice
from storage.broadcast_reading import get

CAPABILITY = "broadcasts"
BRANCH = "broadcasts:branch"
TEXT = "broadcasts:text"

MAX_TEXT = 3500  # characters; the preview adds its own lines to Telegram's 4096
MAX_HTML = 30_000  # bytes; Telegram refuses 32768 before it looks at the formatting


@dataclass(frozen=True)
class Written:
    """What an author wrote: ``html`` is ready to be kept, unless there is a ``mistake``."""

    html: str = ""
    mistake: Markup | None = None


def written(
    t: Translator, text: str | None, entities: Sequence[MessageEntity] | None = None
) -> Written:
    """Look at a text (None: the message has none) and say what is wrong with it, if anything."""
    if text is None:
        return Written(
            mistake=t("Only a text can be broadcast so far: no pictures, files, voice or polls.")
        )
    if texts.is_blank(text):
        return Written(mistake=t("There is nothing to read in this broadcast."))
    if len(text) > MAX_TEXT:
        return Written(
            mistake=t("{n} characters are too many: {limit} fit.", n=len(text), limit=MAX_TEXT)
        )
    html = telegram_html(text, entities)
    if len(html.encode()) > MAX_HTML:
        return Written(mistake=t("There are too many links or too much formatting in it."))
    return Written(html)


async def begin(turn: Turn) -> Screen:
    """The first step: straight to the text for whoever has one branch. Raises NotAllowed."""
    choice = await turn.read(audiences.choice, turn.actor)
    if (turn.conversation.state or "").startswith(CAPABILITY):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    if choice.only is None:
        turn.conversation.to(BRANCH)
        return _branch_step(turn.t, choice, 0)
    turn.conversation.to(TEXT, branch_id=choice.only.id)
    return await ask_text(turn)


async def ask_branch(turn: Turn, page: int = 0, *, mistake: Markup | None = None) -> Screen:
    """To whom?"""
    choice = await turn.read(audiences.choice, turn.actor)
    return _branch_step(turn.t, choice, page, mistake)


async def ask_text(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What shall they read? For a draft that is changed, its present text stands below."""
    t, draft = turn.t, turn.conversation.data
    choice = await turn.read(audiences.choice, turn.actor)
    total = 2 if choice.only else 3
    branch_id = draft.get("branch_id")
    branch = next((each for each in choice.branches if each.id == branch_id), None)
    changed = draft.get("broadcast_id")
    shown = wizard.step(
        t,
        total - 1,
        total,
        t("📣 Write the text of the broadcast. To: {to}", to=people_words.branch(t, branch)),
        hint=t("For example: Tomorrow at 15:00 we meet at the branch. Bold and links are kept."),
        mistake=mistake,
        back=_back(changed, choice),
    )
    if changed is None or shown.text is None:
        return shown
    kept = await turn.read(get, turn.actor, changed)
    return replace(shown, text=lines(shown.text, THIN_LINE, body(t, kept)))


def _back(changed: int | None, choice: Choice) -> OpenBroadcast | NewBroadcast | None:
    if changed is not None:
        return OpenBroadcast(id=changed)
    return None if choice.only else NewBroadcast()


def _branch_step(t: Translator, choice: Choice, page: int, mistake: Markup | None = None) -> Screen:
    question = t("📣 Whom do you write to?")
    rows = lists.branches(t, choice, page)
    return wizard.step(t, 1, 3, question, mistake=mistake, rows=rows)


RESUME: dict[str, wizard.Renderer] = {BRANCH: ask_branch, TEXT: ask_text}
