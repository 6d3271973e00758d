"""The regional branch and the 17 territorial ones: three cities and fourteen districts."""

from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from storage.tables import branches

REGION = "ОБЛ"
SARYAGASH = "САР"
ORDABASY = "ОРД"


class BranchRow(NamedTuple):
    """A branch as it is kept; ``code`` stands in the numbers of requests."""

    code: str
    kind: str
    name_kk: str
    name_ru: str


BRANCHES = (
    BranchRow(REGION, "region", "Түркістан облыстық филиалы", "Туркестанский областной филиал"),
    BranchRow("ТҮР", "city", "Түркістан қалалық филиалы", "Туркестанский городской филиал"),
    BranchRow("АРЫ", "city", "Арыс қалалық филиалы", "Арысский городской филиал"),
    BranchRow("КЕН", "city", "Кентау қалалық филиалы", "Кентауский городской филиал"),
    BranchRow("БӘЙ", "district", "Бәйдібек аудандық филиалы", "Байдибекский районный филиал"),
    BranchRow("ЖЕТ", "district", "Жетісай аудандық филиалы", "Жетысайский районный филиал"),
    BranchRow("КЕЛ", "district", "Келес аудандық филиалы", "Келесский районный филиал"),
    BranchRow("ҚАЗ", "district", "Қазығұрт аудандық филиалы", "Казыгуртский районный филиал"),
    BranchRow("МАҚ", "district", "Мақтаарал аудандық филиалы", "Мактааральский районный филиал"),
    BranchRow(ORDABASY, "district", "Ордабасы аудандық филиалы", "Ордабасинский районный филиал"),
    BranchRow("ОТЫ", "district", "Отырар аудандық филиалы", "Отрарский районный филиал"),
    BranchRow("САЙ", "district", "Сайрам аудандық филиалы", "Сайрамский районный филиал"),
    BranchRow(SARYAGASH, "district", "Сарыағаш аудандық филиалы", "Сарыагашский районный филиал"),
    BranchRow("САУ", "district", "Сауран аудандық филиалы", "Сауранский районный филиал"),
    BranchRow("СОЗ", "district", "Созақ аудандық филиалы", "Созакский районный филиал"),
    BranchRow("ТӨЛ", "district", "Төле би аудандық филиалы", "Толебийский районный филиал"),
    BranchRow("ТҮЛ", "district", "Түлкібас аудандық филиалы", "Тюлькубасский районный филиал"),
    BranchRow("ШАР", "district", "Шардара аудандық филиалы", "Шардаринский районный филиал"),
)


def load(tx: Connection) -> dict[str, int]:
    """Keep the branches, the regional one first; return their ids by code."""
    rows = [{**row._asdict(), "position": i} for i, row in enumerate(BRANCHES)]
    tx.execute(insert(branches), rows)
    return {row.code: row.id for row in tx.execute(select(branches.c.code, branches.c.id))}
