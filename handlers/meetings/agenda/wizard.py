"""What is typed for an agenda: new items, an item's texts, its time, its speakers."""

import re
from typing import Any

from markupsafe import Markup

from handlers.meetings.agenda import screens, words
from handlers.meetings.agenda.callbacks import Agenda, EditItem, Erase, Minutes, Write
from handlers.meetings.texts import clipped
from handlers.turn import Turn
from handlers.ui import texts, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines
from storage.errors import NotFound
from storage.meetings import agenda, papers
from storage.meetings.papers import ItemPapers

CAPABILITY = "agenda"
ADD, TEXT, MINUTES = (f"{CAPABILITY}:{step}" for step in ("add", "text", "minutes"))
USUAL_MINUTES = (5, 10, 15, 20, 30, 45, 60, 90)
IN_A_ROW = 4
KEPT = 1200  # characters of a refused input that are shown again
NOW = 700  # of the present text

QUESTIONS = {
    "title_kk": N_("What is the item called in Kazakh?"),
    "title_ru": N_("What is the item called in Russian?"),
    "speaker_position_kk": N_("What is the speaker's position, in Kazakh?"),
    "speaker_position_ru": N_("What is the speaker's position, in Russian?"),
    "draft_decision_kk": N_("What is the draft decision, in Kazakh?"),
    "draft_decision_ru": N_("What is the draft decision, in Russian?"),
}
OTHERS = {"kk": N_("Write it in Kazakh"), "ru": N_("Write it in Russian")}
_MINUTES = re.compile(r"(\d{1,4})\D{0,10}")


def begin(turn: Turn, state: str, **data: Any) -> None:
    """Open a step; what else was being entered is put aside."""
    leave(turn)
    turn.conversation.pause()
    turn.conversation.to(state, **data)


def leave(turn: Turn) -> None:
    """Whoever goes back to a screen types nothing into the step any more."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()


def of(found: ItemPapers) -> dict[str, Any]:
    """What a step keeps of the item it is about."""
    return {"meeting": found.meeting.id, "item": found.item.id, "version": found.item.version}


async def item(turn: Turn) -> ItemPapers:
    """The item that the open step is about, as it is now. Raises NotFound."""
    return await turn.read(
        papers.to_change, turn.actor, int(turn.conversation.data.get("item") or 0)
    )


async def show(turn: Turn, mistake: Markup | None = None, kept: str | None = None) -> Screen:
    """The open step, with what is wrong with the last input and that input itself."""
    state, data = turn.conversation.state, turn.conversation.data
    if state == ADD:
        return _add(turn, int(data.get("meeting") or 0), mistake, kept)
    try:
        found = await item(turn)
    except NotFound:
        return deleted(turn, kept)
    # Whoever goes on sees the item as it is now, so that is what the input is about.
    turn.conversation.to(str(state), version=found.item.version)
    if state == MINUTES:
        return _minutes(turn, found, mistake)
    return _text(turn, found, str(data.get("field")), mistake, kept)


def deleted(turn: Turn, kept: str | None = None) -> Screen:
    """The item went while something was typed for it: what was typed is not lost."""
    meeting = turn.conversation.data.get("meeting")
    turn.conversation.clear()
    shown = screens.gone(turn, meeting)
    if not kept:
        return shown
    return Screen(lines(shown.text, _again(turn, kept)), rows=shown.rows)


def mistaken(turn: Turn, mistake: texts.Mistake, text: str | None, limit: int) -> Markup:
    """What is wrong with a text, in words."""
    if mistake is texts.Mistake.TOO_LONG:
        return too_long(turn, len((text or "").strip()), limit)
    return texts.told(turn.t, mistake, limit)


def too_long(turn: Turn, length: int, limit: int) -> Markup:
    """How long a text is, and how long it may be."""
    return turn.t(
        "The text has {length} characters, at most {limit} are possible.",
        length=length,
        limit=limit,
    )


def minutes_of(text: str) -> int | None:
    """The minutes in «15», «15 мин.»; None when it is no such number."""
    found = _MINUTES.fullmatch(text.strip())
    minutes = int(found[1]) if found else 0
    return minutes if 0 < minutes <= agenda.MINUTES_LIMIT else None


def _add(turn: Turn, meeting_id: int, mistake: Markup | None, kept: str | None) -> Screen:
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("What is considered? Each item on a line of its own."),
            _again(turn, kept) if kept else None,
        ),
        hint=t("For example:\nReport of the branch for the year\nPlan for the next quarter"),
        mistake=mistake,
        back=Agenda(id=meeting_id),
    )


def _text(
    turn: Turn, found: ItemPapers, field: str, mistake: Markup | None, kept: str | None
) -> Screen:
    t, one = turn.t, found.item
    name, language = field.rsplit("_", 1)
    now = getattr(one, field) or ""
    other = "ru" if language == "kk" else "kk"
    write: dict[str, Any] = {"id": one.id, "field": f"{name}_{other}"}
    rows: list[Row] = [(Button(t.plain(OTHERS[other]), Write(**write)),)]
    if now and (name != "title" or getattr(one, f"title_{other}")):
        erase: dict[str, Any] = {"id": one.id, "version": one.version, "field": field}
        rows.append((Button(t.plain("Leave it out"), Erase(**erase)),))
    return wizard.step(
        t,
        1,
        1,
        lines(
            t(QUESTIONS[field]),
            t("Now: «{text}»", text=clipped(now, NOW)) if now else None,
            _again(turn, kept) if kept else None,
        ),
        hint=t("At most {limit} characters.", limit=words.LIMITS[name]),
        mistake=mistake,
        rows=tuple(rows),
        back=EditItem(id=one.id),
    )


def _minutes(turn: Turn, found: ItemPapers, mistake: Markup | None) -> Screen:
    t, one = turn.t, found.item
    buttons = [
        Button(words.duration(t, n), Minutes(id=one.id, version=one.version, minutes=n))
        for n in USUAL_MINUTES
    ]
    none = Button(t.plain("No time"), Minutes(id=one.id, version=one.version, minutes=0))
    rows = [tuple(buttons[i : i + IN_A_ROW]) for i in range(0, len(buttons), IN_A_ROW)]
    return wizard.step(
        t,
        1,
        1,
        t("How many minutes does the item take?"),
        hint=t("Tap or type a number, for example: 25"),
        mistake=mistake,
        rows=(*rows, *(((none,),) if one.minutes else ())),
        back=EditItem(id=one.id),
    )


def _again(turn: Turn, kept: str) -> Markup:
    """The refused input: a tap on it copies it."""
    return turn.t("Your text (tap it to copy): {text}", text=_code(kept))


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(clipped(text, KEPT))


RESUME: dict[str, wizard.Renderer] = {ADD: show, TEXT: show, MINUTES: show}
