"""Notice to a deputy whose requests somebody else has brought in a list."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.requests.callbacks import RequestList
from handlers.ui.screen import Button, Screen, lines
from storage import people


def _brought(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen:
    t = to.t
    name = people.get(tx, params["by"]).name
    return Screen(
        lines(
            t("📥 {name} has brought in requests for you: {n}", name=name, n=params["n"]),
            t("The first one: № {number}", number=params["first"]),
        ),
        rows=((Button(t.plain("Open the list of requests"), RequestList()),),),
    )


RENDERERS: dict[str, Renderer] = {"requests_brought": _brought}
