"""Which addresses people may be sent to."""

import pytest

from storage.rules.links import is_link


@pytest.mark.parametrize(
    "text",
    [
        "https://meet.example.kz/room?pwd=1#x",
        "http://example.kz",
        "https://онлайн.қаз/бөлме",
        "https://example.kz:8443/a",
        "HTTPS://EXAMPLE.KZ/A",
    ],
)
def test_a_whole_address(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.kz",
        "ftp://example.kz",
        "javascript:alert(1)",
        "https://",
        "https://localhost/a",
        "https://example.kz/a b",
        "https://user:pass@example.kz/",
        "https://example.kz:99999/",
        "https://[::1/",
        "https://127.0.0.1/",
        "https://example.kz/\u202e",
        "https://example.kz/" + "a" * 500,
    ],
)
def test_anything_else(text: str) -> None:
    assert not is_link(text)
