"""Going on with a draft that was put aside when something else came first."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import wizard as broadcasts
from handlers.home import screens
from handlers.indicators import facts as indicator_facts
from handlers.indicators import keeping as indicator_keeping
from handlers.inquiries import router as inquiries
from handlers.meetings.agenda import speaking as agenda_speaking
from handlers.meetings.agenda import wizard as agenda
from handlers.meetings.announcing import router as announcing
from handlers.meetings.exchange import router as exchange
from handlers.meetings.life import router as meeting_life
from handlers.meetings.materials import router as materials
from handlers.meetings.papers import resuming as papers
from handlers.meetings.sitting import speaking
from handlers.meetings.summaries import router as summaries
from handlers.meetings.topics import router as topics
from handlers.objects import keeping as object_keeping
from handlers.objects import visiting as object_visiting
from handlers.people import access, invites, phones
from handlers.primaries import router as primaries
from handlers.privacy import router as privacy
from handlers.privacy import tasks as data_tasks
from handlers.requests import completing
from handlers.requests import wizard as requests
from handlers.requests.bulk import router as request_bulk
from handlers.requests.catalogues import router as request_categories
from handlers.requests.clocks import screens as clocks
from handlers.requests.exchange import importing as request_import
from handlers.requests.sending import steps as sending
from handlers.requests.settings import escalation
from handlers.requests.settlements import keeping as settlements
from handlers.roadmap import adding as roadmap_adding
from handlers.roadmap import asking as roadmap_steps
from handlers.roadmap import attaching as roadmap_attaching
from handlers.roadmap import editing as roadmap_editing
from handlers.roadmap import parts as roadmap_parts
from handlers.roadmap import reminding
from handlers.roadmap import wizard as roadmap
from handlers.roadmap_books import router as roadmap_books
from handlers.search import wizard as search
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from handlers.working_days import wizard as working_days

router = Router(name="drafts")

# The state where a person stopped → how that step is shown again.
RESUME: dict[str, Renderer] = {
    **access.RESUME,
    **invites.RESUME,
    **phones.RESUME,
    **announcing.RESUME,
    **speaking.RESUME,
    **papers.RESUME,
    **meeting_life.RESUME,
    **agenda.RESUME,
    **agenda_speaking.RESUME,
    **materials.RESUME,
    **exchange.RESUME,
    **request_import.RESUME,
    **summaries.RESUME,
    **topics.RESUME,
    **requests.RESUME,
    **completing.RESUME,
    **sending.RESUME,
    **escalation.RESUME,
    **clocks.RESUME,
    **request_categories.RESUME,
    **settlements.RESUME,
    **request_bulk.RESUME,
    **inquiries.RESUME,
    **primaries.RESUME,
    **privacy.RESUME,
    **data_tasks.RESUME,
    **roadmap.RESUME,
    **indicator_facts.RESUME,
    **indicator_keeping.RESUME,
    **object_visiting.RESUME,
    **object_keeping.RESUME,
    **roadmap_books.RESUME,
    **roadmap_steps.RESUME,
    **roadmap_adding.RESUME,
    **roadmap_editing.RESUME,
    **roadmap_parts.RESUME,
    **roadmap_attaching.RESUME,
    **reminding.RESUME,
    **broadcasts.RESUME,
    **search.RESUME,
    **working_days.RESUME,
}


@router.callback_query(screens.Resume.filter())
@policy(None)
async def resume(query: CallbackQuery, turn: Turn, callback_data: screens.Resume) -> Screen:
    """Show the step where the person stopped."""
    if not turn.conversation.resume(callback_data.capability):
        return screens.menu(turn, word=turn.t("This draft is finished already."))
    step = RESUME.get(str(turn.conversation.state))
    return await step(turn) if step else screens.menu(turn)
