"""Reporting a fact: of which period, the figure, and once more where it is doubtful or mended."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers import failures
from handlers.indicators import fact_steps as steps
from handlers.indicators import screens
from handlers.indicators.callbacks import ChoosePeriod, FactOf, SureOfFact
from handlers.indicators.showing import read_one, seen
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import amounts, texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage.errors import AlreadyChanged, NotPossible
from storage.indicators import Indicator, reporting
from storage.indicators.reporting import NOTE_LIMIT, REASON_LIMIT
from storage.rules.access import Action
from storage.rules.reporting_periods import Period

router = Router(name="indicators.facts")

CAPABILITY = "indicators"
VALUE, SURE, REASON = (f"{CAPABILITY}:{step}" for step in ("value", "sure", "reason"))


@router.callback_query(ChoosePeriod.filter())
@policy(Action.REPORT_ROADMAP)
async def choose(query: CallbackQuery, turn: Turn, callback_data: ChoosePeriod) -> Screen:
    """Of which period."""
    one = await turn.read(reporting.to_report, turn.actor, callback_data.id)
    leave(turn)
    return steps.period_step(turn, one)


@router.callback_query(FactOf.filter())
@policy(Action.REPORT_ROADMAP)
async def begin(query: CallbackQuery, turn: Turn, callback_data: FactOf) -> Screen:
    """The figure is typed next."""
    of = callback_data
    one = await turn.read(reporting.to_report, turn.actor, of.id)
    period = Period(of.year, of.month)
    try:
        reporting.check(one, period, one.base_value or 0.0, turn.today)
    except NotPossible as error:
        return steps.period_step(turn, one, steps.why(turn, error))
    leave(turn)
    turn.conversation.pause()
    turn.conversation.to(VALUE, id=one.id, version=one.version, year=of.year, month=of.month)
    return await show(turn)


@router.message(StateFilter(VALUE, SURE), NoCommand())
@policy(Action.REPORT_ROADMAP)
async def typed(message: Message, turn: Turn) -> Screen:
    """The figure, with a note on the lines below it."""
    one, period = await _asked(turn)
    if one.version != turn.conversation.data["version"]:
        turn.conversation.clear()
        error = await turn.read(reporting.overtaken, one.id)
        return await _overtaken(turn, one.id, error)
    said = texts.typed(message.text, NOTE_LIMIT)
    if isinstance(said, texts.Mistake):
        return await show(turn, texts.told(turn.t, said, NOTE_LIMIT))
    first, _, note = said.partition("\n")
    fact = amounts.read(first, one.unit_kk, one.unit_ru)
    if fact is None:
        return await show(turn, turn.t("This is no number: {value}", value=first[:60]))
    try:
        reporting.check(one, period, fact, turn.today)
    except NotPossible as error:
        return await show(turn, steps.why(turn, error))
    turn.conversation.to(VALUE, fact=fact, note=note.strip() or None, sure=False, **{FILLED: True})
    if reporting.is_asked_again(one, period, fact):
        turn.conversation.to(SURE)
        return await show(turn)
    return await _go_on(turn, one, period)


@router.callback_query(SureOfFact.filter(), StateFilter(SURE))
@policy(Action.REPORT_ROADMAP)
async def sure(query: CallbackQuery, turn: Turn) -> Screen:
    """The doubtful figure is right."""
    one, period = await _asked(turn)
    turn.conversation.to(SURE, sure=True)
    return await _go_on(turn, one, period)


@router.message(StateFilter(REASON), NoCommand())
@policy(Action.REPORT_ROADMAP)
async def reason(message: Message, turn: Turn) -> Screen:
    """Why a fact that stands already is another one."""
    said = texts.typed(message.text, REASON_LIMIT)
    if isinstance(said, texts.Mistake):
        return await show(turn, texts.told(turn.t, said, REASON_LIMIT))
    if not texts.has_words(said):
        return await show(turn, turn.t("Write the reason in words."))
    one, period = await _asked(turn)
    return await _write(turn, one, period, said)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    one, period = await _asked(turn)
    state, data = turn.conversation.state, turn.conversation.data
    if state == SURE:
        return steps.sure_step(turn, one, period, float(data["fact"]), mistake)
    if state == REASON:
        return steps.reason_step(turn, one, period, float(data["fact"]), mistake)
    return steps.value_step(turn, one, period, mistake)


RESUME: dict[str, Renderer] = dict.fromkeys((VALUE, SURE, REASON), show)


def leave(turn: Turn) -> None:
    """Forget a step of this capability that is open."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()


async def _asked(turn: Turn) -> tuple[Indicator, Period]:
    data = turn.conversation.data
    one = await turn.read(reporting.to_report, turn.actor, int(data["id"]))
    return one, Period(int(data["year"]), int(data["month"]))


async def _go_on(turn: Turn, one: Indicator, period: Period) -> Screen:
    """Write it, or ask first why what stands there is another now."""
    before = one.at(period)
    if before is not None and before.fact is not None:
        turn.conversation.to(REASON)
        return await show(turn)
    return await _write(turn, one, period, None)


async def _write(turn: Turn, one: Indicator, period: Period, reason: str | None) -> Screen:
    data = turn.conversation.data
    given = (one.id, int(data["version"]), period, float(data["fact"]), turn.now, turn.zone)
    try:
        kept = await turn.write_then(
            lambda _: turn.conversation.clear(),
            reporting.report,
            turn.actor,
            *given,
            note=data.get("note"),
            reason=reason,
            sure=bool(data.get("sure")),
        )
    except NotPossible as error:
        return await show(turn, steps.why(turn, error))
    except AlreadyChanged as error:
        turn.conversation.clear()
        return await _overtaken(turn, one.id, error)
    return screens.card(turn, seen(kept, turn.today), turn.t("✅ The fact is kept. Thank you!"))


async def _overtaken(turn: Turn, indicator_id: int, error: AlreadyChanged) -> Screen:
    """Somebody was first: how it stands now."""
    now = await turn.read(read_one, turn.actor, indicator_id, turn.today)
    return screens.card(turn, now, Markup("⚠️ {}").format(failures.changed(turn, error)))
