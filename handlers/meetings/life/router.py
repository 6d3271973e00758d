"""All of a meeting's life together."""

from aiogram import Router

from handlers.meetings.life import cancelling, drafts, editing, moving, plain
from handlers.ui.wizard import Renderer

router = Router(name="meetings.life")
router.include_routers(
    drafts.router, plain.router, editing.router, moving.router, cancelling.router
)

RESUME: dict[str, Renderer] = {**editing.RESUME, **moving.RESUME, **cancelling.RESUME}
