"""Settings, typed, from the environment and ``.env``; nothing else reads the environment."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

TOKEN = re.compile(r"^\d{3,}:[A-Za-z0-9_-]{10,}$")
# A port of this machine only, or an address and a port.
ADDRESS = re.compile(r"(?:(?P<host>[A-Za-z0-9.-]+):)?(?P<port>\d{1,5})")
HERE = "127.0.0.1"
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")

# What to write for each variable; shown when it is missing or wrong.
EXAMPLES = {
    "BOT_TOKEN": "BOT_TOKEN=123456789:AAE… (from @BotFather)",
    "BOT_API_URL": "BOT_API_URL=http://127.0.0.1:8081 (or empty for Telegram itself)",
    "DATABASE_URL": "DATABASE_URL=sqlite+aiosqlite:///var/buro.db",
    "OWNER_IDS": "OWNER_IDS=123456789,987654321",
    "DEFAULT_LANGUAGE": "DEFAULT_LANGUAGE=kk",
    "TIMEZONE": "TIMEZONE=Asia/Almaty",
    "DATA_DIR": "DATA_DIR=var",
    "DATA_KEY_FILE": "DATA_KEY_FILE=/etc/buro/buro.keys (or empty: keys/buro.keys in DATA_DIR)",
    "WEBHOOK_URL": "WEBHOOK_URL=https://buro.example.kz/telegram (or empty: updates are fetched)",
    "WEBHOOK_SECRET": "WEBHOOK_SECRET=a-long-random-word_of-these_characters",
    "WEBHOOK_PORT": "WEBHOOK_PORT=8443 (or 0.0.0.0:8443)",
    "METRICS_PORT": "METRICS_PORT=9108 (or 0.0.0.0:9108, or empty for none)",
    "LOG_LEVEL": "LOG_LEVEL=INFO",
    "LOG_FORMAT": "LOG_FORMAT=text",
}


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one line that names it, with an example."""


class Settings(BaseSettings):
    """All that can be set from outside."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    bot_token: SecretStr
    bot_api_url: str = ""
    database_url: str = "sqlite+aiosqlite:///var/buro.db"
    owner_ids: Annotated[list[int], NoDecode] = Field(default_factory=list)
    default_language: Literal["kk", "ru"] = "kk"
    timezone: str = "Asia/Almaty"
    data_dir: Path = Path("var")
    data_key_file: str = ""
    webhook_url: str = ""
    webhook_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    webhook_port: str = "8443"
    metrics_port: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which people here live."""
        return ZoneInfo(self.timezone)

    @property
    def key_file(self) -> Path:
        """The file of the keys that personal data is sealed with."""
        return Path(self.data_key_file or self.data_dir / "keys" / "buro.keys")

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Where /health and /metrics are served; None: nowhere."""
        found = ADDRESS.fullmatch(self.metrics_port)
        return (found["host"] or HERE, int(found["port"])) if found else None

    @property
    def webhook_address(self) -> tuple[str, int]:
        """Where the webhook is listened for."""
        found = ADDRESS.fullmatch(self.webhook_port)
        assert found is not None, "validated"  # noqa: S101
        return found["host"] or HERE, int(found["port"])

    @field_validator("webhook_url")
    @classmethod
    def _webhook_is_https(cls, value: str) -> str:
        if value and not re.match(r"^(https://|http://127\.0\.0\.1[:/])[^\s]+$", value):
            raise ValueError("is no https address")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_has_a_secret(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        if info.data.get("webhook_url") and not SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("needs 16 to 256 letters, digits, _ and -, since WEBHOOK_URL is set")
        return value

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_form(cls, value: SecretStr) -> SecretStr:
        if not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("does not look like a bot's token")
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _api_is_http(cls, value: str) -> str:
        if value and not re.match(r"^https?://[^/\s]+", value):
            raise ValueError("is no http(s) address")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _engine_is_known(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("is neither sqlite+aiosqlite:///… nor postgresql+asyncpg://…")
        if value in ("sqlite+aiosqlite:///", "sqlite+aiosqlite:///:memory:"):
            raise ValueError("names no file")
        try:
            make_url(value)
        except (ArgumentError, ValueError) as error:  # a port that is no number, for example
            raise ValueError("is no database's address") from error
        return value

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _ids_are_listed(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.isdecimal() for part in parts):
                raise ValueError("is no list of Telegram ids")
            return [int(part) for part in parts]
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError
            raise ValueError("is no known time zone") from error
        return value

    @field_validator("metrics_port", "webhook_port")
    @classmethod
    def _port_can_be_listened_on(cls, value: str, info: ValidationInfo) -> str:
        found = ADDRESS.fullmatch(value)
        if (value or info.field_name == "webhook_port") and (
            found is None or int(found["port"]) > 65535
        ):
            raise ValueError("is no port")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def load() -> Settings:
    """Read the settings. Raises SettingsError with one line for the first that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        # Only the name and the kind of fault: the value may be the token.
        first = error.errors(include_input=False, include_context=False)[0]
        name = str(first["loc"][0]).upper()
        fault = "is missing" if first["type"] == "missing" else _fault(first["msg"])
        raise SettingsError(f"{name} {fault}; for example: {EXAMPLES[name]}") from None


def _fault(message: str) -> str:
    own = message.removeprefix("Value error, ")
    return own if own != message else f"is wrong ({message[0].lower()}{message[1:]})"
