"""What is asked when a registered request is completed."""

from collections.abc import Awaitable, Callable

from markupsafe import Markup

from handlers.requests import callbacks, contacts, words
from handlers.turn import FILLED, Turn
from handlers.ui import nav, wizard
from handlers.ui.screen import Button, Row, Screen, lines
from storage.requests import VoterRequest
from storage.rules import phones
from storage.rules.categories import Category

# Of its own: what is asked about one request replaces no draft of another that is being logged.
CAPABILITY = "completing"


async def place_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Where it is."""
    t = turn.t
    hint = t("For example: Жылға ауылы, Абай көшесі 12")
    question = t("Where is it? Write the settlement and the street.")
    return _step(turn, question, hint=hint, mistake=mistake)


async def comment_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What is to be noted."""
    t = turn.t
    hint = t("For example: Шам ауыстырылды, тұрғынға хабарланды")
    return _step(turn, t("Write the comment on the request."), hint=hint, mistake=mistake)


async def file_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What is to be added."""
    t = turn.t
    return _step(turn, t("Send the photo or the file to be added."), mistake=mistake)


async def contact_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Whom to answer."""
    t = turn.t
    return _step(turn, contacts.question(t), hint=contacts.example(t), mistake=mistake)


async def consent_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The voter's consent."""
    t, request_id = turn.t, asked_about(turn)[0]
    agree = Button(t.plain("✓ The voter agrees"), callbacks.RequestConsent(id=request_id))
    refuse = Button(t.plain("No, without a contact"), callbacks.OpenRequest(id=request_id))
    data = turn.conversation.data
    text = contacts.consent(t, phones.masked(data["phone"]), data.get("name"))
    return _step(turn, text, mistake=mistake, rows=((agree,), (refuse,)))


# A step takes what is wrong with the last input besides the turn.
Step = Callable[..., Awaitable[Screen]]
RESUME: dict[str, Step] = {
    "completing:fix_place": place_step,
    "completing:comment": comment_step,
    "completing:file": file_step,
    "completing:fix_contact": contact_step,
    "completing:fix_consent": consent_step,
}


async def ask(turn: Turn, step: str, request: VoterRequest, **known: str | None) -> Screen:
    """Begin ``step`` (a key of RESUME without its prefix) for ``request``; ``known`` is kept."""
    turn.conversation.pause()
    turn.conversation.to(f"{CAPABILITY}:{step}", **known, **{FILLED: bool(known)})
    about(turn, request)
    return await RESUME[f"{CAPABILITY}:{step}"](turn)


def about(turn: Turn, request: VoterRequest) -> None:
    """What is entered is about ``request`` as it is now."""
    known = {"id": request.id, "version": request.version, "number": request.number}
    turn.conversation.to(str(turn.conversation.state), request=known)


def asked_about(turn: Turn) -> tuple[int, int]:
    """Id and version of the request that is being completed; zeros when there is none."""
    known = turn.conversation.data.get("request", {})
    return int(known.get("id", 0)), int(known.get("version", 0))


def categories(turn: Turn, request: VoterRequest) -> Screen:
    """The categories to choose from, the present one marked."""
    t = turn.t
    buttons = [
        Button(
            ("✓ " if code.value == request.category else "") + words.category(t, code),
            callbacks.SetCategory(id=request.id, version=request.version, category=code.value),
        )
        for code in Category
    ]
    pairs = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return Screen(
        lines(Markup("📝 № {}").format(request.number), t("What is it about?")),
        rows=(*pairs, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )


def _step(
    turn: Turn,
    question: Markup,
    *,
    hint: Markup | None = None,
    mistake: Markup | None = None,
    rows: tuple[Row, ...] = (),
) -> Screen:
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
