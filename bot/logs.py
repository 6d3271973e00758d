"""Log lines as text or JSON: no token in them, and no personal data from exceptions."""

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

# A bot's token: libraries put it into addresses and so into the texts of their exceptions.
TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
STRUCK = "<token>"

# Exceptions whose texts hold no values from outside. Those of others do: a pydantic error repeats
# the update, an SQL error the row, a ValueError what was typed.
PLAIN = (OSError, RuntimeError, TypeError, AttributeError, ImportError)
# Known by its name: importing aiogram takes seconds, and not every command needs it.
TELEGRAMS = ("aiogram.exceptions", "TelegramAPIError")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def struck(text: str) -> str:
    """Return ``text`` without any bot's token."""
    return TOKEN.sub(STRUCK, text)


def told(error: BaseException) -> str:
    """``error`` as a traceback with what led to it; texts only of exceptions that are PLAIN."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [told(earlier), "which led to:"] if earlier else []
    parts += ["".join(traceback.format_tb(error.__traceback__)).rstrip()]
    name = type(error).__qualname__
    parts.append(f"{name}: {error}" if _is_plain(error) else name)
    if isinstance(error, BaseExceptionGroup):
        parts += [told(one) for one in error.exceptions]
    return "\n".join(part for part in parts if part)


def _is_plain(error: BaseException) -> bool:
    bases = ((base.__module__, base.__name__) for base in type(error).__mro__)
    return isinstance(error, PLAIN) or TELEGRAMS in bases


def configure(level: str, form: str) -> None:
    """Send everything, the libraries' lines too, to standard error as ``text`` or ``json``."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_told),
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                last,
                _strike_tokens,  # in the finished line: nothing it was made of is overlooked
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # aiogram's lines carry whole updates, aiohttp's access lines the token.
    logging.getLogger("aiogram").setLevel(logging.CRITICAL)
    logging.getLogger("aiohttp.access").setLevel(logging.CRITICAL)
    # At DEBUG its lines carry the texts of SQL errors, and those the rows.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _told(exc_info: ExcInfo) -> str:
    return told(exc_info[1])


def _strike_tokens(_logger: Any, _method: str, line: EventDict) -> str:
    return struck(str(line))
