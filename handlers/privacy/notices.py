"""A task on personal data is due soon, or late."""

from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.privacy import task_callbacks, task_screens
from handlers.ui import dates
from handlers.ui.screen import Button, Screen, lines
from storage.data_tasks import tasks
from storage.errors import NotAllowed, NotFound


def _due(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        task = tasks.get(tx, actor, params["task_id"])
    except (NotAllowed, NotFound):
        return None
    if task.done_at is not None:
        return None
    t = to.t
    left = dates.days_left(t, task.due_on, to.today)
    return Screen(
        lines(
            t("⏰ A task on personal data is due: {left}", left=left),
            t(task_screens.KINDS[task.kind]),
            t("The law gives 15 days from the day on which it was asked for."),
        ),
        rows=((Button(t.plain("Open the task"), task_callbacks.OpenTask(id=task.id)),),),
    )


RENDERERS: dict[str, Renderer] = {"data_task_due": _due}
