import pytest

from storage.rules import iin


@pytest.mark.parametrize("good", ["061211600012", "900101300007", "900101300811", "900101300823"])
def test_a_good_iin(good: str) -> None:
    assert iin.valid(good)


@pytest.mark.parametrize(
    "bad",
    [
        "123456789012",
        "000000000000",  # passes the check digit alone
        "900101000003",  # no century
        "90010130000",
        "9001013000077",
        "90010130000a",
        "٩٠٠١٠١٣٠٠٠٠٧",
        *(f"90010130080{digit}" for digit in range(10)),  # never issued
    ],
)
def test_a_bad_iin(bad: str) -> None:
    assert not iin.valid(bad)


def test_a_masked_iin_shows_its_end_alone() -> None:
    assert iin.masked("900101300007") == "••••••••0007"
