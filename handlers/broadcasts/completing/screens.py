"""The screen of what else a draft may have."""

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.completing.callbacks import (
    AskLinks,
    AskVersion,
    Complete,
    DropLinks,
    DropVersion,
    Extra,
    Reader,
    ShowCopy,
    Switch,
)
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.reading import Broadcast

__all__ = ["Complete", "complete"]


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
            (links,),
            *_versions(t, draft),
            (Button(t.plain("👁 Show me"), ShowCopy(id=number)),),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


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
