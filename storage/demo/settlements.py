"""Fictional settlements of two branches, where the requests of the demo are about."""

from collections.abc import Mapping

from sqlalchemy import Connection, insert

from storage.first_branches import ORDABASY, SARYAGASH
from storage.tables import settlements

NAMES = {
    SARYAGASH: (
        ("Ақжазық ауылы", "село Акжазык"),
        ("Қызылдала ауылы", "село Кызылдала"),
        ("Сарыағаш қаласы", "город Сарыагаш"),
        ("Теректісай ауылы", "село Теректисай"),
    ),
    ORDABASY: (
        ("Бәйтерек ауылы", "село Байтерек"),
        ("Көкжиек ауылы", "село Кокжиек"),
    ),
}


def load(tx: Connection, branch_ids: Mapping[str, int]) -> None:
    """Keep them: requests that name one are about it."""
    rows = [
        {"branch_id": branch_ids[code], "name_kk": kk, "name_ru": ru}
        for code, names in NAMES.items()
        for kk, ru in names
    ]
    tx.execute(insert(settlements), rows)
