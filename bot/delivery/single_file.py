"""Single file: of what would be sent again after a crash, one message at a time is on the wire.

A program that is killed leaves behind what it was sending, and nobody knows whether Telegram has
it. What may come twice is sent again, so as many people may get a second copy as there were such
messages on the wire: one, when they go one after the other, each written down as sent before the
next. A broadcast's copies go side by side: they are never sent again by themselves.
"""

from storage.outbox import Priority

# A message that Telegram keeps for longer lets the next one go: one must not stop all the others.
HANGING_SECONDS = 5.0


class SingleFile:
    """Who may go, and who waits for it: the more urgent first."""

    def __init__(self, abreast: int = 1) -> None:
        """``abreast``: how many may be on the wire at a time."""
        self._abreast = abreast
        self._out: set[int] = set()
        self._waiting: set[Priority] = set()

    def is_open_to(self, priority: Priority) -> bool:
        """Whether a message of ``priority`` may go now."""
        return len(self._out) < self._abreast and all(other >= priority for other in self._waiting)

    def enter(self, outbox_id: int, priority: Priority) -> bool:
        """Go out, if it is open; else what is less urgent waits until this one has gone."""
        if not self.is_open_to(priority):
            self._waiting.add(priority)
            return False
        self._out.add(outbox_id)
        return True

    def leave(self, outbox_id: int) -> None:
        """A message is off the wire, or is not waited for any longer."""
        self._out.discard(outbox_id)

    def wait_no_more(self, priority: Priority) -> None:
        """None of ``priority`` waits, as far as is known."""
        self._waiting.discard(priority)
