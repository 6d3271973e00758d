"""The states of a meeting, and which may follow which."""

DRAFT = "draft"  # nobody is told
ANNOUNCED = "announced"
RESCHEDULED = "rescheduled"  # announced, with another day or hour than it was
IN_PROGRESS = "in_progress"
HELD = "held"
SIGNED = "signed"  # its minutes are
ARCHIVED = "archived"
CANCELLED = "cancelled"

AHEAD = (ANNOUNCED, RESCHEDULED)  # told, and not begun
CALLED = (*AHEAD, IN_PROGRESS)
OVER = (HELD, SIGNED, ARCHIVED)

FOLLOWS: dict[str, tuple[str, ...]] = {
    DRAFT: (ANNOUNCED,),
    ANNOUNCED: (RESCHEDULED, CANCELLED, IN_PROGRESS),
    RESCHEDULED: (RESCHEDULED, CANCELLED, IN_PROGRESS),
    IN_PROGRESS: (HELD,),
    HELD: (SIGNED,),
    SIGNED: (ARCHIVED,),
    ARCHIVED: (),
    CANCELLED: (),
}

EVERY_STATE = tuple(FOLLOWS)


def may_follow(before: str, after: str) -> bool:
    """Whether a meeting may go from the state ``before`` to ``after``."""
    return after in FOLLOWS[before]
