"""Fictional people: whom one can be in the local Telegram, and members who never wrote to the bot.

Every name is made up; none belongs to an office-holder of the region.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from storage.first_branches import ORDABASY, SARYAGASH
from storage.rules.access import Role


class DemoRole(NamedTuple):
    """A role in the branch with code ``branch``; None: in the whole region."""

    role: Role
    branch: str | None
    position_kk: str
    position_ru: str


@dataclass(frozen=True)
class DemoPerson:
    """A fictional person; ``name`` is surname first, ``notes`` say who that is, by language."""

    telegram_id: int
    name: str
    language: str
    notes: dict[str, str]
    memberships: tuple[DemoRole, ...] = field(default=())

    @property
    def is_guest(self) -> bool:
        """Whether the database knows nothing of this person."""
        return not self.memberships


def _notes(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


# The order is that of the list of people in the local Telegram.
PEOPLE = (
    DemoPerson(
        1001,
        "Таңатаров Нұрбол",
        "kk",
        _notes(
            "Облыстық филиал хатшысы, бот әкімшісі",
            "Секретарь областного филиала, администратор бота",
            "Regional secretary, owner of the bot",
        ),
        (
            DemoRole(Role.OWNER, None, "Бот әкімшісі (демо)", "Администратор бота (демо)"),
            DemoRole(
                Role.REGIONAL_SECRETARY,
                None,
                "Облыстық филиалдың атқарушы хатшысы (демо)",
                "Исполнительный секретарь областного филиала (демо)",
            ),
        ),
    ),
    DemoPerson(
        1002,
        "Жайлауқызы Гүлнар",
        "kk",
        _notes(
            "Филиал хатшысы · Сарыағаш", "Секретарь филиала · Сарыагаш", "Secretary · Saryagash"
        ),
        (
            DemoRole(
                Role.BRANCH_SECRETARY,
                SARYAGASH,
                "Сарыағаш аудандық филиалының атқарушы хатшысы (демо)",
                "Исполнительный секретарь Сарыагашского районного филиала (демо)",
            ),
        ),
    ),
    DemoPerson(
        1003,
        "Бұлақбаев Ержан",
        "kk",
        _notes("Депутат · Сарыағаш", "Депутат · Сарыагаш", "Deputy · Saryagash"),
        (
            DemoRole(
                Role.DEPUTY,
                SARYAGASH,
                "Сарыағаш аудандық мәслихатының депутаты (демо)",
                "Депутат Сарыагашского районного маслихата (демо)",
            ),
        ),
    ),
    DemoPerson(
        1004,
        "Өрнекова Айгүл",
        "ru",
        _notes("Депутат · Ордабасы", "Депутат · Ордабасы", "Deputy · Ordabasy"),
        (
            DemoRole(
                Role.DEPUTY,
                ORDABASY,
                "Ордабасы аудандық мәслихатының депутаты (демо)",
                "Депутат Ордабасинского районного маслихата (демо)",
            ),
        ),
    ),
    DemoPerson(
        1005,
        "Көктембаев Дәурен",
        "kk",
        _notes("Партия мүшесі · Сарыағаш", "Член партии · Сарыагаш", "Member · Saryagash"),
        (
            DemoRole(
                Role.MEMBER,
                SARYAGASH,
                "Партия мүшесі (демо)",
                "Член партии (демо)",
            ),
        ),
    ),
    DemoPerson(
        1006,
        "Аспанова Сәуле",
        "kk",
        _notes("Бюро мүшесі", "Член Бюро", "Bureau member"),
        (
            DemoRole(
                Role.BUREAU_MEMBER,
                None,
                "Саяси кеңес Бюросының мүшесі (демо)",
                "Член Бюро Политического совета (демо)",
            ),
        ),
    ),
    DemoPerson(
        1007,
        "Жартасов Марат",
        "ru",
        _notes("Орындаушы · басқарма", "Исполнитель · управление", "Executor · department"),
        (
            DemoRole(
                Role.EXECUTOR,
                None,
                "Облыстық инфрақұрылым басқармасының басшысы (демо)",
                "Руководитель областного управления инфраструктуры (демо)",
            ),
        ),
    ),
    DemoPerson(1008, "Қонақбаев Арман", "kk", _notes("Қонақ", "Гость", "Guest")),
    DemoPerson(1009, "Новосёлова Анна", "ru", _notes("Қонақ", "Гость", "Guest")),
    DemoPerson(1010, "Жаңақонысова Әсем", "kk", _notes("Қонақ", "Гость", "Guest")),
)

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
