from sqlalchemy import insert

from storage import branches
from storage.database import Database
from storage.first_branches import BRANCHES
from storage.tables import branches as table


async def test_an_empty_database_gets_the_branches_once(database: Database) -> None:
    for _ in range(2):
        await database.write(branches.ensure)
        kept = await database.read(branches.every)
        assert [branch.code for branch in kept] == [row.code for row in BRANCHES]
    assert kept[0].kind == "region"


async def test_branches_that_are_there_are_left_alone(database: Database) -> None:
    own = {"code": "БІР", "kind": "district", "name_kk": "а", "name_ru": "б", "position": 0}
    await database.write(lambda tx: tx.execute(insert(table).values(own)))
    await database.write(branches.ensure)
    assert [branch.code for branch in await database.read(branches.every)] == ["БІР"]
