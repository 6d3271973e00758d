"""Notices of inquiries: a signature is asked for, it was given, somebody else moved it on.

They name the inquiry and its subject, never its text; numbers in the subject are hidden.
"""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.inquiries import callbacks, keeping_callbacks, words
from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui import nav
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import inquiries, people
from storage.errors import NotAllowed, NotFound
from storage.inquiries import Inquiry, InquiryState, answering, bodies, signing
from storage.rules.veiling import veiled

SHOWN = 200  # characters of a subject


def _sign_asked(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """A deputy is asked to sign this very wording; another one has a notice of its own."""
    inquiry = _inquiry(tx, to, params)
    if inquiry is None or inquiry.state is not InquiryState.DRAFT:
        return None
    if inquiry.version != params["version"]:
        return None
    t, given = to.t, {"id": inquiry.id, "version": inquiry.version}
    return Screen(
        lines(
            t("✍️ <b>Your signature is asked for</b>"),
            *_about(to, inquiry),
            t("Author of the inquiry: {name}", name=inquiry.author),
        ),
        rows=(
            (
                Button(t.plain("✍️ Sign"), callbacks.Sign(**given, signs=True)),
                Button(t.plain("Refuse to sign"), callbacks.Sign(**given, signs=False)),
            ),
            _open(to, inquiry),
            nav.exits(t),
        ),
    )


def _signed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    inquiry = _inquiry(tx, to, params)
    if inquiry is None:
        return None
    t, name = to.t, people.get(tx, params["by"]).name
    said = (
        t("✅ {name} has signed your inquiry", name=name)
        if params["signs"]
        else t("⚠️ {name} has refused to sign your inquiry", name=name)
    )
    return Screen(lines(said, *_about(to, inquiry)), rows=(_open(to, inquiry), nav.exits(t)))


def _changed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    inquiry = _inquiry(tx, to, params)
    if inquiry is None:
        return None
    t, name = to.t, people.get(tx, params["by"]).name
    state = words.state(t, inquiry)
    return Screen(
        lines(
            t("{name} moved your inquiry on: {state}", name=name, state=state),
            *_about(to, inquiry),
        ),
        rows=(_open(to, inquiry), nav.exits(t)),
    )


def _about(to: Recipient, inquiry: Inquiry) -> tuple[Markup | str, ...]:
    t = to.t
    return (
        t("📄 № {number}", number=inquiry.number),
        shortened(veiled(inquiry.subject), SHOWN),
        t("To: {body}", body=t.pick(inquiry.body_kk, inquiry.body_ru)),
    )


def _open(to: Recipient, inquiry: Inquiry) -> Row:
    return (Button(to.t.plain("Open the inquiry"), callbacks.OpenInquiry(id=inquiry.id)),)


def _inquiry(tx: Connection, to: Recipient, params: dict[str, Any]) -> Inquiry | None:
    """The inquiry, when the recipient may still see it."""
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        return inquiries.get(tx, actor, int(params["inquiry_id"]))
    except (NotAllowed, NotFound):
        return None


def _proposed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """To a secretary: a body that the directory lacks; not any more when it is taken in."""
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        body = bodies.to_keep(tx, actor, params["body_id"])
    except (NotFound, NotAllowed):
        return None
    if body.proposed_by is None or not body.active:
        return None
    t = to.t
    goes = keeping_callbacks.OpenBody(id=body.id)
    return Screen(
        lines(
            t("🆕 A body that is not in the directory: {name}", name=body.name_kk),
            t("Proposed by: {name}", name=people.get(tx, body.proposed_by).name),
        ),
        rows=((Button(t.plain("🏛 Look at the body"), goes),), nav.exits(t)),
    )


RENDERERS: dict[str, Renderer] = {
    "body_proposed": _proposed,
    signing.ASKED: _sign_asked,
    signing.ANSWERED: _signed,
    answering.CHANGED: _changed,
}
