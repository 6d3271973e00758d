"""Every kind of message is declared: whether it may come twice, and whether it waits."""

import pytest

from handlers.registry import RENDERERS
from storage import kinds, settlement


def test_whatever_is_rendered_is_declared() -> None:
    assert set(RENDERERS) == set(kinds.KINDS)


def test_only_what_a_broadcast_brings_must_not_come_twice() -> None:
    once = [name for name in kinds.KINDS if not settlement.repeatable(name)]
    assert once == ["broadcast_copy", "broadcast_digest"]


@pytest.mark.parametrize("name", ["reminder_digest", "roadmap_reminder", "calendar_nag"])
def test_what_the_bot_says_by_itself_waits(name: str) -> None:
    assert kinds.of(name).waits


@pytest.mark.parametrize("name", ["request_receipt", "access_asked", "broadcast_copy"])
def test_what_somebody_did_does_not_wait(name: str) -> None:
    assert not kinds.of(name).waits


def test_what_the_law_sets_a_time_for_does_not_wait() -> None:
    assert not kinds.Kind("deadline", own_accord=True, statutory=True).waits


def test_an_undeclared_kind_is_a_fault() -> None:
    with pytest.raises(KeyError):
        kinds.of("whatever")
