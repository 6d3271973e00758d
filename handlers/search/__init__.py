"""Search over meetings and decisions, and questions typed in plain words."""

from handlers.search.router import router

__all__ = ["router"]
