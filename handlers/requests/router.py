"""All of voters' requests but the offers, which come after every other capability's wizards."""

from aiogram import Router

from handlers.requests import cards, completing, taps, wizard

router = Router(name="requests")
router.include_routers(wizard.router, taps.router, completing.router, cards.router)
