"""Each member's own choice: which announcements come, and whether once a day."""

from collections.abc import Collection

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts.kinds import words as kind_words
from handlers.broadcasts.kinds.callbacks import GatherAt, OpenWishes, SwitchKind
from handlers.people.callbacks import Settings
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, column, lines, toast
from storage.broadcasts import wishes
from storage.broadcasts.gathering import HOURS
from storage.broadcasts.wishes import Wishes
from storage.errors import NotPossible
from storage.rules.announcements import REFUSABLE, Announcement

router = Router(name="broadcasts.choice")

AT_ONCE = 0  # the hour of whoever reads each announcement at once


@router.callback_query(OpenWishes.filter())
@policy(None)
async def open_(query: CallbackQuery, turn: Turn) -> Screen:
    """What comes now."""
    return _screen(turn, await turn.read(wishes.of, turn.actor.person_id))


@router.callback_query(SwitchKind.filter())
@policy(None)
async def switch(query: CallbackQuery, turn: Turn, callback_data: SwitchKind) -> Screen:
    """A kind is switched on or off."""
    tapped = callback_data
    try:
        now = await turn.write(wishes.switch, turn.actor, tapped.about, on=tapped.on)
    except NotPossible:
        return toast(turn.t.plain("These always come."), alert=True)
    return _screen(turn, now)


@router.callback_query(GatherAt.filter())
@policy(None)
async def gather(query: CallbackQuery, turn: Turn, callback_data: GatherAt) -> Screen:
    """Once a day at this hour, or each at once."""
    hour = callback_data.hour or None
    if hour is not None and hour not in HOURS:
        return _screen(turn, await turn.read(wishes.of, turn.actor.person_id))
    return _screen(turn, await turn.write(wishes.gather_at, turn.actor, hour))


def _screen(turn: Turn, now: Wishes) -> Screen:
    t = turn.t
    always = [about for about in Announcement if not about.refusable]
    return Screen(
        lines(
            t("🔔 <b>Announcements of the branch</b>"),
            t("A tap switches a kind off or on."),
            t("They always come: {kinds}", kinds=_names(t, always)),
            t("Switched off: {kinds}", kinds=_names(t, now.refused)) if now.refused else None,
            t("They come together, once a day at {hour}:00.", hour=now.hour)
            if now.hour
            else t("Each comes at once. They may come together, once a day at an hour you choose."),
        ),
        rows=(
            *column(_kind(turn, about, now) for about in REFUSABLE),
            _hours(turn, now),
            nav.exits(t, Settings()),
        ),
    )


def _names(t: Translator, kinds: Collection[str]) -> str:
    return ", ".join(kind_words.name(t, about) for about in sorted(kinds))


def _kind(turn: Turn, about: Announcement, now: Wishes) -> Button:
    off = about in now.refused
    label = kind_words.name(turn.t, about)
    return Button(f"{'🔕' if off else '✅'} {label}", SwitchKind(about=about, on=off))


def _hours(turn: Turn, now: Wishes) -> Row:
    named = {AT_ONCE: turn.t.plain("at once"), **{hour: f"{hour}:00" for hour in HOURS}}
    return tuple(
        Button(f"• {label}" if hour == (now.hour or AT_ONCE) else label, GatherAt(hour=hour))
        for hour, label in named.items()
    )
