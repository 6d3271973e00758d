"""Broadcasts: a secretary writes to her branch, and sees whom it reached."""

from handlers.broadcasts.router import router

__all__ = ["router"]
