"""What a request is tied to, on its card: the main one, those merged into it, those split off."""

from dataclasses import replace

from markupsafe import Markup

from handlers.requests import callbacks
from handlers.requests.working.callbacks import PartAgain
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.screen import Button, Row, Screen
from storage.requests import VoterRequest
from storage.requests.linked import Tied, Ties
from storage.requests.transitions import parts_of
from storage.rules.access import Action, may

SHOWN = 4  # numbers in a line


def lines(turn: Turn, ties: Ties) -> tuple[Markup, ...]:
    """A line for each kind of tie."""
    t = turn.t
    told: list[Markup] = []
    if ties.main:
        told.append(
            t("🔗 It goes on with № {number}: that one's state counts.", number=ties.main.number)
        )
    if ties.merged:
        told.append(t("🔗 Merged into it: {numbers}", numbers=_numbers(ties.merged)))
    if ties.split_from:
        told.append(t("✂️ Split off from № {number}", number=ties.split_from.number))
    if ties.split_off:
        told.append(t("✂️ Split off from it: {numbers}", numbers=_numbers(ties.split_off)))
    return tuple(told)


def rows(ties: Ties) -> tuple[Row, ...]:
    """To each of them, two a row."""
    one = [tied for tied in (ties.main, ties.split_from) if tied]
    every = [*one, *ties.merged[:SHOWN], *ties.split_off[:SHOWN]]
    buttons = [Button(f"🔗 № {tied.number}", callbacks.OpenRequest(id=tied.id)) for tied in every]
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def narrowed(
    turn: Turn, card: Screen, request: VoterRequest, ties: Ties, more_of_it: tuple[Row, ...]
) -> Screen:
    """Of a merged request the card offers what is its own only: contact, files, history.

    So it does to whoever reads the request without working on it, with what else is open.
    """
    if request.merged_into is None and parts_of(turn.actor, request):
        return card
    t = turn.t
    own = [Button(t.plain("Request history"), callbacks.RequestHistory(id=request.id))]
    if request.attachments:
        label = t.plain("📎 Files ({n})", n=request.attachments)
        own.append(Button(label, callbacks.RequestFiles(id=request.id)))
    more: list[Row] = []
    if request.has_contact:
        more.append((Button(t.plain("Open the contact"), callbacks.OpenContact(id=request.id)),))
    merged, branch_id = request.merged_into, request.branch_id
    if merged is not None and may(turn.actor, Action.ARRANGE_REQUESTS, branch_id):
        parting = PartAgain(id=request.id, version=request.version)
        more.append((Button(t.plain("↩️ Part them again"), parting),))
    back = callbacks.OpenRequest(id=merged) if merged else callbacks.RequestList()
    rest = () if merged else more_of_it
    return replace(card, rows=(*rows(ties), tuple(own), *more, *rest, nav.exits(t, back)))


def _numbers(ties: tuple[Tied, ...]) -> str:
    shown = ", ".join(f"№ {one.number}" for one in ties[:SHOWN])
    return shown if len(ties) <= SHOWN else f"{shown}, …"
