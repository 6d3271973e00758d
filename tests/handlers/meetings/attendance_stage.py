"""The stage with a Bureau of fifteen and its meeting."""

from typing import Any

from tests.handlers.conftest import Stage
from tests.storage.meetings import attendance_world as bureau
from tests.storage.meetings.attendance_world import Bureau

Json = dict[str, Any]


async def fifteen_on(stage: Stage) -> None:
    """The fifteen are elected, and on Telegram."""
    await stage.database.write(bureau.elect)
    for n, surname in enumerate(bureau.SURNAMES):
        stage.telegram.add_person(
            id=bureau.FIRST + n, first_name="Асан", last_name=surname, language_code="kk"
        )


async def bureau_on(stage: Stage, **given: Any) -> Bureau:
    """The fifteen are on Telegram, and their meeting is called."""
    await fifteen_on(stage)
    return await stage.database.write(lambda tx: bureau.convene(tx, **given))
