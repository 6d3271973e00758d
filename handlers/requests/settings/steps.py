"""The steps of requests: to whom each is open, switched by the regional secretary."""

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.requests import words
from handlers.requests.settings.callbacks import (
    STATES,
    OneStep,
    RequestSettings,
    Steps,
    StepsFrom,
    SwitchStep,
)
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import N_, Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.requests import transitions
from storage.requests.transitions import Switches
from storage.rules.access import Action
from storage.rules.request_states import Part, RequestState

router = Router(name="requests.settings.steps")

PARTS = {
    Part.DEPUTY: N_("the request's deputy"),
    Part.SECRETARY: N_("secretaries"),
    Part.REGIONAL: N_("the region's secretary"),
}


@router.callback_query(Steps.filter())
@policy(Action.SET_REQUEST_STEPS)
async def states(_query: CallbackQuery, turn: Turn, callback_data: Steps) -> Screen:
    """From which state."""
    t = turn.t
    buttons = [
        Button(words.state(t, state), StepsFrom(before=number))
        for number, state in enumerate(STATES)
    ]
    pairs = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return Screen(
        lines(
            t("🔀 <b>Steps of a request</b>"),
            t("Who may take a request on from this state? Choose the state."),
        ),
        rows=(*pairs, nav.exits(t, RequestSettings())),
    )


@router.callback_query(StepsFrom.filter())
@policy(Action.SET_REQUEST_STEPS)
async def steps_from(_query: CallbackQuery, turn: Turn, callback_data: StepsFrom) -> Screen:
    """The steps from a state, each with those to whom it is open."""
    t, before = turn.t, STATES[callback_data.before]
    found = await turn.read(transitions.table_of, turn.actor, before)
    buttons = [
        Button(
            words.state(t, after),
            OneStep(before=callback_data.before, after=STATES.index(after)),
        )
        for after in found
    ]
    return Screen(
        lines(
            t("🔀 From: <b>{state}</b>", state=words.state(t, before)),
            *(
                Markup("{} — {}").format(words.state(t, after), _open_to(t, switches))
                for after, switches in found.items()
            ),
        ),
        rows=(*column(buttons), nav.exits(t, Steps())),
    )


@router.callback_query(OneStep.filter())
@policy(Action.SET_REQUEST_STEPS)
async def one_step(_query: CallbackQuery, turn: Turn, callback_data: OneStep) -> Screen:
    """One step."""
    return await _step(turn, callback_data.before, callback_data.after)


@router.callback_query(SwitchStep.filter())
@policy(Action.SET_REQUEST_STEPS)
async def switch(_query: CallbackQuery, turn: Turn, callback_data: SwitchStep) -> Screen:
    """Open or close it; what would leave requests stuck is refused."""
    of = callback_data
    step = (STATES[of.before], STATES[of.after])
    try:
        await turn.write(
            transitions.switch, turn.actor, step, of.who, of.version, turn.now, allowed=of.allowed
        )
    except AlreadyChanged:
        word = turn.t.plain("It was changed meanwhile. Here is how it stands now.")
        return await _step(turn, of.before, of.after, word)
    except NotPossible:
        word = turn.t.plain("A request in this state could never be closed: it stays open.")
        return await _step(turn, of.before, of.after, word)
    return await _step(turn, of.before, of.after)


async def _step(turn: Turn, before: int, after: int, word: str | None = None) -> Screen:
    t = turn.t
    found = await turn.read(transitions.table_of, turn.actor, STATES[before])
    switches = found.get(STATES[after])
    if switches is None:
        raise NotFound("request_transition")
    buttons = [
        Button(
            ("✓ " if allowed else "✗ ") + t.plain(PARTS[part]),
            SwitchStep(before=before, after=after, who=part, version=version, allowed=not allowed),
        )
        for part, (allowed, version) in switches.items()
    ]
    return Screen(
        lines(
            t(
                "🔀 <b>{before} → {after}</b>",
                before=words.state(t, STATES[before]),
                after=words.state(t, STATES[after]),
            ),
            t("Open to: {parts}", parts=_open_to(t, switches)),
            t("A tap opens the step to somebody, or closes it."),
            t("Nobody accepts the own report, whatever is set here.")
            if STATES[after] is RequestState.CLOSED
            else None,
        ),
        rows=(*column(buttons), nav.exits(t, StepsFrom(before=before))),
        toast=word,
    )


def _open_to(t: Translator, switches: Switches) -> str:
    named = [t.plain(PARTS[part]) for part, (allowed, _) in switches.items() if allowed]
    return ", ".join(named) or t.plain("nobody")
