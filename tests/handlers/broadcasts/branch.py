"""The branch that the stories of broadcasts are played in, in either language of its secretary."""

from dataclasses import dataclass

from bot.simulator.client import Person
from storage import people
from tests.handlers.conftest import Stage
from tests.handlers.talking import Json

SECRETARY, DEPUTY, MEMBER, RUSSIAN = 1002, 1003, 1005, 1015
REGIONAL, OTHER = 1001, 1004


@dataclass(frozen=True)
class Branch:
    """The secretary of Saryagash and her three people: two read Kazakh, Oleg reads Russian."""

    secretary: Person
    deputy: Person
    member: Person
    russian: Person

    @property
    def recipients(self) -> tuple[Person, Person, Person]:
        return self.deputy, self.member, self.russian


async def gathered(stage: Stage, language: str) -> Branch:
    """Everybody has pressed Start; the secretary has chosen ``language``."""
    await stage.database.write(people.set_language, SECRETARY - 1000, language)
    found = [stage.person(number) for number in (SECRETARY, DEPUTY, MEMBER, RUSSIAN)]
    for person in found:
        await person.start()
        await person.wait_answer()
    return Branch(*found)


def kinds_of(messages: list[Json]) -> list[str]:
    """Of what kind the messages are, oldest first."""
    return [str(message["kind"]) for message in messages]
