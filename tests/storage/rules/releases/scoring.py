"""How much of what a person found in a text the rules find too, and what they find besides."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from storage.rules.releases.findings import Figure, Person, Proposal, Reading

Facts = dict[str, Any]
STEM = 5
MONEY = ("млн", "млрд", "трлн")
THOUSAND = ("мың", "тыс")
OPEN_PERIODS = (None, "current", "programme")


@dataclass
class Score:
    """Of ``expected`` things ``found`` were found; ``besides`` were found and not expected."""

    name: str
    expected: int
    found: int = 0
    missed: list[str] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)

    def line(self) -> str:
        more = "".join(f"\n    missed: {one}" for one in self.missed)
        more += "".join(f"\n    besides: {one}" for one in self.besides)
        return f"{self.name}: {self.found} of {self.expected}, besides {len(self.besides)}{more}"


def score(reading: Reading, facts: Facts) -> dict[str, Score]:
    """The scores of items, people, figures and proposals."""
    return {
        "items": _items(reading, facts),
        "people": _people(reading, facts),
        "figures": _figures(reading, facts),
        "proposals": _proposals(reading, facts),
    }


def same_person(found: Person, wanted: Facts) -> bool:
    return (found.given, found.surname, found.patronymic) == (
        wanted["given"],
        wanted["surname"],
        wanted["patronymic"],
    )


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"\w+", text.lower())}


def _like(found: str, wanted: str, share: float) -> bool:
    stems = _stems(wanted)
    return len(stems & _stems(found)) >= share * len(stems)


def _items(reading: Reading, facts: Facts) -> Score:
    people = {one["id"]: one for one in facts["people"]}
    result = Score("items with the right speaker", len(facts["agenda"]))
    for wanted in facts["agenda"]:
        speaker = people[wanted["speaker"]]
        if any(i.number == wanted["no"] and same_person(i.speaker, speaker) for i in reading.items):
            result.found += 1
        else:
            result.missed.append(str(wanted["no"]))
    numbers = {wanted["no"] for wanted in facts["agenda"]}
    result.besides = [i.speaker.name for i in reading.items if i.number not in numbers]
    return result


def _people(reading: Reading, facts: Facts) -> Score:
    result = Score("people with position", len(facts["people"]))
    for wanted in facts["people"]:
        roles = [*wanted.get("roles_kk", []), *wanted.get("roles_ru", [])]
        found = [one for one in reading.people if same_person(one, wanted)]
        if found and any(_like(p, role, 0.7) for p in found[0].positions for role in roles):
            result.found += 1
        else:
            result.missed.append(f"{wanted['given']} {wanted['surname']}")
    result.besides = [
        one.name for one in reading.people if not any(same_person(one, w) for w in facts["people"])
    ]
    return result


def number(value: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", value).replace(",", "."))


def _numbers(wanted: Facts) -> list[tuple[Decimal, str, str | None]]:
    """Every number of an indicator with its unit and period, those of its parts too."""
    found = []
    for value in wanted["values"]:
        period = value["period"]
        unit = value.get("unit", wanted.get("unit", ""))
        if "value" in value:
            found.append((Decimal(str(value["value"])), unit, period))
        for part in ("also", "cost", "jobs", "per_project_max"):
            if part in value:
                said = value[part].get("unit", "жұмыс орны")
                free = None if part == "per_project_max" else period
                found.append((Decimal(str(value[part]["value"])), said, free))
        for part, said in (("indicators", "көрсеткіш"), ("measures", "іс-шара")):
            if part in value:
                found.append((Decimal(value[part]), said, period))
    return found


def _fits(figure: Figure, value: Decimal, unit: str) -> bool:
    if "-" in figure.value:
        return False
    said = number(figure.value)
    scale, _, thing = figure.unit.partition(" ")
    if scale in THOUSAND:
        said, figure_unit = said * 1000, thing
    else:
        figure_unit = figure.unit
    if unit == "%" or figure_unit == "%" or scale in MONEY:
        return said == value and figure_unit == unit
    wanted = unit.split()[-1][:4]
    return said == value and any(word.startswith(wanted) for word in figure_unit.split())


def _in_time(figure: Figure, period: str | None, year: int) -> bool:
    if period in OPEN_PERIODS:
        return figure.period is None
    return figure.period is not None and figure.period.in_year(year) == period


def _figures(reading: Reading, facts: Facts) -> Score:
    year = facts.get("year") or int(facts["meeting"]["date_inferred"][:4])
    result = Score("figures with unit and period", len(facts["indicators"]))
    expected: list[tuple[Decimal, str]] = []
    for wanted in facts["indicators"]:
        numbers = _numbers(wanted)
        expected += [(value, unit) for value, unit, _ in numbers]
        missed = [
            (value, unit, period)
            for value, unit, period in numbers
            if not any(_fits(f, value, unit) and _in_time(f, period, year) for f in reading.figures)
        ]
        result.found += not missed
        result.missed += [f"{value} {unit} {period}" for value, unit, period in missed]
    result.besides = [
        f"{f.value} {f.unit} ({f.label})"
        for f in reading.figures
        if not any(_fits(f, value, unit) for value, unit in expected)
    ]
    return result


def _asks(found: Proposal, wanted: Facts, people: dict[str, Facts]) -> bool:
    named = [people[one] for one in wanted["by"] if one in people]
    names = {
        " ".join(filter(None, (one["given"], one["patronymic"], one["surname"]))) for one in named
    }
    return (
        wanted["quote"] in found.source.sentence
        and _like(found.text, wanted["quote"], 0.5)
        and (not names or set(found.authors) == names)
    )


def _proposals(reading: Reading, facts: Facts) -> Score:
    people = {one["id"]: one for one in facts["people"]}
    result = Score("proposals", len(facts["proposals"]))
    for wanted in facts["proposals"]:
        if any(_asks(found, wanted, people) for found in reading.proposals):
            result.found += 1
        else:
            result.missed.append(wanted["quote"])
    result.besides = [
        found.text
        for found in reading.proposals
        if not any(_asks(found, {**wanted, "by": []}, people) for wanted in facts["proposals"])
    ]
    return result
