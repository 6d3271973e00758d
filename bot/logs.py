"""Log lines as text or JSON, with the token struck out wherever it comes from."""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

# A bot's token: libraries put it into addresses and so into the texts of their exceptions.
TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
STRUCK = "<token>"


def struck(text: str) -> str:
    """Return ``text`` without any bot's token."""
    return TOKEN.sub(STRUCK, text)


def configure(level: str, form: str) -> None:
    """Send everything, the libraries' lines too, to standard error as ``text`` or ``json``."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _strike_tokens,
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
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # aiogram's lines carry whole updates, aiohttp's access lines the token.
    logging.getLogger("aiogram").setLevel(logging.CRITICAL)
    logging.getLogger("aiohttp.access").setLevel(logging.CRITICAL)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _strike_tokens(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {name: struck(v) if isinstance(v, str) else v for name, v in event.items()}
