"""All of deputy inquiries."""

from aiogram import Router

from handlers.inquiries import (
    addressing,
    cards,
    cosigning,
    deciding,
    directory,
    keeping,
    lists,
    noting,
    setting,
    starting,
    wizard,
)
from handlers.ui.wizard import Renderer

router = Router(name="inquiries")
router.include_routers(
    starting.router,
    wizard.router,
    addressing.router,
    lists.router,
    cards.router,
    cosigning.router,
    deciding.router,
    noting.router,
    keeping.router,
    directory.router,
    setting.router,
)

RESUME: dict[str, Renderer] = {
    **wizard.RESUME,
    **lists.RESUME,
    **noting.RESUME,
    **keeping.RESUME,
    **directory.RESUME,
    **setting.RESUME,
}
