"""Every kind of message the outbox may hold, declared in one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How messages of one kind are treated.

    ``repeatable``: may be sent again when nobody knows whether it arrived. ``own_accord``: the bot
    speaks by itself, so it waits for a working day and for daylight; an answer, a receipt or a
    notice of what somebody has just done does not wait. ``statutory``: the law sets its time, so
    it does not wait either.
    """

    name: str
    repeatable: bool = True
    own_accord: bool = False
    statutory: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is held back in quiet hours and on days off."""
        return self.own_accord and not self.statutory


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        # Answers and receipts of what a person did, and notices of it to others.
        Kind("access_asked"),
        Kind("access_decided"),
        Kind("commands"),
        Kind("meeting_announced"),
        Kind("request_receipt"),
        Kind("request_changed"),
        Kind("roadmap_deadline"),
        Kind("roadmap_handed"),
        Kind("broadcast_result"),
        Kind("restored"),
        Kind("delivery_delayed"),
        # A second reminder does no harm; a second copy of a broadcast does.
        Kind("broadcast_copy", repeatable=False),
        # The bot speaks by itself.
        Kind("roadmap_reminder", own_accord=True),
        Kind("reminder_digest", own_accord=True),
        Kind("calendar_nag", own_accord=True),
        Kind("update_quarantined", own_accord=True),
        Kind("down_since", own_accord=True),
        Kind("text_broken", own_accord=True),
    )
}


def waits(name: str) -> bool:
    """Whether a message of a kind, declared or of an older program, is held back by the gate."""
    declared = KINDS.get(name)
    return declared is not None and declared.waits


def of(name: str) -> Kind:
    """The declared kind. Raises KeyError: a message that nobody declared must not be queued."""
    return KINDS[name]
