"""Settings: each variable right, wrong and missing; a fault is one line that names the variable."""

from pathlib import Path

import pytest

from bot.settings import EXAMPLES, Settings, SettingsError, load

TOKEN = "123456789:AAExampleOfASecretToken_w-thEverything"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the real environment and no .env but the test's own."""
    for name in EXAMPLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    return monkeypatch


def fault() -> str:
    with pytest.raises(SettingsError) as caught:
        load()
    line = str(caught.value)
    assert "\n" not in line
    # What leads to it must not show the value either.
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    return line


def test_only_the_token_has_no_default() -> None:
    line = fault()
    assert line.startswith("BOT_TOKEN is missing; for example: BOT_TOKEN=")


def test_the_defaults_are_those_of_the_example_file(given: pytest.MonkeyPatch) -> None:
    settings = load()
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.bot_api_url == ""
    assert settings.database_url == "sqlite+aiosqlite:///var/buro.db"
    assert settings.owner_ids == []
    assert settings.default_language == "kk"
    assert settings.zone.key == "Asia/Almaty"
    assert settings.data_dir == Path("var")
    assert (settings.log_level, settings.log_format) == ("INFO", "text")


def test_the_example_file_is_complete_and_says_what_happens_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    example = Path(__file__).parents[2] / ".env.example"
    lines = example.read_text().splitlines()
    written = dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
    assert set(written) == set(EXAMPLES) == {name.upper() for name in Settings.model_fields}
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    by_itself = load()
    for name, value in written.items():
        monkeypatch.setenv(name, value or (TOKEN if name == "BOT_TOKEN" else ""))
    assert load() == by_itself


@pytest.mark.parametrize(
    ("name", "value", "field", "meant"),
    [
        ("BOT_API_URL", "http://127.0.0.1:8081/", "bot_api_url", "http://127.0.0.1:8081"),
        ("BOT_API_URL", "https://bots.example.org", "bot_api_url", "https://bots.example.org"),
        ("DATABASE_URL", "sqlite+aiosqlite:////srv/buro.db", "database_url", None),
        ("DATABASE_URL", "postgresql+asyncpg://buro:x@host/buro", "database_url", None),
        ("OWNER_IDS", "", "owner_ids", []),
        ("OWNER_IDS", "42", "owner_ids", [42]),
        ("OWNER_IDS", " 42, 4503599627370495 ,", "owner_ids", [42, 4503599627370495]),
        ("DEFAULT_LANGUAGE", "ru", "default_language", "ru"),
        ("TIMEZONE", "Asia/Qyzylorda", "timezone", "Asia/Qyzylorda"),
        ("DATA_DIR", "/srv/buro", "data_dir", Path("/srv/buro")),
        ("METRICS_PORT", "", "metrics_port", ""),
        ("METRICS_PORT", "9108", "metrics_address", ("127.0.0.1", 9108)),
        ("METRICS_PORT", "0.0.0.0:9108", "metrics_address", ("0.0.0.0", 9108)),  # noqa: S104
        ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("LOG_FORMAT", "json", "log_format", "json"),
    ],
)
def test_what_is_right_is_taken(
    given: pytest.MonkeyPatch, name: str, value: str, field: str, meant: object
) -> None:
    given.setenv(name, value)
    assert getattr(load(), field) == (value if meant is None else meant)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", ""),
        ("BOT_TOKEN", "from @BotFather"),
        ("BOT_TOKEN", "12:AAExampleOfASecretToken"),
        ("BOT_TOKEN", "123456789:short"),
        ("BOT_TOKEN", "123456789:AAExampleOfASecretToken\nOWNER_IDS=1"),
        ("BOT_API_URL", "127.0.0.1:8081"),
        ("BOT_API_URL", "ftp://127.0.0.1"),
        ("BOT_API_URL", "http://"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:///var/buro.db"),
        ("DATABASE_URL", "sqlite+aiosqlite:///"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("DATABASE_URL", "postgresql://localhost/buro"),
        ("DATABASE_URL", "mysql://localhost/buro"),
        ("OWNER_IDS", "42;43"),
        ("OWNER_IDS", "@somebody"),
        ("OWNER_IDS", "-100"),
        ("OWNER_IDS", "4.2"),
        ("DEFAULT_LANGUAGE", "en"),
        ("DEFAULT_LANGUAGE", ""),
        ("TIMEZONE", ""),
        ("TIMEZONE", "Asia"),
        ("TIMEZONE", "Asia/Turkistan"),
        ("TIMEZONE", "../../etc/passwd"),
        ("METRICS_PORT", "70000"),
        ("METRICS_PORT", "on"),
        ("METRICS_PORT", "host:"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_what_is_wrong_is_named_in_one_line_with_an_example(
    given: pytest.MonkeyPatch, name: str, value: str
) -> None:
    given.setenv(name, value)
    line = fault()
    assert line.startswith(f"{name} ")
    assert line.endswith(f"for example: {EXAMPLES[name]}")


@pytest.mark.parametrize("secret", [f"{TOKEN} ", f"bot{TOKEN}", TOKEN.replace(":", " ")])
def test_the_token_never_stands_in_the_fault(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("BOT_TOKEN", secret)
    assert "AAExample" not in fault()


def test_the_token_is_not_shown_with_the_settings(given: pytest.MonkeyPatch) -> None:
    assert "AAExample" not in repr(load())


def test_a_password_of_the_database_is_not_shown_in_the_fault(given: pytest.MonkeyPatch) -> None:
    given.setenv("DATABASE_URL", "postgres://buro:hunter2@host/buro")
    assert "hunter2" not in fault()


def test_the_file_is_read_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"# comment\nBOT_TOKEN={TOKEN}\nTIMEZONE=Asia/Aqtau\nLOG_LEVEL=error\n", encoding="utf-8"
    )
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    settings = load()
    assert (settings.timezone, settings.log_level) == ("Asia/Aqtau", "WARNING")


def test_unknown_variables_are_nobodys_business(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COMPOSE_PROJECT_NAME=buro\nBOT_TOKENS=x\n")
    given.setenv("BOT_NAME", "x")
    assert load().default_language == "kk"


def test_every_fault_has_an_example() -> None:
    assert {name.upper() for name in Settings.model_fields} == set(EXAMPLES)


# -- the webhook -------------------------------------------------------------------------------

SECRET = "0123456789abcdef"


def test_a_webhook_has_an_address_a_secret_and_a_place_to_listen(
    given: pytest.MonkeyPatch,
) -> None:
    given.setenv("WEBHOOK_URL", "https://buro.example/hook")
    given.setenv("WEBHOOK_SECRET", SECRET)
    settings = load()
    assert settings.webhook_secret.get_secret_value() == SECRET
    assert SECRET not in repr(settings)
    assert settings.webhook_address == ("127.0.0.1", 8443)
    given.setenv("WEBHOOK_PORT", "10.0.0.7:8080")
    assert load().webhook_address == ("10.0.0.7", 8080)


@pytest.mark.parametrize("url", ["http://buro.example/hook", "buro.example", "https://", "ftp://x"])
def test_a_webhook_is_reached_by_https_only(given: pytest.MonkeyPatch, url: str) -> None:
    given.setenv("WEBHOOK_URL", url)
    given.setenv("WEBHOOK_SECRET", SECRET)
    assert fault().startswith("WEBHOOK_URL is no https address; for example: WEBHOOK_URL=")


@pytest.mark.parametrize(
    "secret", ["", "short", "x" * 257, "with a space in it", "құпия-сөз-құпия"]
)
def test_a_webhook_without_a_good_secret_is_refused(given: pytest.MonkeyPatch, secret: str) -> None:
    given.setenv("WEBHOOK_URL", "https://buro.example/hook")
    given.setenv("WEBHOOK_SECRET", secret)
    line = fault()
    assert line.startswith("WEBHOOK_SECRET needs 16 to 256 letters")
    assert not secret or f" {secret}" not in line


@pytest.mark.parametrize("port", ["", "70000", "hm", "0.0.0.0:"])
def test_a_webhook_listens_on_a_port(given: pytest.MonkeyPatch, port: str) -> None:
    given.setenv("WEBHOOK_PORT", port)
    assert fault().startswith("WEBHOOK_PORT is no port; for example: WEBHOOK_PORT=")


def test_without_a_webhook_its_secret_may_be_missing(given: pytest.MonkeyPatch) -> None:
    given.setenv("WEBHOOK_SECRET", "")
    assert load().webhook_url == ""
