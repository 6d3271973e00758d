"""Roadmap items: what one carries, its card and history, a report in two taps."""

from handlers.roadmap.router import router

__all__ = ["router"]
