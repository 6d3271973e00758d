"""What else a draft may have: buttons under it, links, a version in the other language."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.broadcasts import screens, showing, taking, wizard
from handlers.broadcasts.completing import screens as completing_screens
from handlers.broadcasts.completing.callbacks import (
    AskLinks,
    AskMeeting,
    AskVersion,
    Complete,
    DropLinks,
    DropVersion,
    Extra,
    ShowCopy,
    Switch,
    TakeMeeting,
    WriteOn,
)
from handlers.broadcasts.filters import NoCommand
from handlers.broadcasts.receiving import copies
from handlers.turn import Turn
from handlers.ui.i18n import Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import broadcasts
from storage.broadcasts import MAX_LINKS, ORIGINAL, YES_NO, Extras, Preview
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotPossible
from storage.meetings import reading as meetings
from storage.rules.access import Action
from storage.rules.links import is_link

router = Router(name="broadcasts.completing")


@router.callback_query(Complete.filter())
@policy(Action.BROADCAST)
async def complete(query: CallbackQuery, turn: Turn, callback_data: Complete) -> Screen:
    """What the draft has and may have."""
    showing.leave_draft(turn, callback_data.id)
    draft = await turn.read(get, turn.actor, callback_data.id)
    if draft.state != "draft":
        return await showing.shown(turn, draft.id)
    return completing_screens.complete(turn.t, draft)


@router.callback_query(ShowCopy.filter())
@policy(Action.BROADCAST)
async def show_copy(query: CallbackQuery, turn: Turn, callback_data: ShowCopy) -> Screen:
    """The very copy, to its author alone."""
    found = await turn.read(get, turn.actor, callback_data.id)
    return replace(copies.rehearsed(turn.t, found), fresh=True)


@router.callback_query(Switch.filter())
@policy(Action.BROADCAST)
async def switch(query: CallbackQuery, turn: Turn, callback_data: Switch) -> Screen:
    """Switch a button on or off."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    now = Extras.of(draft)
    if callback_data.extra is Extra.CONFIRMS:
        wanted = replace(now, confirms=not now.confirms)
    elif callback_data.extra is Extra.SILENT:
        wanted = replace(now, silent=not now.silent)
    elif callback_data.extra is Extra.PINS:
        wanted = replace(now, pins=not now.pins)
    elif callback_data.extra is Extra.OFFICE_HOURS:
        wanted = replace(now, office_hours=not now.office_hours)
    elif callback_data.extra is Extra.REPLIES:
        wanted = replace(now, takes_replies=not now.takes_replies)
    else:
        wanted = replace(now, asks=None if now.asks else YES_NO)
    return await _adjust(turn, draft, callback_data.version, wanted)


@router.callback_query(DropLinks.filter())
@policy(Action.BROADCAST)
async def drop_links(query: CallbackQuery, turn: Turn, callback_data: DropLinks) -> Screen:
    """No links any more."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(Extras.of(draft), links=())
    return await _adjust(turn, draft, callback_data.version, wanted)


@router.callback_query(AskLinks.filter())
@policy(Action.BROADCAST)
async def ask_links(query: CallbackQuery, turn: Turn, callback_data: AskLinks) -> Screen:
    """Which links?"""
    return await _ask(turn, callback_data.id, callback_data.version, wizard.LINKS)


@router.callback_query(WriteOn.filter())
@policy(Action.BROADCAST)
async def write_on(query: CallbackQuery, turn: Turn, callback_data: WriteOn) -> Screen:
    """What comes below the words?"""
    return await _ask(turn, callback_data.id, callback_data.version, wizard.MORE)


@router.message(StateFilter(wizard.MORE), NoCommand())
@policy(Action.BROADCAST)
async def take_more(message: Message, turn: Turn) -> Screen:
    """The rest of the text; it is shown in as many messages as it takes."""
    number, version = (turn.conversation.data[name] for name in ("broadcast_id", "version"))
    if message.text is None:
        return await wizard.ask_more(turn, turn.t("A text is needed here."))
    draft = await turn.read(get, turn.actor, number)
    before = draft.said_in(ORIGINAL)
    taken = taking.text(turn.t, message.text, message.entities, after=before.words)
    if taken.mistake is not None:
        return await wizard.ask_more(turn, taken.mistake)
    turn.conversation.clear()
    said = replace(before, words=taken.content.words)
    try:
        shown = await turn.write(
            broadcasts.rewrite, turn.actor, number, version, said, turn.now, turn.today
        )
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, number)
    return screens.preview(turn.t, shown, copied=True, now=turn.local)


@router.callback_query(AskMeeting.filter())
@policy(Action.BROADCAST)
async def ask_meeting(query: CallbackQuery, turn: Turn, callback_data: AskMeeting) -> Screen:
    """Which meeting?"""
    draft = await turn.read(get, turn.actor, callback_data.id)
    found = await turn.read(meetings.upcoming, turn.actor, turn.now, drafts=False)
    return completing_screens.meetings(turn, draft, found)


@router.callback_query(TakeMeeting.filter())
@policy(Action.BROADCAST)
async def take_meeting(query: CallbackQuery, turn: Turn, callback_data: TakeMeeting) -> Screen:
    """Its invitation is answered from the copy; 0: no meeting's."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    wanted = replace(Extras.of(draft), meeting_id=callback_data.meeting_id or None)
    try:
        return await _adjust(turn, draft, callback_data.version, wanted)
    except NotPossible:
        return toast(turn.t.plain("Answers to this meeting are not taken any more."), alert=True)


@router.callback_query(AskVersion.filter())
@policy(Action.BROADCAST)
async def ask_version(query: CallbackQuery, turn: Turn, callback_data: AskVersion) -> Screen:
    """What shall the readers of the other language get?"""
    tapped = callback_data
    language = tapped.language.value
    return await _ask(turn, tapped.id, tapped.version, wizard.VERSION, language=language)


@router.callback_query(DropVersion.filter())
@policy(Action.BROADCAST)
async def drop_version(query: CallbackQuery, turn: Turn, callback_data: DropVersion) -> Screen:
    """Everybody gets the original."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    if draft.other_language is None:
        return await showing.stands_otherwise(turn, draft.id)
    given = (draft.id, callback_data.version, None, turn.now, turn.today)
    try:
        shown = await turn.write(
            broadcasts.rewrite, turn.actor, *given, language=draft.other_language
        )
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, draft.id)
    return completing_screens.complete(turn.t, shown.broadcast)


@router.message(StateFilter(wizard.LINKS), NoCommand())
@policy(Action.BROADCAST)
async def take_links(message: Message, turn: Turn) -> Screen:
    """Lines with words and an address each."""
    links = _links(turn.t, message.text)
    if isinstance(links, Markup):
        return await wizard.ask_links(turn, links)
    data = turn.conversation.data
    number, version = data["broadcast_id"], data["version"]
    draft = await turn.read(get, turn.actor, number)
    turn.conversation.clear()
    try:
        shown = await _adjusted(turn, draft, version, replace(Extras.of(draft), links=links))
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, number)
    return screens.preview(turn.t, shown, copied=True, now=turn.local)


async def _ask(turn: Turn, number: int, version: int, state: str, **more: object) -> Screen:
    draft = await turn.read(get, turn.actor, number)
    if (draft.state, draft.version) != ("draft", version):
        return await showing.stands_otherwise(turn, number)
    showing.ask_of_draft(turn, state, broadcast_id=number, version=version, **more)
    return await wizard.RESUME[state](turn)


async def _adjust(turn: Turn, draft: Broadcast, version: int, wanted: Extras) -> Screen:
    try:
        shown = await _adjusted(turn, draft, version, wanted)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, draft.id)
    return completing_screens.complete(turn.t, shown.broadcast)


async def _adjusted(turn: Turn, draft: Broadcast, version: int, wanted: Extras) -> Preview:
    given = (draft.id, version, wanted, turn.now, turn.today)
    return await turn.write(broadcasts.adjust, turn.actor, *given)


def _links(t: Translator, text: str | None) -> tuple[tuple[str, str], ...] | Markup:
    """The links of a typed text, or what is wrong with it."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    if not lines:
        return t("A text is needed here.")
    if len(lines) > MAX_LINKS:
        return t("{n} links are too many: {limit} fit.", n=len(lines), limit=MAX_LINKS)
    found = []
    for line in lines:
        label, _, address = line.rpartition(" ")
        if not is_link(address):
            return t("This is no link: {text}", text=address[: taking.SHOWN])
        label = label.strip(" :—-") or address.split("/")[2]
        if len(label) > wizard.MAX_LABEL:
            return t("The words on a button are too long: at most {n}.", n=wizard.MAX_LABEL)
        found.append((label, address))
    return tuple(found)
