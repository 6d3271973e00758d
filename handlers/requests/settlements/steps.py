"""The step of a draft that says where it is."""

from markupsafe import Markup

from handlers.requests import callbacks, words
from handlers.requests.draft import Draft, branch_of, current, total_of
from handlers.requests.settlements import screens
from handlers.requests.settlements.callbacks import DraftSettlement, DraftSettlements
from handlers.turn import Turn
from handlers.ui import wizard
from handlers.ui.screen import Screen
from storage.requests import settlements


async def place_step(turn: Turn, mistake: Markup | None = None, page: int = 0) -> Screen:
    """Where it is: picked, typed, a point on the map, or left out."""
    t, draft, total = turn.t, current(turn), total_of(turn)
    branch_id = branch_of(turn, draft)
    every = await turn.read(settlements.of_branch, branch_id) if branch_id else []
    return wizard.step(
        t,
        total,
        total,
        screens.where(t, every),
        hint=t("For example: Жылға ауылы, Абай көшесі 12"),
        mistake=mistake,
        rows=screens.rows(
            t,
            every,
            page,
            lambda one: DraftSettlement(draft=draft.id, id=one.id),
            lambda to: DraftSettlements(draft=draft.id, page=to),
        ),
        back=callbacks.DraftStep(draft=draft.id, step="check"),
        skip=callbacks.DraftSkip(draft=draft.id, step="place"),
    )


async def shown_place(turn: Turn, draft: Draft) -> str:
    """The place as the card will have it."""
    branch_id = branch_of(turn, draft)
    if branch_id is not None and draft.place:
        picked = draft.settlement_id
        found = await turn.read(settlements.chosen, branch_id, picked, draft.place)
        if found is not None:
            return words.placed(turn.t, found.name_kk, found.name_ru, draft.place)
    on_map = any(file["kind"] == "location" for file in draft.files)
    return draft.place or (turn.t.plain("a point on the map") if on_map else "—")
