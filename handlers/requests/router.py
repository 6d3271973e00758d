"""All of voters' requests but the offers, which come after every other capability's wizards."""

from aiogram import Router

from handlers.requests import (
    cards,
    completing,
    contacting,
    listing,
    manage,
    taps,
    withdrawing,
    wizard,
)
from handlers.requests.bulk import router as bulk
from handlers.requests.catalogues import router as catalogues
from handlers.requests.clocks import router as clocks
from handlers.requests.finding import router as finding
from handlers.requests.following import answering
from handlers.requests.narrowing import router as narrowing
from handlers.requests.sending import router as sending
from handlers.requests.settings import escalation
from handlers.requests.settings import router as settings
from handlers.requests.settings import steps as request_steps
from handlers.requests.settlements import keeping as settlements
from handlers.requests.settlements import picking
from handlers.requests.states import router as states
from handlers.requests.watching import router as watching
from handlers.requests.working import merging, splitting
from handlers.requests.working import router as working

router = Router(name="requests")
router.include_routers(catalogues.router, settlements.router, picking.router)
router.include_routers(
    wizard.router,
    taps.router,
    completing.router,
    contacting.router,
    cards.router,
    listing.router,
    states.router,
    sending.router,
    clocks.router,
    settings.router,
    request_steps.router,
    escalation.router,
    narrowing.router,
    finding.router,
    manage.router,
    watching.router,
    withdrawing.router,
    working.router,
    merging.router,
    splitting.router,
    bulk.router,
    answering.router,
)
