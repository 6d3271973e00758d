"""INSERT … ON CONFLICT means the same on both engines."""

from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.tables import facts
from storage.upsert import insert_new, insert_or_refresh, upsert


async def kept(database: Database) -> dict[str, str]:
    query = select(facts.c.name, facts.c.value)
    return await database.read(lambda tx: {row.name: row.value for row in tx.execute(query)})


def rows(**values: str) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in values.items()]


async def test_upsert_inserts_then_replaces(database: Database) -> None:
    for value in ("one", "two"):
        await database.write(upsert, facts, {"name": "a"}, {"value": value})
    assert await kept(database) == {"a": "two"}


async def test_new_rows_pass_over_those_that_are(database: Database) -> None:
    await database.write(insert_new, facts, rows(a="one"))
    await database.write(insert_new, facts, rows(a="again", b="two"))
    await database.write(insert_new, facts, [])
    assert await kept(database) == {"a": "one", "b": "two"}


async def test_refreshing_takes_over_where_the_condition_holds(database: Database) -> None:
    await database.write(insert_new, facts, rows(a="void", b="said"))
    await database.write(
        insert_or_refresh,
        facts,
        rows(a="new", b="new", c="new"),
        key=["name"],
        columns=["value"],
        where=facts.c.value == "void",
    )
    await database.write(
        insert_or_refresh, facts, [], key=["name"], columns=["value"], where=facts.c.value == ""
    )
    assert await kept(database) == {"a": "new", "b": "said", "c": "new"}
