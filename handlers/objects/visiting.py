"""Noting a visit: day, people, findings, photos with place and percent, what is recommended."""

from datetime import date, timedelta

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers import failures
from handlers.inquiries import past_days
from handlers.objects import screens, visit_steps, words
from handlers.objects.callbacks import FollowUp, NextStep, StartVisit, VisitDay
from handlers.objects.stepping import begin, state
from handlers.objects.visit_steps import (
    DAY,
    DUE,
    EVIDENCE,
    FINDINGS,
    FOLLOW,
    LIMITS,
    ORDER,
    PEOPLE,
    RECOMMENDATION,
)
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import amounts, texts, typed_days
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.typed_dates import DateMistake
from handlers.ui.wizard import Renderer
from storage import objects
from storage.errors import AlreadyChanged, NotPossible
from storage.objects import NewVisit
from storage.objects import visiting as kept
from storage.objects.visiting import PHOTOS_LIMIT, SHORT_LIMIT
from storage.rules.access import Action

router = Router(name="objects.visiting")

FARTHEST_AGO = 366 * 2  # days
OPTIONAL = (PEOPLE, EVIDENCE, RECOMMENDATION)


@router.callback_query(StartVisit.filter())
@policy(Action.REPORT_ROADMAP)
async def start(query: CallbackQuery, turn: Turn, callback_data: StartVisit) -> Screen:
    """On which day."""
    one = await turn.read(kept.to_visit, turn.actor, callback_data.id)
    begin(turn, DAY, object=one.id, photos=[])
    return await show(turn)


@router.callback_query(VisitDay.filter(), StateFilter(state(DAY)))
@policy(Action.REPORT_ROADMAP)
async def day_tapped(query: CallbackQuery, turn: Turn, callback_data: VisitDay) -> Screen:
    """One of the days that are offered."""
    day = turn.today - timedelta(days=min(callback_data.ago, FARTHEST_AGO))
    return await _go_on(turn, DAY, day=day.isoformat())


@router.message(StateFilter(state(DAY)), NoCommand())
@policy(Action.REPORT_ROADMAP)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A typed day that has been."""
    day = past_days.typed(turn, message.text)
    if isinstance(day, Markup):
        return await show(turn, day)
    if day > turn.today:
        return await show(turn, words.why(turn.t, "future"))
    return await _go_on(turn, DAY, day=day.isoformat())


@router.message(StateFilter(state(PEOPLE), state(FINDINGS), state(RECOMMENDATION)), NoCommand())
@policy(Action.REPORT_ROADMAP)
async def text_typed(message: Message, turn: Turn) -> Screen:
    """Who was there, what was found, what is recommended."""
    step = visit_steps.current(turn)
    said = texts.typed(message.text, LIMITS[step])
    if isinstance(said, texts.Mistake):
        return await show(turn, texts.told(turn.t, said, LIMITS[step]))
    return await _go_on(turn, step, **{step: said})


@router.message(StateFilter(state(EVIDENCE)), NoCommand())
@policy(Action.REPORT_ROADMAP)
async def evidence(message: Message, turn: Turn) -> Screen:
    """Photos, a place, a percent, in any order; one goes on with the button."""
    data = turn.conversation.data
    if message.photo:
        photos = [*data["photos"], message.photo[-1].file_id]
        if len(photos) > PHOTOS_LIMIT:
            return await show(turn, words.why(turn.t, "photos"))
        turn.conversation.to(state(EVIDENCE), photos=photos)
        return await show(turn)
    if message.location:
        place = [message.location.latitude, message.location.longitude]
        turn.conversation.to(state(EVIDENCE), place=place)
        return await show(turn)
    percent = amounts.read(message.text or "")
    if percent is None or not percent.is_integer() or not 0 <= percent <= 100:
        return await show(turn, words.why(turn.t, "percent"))
    turn.conversation.to(state(EVIDENCE), percent=int(percent))
    return await show(turn)


@router.callback_query(NextStep.filter(), StateFilter(*(state(step) for step in OPTIONAL)))
@policy(Action.REPORT_ROADMAP)
async def next_step(query: CallbackQuery, turn: Turn, callback_data: NextStep) -> Screen:
    """Leave a step out, or be done with it; an old button moves nothing."""
    if callback_data.step != visit_steps.current(turn):
        return await show(turn)
    if callback_data.step == RECOMMENDATION:
        return await _keep(turn, None)
    return await _go_on(turn, callback_data.step)


@router.message(StateFilter(state(DUE)), NoCommand())
@policy(Action.REPORT_ROADMAP)
async def due_typed(message: Message, turn: Turn) -> Screen:
    """By when the recommendation is to be followed."""
    try:
        due = typed_days.typed_day(turn, message.text or "").day
    except DateMistake as mistake:
        return await show(turn, typed_days.told(turn, mistake))
    return await _keep(turn, due)


@router.callback_query(FollowUp.filter())
@policy(Action.REPORT_ROADMAP)
async def follow(query: CallbackQuery, turn: Turn, callback_data: FollowUp) -> Screen:
    """How was it followed?"""
    try:
        one, found = await turn.read(kept.to_follow, turn.actor, callback_data.id)
    except NotPossible as error:
        one, found = await turn.read(objects.visit, turn.actor, callback_data.id)
        return screens.visit(turn, one, found, words.why(turn.t, error.reason))
    begin(turn, FOLLOW, object=one.id, visit=found.id, version=found.version)
    return await show(turn)


@router.message(StateFilter(state(FOLLOW)), NoCommand())
@policy(Action.REPORT_ROADMAP)
async def followed(message: Message, turn: Turn) -> Screen:
    """How it was followed, in words."""
    said = texts.typed(message.text, SHORT_LIMIT)
    if isinstance(said, texts.Mistake):
        return await show(turn, texts.told(turn.t, said, SHORT_LIMIT))
    data = turn.conversation.data
    word = turn.t("✅ It is noted how the recommendation was followed.")
    visit_id, version = int(data["visit"]), int(data["version"])
    turn.conversation.clear()
    try:
        await turn.write(
            objects.follow_up, turn.actor, visit_id, version, said, turn.now, turn.today
        )
    except NotPossible as error:
        word = words.why(turn.t, error.reason)
    except AlreadyChanged as error:
        word = Markup("⚠️ {}").format(failures.changed(turn, error))
    one, found = await turn.read(objects.visit, turn.actor, visit_id)
    return screens.visit(turn, one, found, word)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    one = await turn.read(objects.get, turn.actor, int(turn.conversation.data["object"]))
    return visit_steps.step(turn, one, mistake)


RESUME: dict[str, Renderer] = {state(step): show for step in (*ORDER, FOLLOW)}


async def _go_on(turn: Turn, done: str, **data: object) -> Screen:
    """Keep what the step ``done`` brought, and show the next one."""
    following = ORDER[ORDER.index(done) + 1]
    turn.conversation.to(state(following), **data, **{FILLED: True})
    return await show(turn)


async def _keep(turn: Turn, due: date | None) -> Screen:
    data = turn.conversation.data
    latitude, longitude = data.get("place") or (None, None)
    new = NewVisit(
        visited_on=date.fromisoformat(str(data["day"])),
        findings=str(data[FINDINGS]),
        people=data.get(PEOPLE),
        percent=data.get("percent"),
        latitude=latitude,
        longitude=longitude,
        recommendation=data.get(RECOMMENDATION) if due else None,
        due_on=due,
        photos=tuple(data["photos"]),
    )
    object_id = int(data["object"])
    try:
        found = await turn.write_then(
            lambda _: turn.conversation.clear(),
            objects.add_visit,
            turn.actor,
            object_id,
            new,
            turn.now,
            turn.zone,
        )
    except NotPossible as error:
        if error.reason == "removed":
            turn.conversation.clear()
            one = await turn.read(objects.get, turn.actor, object_id)
            return screens.card(turn, one, words.why(turn.t, error.reason))
        return await show(turn, words.why(turn.t, error.reason))
    one = await turn.read(objects.get, turn.actor, object_id)
    return screens.visit(turn, one, found, turn.t("✅ The visit is noted."))
