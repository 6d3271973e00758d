"""The methods of the Bot API, one module a family; importing this package registers them all."""

from bot.simulator.methods import (
    callbacks,
    chats,
    deleting,
    editing,
    inline,
    media,
    moving,
    naming,
    sending,
    updating,
)

__all__ = [
    "callbacks",
    "chats",
    "deleting",
    "editing",
    "inline",
    "media",
    "moving",
    "naming",
    "sending",
    "updating",
]
