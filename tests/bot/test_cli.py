"""The command line: what each command says, and the code it ends with."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli, rotating
from bot.settings import EXAMPLES, Settings
from storage import schema
from storage.privacy import key_file
from storage.privacy.keys import Ring

TOKEN = "123456789:AAExampleOfASecretToken_w-thEverything"
NOBODY = "http://127.0.0.1:9"  # nothing listens on the port "discard"


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The environment of the test alone; return the database's file."""
    for name in EXAMPLES:
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "data" / "buro.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{file}")
    monkeypatch.setenv("BOT_API_URL", NOBODY)
    monkeypatch.setattr("bot.logs.configure", lambda _level, _form: None)
    return file


def ran(*words: str) -> Result:
    return CliRunner().invoke(cli.cli, list(words))


def rows(file: Path, table: str) -> int:
    with sqlite3.connect(file) as connection:
        found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    connection.close()
    return int(found[0])


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_without_a_command_the_commands_are_listed(words: tuple[str, ...]) -> None:
    said = ran(*words)
    assert said.exit_code in (0, 2)
    for command in ("run", "demo", "load-demo", "migrate", "check"):
        assert command in said.output


def test_the_module_is_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "load-demo" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_no_crash() -> None:
    said = ran("fly")
    assert said.exit_code == 2
    assert "No such command" in said.output


def test_migrating_twice_ends_at_the_newest_schema(own_settings: Path) -> None:
    for _ in range(2):
        said = ran("migrate")
        assert said.exit_code == 0, said.output
        assert said.output.endswith(f"The database is at schema {schema.newest()}.\n")
    assert rows(own_settings, "people") == 0


def test_a_newer_database_is_left_alone(own_settings: Path) -> None:
    assert ran("migrate").exit_code == 0
    with sqlite3.connect(own_settings) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = ran("migrate")
    assert said.exit_code == 1
    assert "install the newer program" in said.output


def test_demo_data_goes_into_an_empty_database_only(own_settings: Path) -> None:
    first = ran("load-demo")
    assert first.exit_code == 0
    assert first.output.endswith("The demo data is loaded.\n")
    people = rows(own_settings, "people")
    assert people >= 9
    again = ran("load-demo")
    assert again.exit_code == 1
    assert again.output.startswith("The database is not empty")
    assert rows(own_settings, "people") == people


def test_checking_says_line_by_line_what_to_do() -> None:
    said = ran("check")
    assert said.exit_code == 1
    lines = dict(line.split(": ", 1) for line in said.output.splitlines())
    assert lines["settings"] == lines["zone data"] == "ok"
    assert "`python -m bot run` brings it up by itself" in lines["database"]
    assert lines["owners"].startswith("nobody would be administrator: set OWNER_IDS=")
    assert "check network and BOT_API_URL" in lines["telegram"]
    assert TOKEN not in said.output


def test_checking_ends_with_zero_when_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answers(_settings: Settings) -> None:
        return None

    monkeypatch.setattr("bot.checks._telegram", answers)
    monkeypatch.setattr("handlers.ui.catalogues.faults", list)
    monkeypatch.setenv("OWNER_IDS", "1001")
    assert ran("migrate").exit_code == 0
    said = ran("check")
    assert said.exit_code == 0, said.output
    assert all(line.endswith(": ok") for line in said.output.splitlines())


def test_checking_without_a_token_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOT_TOKEN")
    said = ran("check")
    assert said.exit_code == 1
    assert said.output.startswith("settings: BOT_TOKEN is missing; for example:")


@pytest.mark.parametrize("command", ["run", "migrate", "load-demo"])
def test_a_wrong_setting_is_one_line(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIMEZONE", "Asia/Turkistan")
    monkeypatch.setattr(sys, "argv", ["bot", command])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "TIMEZONE is no known time zone; for example: TIMEZONE=Asia/Almaty\n"


def test_a_folder_that_cannot_be_made_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'file' / 'buro.db'}")
    said = ran("migrate")
    assert said.exit_code == 1
    assert len(said.output.splitlines()) == 1
    assert "Check DATABASE_URL" in said.output


@pytest.mark.parametrize("part", ["--intake", "--work", "--deliver"])
def test_an_embedded_database_serves_one_process_only(part: str) -> None:
    said = ran("run", part)
    assert said.exit_code == 1
    assert said.output.splitlines() == [
        "DATABASE_URL: SQLite serves one process, so it runs all parts: leave the options out."
    ]


KEYS = Path("var/keys/buro.keys")  # where DATA_DIR is not set


def test_the_first_start_makes_keys_and_says_to_keep_a_copy(own_settings: Path) -> None:
    said = ran("migrate")
    assert "keep a copy of this file apart from the database" in said.output
    assert str(KEYS) in said.output
    assert KEYS.stat().st_mode & 0o777 == 0o600
    kept = KEYS.read_bytes()
    assert "data keys" not in ran("migrate").output
    assert KEYS.read_bytes() == kept


def test_a_sealed_database_without_its_keys_is_refused_and_no_others_are_made(
    own_settings: Path,
) -> None:
    assert ran("migrate").exit_code == 0
    away = KEYS.rename("away.keys")
    for words in (("migrate",), ("run",), ("rotate-keys",)):
        said = ran(*words)
        assert said.exit_code == 1
        assert said.output.startswith(f"DATA_KEY_FILE: {KEYS} is not there"), said.output
        assert said.output.count("\n") == 1
    assert not KEYS.exists()
    assert f"data keys: DATA_KEY_FILE: {KEYS} is not there" in ran("check").output
    away.rename(KEYS)
    assert ran("migrate").exit_code == 0


def test_the_keys_of_another_database_are_refused(own_settings: Path) -> None:
    assert ran("migrate").exit_code == 0
    KEYS.unlink()
    key_file.create(KEYS, Ring.new())
    for words in (("migrate",), ("run",), ("rotate-keys",)):
        said = ran(*words)
        assert said.exit_code == 1
        assert "sealed with other keys than those" in said.output
    assert "sealed with other keys than those" in ran("check").output


def test_another_key_for_hashes_is_noticed_too(own_settings: Path) -> None:
    """Everything would open, and nothing be found any more."""
    assert ran("migrate").exit_code == 0
    key_file.replace(KEYS, Ring(key_file.read(KEYS).keys, bytes(32)))
    assert "sealed with other keys than those" in ran("migrate").output


@pytest.mark.parametrize("damage", ["garbage", "", "root AAAA"])
def test_a_damaged_key_file_is_told_in_a_line(own_settings: Path, damage: str) -> None:
    assert ran("migrate").exit_code == 0
    KEYS.write_text(damage)
    said = ran("migrate")
    assert (said.exit_code, said.output.count("\n")) == (1, 1)
    assert "is no file of data keys: bring its copy back" in said.output


def test_keys_are_rotated_and_the_older_ones_dropped_when_nothing_needs_them(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "TAKEN_UP_SECONDS", 0)
    assert ran("load-demo").exit_code == 0
    first = key_file.read(KEYS)
    assert ran("rotate-keys", "--drop-unused").output.startswith("Keys dropped from")
    assert key_file.read(KEYS).keys == first.keys, "the only one is in use"
    said = ran("rotate-keys")
    assert said.exit_code == 0, said.output
    sealed = re.search(r"buro\.keys: (\d+) cells", said.output)
    assert sealed
    assert int(sealed[1]) > 20, "the proof, and the demo's twenty requests with their comments"
    second = key_file.read(KEYS)
    assert second.newest not in first.keys
    assert first.keys.items() <= second.keys.items(), "for the backups"
    said = ran("rotate-keys", "--drop-unused")
    assert "Keys dropped from var/keys/buro.keys: 1." in said.output
    assert list(key_file.read(KEYS).keys) == [second.newest]
    assert ran("migrate").exit_code == 0, "and all of it opens"


def test_a_rotation_that_was_killed_is_gone_on_with(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "TAKEN_UP_SECONDS", 0)
    assert ran("load-demo").exit_code == 0
    before = len(key_file.read(KEYS).keys)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr("storage.privacy.rotation.reseal", killed)
        ran("rotate-keys")
    assert len(key_file.read(KEYS).keys) == before + 1
    assert ran("rotate-keys").exit_code == 0
    assert len(key_file.read(KEYS).keys) == before + 1, "no third one"
    assert "dropped from var/keys/buro.keys: 1." in ran("rotate-keys", "--drop-unused").output
