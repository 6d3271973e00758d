"""Fictional people who never wrote to the bot: every name is made up."""

from storage.first_branches import ORDABASY, SARYAGASH

# The rest of the Bureau. They never wrote to the bot either.
BUREAU = (
    (1201, "Самалов Бекзат"),
    (1202, "Тасқынбаева Айман"),
    (1203, "Қайыңбаев Нұрлан"),
    (1204, "Аршалиева Гүлмира"),
    (1205, "Бозторғаев Серік"),
    (1206, "Қарағаева Әлия"),
    (1207, "Шағалаев Аслан"),
    (1208, "Дариябаева Роза"),
)

# Members who have not started the chat yet: a broadcast shows them as not reached.
NEVER_STARTED = (
    (1101, "Тоғайбаев Қайсар", SARYAGASH),
    (1102, "Сырғалиева Назгүл", SARYAGASH),
    (1103, "Керуенбаев Оспан", SARYAGASH),
    (1104, "Шатқалова Меруерт", SARYAGASH),
    (1105, "Арғымақов Тимур", ORDABASY),
    (1106, "Кестеева Ләззат", ORDABASY),
    (1107, "Қамысбай Дидар", ORDABASY),
    (1108, "Мұнарбаева Жанар", "ТҮР"),
    (1109, "Көпірбаев Бекжан", "ТҮР"),
    (1110, "Жазықова Раушан", "САЙ"),
    (1111, "Теректібаев Олжас", "КЕН"),
    (1112, "Ықыласова Мөлдір", "ШАР"),
)
