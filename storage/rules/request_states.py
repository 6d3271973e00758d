"""The states of a voter's request, and which may follow which."""

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
    CLOSED = "closed"


OUTCOMES = (
    RequestState.RESOLVED,
    RequestState.PARTLY,
    RequestState.EXPLAINED,
    RequestState.REFUSED,
    RequestState.REDIRECTED,
)
# The voter has an outcome.
SETTLED = frozenset({*OUTCOMES, RequestState.CLOSED})
# An answer is there, its outcome perhaps not noted yet: the deadline has no more to say.
ANSWERED = SETTLED | {RequestState.ANSWERED}

# What the deputy settles alone goes straight to its outcome; "refused" and "partly" are a body's.
_AFTER: dict[RequestState, tuple[RequestState, ...]] = {
    RequestState.REGISTERED: (
        RequestState.IN_PROGRESS,
        RequestState.SENT_TO_BODY,
        RequestState.REDIRECTED,
    ),
    RequestState.IN_PROGRESS: (
        RequestState.SENT_TO_BODY,
        RequestState.RESOLVED,
        RequestState.EXPLAINED,
        RequestState.REDIRECTED,
    ),
    RequestState.SENT_TO_BODY: (RequestState.ANSWERED,),
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
