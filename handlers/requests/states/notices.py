"""What is told of an outcome: that it waits for acceptance, came back, or the voter agrees."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.requests import callbacks, screens, words
from handlers.requests.states.screens import to_check
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines
from storage import people, requests, working_days
from storage.errors import NotAllowed, NotFound


def _reported(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """To a secretary; what was accepted or returned meanwhile is not shown any more."""
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        request = requests.get(tx, actor, params["request_id"])
    except (NotFound, NotAllowed):
        return None
    if request.version != params["version"] or request.reported_by is None:
        return None
    t = to.t
    return Screen(
        lines(
            t("🔎 An outcome is reported: it waits for you"),
            words.heading(t, request.number, request.state),
            words.category(t, request),
            t("Reported by: {name}", name=people.get(tx, request.reported_by).name),
        ),
        rows=(
            *to_check(t, request),
            (Button(t.plain("Open the request card"), callbacks.OpenRequest(id=request.id)),),
        ),
    )


def _returned(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return _over_card(
        tx,
        to,
        params,
        N_("↩️ {name} returned the outcome; why is in its history"),
        name=people.get(tx, params["by"]).name,
    )


def _by_voter(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    return _over_card(tx, to, params, N_("✅ The voter agrees with the outcome"))


def _over_card(
    tx: Connection, to: Recipient, params: dict[str, Any], news: str, **said: str
) -> Screen | None:
    request = requests.for_notice(tx, params["request_id"], to.person_id)
    if request is None:
        return None
    card = screens.card(to.t, request, to.today, working_days.load(tx))
    return Screen(lines(to.t(news, **said), card.text), rows=card.rows)


RENDERERS: dict[str, Renderer] = {
    "request_reported": _reported,
    "request_report_returned": _returned,
    "request_closed_by_voter": _by_voter,
}
