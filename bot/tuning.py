"""Two habits of the interpreter that cost a busy program, and how they are dropped."""

import gc
from typing import Any

from aiogram.methods.base import Response

from bot.plain import Json, Sent

# pydantic keeps the models of generics weakly: without these they are built anew, 15 ms each,
# whenever the collector has taken them.
KEPT = (Response[Sent], Response[Any], Response[bool], Response[list[Json]])

YOUNG = 50_000  # new objects before the collector looks at the young ones; by default 700


def settle_in() -> None:
    """Call when everything is built: what is there now stays, and need not be looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
