"""The branches a new database begins with: the regional one, three cities and 14 districts."""

from typing import NamedTuple

REGION = "ОБЛ"
SARYAGASH = "САР"
ORDABASY = "ОРД"


class FirstBranch(NamedTuple):
    """A branch as it is kept; ``code`` stands in the numbers of requests."""

    code: str
    kind: str
    name_kk: str
    name_ru: str


BRANCHES = (
    FirstBranch(REGION, "region", "Түркістан облыстық филиалы", "Туркестанский областной филиал"),
    FirstBranch("ТҮР", "city", "Түркістан қалалық филиалы", "Туркестанский городской филиал"),
    FirstBranch("АРЫ", "city", "Арыс қалалық филиалы", "Арысский городской филиал"),
    FirstBranch("КЕН", "city", "Кентау қалалық филиалы", "Кентауский городской филиал"),
    FirstBranch("БӘЙ", "district", "Бәйдібек аудандық филиалы", "Байдибекский районный филиал"),
    FirstBranch("ЖЕТ", "district", "Жетісай аудандық филиалы", "Жетысайский районный филиал"),
    FirstBranch("КЕЛ", "district", "Келес аудандық филиалы", "Келесский районный филиал"),
    FirstBranch("ҚАЗ", "district", "Қазығұрт аудандық филиалы", "Казыгуртский районный филиал"),
    FirstBranch("МАҚ", "district", "Мақтаарал аудандық филиалы", "Мактааральский районный филиал"),
    FirstBranch(ORDABASY, "district", "Ордабасы аудандық филиалы", "Ордабасинский районный филиал"),
    FirstBranch("ОТЫ", "district", "Отырар аудандық филиалы", "Отрарский районный филиал"),
    FirstBranch("САЙ", "district", "Сайрам аудандық филиалы", "Сайрамский районный филиал"),
    FirstBranch(SARYAGASH, "district", "Сарыағаш аудандық филиалы", "Сарыагашский районный филиал"),
    FirstBranch("САУ", "district", "Сауран аудандық филиалы", "Сауранский районный филиал"),
    FirstBranch("СОЗ", "district", "Созақ аудандық филиалы", "Созакский районный филиал"),
    FirstBranch("ТӨЛ", "district", "Төле би аудандық филиалы", "Толебийский районный филиал"),
    FirstBranch("ТҮЛ", "district", "Түлкібас аудандық филиалы", "Тюлькубасский районный филиал"),
    FirstBranch("ШАР", "district", "Шардара аудандық филиалы", "Шардаринский районный филиал"),
)
