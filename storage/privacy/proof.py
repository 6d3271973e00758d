"""Whether the keys belong to the database: it holds a line that only they can read."""

from sqlalchemy import Connection, inspect, select

from storage.privacy import index
from storage.privacy.cells import Unreadable
from storage.privacy.rows import FACT
from storage.tables import facts
from storage.upsert import insert_new

NAME = "data_keys"  # of the fact

_KEPT = select(facts.c.value).where(facts.c.name == NAME)


class WrongKeys(Exception):
    """The data keys are not those of this database."""


def kept(tx: Connection) -> str | None:
    """The proof in a database of whatever schema; None when nothing in it was ever sealed."""
    there = inspect(tx).has_table(facts.name)
    return tx.execute(_KEPT).scalar_one_or_none() if there else None


def settle(tx: Connection) -> None:
    """Bind a new database to the keys in use, or look whether they are its own.

    Raises WrongKeys, also for a ring whose key for hashes is another one.
    """
    insert_new(tx, facts, [FACT.seal({"name": NAME, "value": _word()})])
    check(tx.execute(_KEPT).scalar_one())


def check(proof: str) -> None:
    """Look whether the keys in use wrote the ``proof`` of a database. Raises WrongKeys."""
    try:
        theirs = FACT.unseal({"name": NAME, "value": proof})["value"]
    except Unreadable as error:
        raise WrongKeys from error
    if theirs != _word():
        raise WrongKeys


def _word() -> str:
    return index.hashed("proof", NAME)
