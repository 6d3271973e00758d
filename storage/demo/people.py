"""Fictional people: whom one can be in the local Telegram.

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
    ended: int | None = None  # days ago; None: it lasts


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


_MASLIKHATS: dict[str | None, tuple[str, str]] = {
    SARYAGASH: ("Сарыағаш аудандық мәслихатының", "Сарыагашского районного маслихата"),
    ORDABASY: ("Ордабасы аудандық мәслихатының", "Ордабасинского районного маслихата"),
    None: ("Облыстық мәслихаттың", "областного маслихата"),
}


def _of_maslikhat(branch: str | None, ended: int | None = None) -> DemoRole:
    kk, ru = _MASLIKHATS[branch]
    named = (f"{kk} депутаты (демо)", f"Депутат {ru} (демо)")
    return DemoRole(Role.DEPUTY, branch, *named, ended)


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
        (_of_maslikhat(SARYAGASH),),
    ),
    DemoPerson(
        1004,
        "Өрнекова Айгүл",
        "ru",
        _notes("Депутат · Ордабасы", "Депутат · Ордабасы", "Deputy · Ordabasy"),
        (_of_maslikhat(ORDABASY),),
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
    DemoPerson(
        1011,
        "Жусанбеков Ілияс",
        "kk",
        _notes("Депутат · Сарыағаш", "Депутат · Сарыагаш", "Deputy · Saryagash"),
        (_of_maslikhat(SARYAGASH),),
    ),
    DemoPerson(
        1012,
        "Қайнарова Бибігүл",
        "kk",
        _notes("Депутат · Ордабасы", "Депутат · Ордабасы", "Deputy · Ordabasy"),
        (_of_maslikhat(ORDABASY),),
    ),
    DemoPerson(
        1013,
        "Бұлтбаев Талғат",
        "ru",
        _notes("Облыстық мәслихат депутаты", "Депутат областного маслихата", "Deputy · oblast"),
        (_of_maslikhat(None),),
    ),
    DemoPerson(
        1014,
        "Сазанов Кеңес",
        "ru",
        _notes(
            "Мандаты аяқталған депутат · Сарыағаш",
            "Бывший депутат · Сарыагаш",
            "Deputy until five days ago · Saryagash",
        ),
        (_of_maslikhat(SARYAGASH, ended=5),),
    ),
)
