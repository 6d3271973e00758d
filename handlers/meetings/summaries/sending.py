"""The text of a release or of minutes: pasted in one or several messages, or sent as a file."""

import asyncio

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Document, Message
from markupsafe import Markup

from handlers.files import FETCH_LIMIT, FileGone, FileTooBig
from handlers.meetings.summaries import callbacks, desk_screens, finding_lists, words
from handlers.papers.failing import UnreadableError
from handlers.papers.reading import text_of
from handlers.turn import FILLED, Turn
from handlers.ui import texts, wizard
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines, toast
from handlers.ui.wizard import Renderer
from storage import meetings
from storage.errors import AlreadyChanged
from storage.meetings import drafting, findings, summaries
from storage.rules.access import Action
from storage.rules.releases import LONGEST, read
from storage.rules.releases.findings import Reading

router = Router(name="meeting_summary_texts")

CAPABILITY = "summaries"
STATE = f"{CAPABILITY}:text"
MEGABYTES = FETCH_LIMIT // (1024 * 1024)
BODIES = frozenset({"bureau", "political_council", "faction", "conference"})


def leave(turn: Turn) -> None:
    """Whoever goes elsewhere does not send a text any more."""
    if turn.conversation.state == STATE:
        turn.conversation.clear()


@router.callback_query(callbacks.SendText.filter())
@policy(Action.PREPARE_MEETINGS)
async def begin(query: CallbackQuery, turn: Turn, callback_data: callbacks.SendText) -> Screen:
    """A text is awaited; what was read before is not forgotten without a word."""
    meeting_id = callback_data.id
    await turn.read(summaries.desk, turn.actor, meeting_id)
    found = await turn.read(findings.listed, turn.actor, meeting_id)
    if found.findings and not callback_data.anew:
        return finding_lists.unfinished(turn, found)
    leave(turn)
    turn.conversation.pause()
    turn.conversation.to(STATE, meeting=meeting_id, seen=found.seen, parts=[])
    return _step(turn)


@router.message(StateFilter(STATE), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def received(message: Message, turn: Turn) -> Screen:
    """A part of the text, or the file that holds it."""
    if message.document is not None:
        return await _file(turn, message.document)
    # A post of a channel is often a picture with the text under it.
    text = texts.typed(message.text or message.caption, LONGEST)
    if text is texts.Mistake.NOT_TEXT:
        return _step(turn, turn.t("Send a text, or a file: DOCX, PDF or TXT."))
    if isinstance(text, texts.Mistake):
        return _step(turn, texts.told(turn.t, text, LONGEST))
    parts = [*turn.conversation.data.get("parts", []), text]
    if sum(map(len, parts)) > LONGEST:
        too_long = words.NOTHING["too_long"]
        return _step(turn, turn.t(too_long))
    turn.conversation.to(STATE, parts=parts, **{FILLED: True})
    return _step(turn)


@router.callback_query(callbacks.ReadNow.filter())
@policy(Action.PREPARE_MEETINGS)
async def read_now(query: CallbackQuery, turn: Turn) -> Screen:
    """All of it is there."""
    if turn.conversation.state != STATE:
        return toast(turn.t.plain("This was done already."), alert=True)
    return await _read(turn, "")


async def again(turn: Turn) -> Screen:
    """The step as it stands."""
    return _step(turn)


RESUME: dict[str, Renderer] = {STATE: again}


async def _file(turn: Turn, document: Document) -> Screen:
    try:
        content = await turn.files.fetch(document.file_id)
        text = await text_of(document.file_name or "", content)
    except FileTooBig:
        return _step(turn, turn.t("The file is too big: at most {n} MB.", n=MEGABYTES))
    except FileGone:
        return _step(turn, turn.t("Telegram does not hand this file out. Send it once more."))
    except UnreadableError as error:
        return _step(turn, turn.t(words.FILES[error.why]))
    return await _read(turn, text)


async def _read(turn: Turn, more: str) -> Screen:
    """Read what was sent; where nothing is found, keep it as the draft."""
    data = turn.conversation.data
    meeting_id = int(data["meeting"])
    text = "\n".join(part for part in (*data.get("parts", []), more) if part)
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    reading = await asyncio.to_thread(read, text)
    rows = drafting.rows(reading, meeting)
    if not rows:
        return await _nothing(turn, meeting_id, reading, text)
    try:
        found = await turn.write_then(
            lambda _: turn.conversation.clear(),
            findings.keep,
            turn.actor,
            meeting_id,
            rows,
            int(data["seen"]),
            turn.now,
        )
    except AlreadyChanged:
        turn.conversation.clear()
        word = turn.t("Another text of this meeting was read meanwhile. Here is what was found.")
        found = await turn.read(findings.listed, turn.actor, meeting_id)
        return finding_lists.overview(turn, meeting, found, word=word)
    return finding_lists.overview(turn, meeting, found, word=_said(turn, reading, meeting))


async def _nothing(turn: Turn, meeting_id: int, reading: Reading, text: str) -> Screen:
    """Nothing was found: say so, and do not lose the text."""
    t = turn.t
    language = "ru" if (reading.language or t.language) == "ru" else "kk"
    reason = reading.reason or "subject"
    why = t(words.NOTHING[reason])
    if reading.reason == "empty":
        return _step(turn, why)
    kept = await turn.write_then(
        lambda _: turn.conversation.clear(),
        summaries.keep_raw,
        turn.actor,
        meeting_id,
        language,
        text,
        turn.now,
    )
    said = (
        t("The text is kept as the draft of the summary: shorten it by hand.")
        if kept
        else t("There is a summary already, so the text is not put in its place.")
    )
    desk = await turn.read(summaries.desk, turn.actor, meeting_id)
    return desk_screens.desk(turn, desk, word=lines(Markup("⚠️ {}").format(why), said))


def _said(turn: Turn, reading: Reading, meeting: meetings.Meeting) -> Markup | None:
    """Where the text does not fit what was found, or the meeting."""
    t, facts, n = turn.t, reading.meeting, len(reading.items)
    other = facts.body in BODIES and facts.body != meeting.body
    said = [
        t("⚠️ The text seems to be of another body.") if other else None,
        t("⚠️ The text speaks of {count} items, {n} were found.", count=facts.count, n=n)
        if facts.count is not None and facts.count != n
        else None,
        t("⚠️ No items were found in the text.") if not n and not facts.count else None,
    ]
    told = [one for one in said if one is not None]
    return lines(*told) if told else None


def _step(turn: Turn, mistake: Markup | None = None) -> Screen:
    t, data = turn.t, turn.conversation.data
    parts: list[str] = data.get("parts", [])
    ready = (Button(t.plain("📖 That is all: read it"), callbacks.ReadNow()),)
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("📄 Paste the text of the press release or the minutes, or send it as a file."),
            t(
                "Received: {n} messages, {length} characters. Send the rest, or have it read.",
                n=len(parts),
                length=sum(map(len, parts)),
            )
            if parts
            else None,
        ),
        hint=t("DOCX, PDF with text, or TXT, at most {n} MB; in Kazakh or Russian.", n=MEGABYTES),
        mistake=mistake,
        rows=(ready,) if parts else (),
        back=callbacks.Desk(id=int(data["meeting"])),
    )
