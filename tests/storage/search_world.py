"""Agendas of an invented region by the thousand, of which it is known who speaks of what."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert

from storage.rules.access import Actor, Role
from storage.search_index import index_meetings
from storage.tables import agenda_items, branches, meetings, proposals
from tests.conftest import NOW
from tests.storage.meetings.world import actor
from tests.storage.search_lexicon import QUERIES, SUBJECTS

ITEMS = 10  # of a meeting
AT_ONCE = 100  # meetings
RARE_SHARE = 0.008  # of items that speak of a rare subject: each comes up a few times in 50,000

FIRST = """
Ақ Қара Нұр Бек Сап Жүн Мұр Сейт Әбіл Тоқ Есен Қал Жол Бай Дос Ораз Серік Құрман
"""
SECOND = """
мұрат бек дос хан жан тай бай нияз бол гелді мырза сын әлі кен
"""
NAMES = [
    one + two + end
    for one in FIRST.split()
    for two in SECOND.split()
    for end in ("ов", "ұлы", "баев")
]

# Words that are none, of the syllables of the subjects: a misspelt word has many neighbours.
FILLERS = 15_000
FILLERS_OF_AN_ITEM = 4
_SYLLABLE = re.compile(r"[^аеёиоуыэюяәіөүұ]*[аеёиоуыэюяәіөүұ]")

TITLES = (
    ("{0} мәселелері туралы", "О вопросах: {0}"),
    ("{0} жөніндегі бағдарламаның орындалуы, {1}", "Исполнение программы: {0}, {1}"),
    ("{1}: {0} бойынша атқарылған жұмыс", "{1}: о проделанной работе, {0}"),
)
HEARD = (
    (
        "Басқарма басшысы {0} бойынша {n} шара өткізілгенін, оның ішінде {1} ескерілгенін айтты.",
        "Руководитель управления сообщил: {0}, проведено {n} мероприятий, учтено и {1}.",
    ),
    (
        "Есепті кезеңде {0} үшін {n} млн теңге бөлінді, жоспар {m} пайызға орындалды.",
        "За отчётный период выделено {n} млн тенге: {0}; план выполнен на {m} процентов.",
    ),
)
PROPOSED = (
    ("{0} жайын бақылауға алу", "Взять на контроль: {0}"),
    ("Келесі отырыста {0} туралы есеп беру", "Отчитаться на следующем заседании: {0}"),
)


@dataclass(frozen=True)
class Subject:
    """What is spoken of, by some of its forms."""

    name: str
    forms: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Query:
    """What is typed, how it is hard, and the subjects it means."""

    kind: str
    text: str
    subjects: frozenset[str]


@dataclass
class Spoken:
    """Of each item that a member of one branch sees: the subjects it speaks of."""

    member: Actor
    of_items: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    def answers(self, query: Query) -> set[tuple[int, int]]:
        """The items (meeting, number) that speak of all that ``query`` means."""
        return {item for item, spoken in self.of_items.items() if query.subjects <= spoken}


def queries() -> list[Query]:
    """All queries of the lexicon."""
    lines = [line.split(" | ") for line in QUERIES.strip().splitlines()]
    return [Query(kind, text, frozenset(meant.split())) for kind, text, meant in lines]


def subjects() -> tuple[list[Subject], list[Subject]]:
    """The subjects that come up all the time, and the rare ones."""
    often, rare = SUBJECTS.strip().split("\n\n")
    return _subjects(often), _subjects(rare)


def _subjects(lines: str) -> list[Subject]:
    found = []
    for line in lines.splitlines():
        name, kk, ru = line.split(" | ")
        found.append(Subject(name, {"kk": tuple(kk.split()), "ru": tuple(ru.split())}))
    return found


def fillers(of: list[Subject], chance: random.Random) -> list[str]:
    """Words of two to four syllables that are no form of a subject."""
    forms = {form.lower() for subject in of for texts in subject.forms.values() for form in texts}
    syllables = sorted({part for form in forms for part in _SYLLABLE.findall(form)})
    found: dict[str, None] = {}
    while len(found) < FILLERS:
        word = "".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4))))
        if word not in forms:
            found[word] = None
    return list(found)


def fill(tx: Connection, items: int, rare_share: float = RARE_SHARE) -> Spoken:
    """Keep about ``items`` items, the same ones each time."""
    world = _World(tx, random.Random(7), rare_share)  # noqa: S311 - for repeating, not for secrets
    numbers = iter(range(items // ITEMS))
    while some := list(islice(numbers, AT_ONCE)):
        world.add(some)
    return world.spoken


class _World:
    def __init__(self, tx: Connection, chance: random.Random, rare_share: float) -> None:
        self._tx = tx
        self._chance = chance
        self._rare_share = rare_share
        self._often, self._rare = subjects()
        self._fillers = fillers([*self._often, *self._rare], chance)
        rows = [
            {"code": code, "kind": kind, "name_kk": code, "name_ru": code, "position": n}
            for n, (code, kind) in enumerate((("А", "region"), ("Б", "district"), ("В", "city")))
        ]
        statement = insert(branches).returning(branches.c.id, sort_by_parameter_order=True)
        self._branches = list(tx.execute(statement, rows).scalars())
        self.spoken = Spoken(actor(Role.MEMBER, self._branches[1]))

    def add(self, numbers: list[int]) -> None:
        """Keep the meetings ``numbers``."""
        made = insert(meetings).returning(meetings.c.id, sort_by_parameter_order=True)
        rows = [self._meeting(number) for number in numbers]
        ids = list(self._tx.execute(made, rows).scalars())
        pairs = list(zip(ids, rows, strict=True))
        items = [item for meeting_id, row in pairs for item in self._agenda(meeting_id, row)]
        self._keep(items)
        index_meetings(self._tx, ids)

    def _meeting(self, number: int) -> dict[str, Any]:
        return {
            # Most are of the region; the member does not see those of the last branch, nor drafts.
            "branch_id": self._branches[number % 7 % 3],
            "body": "bureau",
            "kind": "regular",
            "state": "draft" if number % 50 == 0 else "held",
            "title_kk": f"Бюроның {number}-отырысы",
            "title_ru": f"Заседание Бюро № {number}",
            "starts_at": NOW - timedelta(hours=7 * number),
        }

    def _agenda(self, meeting_id: int, meeting: dict[str, Any]) -> Iterator[dict[str, Any]]:
        seen = meeting["branch_id"] != self._branches[2] and meeting["state"] != "draft"
        for number in range(1, ITEMS + 1):
            spoken = self._chance.sample(self._often, 3)
            if self._chance.random() < self._rare_share:
                spoken[self._chance.randrange(3)] = self._chance.choice(self._rare)
            visibility = "members" if self._chance.random() < 0.9 else "bureau"
            if seen and visibility == "members":
                told = frozenset(subject.name for subject in spoken)
                self.spoken.of_items[meeting_id, number] = told
            yield {
                "meeting_id": meeting_id,
                "number": number,
                "kind": "report",
                "visibility": visibility,
                **self._texts(spoken),
            }

    def _texts(self, spoken: list[Subject]) -> dict[str, str]:
        title, heard, proposed = (self._chance.choice(of) for of in (TITLES, HEARD, PROPOSED))
        numbers = {"n": self._chance.randrange(2, 900), "m": self._chance.randrange(40, 99)}
        speaker = self._chance.choice(NAMES)
        texts = {}
        for at, language in enumerate(("kk", "ru")):
            words = [self._chance.choice(subject.forms[language]) for subject in spoken]
            texts[f"title_{language}"] = title[at].format(*words)
            of_others = " ".join(self._chance.sample(self._fillers, FILLERS_OF_AN_ITEM))
            told = heard[at].format(words[1], words[0], **numbers)
            texts[f"heard_{language}"] = f"{told} {of_others.capitalize()}."
            texts[f"speaker_{language}"] = speaker
            texts[f"proposal_{language}"] = proposed[at].format(words[2])
        return texts

    def _keep(self, items: list[dict[str, Any]]) -> None:
        texts = [{name: item.pop(f"proposal_{name}") for name in ("kk", "ru")} for item in items]
        made = insert(agenda_items).returning(agenda_items.c.id, sort_by_parameter_order=True)
        ids = self._tx.execute(made, items).scalars()
        rows = [
            {"item_id": item_id, "position": 1, "text_kk": text["kk"], "text_ru": text["ru"]}
            for item_id, text in zip(ids, texts, strict=True)
        ]
        self._tx.execute(insert(proposals), rows)
