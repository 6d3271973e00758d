"""All capabilities together: their routers in the order they are asked, and their notices."""

from aiogram import Router
from sqlalchemy import Connection

from handlers import drafts
from handlers.broadcasts import notices as broadcast_notices
from handlers.broadcasts import router as broadcasts
from handlers.home import router as home
from handlers.meetings import announce, announce_notices
from handlers.meetings import router as meetings
from handlers.notices import CommandMenu, Recipient, Renderer
from handlers.people import access, invites, start
from handlers.people import notices as people_notices
from handlers.reminders import notices as reminder_notices
from handlers.requests import notices as request_notices
from handlers.requests import offers
from handlers.requests import router as requests
from handlers.roadmap import notices as roadmap_notices
from handlers.roadmap import router as roadmap
from handlers.search import free_text, greetings
from handlers.search import router as search
from handlers.status import notices as status_notices
from handlers.status import router as status
from handlers.ticking import notices as ticking_notices
from handlers.ui.screen import Screen
from handlers.working_days import moving
from handlers.working_days import notices as calendar_notices
from handlers.working_days import router as working_days
from storage.outbox import Outgoing

# Commands and buttons first; then what a wizard waits for; then offers on forwarded things; then
# free text, which takes every text; then whatever nothing else understood.
ROUTERS: tuple[Router, ...] = (
    home.router,
    drafts.router,
    start.router,
    invites.router,
    access.router,
    meetings.router,
    announce.router,
    requests.router,
    roadmap.router,
    broadcasts.router,
    working_days.router,
    moving.router,
    status.router,
    search.router,
    offers.router,
    greetings.router,
    free_text.router,
    home.last,
)

RENDERERS: dict[str, Renderer] = {
    **people_notices.RENDERERS,
    **announce_notices.RENDERERS,
    **request_notices.RENDERERS,
    **roadmap_notices.RENDERERS,
    **reminder_notices.RENDERERS,
    **broadcast_notices.RENDERERS,
    **calendar_notices.RENDERERS,
    **ticking_notices.RENDERERS,
    **status_notices.RENDERERS,
}


def render(tx: Connection, outgoing: Outgoing, to: Recipient) -> Screen | CommandMenu | None:
    """How an outbox row looks now; None when there is nothing to say any more."""
    return RENDERERS[outgoing.kind](tx, to, outgoing.params)
