"""The screen of what else a draft may have."""

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.completing.callbacks import (
    AskLinks,
    AskMeeting,
    AskVersion,
    Complete,
    DropLinks,
    DropVersion,
    Extra,
    Reader,
    ShowCopy,
    Switch,
    TakeMeeting,
    WriteOn,
)
from handlers.broadcasts.templates.callbacks import SaveTemplate
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.reading import Broadcast
from storage.meetings.records import MeetingPage

TITLE = 40  # characters of a button


def complete(t: Translator, draft: Broadcast) -> Screen:
    """What the draft has, and what may be added or taken away."""
    number, version = draft.id, draft.version
    links = (
        Button(t.plain("🔗 No links"), DropLinks(id=number, version=version))
        if draft.links
        else Button(t.plain("🔗 Add links"), AskLinks(id=number, version=version))
    )
    return Screen(
        lines(
            t("⚙️ <b>What else the broadcast has</b>"),
            *words.extras(t, draft),
        ),
        rows=(
            _switch(t, draft, Extra.CONFIRMS, t.plain("«I have read it»"), on=draft.confirms),
            *(
                ()
                if draft.said_in(ORIGINAL).options
                else (_switch(t, draft, Extra.ASKS, t.plain("«Yes / No»"), on=bool(draft.asks)),)
            ),
            _switch(t, draft, Extra.SILENT, t.plain("without a sound"), on=draft.silent),
            *(
                (_switch(t, draft, Extra.PINS, t.plain("pinned in groups"), on=draft.pins),)
                if draft.whom.groups
                else ()
            ),
            _switch(
                t,
                draft,
                Extra.OFFICE_HOURS,
                t.plain("in working hours only"),
                on=draft.office_hours,
            ),
            _switch(t, draft, Extra.REPLIES, t.plain("replies to you"), on=draft.takes_replies),
            (links, _meeting(t, draft)),
            *(
                ()
                if draft.said_in(ORIGINAL).options
                else ((Button(t.plain("➕ Write on"), WriteOn(id=number, version=version)),),)
            ),
            *_versions(t, draft),
            (
                Button(t.plain("📑 Save as a template"), SaveTemplate(id=number)),
                Button(t.plain("👁 Show me"), ShowCopy(id=number)),
            ),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def meetings(turn: Turn, draft: Broadcast, found: MeetingPage) -> Screen:
    """Meetings ahead, whose invitations may be answered from a copy."""
    t = turn.t
    buttons = [
        Button(
            shortened(t.pick(one.title_kk, one.title_ru), TITLE),
            TakeMeeting(id=draft.id, version=draft.version, meeting_id=one.id),
        )
        for one in found.lines
    ]
    return Screen(
        lines(
            t("🗓 <b>Which meeting do they answer about?</b>"),
            t("A tap under the copy counts as an answer to its invitation.")
            if buttons
            else t("There is no meeting ahead."),
        ),
        rows=(*column(buttons), nav.exits(t, Complete(id=draft.id))),
    )


def _meeting(t: Translator, draft: Broadcast) -> Button:
    if draft.meeting_id is None:
        return Button(t.plain("🗓 Who comes?"), AskMeeting(id=draft.id))
    none = TakeMeeting(id=draft.id, version=draft.version, meeting_id=0)
    return Button(t.plain("🗓 Do not ask who comes"), none)


def _switch(t: Translator, draft: Broadcast, extra: Extra, name: str, *, on: bool) -> Row:
    label = f"✅ {name}" if on else t.plain("Add: {name}", name=name)
    return (Button(label, Switch(id=draft.id, version=draft.version, extra=extra)),)


def _versions(t: Translator, draft: Broadcast) -> tuple[Row, ...]:
    number, version = draft.id, draft.version
    if draft.other_language is not None:
        drop = DropVersion(id=number, version=version)
        return ((Button(t.plain("🌐 One version for all"), drop),),)
    return tuple(
        (
            Button(
                t.plain("🌐 Add: {name}", name=words.readers(t, reader)),
                AskVersion(id=number, version=version, language=reader),
            ),
        )
        for reader in Reader
    )
