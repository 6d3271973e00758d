"""A measurement sets up the program's logging in this process; later tests have theirs."""

from collections.abc import Iterator

import pytest

from tests.logged import as_it_was


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    with as_it_was():
        yield
