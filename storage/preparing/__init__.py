"""What a speaker needs before the Bureau, and what the quarterly report tells."""

from storage.preparing.directions import Direction, directions
from storage.preparing.gathering import Gathered, gather
from storage.preparing.items import PreparedItem

__all__ = ["Direction", "Gathered", "PreparedItem", "directions", "gather"]
