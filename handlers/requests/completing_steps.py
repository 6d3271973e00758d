"""What is asked when a registered request is completed."""

from collections.abc import Awaitable, Callable

from markupsafe import Markup

from handlers.requests import asking, callbacks, consent, contacts, words
from handlers.requests.contact_reading import FIELDS, Given
from handlers.requests.settlements.callbacks import RequestSettlement, RequestSettlements
from handlers.requests.settlements.screens import rows as settlement_rows
from handlers.requests.settlements.screens import where
from handlers.turn import Turn
from handlers.ui.screen import Button, Screen, lines
from storage import requests
from storage.requests import VoterRequest, settlements


async def place_step(turn: Turn, mistake: Markup | None = None, page: int = 0) -> Screen:
    """Where it is."""
    t, (request_id, version) = turn.t, asking.asked_about(turn)
    hint = t("For example: Жылға ауылы, Абай көшесі 12")
    request = await turn.read(requests.get, turn.actor, request_id)
    every = await turn.read(settlements.of_branch, request.branch_id)
    rows = settlement_rows(
        t,
        every,
        page,
        lambda one: RequestSettlement(id=request_id, version=version, settlement=one.id),
        lambda to: RequestSettlements(id=request_id, page=to),
    )
    return asking.step(turn, where(t, every), hint=hint, mistake=mistake, rows=rows)


async def comment_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What is to be noted."""
    t = turn.t
    hint = t("For example: Шам ауыстырылды, тұрғынға хабарланды")
    return asking.step(
        turn,
        lines(
            t("Write the internal note on the request."),
            t("Those who work on it read it, the voter does not."),
        ),
        hint=hint,
        mistake=mistake,
    )


async def answer_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What the voter is to read."""
    t = turn.t
    question = lines(
        t("Write what the voter shall read."),
        t("Whoever has the link sees it: no names and phones, please."),
    )
    hint = t("For example: Шам ауыстырылды, тұрғынға хабарланды")
    return asking.step(turn, question, hint=hint, mistake=mistake)


async def file_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What is to be added."""
    t = turn.t
    return asking.step(turn, t("Send the photo or the file to be added."), mistake=mistake)


async def reason_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Why it is given back to the one who had it."""
    t = turn.t
    hint = t("For example: Бұл учаске басқа депутаттың округінде")
    return asking.step(turn, t("Why do you return the request?"), hint=hint, mistake=mistake)


async def report_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What shows the outcome."""
    t = turn.t
    question = lines(
        t("Outcome: <b>{state}</b>", state=words.state(t, turn.conversation.data["outcome"])),
        t("What shows it? Write it, or send a photo or a document."),
    )
    hint = t("For example: Шам ауыстырылды, тұрғынға хабарланды")
    return asking.step(turn, question, hint=hint, mistake=mistake)


async def redo_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Why an outcome is not accepted."""
    t = turn.t
    hint = t("For example: Көшенің екінші жартысында шам әлі жанбайды")
    question = t("What is missing? The deputy reads it in the history.")
    return asking.step(turn, question, hint=hint, mistake=mistake)


async def hand_word_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What the new deputy shall know."""
    t = turn.t
    question = t("Write a word for the new deputy; it stays in the history.")
    hint = t("For example: Бұл көше Сіздің округіңізде")
    return asking.step(turn, question, hint=hint, mistake=mistake)


async def merge_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Which one is the main one."""
    t = turn.t
    hint = t("For example: САР-2026-0147, or 147 alone")
    return asking.step(turn, t("Write the number of the main request."), hint=hint, mistake=mistake)


async def split_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What the second matter is."""
    t = turn.t
    question = lines(
        t("Write the second matter: it gets a number of its own."),
        t("Deputy, place and day of receipt are the same; the contact stays with this one."),
    )
    hint = t("For example: Осы көшеде жол да нашар")
    return asking.step(turn, question, hint=hint, mistake=mistake)


async def contact_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Whom to answer."""
    t = turn.t
    return asking.step(turn, contacts.question(t), hint=contacts.example(t), mistake=mistake)


async def consent_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The voter's consent."""
    t, request_id = turn.t, asking.asked_about(turn)[0]
    agree = Button(t.plain("✓ The voter agrees"), callbacks.RequestConsent(id=request_id))
    refuse = Button(t.plain("No, without a contact"), callbacks.OpenRequest(id=request_id))
    data = turn.conversation.data
    given = Given(*(data.get(field) for field in FIELDS))
    wording = await consent.wording(turn)
    turn.conversation.to(str(turn.conversation.state), wording=wording.proof)
    text = consent.shown(t, wording, given)
    signed = callbacks.RequestConsent(id=request_id, paper=True)
    paper = Button(t.plain("✓ Signed on paper"), signed)
    correct = Button(t.plain(contacts.CORRECT), callbacks.CorrectContact(id=request_id))
    rows = ((agree, paper), (correct,), (refuse,))
    return asking.step(turn, text, mistake=mistake, rows=rows)


# A step takes what is wrong with the last input besides the turn.
Step = Callable[..., Awaitable[Screen]]
RESUME: dict[str, Step] = {
    "completing:fix_place": place_step,
    "completing:comment": comment_step,
    "completing:answer": answer_step,
    "completing:file": file_step,
    "completing:return": reason_step,
    "completing:report": report_step,
    "completing:redo": redo_step,
    "completing:hand_word": hand_word_step,
    "completing:merge": merge_step,
    "completing:split": split_step,
    "completing:fix_contact": contact_step,
    "completing:fix_consent": consent_step,
}


async def ask(turn: Turn, step: str, request: VoterRequest, **known: str | None) -> Screen:
    """Begin ``step`` (a key of RESUME without its prefix) for ``request``; ``known`` is kept."""
    return await asking.begin(turn, step, request, RESUME[f"{asking.CAPABILITY}:{step}"], **known)
