"""What people do: everything a person can do in the app, done to the world."""

from bot.simulator.acts import inline, membership, sharing, tapping, writing
from bot.simulator.acts.act import ActError, perform

__all__ = ["ActError", "inline", "membership", "perform", "sharing", "tapping", "writing"]
