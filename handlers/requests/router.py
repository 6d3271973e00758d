"""All of voters' requests but the offers, which come after every other capability's wizards."""

from aiogram import Router

from handlers.requests import cards, completing, wizard

router = Router(name="requests")
router.include_routers(wizard.router, completing.router, cards.router)
