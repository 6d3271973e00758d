"""What the databases of many tests share: a program opens one, a test run thousands."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine


def alike(make: Callable[..., AsyncEngine]) -> Callable[..., AsyncEngine]:
    """``make`` engines of one server; what one has made into SQL is there for the others."""
    first: list[AsyncEngine] = []

    def another(*args: Any, **kwargs: Any) -> AsyncEngine:
        engine = make(*args, **kwargs)
        first.append(engine)
        del first[1:]
        # SQL is kept by dialect and statement.
        engine.sync_engine.dialect = first[0].sync_engine.dialect
        engine.sync_engine._compiled_cache = first[0].sync_engine._compiled_cache
        return engine

    return another
