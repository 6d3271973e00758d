from storage.rules.request_states import (
    OUTCOMES,
    SETTLED,
    RequestState,
    following,
    may_follow,
)


def test_every_state_leads_on_and_none_to_itself() -> None:
    for state in RequestState:
        assert following(state)
        assert state not in following(state)


def test_every_state_can_be_reached_from_the_registration() -> None:
    seen = {RequestState.REGISTERED}
    waiting = [RequestState.REGISTERED]
    while waiting:
        for state in following(waiting.pop()):
            if state not in seen:
                seen.add(state)
                waiting.append(state)
    assert seen == set(RequestState)


def test_a_settled_request_is_closed_or_taken_up_again() -> None:
    for state in OUTCOMES:
        assert set(following(state)) == {RequestState.CLOSED, RequestState.IN_PROGRESS}
    assert following(RequestState.CLOSED) == (RequestState.IN_PROGRESS,)
    assert RequestState.ANSWERED not in SETTLED
    assert not may_follow(RequestState.REGISTERED, RequestState.CLOSED)
