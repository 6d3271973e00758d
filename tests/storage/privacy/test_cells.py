"""Sealed cells: they open in their place and with their key, and nowhere else."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.privacy import cells, index, keys
from storage.privacy.cells import Unreadable, seal, unseal
from storage.privacy.keys import Ring

TEXT = "Асанова Гүлнар, +7 701 123 45 67: көше шамы жанбайды 💡"
CELL = "voter_requests.text"


def test_a_text_opens_in_the_place_it_was_sealed_for() -> None:
    kept = seal(CELL, "САР-2026-0001", TEXT)
    assert kept is not None
    assert not any(word in kept for word in TEXT.split() if len(word) > 2)
    assert unseal(CELL, "САР-2026-0001", kept) == TEXT


def test_nothing_stays_nothing() -> None:
    assert seal(CELL, "1", None) is None
    assert unseal(CELL, "1", None) is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_people_type_comes_back(text: str) -> None:
    keys.use(Ring.new())
    assert unseal(CELL, "1", seal(CELL, "1", text)) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert len({seal(CELL, "1", TEXT) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("cell", "row"),
    [(CELL, "САР-2026-0002"), ("voter_requests.contact_name", "САР-2026-0001")],
    ids=["another request", "another column"],
)
def test_what_was_moved_does_not_open(cell: str, row: str) -> None:
    kept = seal(CELL, "САР-2026-0001", TEXT)
    with pytest.raises(Unreadable, match=cell) as caught:
        unseal(cell, row, kept)
    assert TEXT not in str(caught.value)


def test_a_changed_byte_is_noticed_wherever_it_stands() -> None:
    kept = cells.sealed(CELL, "1", "шам")
    head, _, body = kept.rpartition(".")
    there = base64.b64decode(body)
    for place in range(len(there)):
        changed = bytearray(there)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            cells.opened(CELL, "1", f"{head}.{base64.b64encode(changed).decode()}")


@pytest.mark.parametrize(
    "kept", ["", "шам жанбайды", "s1.", "s1..", "s1.ab.", "s2.ab.QUJD", "s1.a"]
)
def test_what_was_never_sealed_is_not_taken_for_a_text(kept: str) -> None:
    with pytest.raises(Unreadable):
        cells.opened(CELL, "1", kept)


def test_another_ring_opens_nothing(ring: Ring) -> None:
    kept = seal(CELL, "1", TEXT)
    keys.use(Ring.new())
    with pytest.raises(Unreadable):
        unseal(CELL, "1", kept)
    # Not even under the id of the right key.
    keys.use(Ring(dict.fromkeys(ring.keys, bytes(32)), bytes(32)))
    with pytest.raises(Unreadable):
        unseal(CELL, "1", kept)


def test_the_newest_key_seals_and_the_older_ones_open(ring: Ring) -> None:
    before = cells.sealed(CELL, "1", TEXT)
    keys.use(Ring({**ring.keys, "feedc0de": b"k" * 32}, ring.root))
    after = cells.sealed(CELL, "1", TEXT)
    assert (cells.key_of(before), cells.key_of(after)) == (ring.newest, "feedc0de")
    assert cells.opened(CELL, "1", before) == cells.opened(CELL, "1", after) == TEXT


def test_without_keys_nothing_is_kept_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_in_use", None)
    with pytest.raises(keys.NoKeys):
        seal(CELL, "1", TEXT)


def test_threads_share_the_keys() -> None:
    """The writer's thread seals while the loop's opens."""

    def there_and_back(number: int) -> bool:
        text = f"{TEXT} {number}"
        return unseal(CELL, str(number), seal(CELL, str(number), text)) == text

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(there_and_back, range(2_000)))


def test_equal_values_have_equal_hashes_of_one_kind_only() -> None:
    phone = index.hashed("phone", "+77011234567")
    assert phone == index.hashed("phone", "+77011234567")
    assert phone != index.hashed("phone", "+77011234568")
    assert phone != index.hashed("iin", "+77011234567")
    assert index.numbered("word", "шам") == index.numbered("word", "шам")
    assert index.numbered("word", "шам") != index.numbered("start", "шам")


def test_a_hash_depends_on_the_root_and_not_on_the_keys_that_seal(ring: Ring) -> None:
    before = index.hashed("phone", "+77011234567")
    keys.use(Ring({**ring.keys, "feedc0de": b"k" * 32}, ring.root))
    assert index.hashed("phone", "+77011234567") == before
    keys.use(Ring(ring.keys, b"r" * 32))
    assert index.hashed("phone", "+77011234567") != before


def test_a_number_fits_a_column_of_64_bits() -> None:
    numbers = [index.numbered("word", f"сөз{n}") for n in range(2_000)]
    assert all(-(2**63) <= number < 2**63 for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) < 0 < max(numbers)
