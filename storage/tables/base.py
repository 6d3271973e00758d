"""What every table shares: the metadata with its naming rule, and moments kept in UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, MetaData
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC without a zone on both engines."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Refuse a naive moment: it could be any zone's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Give the moment its zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite numbers rows by itself only in a column of type INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")


def identity() -> Column[int]:
    """The primary key that numbers itself."""
    return Column("id", BigId, primary_key=True, autoincrement=True)


def reference(
    name: str, target: str, *, nullable: bool = False, index: bool = False
) -> Column[int]:
    """A foreign key column ``name`` to ``target`` ("people.id")."""
    return Column(name, BigId, ForeignKey(target), nullable=nullable, index=index)


def version() -> Column[int]:
    """The counter that makes the second of two people notice the first."""
    return Column("version", Integer, nullable=False, server_default="1")
