"""Who speaks on an item: chosen from those whose names begin so, or typed with a position."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.agenda import wizard, words
from handlers.meetings.agenda.callbacks import (
    CoSpeakers,
    EditItem,
    NameSpeaker,
    NoSpeaker,
    PickSpeaker,
    RemoveCoSpeaker,
    SpeakerPage,
    Write,
)
from handlers.meetings.agenda.doing import tapped
from handlers.meetings.agenda.wizard import CAPABILITY
from handlers.turn import Turn
from handlers.ui import nav, paging, texts
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened, toast
from handlers.ui.wizard import Renderer, step
from storage.errors import NotFound
from storage.meetings import papers, speakers
from storage.meetings.agenda import POST_LIMIT
from storage.meetings.papers import ItemPapers
from storage.meetings.speakers import CO_SPEAKERS_LIMIT, NAME_LIMIT, Speaker
from storage.rules.access import Action

router = Router(name="meetings.agenda.speaking")

SPEAKER = f"{CAPABILITY}:speaker"
LABEL = 60


@router.callback_query(NameSpeaker.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin(query: CallbackQuery, turn: Turn, callback_data: NameSpeaker) -> Screen:
    """The people of the branch; a name is typed to find somebody."""
    found = await turn.read(papers.to_change, turn.actor, callback_data.id)
    wizard.begin(turn, SPEAKER, beside=callback_data.beside, **wizard.of(found))
    return await show(turn)


@router.callback_query(SpeakerPage.filter())
@policy(Action.PREPARE_MEETINGS)
async def turn_page(query: CallbackQuery, turn: Turn, callback_data: SpeakerPage) -> Screen:
    """More of those that are found."""
    if turn.conversation.state != SPEAKER:
        return _closed(turn)
    turn.conversation.to(SPEAKER, page=callback_data.page)
    return await show(turn)


@router.message(StateFilter(SPEAKER))
@policy(Action.PREPARE_MEETINGS)
async def typed(message: Message, turn: Turn) -> Screen:
    """The beginning of a name, or a name with a position."""
    limit = NAME_LIMIT + POST_LIMIT
    text = texts.typed(message.text, limit)
    if isinstance(text, texts.Mistake):
        return await show(turn, wizard.mistaken(turn, text, message.text, limit))
    turn.conversation.to(SPEAKER, typed=" ".join(text.split()), page=0)
    return await show(turn)


@router.callback_query(PickSpeaker.filter())
@policy(Action.PREPARE_MEETINGS)
async def pick(query: CallbackQuery, turn: Turn, callback_data: PickSpeaker) -> Screen:
    """It is this one."""
    id_, version = callback_data.id, callback_data.version
    speaker = Speaker("", callback_data.person)
    if not callback_data.person:
        data = turn.conversation.data
        if turn.conversation.state != SPEAKER or data.get("item") != id_ or not data.get("typed"):
            return _closed(turn)
        speaker = _as_typed(turn, str(data["typed"]))
        if len(speaker.name) > NAME_LIMIT:
            return await show(turn, wizard.too_long(turn, len(speaker.name), NAME_LIMIT))
    wizard.leave(turn)
    fn = speakers.add_co_speaker if callback_data.beside else speakers.name_speaker
    word = turn.t.plain("Put on the list of the meeting, and told of it.")
    return await tapped(turn, id_, fn, id_, version, speaker, turn.now, turn.today, word=word)


@router.callback_query(NoSpeaker.filter())
@policy(Action.PREPARE_MEETINGS)
async def nobody(query: CallbackQuery, turn: Turn, callback_data: NoSpeaker) -> Screen:
    """Nobody yet."""
    wizard.leave(turn)
    id_, version = callback_data.id, callback_data.version
    return await tapped(turn, id_, speakers.name_speaker, id_, version, None, turn.now, turn.today)


@router.callback_query(CoSpeakers.filter())
@policy(Action.PREPARE_MEETINGS)
async def co_speakers(query: CallbackQuery, turn: Turn, callback_data: CoSpeakers) -> Screen:
    """Who speaks beside the speaker; a tap takes one off."""
    wizard.leave(turn)
    found = await turn.read(papers.to_change, turn.actor, callback_data.id)
    t, one = turn.t, found.item
    buttons = [
        Button(
            shortened(f"✖️ {', '.join(p for p in (co.name, co.post) if p)}", LABEL),
            RemoveCoSpeaker(id=one.id, version=one.version, co=co.id),
        )
        for co in found.co_speakers
    ]
    more: Row = (Button(t.plain("➕ Add a co-speaker"), NameSpeaker(id=one.id, beside=True)),)
    return Screen(
        lines(
            t("Co-speakers of the item: {n}", n=len(found.co_speakers)),
            Markup("{}. {}").format(one.number, t.pick(one.title_kk, one.title_ru)),
            t("Tap a name to take it off.") if buttons else None,
        ),
        rows=(
            *column(buttons),
            *((more,) if len(buttons) < CO_SPEAKERS_LIMIT else ()),
            nav.exits(t, EditItem(id=one.id)),
        ),
    )


@router.callback_query(RemoveCoSpeaker.filter())
@policy(Action.PREPARE_MEETINGS)
async def remove(query: CallbackQuery, turn: Turn, callback_data: RemoveCoSpeaker) -> Screen:
    """One of them speaks no more."""
    id_, version = callback_data.id, callback_data.version
    return await tapped(
        turn, id_, speakers.remove_co_speaker, id_, version, callback_data.co, turn.now
    )


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Those who are found, and whoever was typed."""
    data = turn.conversation.data
    try:
        found = await wizard.item(turn)
    except NotFound:
        return wizard.deleted(turn, data.get("typed"))
    text = str(data.get("typed") or "")
    name = text.split(",")[0]
    people = await turn.read(speakers.candidates, turn.actor, found.meeting.id, name, turn.today)
    return _step(turn, found, text, people, mistake)


RESUME: dict[str, Renderer] = {SPEAKER: show}


def _step(
    turn: Turn, found: ItemPapers, text: str, people: list[Speaker], mistake: Markup | None
) -> Screen:
    t, one, beside = turn.t, found.item, bool(turn.conversation.data.get("beside"))

    def button(label: str, person: int) -> Button:
        goes = PickSpeaker(id=one.id, version=one.version, person=person, beside=beside)
        return Button(shortened(label, LABEL), goes)

    page = paging.clamp(int(turn.conversation.data.get("page") or 0), len(people))
    shown = people[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [button(_named(turn, who), who.person_id or 0) for who in shown]
    as_typed = button(t.plain("Not registered: {text}", text=text), 0)
    nobody_found = bool(text) and not people
    return step(
        t,
        1,
        1,
        lines(
            t("Who speaks beside the speaker?") if beside else t("Who speaks on the item?"),
            Markup("{}. {}").format(one.number, t.pick(one.title_kk, one.title_ru)),
            t("Nobody registered is called so.") if nobody_found else None,
        ),
        hint=t("Tap a name, or type its beginning. Not registered: name, position."),
        mistake=mistake,
        rows=(
            *(((as_typed,),) if text else ()),
            *paging.rows(t, buttons, page, len(people), lambda n: SpeakerPage(page=n)),
            *(() if beside else _of_speaker(turn, found)),
        ),
        back=CoSpeakers(id=one.id) if beside else EditItem(id=one.id),
    )


def _of_speaker(turn: Turn, found: ItemPapers) -> tuple[Row, ...]:
    t, one = turn.t, found.item
    if not words.speaker(t, one):
        return ()
    none = NoSpeaker(id=one.id, version=one.version)
    if t.language == "ru":
        post = Write(id=one.id, field="speaker_position_ru")
    else:
        post = Write(id=one.id, field="speaker_position_kk")
    return (
        (Button(t.plain("Position of the speaker"), post),),
        (Button(t.plain("Nobody yet"), none),),
    )


def _named(turn: Turn, who: Speaker) -> str:
    post = turn.t.pick(who.post_kk, who.post_ru)
    return ", ".join(part for part in (who.name, post) if part)


def _as_typed(turn: Turn, text: str) -> Speaker:
    """«Name, position», the position in the language of whoever types it."""
    name, _, post = (part.strip() for part in text.partition(","))
    post = post[:POST_LIMIT]
    if turn.t.language == "ru":
        return Speaker(name, post_ru=post or None)
    return Speaker(name, post_kk=post or None)


def _closed(turn: Turn) -> Screen:
    return toast(turn.t.plain("This list is closed. Open the item once more."), alert=True)
