"""What is shown before a request is handed over: to whom, and what happens."""

from datetime import date

from sqlalchemy import Connection

from handlers.requests.asking import asked_about
from handlers.requests.cards import overtaken
from handlers.requests.working.callbacks import HandOver, HandTo, HandWord
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, lines
from storage import requests
from storage.errors import AlreadyChanged
from storage.requests import VoterRequest, deputies, handing
from storage.requests.deputies import Candidate
from storage.rules.access import Actor


def named(t: Translator, one: Candidate) -> str:
    """A deputy on a button; of a level up, that is said."""
    return t.plain("{name} · oblast level", name=one.name) if one.regional else one.name


async def preview(turn: Turn, wanted: HandTo) -> Screen:
    """What happens when a request is handed over, with the word that was written."""
    t, word = turn.t, word_for(turn, wanted.id, wanted.person_id)
    request, found = await turn.read(candidates, turn.actor, wanted.id, turn.today)
    name = {one.id: one.name for one in found}.get(wanted.person_id)
    if name is None or request.version != wanted.version or request.settled:
        return await overtaken(turn, request.id, AlreadyChanged())
    adding = HandWord(id=request.id, version=request.version, person_id=wanted.person_id)
    return Screen(
        lines(
            t("🤝 № {number} goes over to: {name}", number=request.number, name=name),
            t("The voter's contact and the files go with it; its deadline stays."),
            t("The new deputy takes it, or returns it with a reason."),
            t("With a word: {word}", word=word) if word else None,
        ),
        rows=(
            (Button(t.plain("🤝 Yes, hand over"), wanted.model_copy(update={"sure": True})),),
            (Button(t.plain("💬 Add a word"), adding),),
            nav.exits(t, HandOver(id=request.id, version=request.version)),
        ),
    )


def word_for(turn: Turn, request_id: int, to_id: int) -> str | None:
    """The word that was written for this very handing over; None without."""
    data = turn.conversation.data
    if turn.conversation.state != "completing:hand_word" or data.get("to") != str(to_id):
        return None
    word = data.get("word")
    return str(word) if word and asked_about(turn)[0] == request_id else None


def candidates(
    tx: Connection, actor: Actor, request_id: int, today: date
) -> tuple[VoterRequest, list[Candidate]]:
    """The request, and who may get it. Raises NotFound, NotAllowed."""
    request = requests.get(tx, actor, request_id)
    handing.demand(actor, request)
    return request, deputies.candidates(tx, [request], today)
