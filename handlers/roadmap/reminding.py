"""Reminders as one wishes: put off once, at another hour; the ladder of each kind of item."""

import re
from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.papers.trying import tried_with
from handlers.reminders import later
from handlers.roadmap import words
from handlers.roadmap.callbacks import (
    Ladders,
    MyRoadmap,
    OpenItem,
    ReminderSettings,
    SetLadder,
    SetReminders,
    Snooze,
)
from handlers.turn import Turn
from handlers.ui import nav, wizard
from handlers.ui.filters import AnyMessage
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage import reminder_ladders as ladders
from storage import reminder_settings, roadmap
from storage.errors import NotAllowed, NotFound
from storage.indicators import reminding as indicators
from storage.reminder_ladders import INDICATOR
from storage.reminder_settings import HOURS, Settings
from storage.roadmap import Kind, replanning
from storage.rules.access import Action

router = Router(name="roadmap.reminding")

LADDER = "ladder:days"
KINDS: dict[str, str] = {
    Kind.ROADMAP: N_("Items of the roadmap"),
    Kind.INSTRUCTION: N_("Instructions of meetings"),
    Kind.RECOMMENDATION: N_("Recommendations"),
    Kind.REPORTING: N_("Reports at meetings"),
    INDICATOR: N_("Figures of indicators"),
}
REASONS = {
    "no_rungs": N_("Write at least one number of days."),
    "too_many": N_("At most ten days are possible."),
    "too_far": N_("A day may be at most 365 days before the deadline."),
    "no_such_hour": N_("This hour cannot be chosen."),
}


@router.callback_query(Snooze.filter())
@policy(Action.CARRY_ITEMS)
async def snooze(query: CallbackQuery, turn: Turn, callback_data: Snooze) -> Screen:
    """Until when it may rest; the rest of the ladder stays."""
    of = callback_data
    item = await turn.read(roadmap.get, turn.actor, of.id)
    if of.days not in later.LATER:
        about = (words.heading(turn.t, item), words.deadline(turn.t, item, turn.today))
        return later.ask(turn, about, lambda n: Snooze(id=of.id, days=n), OpenItem(id=item.id))
    if item.is_closed or not item.is_carried_by(turn.actor.person_id):
        raise NotFound(roadmap.SUBJECT)
    given = (item.id, of.days, turn.now, turn.zone)
    day = await turn.write(replanning.snooze, turn.actor, *given)
    return later.kept(turn, words.heading(turn.t, item), day, words.details(turn.t, item))


@router.message(Command("reminders"))
@router.callback_query(ReminderSettings.filter())
@policy(Action.CARRY_ITEMS)
async def show_settings(event: Message | CallbackQuery, turn: Turn) -> Screen:
    """One's own wishes."""
    return _settings(turn, await turn.read(reminder_settings.of, turn.actor.person_id))


@router.callback_query(SetReminders.filter())
@policy(Action.CARRY_ITEMS)
async def set_reminders(query: CallbackQuery, turn: Turn, callback_data: SetReminders) -> Screen:
    """A wish is kept."""
    of = callback_data
    wished = Settings(of.hour, of.early, of.digests, of.version)
    done = await tried_with(turn, REASONS, reminder_settings.choose, wished)
    now = await turn.read(reminder_settings.of, turn.actor.person_id)
    return done.on(_settings(turn, now))


@router.callback_query(Ladders.filter())
@policy(Action.MANAGE_ROADMAP)
async def show_ladders(query: CallbackQuery, turn: Turn) -> Screen:
    """When each kind of item is reminded of."""
    _leave(turn)
    return await _ladders(turn)


@router.callback_query(SetLadder.filter())
@policy(Action.MANAGE_ROADMAP)
async def set_ladder(query: CallbackQuery, turn: Turn, callback_data: SetLadder) -> Screen:
    """Its days are written next."""
    if not ladders.may_set(turn.actor):
        raise NotAllowed(Action.MANAGE_ROADMAP)
    if callback_data.kind not in KINDS:
        raise NotFound("reminder_ladder")
    ladder = await turn.read(ladders.of, callback_data.kind)
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(LADDER, kind=callback_data.kind, version=ladder.version)
    return await again(turn)


@router.message(StateFilter(LADDER), AnyMessage())
@policy(Action.MANAGE_ROADMAP)
async def days_written(message: Message, turn: Turn) -> Screen:
    """The days: everything open of the kind is planned by them."""
    text = message.text or ""
    if not re.fullmatch(r"\s*\d{1,4}(?:[\s,;]+\d{1,4})*\s*", text):
        return await again(turn, turn.t("Numbers of days are needed here, with commas between."))
    data = dict(turn.conversation.data)
    kind, days = str(data["kind"]), tuple(int(n) for n in re.findall(r"\d+", text))
    turn.conversation.clear()
    given = (kind, int(data["version"]), days, turn.now, turn.zone)
    put = indicators.set_ladder if kind == INDICATOR else replanning.set_ladder
    done = await tried_with(turn, REASONS, put, *given)
    if done.reason is not None:
        turn.conversation.to(LADDER, kind=kind, version=int(data["version"]))
        return await again(turn, Markup("{}").format(done.word))
    _leave(turn)
    return done.on(replace(await _ladders(turn), toast=turn.t.plain("The ladder is kept.")))


async def again(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open: the days of a ladder."""
    t, kind = turn.t, str(turn.conversation.data["kind"])
    ladder = await turn.read(ladders.of, kind)
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(t(KINDS[kind])),
            t("Days before the deadline now: {days}", days=_days(ladder.days)),
            t("How many days before the deadline shall I remind? The day itself always belongs."),
        ),
        hint=t("For example: 30, 14, 7, 3, 1"),
        mistake=mistake,
        back=Ladders(),
    )


def _settings(turn: Turn, now: Settings) -> Screen:
    t = turn.t

    def button(
        label: str, *, hour: int = 0, early: bool = now.early, digests: bool = now.digests
    ) -> Button:
        goes = SetReminders(
            version=now.version, hour=hour or now.hour, early=early, digests=digests
        )
        return Button(label, goes)

    hours: Row = tuple(
        button(f"{'• ' if hour == now.hour else ''}{hour}:00", hour=hour) for hour in HOURS
    )
    early = t.plain("🔕 Not earlier than two weeks") if now.early else t.plain("🔔 Early ones too")
    digest = t.plain("🔕 Without digests") if now.digests else t.plain("🔔 With digests")
    ladder: tuple[Row, ...] = ()
    if ladders.may_set(turn.actor):
        ladder = ((Button(t.plain("🪜 Days of reminders"), Ladders()),),)
    return Screen(
        lines(
            t("⚙️ <b>My reminders</b>"),
            t("Time of day: {hour}", hour=f"{now.hour}:00"),
            t("Two weeks before and earlier: {answer}", answer=_answer(turn, yes=now.early)),
            t(
                "Monday's digest and the morning card: {answer}",
                answer=_answer(turn, yes=now.digests),
            ),
            t("Those of the last two weeks, of the day and of what is overdue always come."),
        ),
        rows=(
            hours,
            (button(early, early=not now.early),),
            (button(digest, digests=not now.digests),),
            *ladder,
            nav.exits(t, MyRoadmap()),
        ),
    )


async def _ladders(turn: Turn) -> Screen:
    t = turn.t
    found = {kind: await turn.read(ladders.of, kind) for kind in KINDS}
    may_set = ladders.may_set(turn.actor)
    buttons = [Button(t.plain(name), SetLadder(kind=kind)) for kind, name in KINDS.items()]
    return Screen(
        lines(
            t("🪜 <b>Days of reminders before a deadline</b>"),
            *(
                Markup("{}: <b>{}</b>").format(t(KINDS[kind]), _days(ladder.days))
                for kind, ladder in found.items()
            ),
            t("0 is the day itself. What is overdue is reminded of each week."),
        ),
        rows=(*(column(buttons) if may_set else ()), nav.exits(t, ReminderSettings())),
    )


def _answer(turn: Turn, *, yes: bool) -> Markup:
    return turn.t("come") if yes else turn.t("do not come")


def _days(days: tuple[int, ...]) -> str:
    return ", ".join(map(str, days))


def _leave(turn: Turn) -> None:
    if turn.conversation.state == LADDER:
        turn.conversation.clear()


RESUME: dict[str, wizard.Renderer] = {LADDER: again}
