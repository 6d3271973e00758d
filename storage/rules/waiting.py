"""Whom a voter's request waits for, said in one place."""

from enum import StrEnum

from storage.rules.request_states import OUTCOMES, SETTLED, RequestState


class WaitsFor(StrEnum):
    """Whose turn it is."""

    DEPUTY = "deputy"
    BODY = "body"  # it was sent there, and nobody has answered yet
    VOTER = "voter"  # who was asked for something: the clock stands
    SECRETARY = "secretary"  # an outcome is reported, nobody has accepted it yet


# An outcome waits for the secretary as long as the request is not closed for good.
REPORTED = frozenset(OUTCOMES)
WITH_DEPUTY = frozenset(RequestState) - SETTLED - {RequestState.SENT_TO_BODY}


def waits_for(state: RequestState, *, closed: bool, paused: bool) -> WaitsFor | None:
    """Whose turn it is; None when the request is closed for good.

    ``closed``: its outcome counts already. ``paused``: the voter was asked for something.
    """
    if closed or state is RequestState.CLOSED:
        return None
    if state in REPORTED:
        return WaitsFor.SECRETARY
    if paused:
        return WaitsFor.VOTER
    return WaitsFor.BODY if state is RequestState.SENT_TO_BODY else WaitsFor.DEPUTY
