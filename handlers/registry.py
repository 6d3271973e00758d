"""All capabilities together: their routers in the order they are asked, and their notices."""

from aiogram import Router
from sqlalchemy import Connection

from handlers import drafts
from handlers.broadcasts import notices as broadcast_notices
from handlers.broadcasts import router as broadcasts
from handlers.broadcasts.replying import router as replying
from handlers.groups import notices as group_notices
from handlers.groups import router as groups
from handlers.home import router as home
from handlers.indicators import router as indicators
from handlers.inquiries import notices as inquiry_notices
from handlers.inquiries import router as inquiries
from handlers.meetings import manage
from handlers.meetings import router as meetings
from handlers.meetings.agenda import router as agenda
from handlers.meetings.announcing import notices as announcing_notices
from handlers.meetings.announcing import router as announcing
from handlers.meetings.answers import notices as answer_notices
from handlers.meetings.answers import nudging
from handlers.meetings.answers import router as answers
from handlers.meetings.asking import inline
from handlers.meetings.asking import router as asking
from handlers.meetings.ballots import notices as ballot_notices
from handlers.meetings.ballots import router as ballots
from handlers.meetings.bodies import router as bodies
from handlers.meetings.exchange import router as exchange
from handlers.meetings.invitees import adding as inviting
from handlers.meetings.invitees import router as invitees
from handlers.meetings.life import notices as life_notices
from handlers.meetings.life import router as life
from handlers.meetings.materials import router as materials
from handlers.meetings.meeting_reminders import notices as meeting_reminder_notices
from handlers.meetings.meeting_reminders import router as meeting_reminders
from handlers.meetings.papers import notices as paper_notices
from handlers.meetings.papers import resuming as papers
from handlers.meetings.presence import router as presence
from handlers.meetings.sitting import notices as sitting_notices
from handlers.meetings.summaries import notices as summary_notices
from handlers.meetings.summaries import router as summaries
from handlers.meetings.topics import notices as topic_notices
from handlers.meetings.topics import router as topics
from handlers.notices import Notice, Recipient, Renderer
from handlers.objects import router as objects
from handlers.people import access, invites, phones, start
from handlers.people import notices as people_notices
from handlers.preparing import router as preparing
from handlers.primaries import router as primaries
from handlers.privacy import notices as privacy_notices
from handlers.privacy import router as privacy
from handlers.privacy import tasks as data_tasks
from handlers.reminders import notices as reminder_notices
from handlers.requests import notices as request_notices
from handlers.requests import offers
from handlers.requests import router as requests
from handlers.requests.bulk import notices as bulk_notices
from handlers.requests.clocks import notices as clock_notices
from handlers.requests.exchange import notices as exchange_notices
from handlers.requests.exchange import router as request_books
from handlers.requests.following import notices as following_notices
from handlers.requests.following import router as following
from handlers.requests.report import router as request_report
from handlers.requests.states import notices as state_notices
from handlers.requests.watching import notices as watching_notices
from handlers.requests.working import notices as handing_notices
from handlers.roadmap import adding as roadmap_adding
from handlers.roadmap import attaching as roadmap_attaching
from handlers.roadmap import board as roadmap_board
from handlers.roadmap import checking as roadmap_checking
from handlers.roadmap import editing as roadmap_editing
from handlers.roadmap import extending as roadmap_extending
from handlers.roadmap import finding as roadmap_finding
from handlers.roadmap import manage as roadmap_manage
from handlers.roadmap import notices as roadmap_notices
from handlers.roadmap import parts as roadmap_parts
from handlers.roadmap import placing as roadmap_placing
from handlers.roadmap import reminding as roadmap_reminding
from handlers.roadmap import router as roadmap
from handlers.roadmap_books import router as roadmap_books
from handlers.search import free_text, greetings
from handlers.search import router as search
from handlers.status import notices as status_notices
from handlers.status import router as status
from handlers.ticking import notices as ticking_notices
from handlers.working_days import moving
from handlers.working_days import notices as calendar_notices
from handlers.working_days import router as working_days
from storage.outbox import Outgoing

# Commands and buttons first, and Telegram's own replies to a broadcast; then what a wizard waits
# for; then offers on forwarded things; then free text, which takes every text; then whatever
# nothing else understood.
ROUTERS: tuple[Router, ...] = (
    home.router,
    drafts.router,
    replying.router,
    inline.router,
    asking.router,
    following.router,
    groups.router,
    start.router,
    invites.router,
    access.router,
    phones.router,
    meetings.router,
    announcing.router,
    manage.router,
    papers.router,
    life.router,
    agenda.router,
    materials.router,
    exchange.router,
    summaries.router,
    topics.router,
    answers.router,
    nudging.router,
    invitees.router,
    inviting.router,
    bodies.router,
    presence.router,
    ballots.router,
    meeting_reminders.router,
    primaries.router,
    privacy.router,
    data_tasks.router,
    request_books.router,
    request_report.router,
    requests.router,
    inquiries.router,
    roadmap.router,
    indicators.router,
    objects.router,
    preparing.router,
    roadmap_books.router,
    roadmap_checking.router,
    roadmap_extending.router,
    roadmap_manage.router,
    roadmap_adding.router,
    roadmap_editing.router,
    roadmap_parts.router,
    roadmap_placing.router,
    roadmap_attaching.router,
    roadmap_finding.router,
    roadmap_board.router,
    roadmap_reminding.router,
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
    **group_notices.RENDERERS,
    **announcing_notices.RENDERERS,
    **sitting_notices.RENDERERS,
    **paper_notices.RENDERERS,
    **life_notices.RENDERERS,
    **summary_notices.RENDERERS,
    **topic_notices.RENDERERS,
    **answer_notices.RENDERERS,
    **meeting_reminder_notices.RENDERERS,
    **ballot_notices.RENDERERS,
    **request_notices.RENDERERS,
    **exchange_notices.RENDERERS,
    **state_notices.RENDERERS,
    **clock_notices.RENDERERS,
    **handing_notices.RENDERERS,
    **bulk_notices.RENDERERS,
    **watching_notices.RENDERERS,
    **following_notices.RENDERERS,
    **privacy_notices.RENDERERS,
    **inquiry_notices.RENDERERS,
    **roadmap_notices.RENDERERS,
    **reminder_notices.RENDERERS,
    **broadcast_notices.RENDERERS,
    **calendar_notices.RENDERERS,
    **ticking_notices.RENDERERS,
    **status_notices.RENDERERS,
}


def render(tx: Connection, outgoing: Outgoing, to: Recipient) -> Notice | None:
    """How an outbox row looks now; None when there is nothing to say any more."""
    return RENDERERS[outgoing.kind](tx, to, outgoing.params)
