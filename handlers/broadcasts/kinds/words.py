"""Kinds of announcement in words, and the buttons that choose one."""

from markupsafe import Markup

from handlers.broadcasts.kinds.callbacks import Announce
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row
from storage.broadcasts import Preview
from storage.rules.announcements import Announcement

NAMES = {
    Announcement.NEWS: N_("📰 News"),
    Announcement.NOTICE: N_("⚖️ Official"),
    Announcement.EVENT: N_("📍 Event"),
    Announcement.GREETING: N_("💐 Greeting"),
    Announcement.URGENT: N_("🚨 Urgent"),
}
IN_A_ROW = 2


def name(t: Translator, about: str) -> str:
    """What a kind is called."""
    return t.plain(NAMES[Announcement(about)])


def line(t: Translator, about: str) -> Markup:
    """The kind of a draft, and whether a member may have switched it off."""
    kind = name(t, about)
    if Announcement(about).refusable:
        return t("Kind: {kind} · a member can switch it off", kind=kind)
    return t("Kind: {kind} · it reaches everybody", kind=kind)


def rows(t: Translator, shown: Preview) -> tuple[Row, ...]:
    """A button for each kind the author may choose; the chosen one is marked."""
    draft = shown.broadcast
    buttons = [
        Button(
            f"✅ {t.plain(label)}" if about == draft.announcement else t.plain(label),
            Announce(id=draft.id, version=draft.version, about=about),
        )
        for about, label in NAMES.items()
        if about is not Announcement.URGENT or shown.urgent
    ]
    return tuple(tuple(buttons[i : i + IN_A_ROW]) for i in range(0, len(buttons), IN_A_ROW))
