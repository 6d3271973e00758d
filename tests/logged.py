"""What the program logs, by the very set-up of the program; afterwards logging is as it was."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import structlog

from bot import logs


@contextmanager
def as_it_was() -> Iterator[None]:
    """Within it the program may set up its logging: no later test writes to its closed stream."""
    root = logging.getLogger()
    level = root.level
    try:
        yield
    finally:
        # pytest's own handlers are of classes of their own.
        root.handlers[:] = [one for one in root.handlers if type(one) is not logging.StreamHandler]
        root.setLevel(level)
        structlog.reset_defaults()
        _forget_loggers()


def _forget_loggers() -> None:
    """The program's set-up lets each module keep the logger it used first; here it keeps none."""
    for name, module in list(sys.modules.items()):
        log = getattr(module, "log", None) if name.startswith("bot.") else None
        if isinstance(log, structlog._config.BoundLoggerLazyProxy):
            vars(log).pop("bind", None)


@contextmanager
def logged(level: str, form: str) -> Iterator[StringIO]:
    """Set logging up at ``level`` as ``form``, and catch what is written."""
    with as_it_was():
        logs.configure(level, form)
        [ours] = logging.getLogger().handlers
        assert isinstance(ours, logging.StreamHandler)
        assert ours.stream is sys.stderr
        written = StringIO()
        ours.setStream(written)
        yield written
