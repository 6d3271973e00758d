"""The states of a voter's request, and which may follow which."""

from collections.abc import Collection
from enum import StrEnum


class RequestState(StrEnum):
    """One word a state, as the glossary names it (domain.md 3.5)."""

    REGISTERED = "registered"
    IN_PROGRESS = "in_progress"
    SENT_TO_BODY = "sent_to_body"  # forwarded to the competent body
    ANSWERED = "answered"  # the body has answered
    RESOLVED = "resolved"
    PARTLY = "partly"
    EXPLAINED = "explained"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    LEFT = "left_without_consideration"
    WITHDRAWN = "withdrawn"  # by the voter
    CLOSED = "closed"


class Part(StrEnum):
    """What somebody is to one request; a person may be several of them."""

    DEPUTY = "deputy"  # who answers for it
    SECRETARY = "secretary"  # of its branch, or of a higher one
    REGIONAL = "regional"  # secretary of the region


EVERYBODY = frozenset(Part)
OUTCOMES = (
    RequestState.RESOLVED,
    RequestState.PARTLY,
    RequestState.EXPLAINED,
    RequestState.REFUSED,
    RequestState.REDIRECTED,
    RequestState.LEFT,
    RequestState.WITHDRAWN,
)
# The voter has an outcome.
SETTLED = frozenset({*OUTCOMES, RequestState.CLOSED})
# An answer is there, its outcome perhaps not noted yet: the deadline has no more to say.
ANSWERED = SETTLED | {RequestState.ANSWERED}

_AFTER: dict[RequestState, tuple[RequestState, ...]] = {
    RequestState.REGISTERED: (
        RequestState.IN_PROGRESS,
        RequestState.SENT_TO_BODY,
        RequestState.REDIRECTED,
        RequestState.LEFT,
        RequestState.WITHDRAWN,
    ),
    RequestState.IN_PROGRESS: (RequestState.SENT_TO_BODY, *OUTCOMES),
    RequestState.SENT_TO_BODY: (
        RequestState.ANSWERED,
        RequestState.IN_PROGRESS,
        RequestState.WITHDRAWN,
    ),
    RequestState.ANSWERED: OUTCOMES,
    RequestState.CLOSED: (RequestState.IN_PROGRESS,),
    **dict.fromkeys(OUTCOMES, (RequestState.CLOSED, RequestState.IN_PROGRESS)),
}


def following(state: RequestState) -> tuple[RequestState, ...]:
    """The states that may follow ``state``; after an outcome IN_PROGRESS reopens the request."""
    return _AFTER[state]


def may_follow(state: RequestState, to_state: RequestState) -> bool:
    """Whether a request may go from ``state`` to ``to_state``."""
    return to_state in _AFTER[state]


def open_at_first(to_state: RequestState) -> frozenset[Part]:
    """To whom a step is open until somebody switches it: nobody closes an own request alone."""
    return EVERYBODY - {Part.DEPUTY} if to_state is RequestState.CLOSED else EVERYBODY


def stuck(steps: Collection[tuple[RequestState, RequestState]]) -> set[RequestState]:
    """From which states a request could not be closed any more if only ``steps`` were open."""
    ends = {RequestState.CLOSED}
    while more := {before for before, after in steps if after in ends} - ends:
        ends |= more
    return set(RequestState) - ends
