"""To the secretary of a meeting: something was proposed, and how much waits by now."""

from typing import Any

from sqlalchemy import Connection

from handlers.meetings.sitting import screens, words
from handlers.meetings.sitting.callbacks import OpenProposal, Proposals
from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui import nav
from handlers.ui.screen import Button, Screen, column, lines
from storage.errors import DomainError
from storage.meetings import proposals
from storage.meetings.proposals import KIND

LISTED = 3  # proposals with a button of their own


def _sent(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    meeting_id = int(params["meeting"])
    try:
        page = proposals.listed(tx, actor, meeting_id)
    except DomainError:  # lost the role meanwhile, or the meeting is gone
        return None
    if not page.total:
        return None
    if page.total == 1:
        return screens.proposal(to.t, page.proposals[0])
    t = to.t
    latest = proposals.listed(tx, actor, meeting_id, page.total).proposals[-LISTED:]
    return Screen(
        lines(
            t("📝 <b>New proposals: {n}</b>", n=page.total),
            *(words.proposal_label(t, sent) for sent in latest),
        ),
        rows=(
            *column(Button(words.proposal_label(t, s), OpenProposal(id=s.id)) for s in latest),
            (Button(t.plain("All new ones"), Proposals(id=meeting_id)),),
            nav.exits(t),
        ),
    )


RENDERERS: dict[str, Renderer] = {KIND: _sent}
