"""A quorum is a share of the elected members; a vote is adopted by more than half of the room."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.quorum import (
    ADOPTED,
    CHOICES,
    FOR,
    NO_QUORUM,
    REJECTED,
    Share,
    needed,
    outcome,
)

members = st.integers(0, 2000)


@st.composite
def shares(draw: st.DrawFn) -> Share:
    denominator = draw(st.integers(1, 100))
    strict = draw(st.booleans()) and denominator > 1
    top = denominator - 1 if strict else denominator
    return Share(draw(st.integers(1, top)), denominator, strict)


@pytest.mark.parametrize(
    ("elected", "share", "expected"),
    [
        (15, Share(), 8),  # more than half of fifteen
        (14, Share(), 8),  # seven of fourteen is only half
        (1, Share(), 1),
        (0, Share(), 1),  # nobody elected: nobody can decide
        (15, Share(2, 3, strict=False), 10),
        (16, Share(2, 3, strict=False), 11),
        (15, Share(2, 3, strict=True), 11),
        (60, Share(1, 1, strict=False), 60),
        (10, Share(1, 2, strict=False), 5),
    ],
)
def test_known_bodies(elected: int, share: Share, expected: int) -> None:
    assert needed(elected, share) == expected


@given(members, shares())
def test_the_quorum_is_the_least_number_that_has_the_share(elected: int, share: Share) -> None:
    part = Fraction(share.numerator, share.denominator) * elected

    def has_it(present: int) -> bool:
        return present > part if share.strict else present >= part

    least = needed(elected, share)
    assert has_it(least)
    assert least == 1 or not has_it(least - 1)


@given(st.integers(1, 2000), shares())
def test_a_full_room_always_has_a_quorum(elected: int, share: Share) -> None:
    assert needed(elected, share) <= elected


@given(st.integers(1, 2000))
def test_two_rooms_never_both_hold_more_than_half(elected: int) -> None:
    assert 2 * needed(elected) > elected


@pytest.mark.parametrize(
    ("numerator", "denominator", "strict"),
    [(0, 2, False), (3, 2, False), (1, 1, True), (-1, 2, False), (1, 101, False)],
)
def test_a_share_that_nobody_could_reach_is_refused(
    numerator: int, denominator: int, strict: bool
) -> None:
    with pytest.raises(ValueError, match="no share"):
        Share(numerator, denominator, strict)


@given(st.lists(st.sampled_from(CHOICES), max_size=40), st.integers(0, 10), st.integers(1, 40))
def test_what_a_vote_comes_to(choices: list[str], silent: int, required: int) -> None:
    present = len(choices) + silent
    result = outcome(choices, present, required)
    if present < required:
        assert result == NO_QUORUM
    else:
        assert (result == ADOPTED) == (choices.count(FOR) > present / 2)
        assert result in (ADOPTED, REJECTED)


def test_half_of_the_room_is_not_enough() -> None:
    assert outcome([FOR] * 4 + ["against"] * 4, 8, 8) == REJECTED
    assert outcome([FOR] * 5 + ["against"] * 3, 8, 8) == ADOPTED
    assert outcome([FOR] * 5, 10, 8) == REJECTED  # five said nothing
