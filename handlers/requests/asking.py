"""How something is asked about one registered request: begun, kept in mind, shown, read."""

from collections.abc import Awaitable, Callable

from aiogram.types import Message
from markupsafe import Markup

from handlers.requests import callbacks, words
from handlers.turn import FILLED, Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.screen import Button, Row, Screen, lines
from storage.requests import VoterRequest

# Of its own: what is asked about one request replaces no draft of another that is being logged.
CAPABILITY = "completing"
# A step takes what is wrong with the last input besides the turn.
Step = Callable[..., Awaitable[Screen]]


async def begin(
    turn: Turn, step: str, request: VoterRequest, shown: Step, **known: str | None
) -> Screen:
    """Begin ``step`` of CAPABILITY about ``request``, which ``shown`` shows; ``known`` is kept."""
    turn.conversation.pause()
    turn.conversation.to(f"{CAPABILITY}:{step}", **known, **{FILLED: bool(known)})
    about(turn, request)
    return await shown(turn)


def about(turn: Turn, request: VoterRequest) -> None:
    """What is entered is about ``request`` as it is now."""
    known = {"id": request.id, "version": request.version, "number": request.number}
    turn.conversation.to(str(turn.conversation.state), request=known)


def asked_about(turn: Turn) -> tuple[int, int]:
    """Id and version of the request that is being completed; zeros when there is none."""
    known = turn.conversation.data.get("request", {})
    return int(known.get("id", 0)), int(known.get("version", 0))


def step(
    turn: Turn,
    question: Markup,
    *,
    hint: Markup | None = None,
    mistake: Markup | None = None,
    rows: tuple[Row, ...] = (),
) -> Screen:
    """A step about the request: its number, the question, and the ways out."""
    t, known = turn.t, turn.conversation.data["request"]
    return Screen(
        lines(
            Markup("📝 № {}").format(known["number"]),
            question,
            Markup("⚠️ {}").format(mistake) if mistake else None,
            Markup("<i>{}</i>").format(hint) if hint else None,
        ),
        rows=(
            *rows,
            (
                nav.back(t, callbacks.OpenRequest(id=known["id"])),
                Button(t.plain("Cancel"), wizard.CancelWizard()),
            ),
        ),
    )


async def said(turn: Turn, message: Message, limit: int, shown: Step) -> str | Screen:
    """The words that were typed, or the step (``shown``) again with what is wrong with them."""
    word = texts.typed(message.text, limit)
    if isinstance(word, texts.Mistake):
        return await shown(turn, texts.told(turn.t, word, limit))
    return word if texts.has_words(word) else await shown(turn, words.none(turn.t))
