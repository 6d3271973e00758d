"""The one notice that a person gets of what was done with many requests."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer
from handlers.requests.bulk.callbacks import HandedOn
from handlers.requests.bulk.doors import HANDED_ON
from handlers.requests.callbacks import RequestList
from handlers.ui import nav
from handlers.ui.screen import Button, Screen, lines
from storage import people
from storage.errors import NotFound
from storage.requests import categories


def _arranged(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    t, numbers, what = to.t, params["numbers"], params["what"]
    goes = {
        "moved": Button(t.plain(HANDED_ON), HandedOn()),
        "close": Button(t.plain("To the requests"), RequestList(which="closed")),
    }.get(what, Button(t.plain("To the requests"), RequestList()))
    said = _said(tx, to, params, people.get(tx, params["by"]).name, len(numbers))
    return Screen(lines(said, ", ".join(numbers)), rows=((goes,), nav.exits(t)))


def _said(tx: Connection, to: Recipient, params: dict[str, Any], name: str, n: int) -> Markup:
    t, what = to.t, params["what"]
    if what == "got":
        return t("🤝 {name} gave you requests: {n}", name=name, n=n)
    if what == "moved":
        return t("🤝 {name} gave requests of yours to another deputy: {n}", name=name, n=n)
    if what == "close":
        return t("✅ {name} accepted the outcomes of your requests: {n}", name=name, n=n)
    category = _category(tx, to, params["to"])
    return t(
        "🗂 {name} changed the category of your requests: {n} → {category}",
        name=name, n=n, category=category,
    )  # fmt: skip


def _category(tx: Connection, to: Recipient, code: str) -> str:
    try:
        one = categories.get(tx, code)
    except NotFound:
        return code
    return to.t.pick(one.name_kk, one.name_ru)


RENDERERS: dict[str, Renderer] = {"requests_arranged": _arranged}
