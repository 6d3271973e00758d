"""Words that a slip of the finger lies between."""

import pytest

from storage.rules.misspelling import slips, variants


@pytest.mark.parametrize(
    ("typed", "meant", "between"),
    [
        ("мектеп", "мектеп", 0),
        ("мекеп", "мектеп", 1),
        ("меектеп", "мектеп", 1),
        ("мекреп", "мектеп", 1),
        ("мекетп", "мектеп", 1),
        ("емкетп", "мектеп", 2),
        ("", "су", 2),
    ],
)
def test_slips_are_counted(typed: str, meant: str, between: int) -> None:
    assert slips(typed, meant) == slips(meant, typed) == between


@pytest.mark.parametrize("typed", ["бпподром", "иподром", "ипподрмо", "ипподдром", "ипподрам"])
def test_one_slip_leaves_a_variant_in_common(typed: str) -> None:
    assert variants(typed) & variants("ипподром")
