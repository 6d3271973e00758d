"""Plain text with no wizard open: a question about meetings is answered, else words are searched.

Its router stands last but one: whatever any capability wants of a text comes before.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import Message
from markupsafe import Markup

from handlers.meetings import screens
from handlers.meetings.last import last, summed_up
from handlers.search import days, offers, own_items, own_requests, results, speakers
from handlers.search.questions import Asked, Question, subject, understand
from handlers.search.router import LONGEST
from handlers.turn import Turn
from handlers.ui.filters import HasText, InPrivate
from handlers.ui.policy import policy
from handlers.ui.screen import Row, Screen
from storage import meetings, search
from storage.meetings import Meeting, asked
from storage.rules.access import Action
from storage.rules.meeting_states import OVER
from storage.rules.terms import terms

router = Router(name="search.free_text")


@router.message(HasText(), InPrivate(), StateFilter(None))
@policy(Action.SEARCH)
async def answer(message: Message, turn: Turn) -> Screen:
    """Answer a question, or search for the words."""
    text = (message.text or "").strip()
    if len(text) > LONGEST or not terms(text):
        return results.unclear(turn, text)
    question = understand(text, turn.today)
    if question is None:
        return await _searched(turn, text)
    if question.days and not question.subject:
        return await _on_a_day(turn, question, text)
    return await _ANSWERS[question.asked](turn, question, text)


async def _on_a_day(turn: Turn, question: Question, text: str) -> Screen:
    """What there is on the day, else what is next to it, with a word that it is another one."""
    windows = days.windows(question.days, turn.zone)
    found = await turn.read(asked.within, turn.actor, windows, question.body)
    if len(found) > 1:
        return days.several(turn, found)
    if found:
        meeting = await turn.read(meetings.get, turn.actor, found[0].id)
        is_told = meeting.is_over and question.asked in (Asked.LAST, Asked.DAY)
        return await summed_up(turn, meeting) if is_told else screens.card(turn, meeting)
    word = days.none_then(turn, question.days[0])
    if question.days[0].last < turn.today:
        meeting_before, _ = await last(turn, question.body)
        if meeting_before is not None:
            return await summed_up(turn, meeting_before, word)
        return screens.none_held(turn)
    ahead = await turn.read(meetings.next_meeting, turn.actor, turn.now, question.body)
    return screens.card(turn, ahead, word=word) if ahead else screens.none_next(turn)


async def _speaker(turn: Turn, question: Question, text: str) -> Screen:
    found = await turn.read(asked.spoken_by, turn.actor, question.subject, turn.now, question.tense)
    return speakers.found(turn, found) if found else await _searched(turn, text)


async def _next(turn: Turn, question: Question, _text: str) -> Screen:
    papers = not turn.in_group
    found = await turn.read(
        meetings.next_meeting, turn.actor, turn.now, question.body, papers=papers
    )
    if found is not None or question.body is None:
        return screens.card(turn, found) if found else screens.none_next(turn)
    other = await turn.read(meetings.next_meeting, turn.actor, turn.now, papers=papers)
    word = turn.t("No such meeting is announced. The nearest other one:")
    return screens.card(turn, other, word=word) if other else screens.none_next(turn)


async def _last(turn: Turn, question: Question, _text: str) -> Screen:
    meeting, word = await _held(turn, question)
    return await summed_up(turn, meeting, word) if meeting else screens.none_held(turn)


async def _last_agenda(turn: Turn, question: Question, _text: str) -> Screen:
    meeting, word = await _held(turn, question)
    return screens.card(turn, meeting, word=word) if meeting else screens.none_held(turn)


async def _held(turn: Turn, question: Question) -> tuple[Meeting | None, Markup | None]:
    found, word = await last(turn, question.body)
    if found is not None or question.body is None:
        return found, word
    other, _ = await last(turn)
    return other, turn.t("No such meeting was held. The last other one:")


async def _subject(turn: Turn, question: Question, text: str) -> Screen:
    hits = await _find(turn, question.subject)
    if not hits:
        return await _besides(turn, question.subject, [], offers.rows(turn, text))
    held = next((hit.meeting_id for hit in hits if hit.state in OVER), None)
    decided = await turn.read(meetings.get, turn.actor, held) if held is not None else None
    return results.found(turn, question.subject, hits, decided=decided)


async def _searched(turn: Turn, text: str) -> Screen:
    # «Что там с ипподромом?»: when not every word is found, those about something may be.
    hits = await _find(turn, text) or await _find(turn, subject(text))
    # What a deputy was told by a voter may happen to be found: it can be logged all the same.
    offered = not hits or len(terms(text)) >= results.A_SENTENCE
    return await _besides(turn, text, hits, offers.rows(turn, text) if offered else ())


async def _besides(
    turn: Turn, words: str, hits: list[search.Hit], extra: tuple[Row, ...]
) -> Screen:
    """The hits, and the requests with these words: the search of those writes, so it comes last."""
    items = await own_items.find(turn, words)
    requests = await own_requests.find(turn, words)
    if hits or items or requests:
        return results.found(turn, words, hits, extra=extra, requests=requests, items=items)
    return results.nothing(turn, words, extra=extra)


async def _find(turn: Turn, words: str) -> list[search.Hit]:
    return await turn.read(search.find, turn.actor, words, turn.t.language, results.SHOWN + 1)


_ANSWERS = {
    Asked.NEXT: _next,
    Asked.LAST: _last,
    Asked.LAST_AGENDA: _last_agenda,
    Asked.SUBJECT: _subject,
    Asked.SPEAKER: _speaker,
    Asked.DAY: _on_a_day,
}
