"""The file of keys: made once, readable for its owner, followed while the bot runs."""

import stat
from pathlib import Path

import pytest

from storage.privacy import cells, key_file, keys
from storage.privacy.key_file import BadKeyFile, FollowedFile
from storage.privacy.keys import Ring


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "buro.keys"


def test_what_was_written_is_read(path: Path) -> None:
    ring = Ring.new()
    key_file.create(path, ring)
    found = key_file.read(path)
    assert (found.keys, found.root, found.newest) == (ring.keys, ring.root, ring.newest)


def test_only_its_owner_reads_it(path: Path) -> None:
    key_file.create(path, Ring.new())
    key_file.replace(path, Ring.new())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [found.name for found in path.parent.iterdir()] == [path.name], "nothing is left beside"


def test_a_file_that_is_there_is_never_written_over(path: Path) -> None:
    first = Ring.new()
    key_file.create(path, first)
    with pytest.raises(FileExistsError):
        key_file.create(path, Ring.new())
    assert key_file.read(path).keys == first.keys
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "root AAAA\nkey ab AAAA\n",
        "key ab " + "A" * 43 + "=\n",
        "root " + "A" * 43 + "=\n",
        "шам",
        "root x\nwhat is this\n",
    ],
)
def test_what_holds_no_keys_is_refused_without_showing_it(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadKeyFile) as caught:
        key_file.read(path)
    assert str(caught.value) == f"{path} is no file of data keys: bring its copy back"


def test_a_running_program_opens_what_a_new_key_sealed(path: Path) -> None:
    """The rotation's process adds a key, seals with it, and the bot reads the row."""
    ring = Ring.new()
    key_file.create(path, ring)
    running = FollowedFile(path)
    key_file.replace(path, Ring({**ring.keys, "feedc0de": b"k" * 32}, ring.root))
    keys.use(FollowedFile(path))
    kept = cells.sealed("inbox.body", "1", "{}")
    keys.use(running)
    assert cells.opened("inbox.body", "1", kept) == "{}"


def test_a_running_program_seals_with_the_new_key_soon(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring.new()
    key_file.create(path, ring)
    running = FollowedFile(path)
    key_file.replace(path, Ring({**ring.keys, "feedc0de": b"k" * 32}, ring.root))
    assert running.sealing()[0] == ring.newest, "the file is not looked at for each cell"
    monkeypatch.setattr(running, "_look_at", 0.0)
    assert running.sealing()[0] == "feedc0de"


def test_a_file_that_is_damaged_meanwhile_stops_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring.new()
    key_file.create(path, ring)
    running = FollowedFile(path)
    path.write_text("шам", encoding="utf-8")
    monkeypatch.setattr(running, "_look_at", 0.0)
    assert running.sealing()[0] == ring.newest
    path.unlink()
    monkeypatch.setattr(running, "_look_at", 0.0)
    assert running.sealing()[0] == ring.newest
