"""Topics: proposed by members, taken into a meeting or declined with a word."""

import pytest
from sqlalchemy import Connection, select

from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import topics
from storage.tables import outbox
from tests import world
from tests.conftest import NOW
from tests.storage.meetings.agenda_world import (
    AIGUL,
    DAY,
    ERIK,
    MOLDIR,
    SAULE,
    agenda_of,
    fill,
    who,
)

COUNCIL = (world.SARYAGASH, "political_council")
RUSLAN, OLEG = 1004, 1015


def propose(tx: Connection, by: int, text: str, of: tuple[int, str] = COUNCIL) -> int:
    return topics.propose(tx, who(tx, by), *of, text, NOW, DAY)


def told(tx: Connection, kind: str) -> list[int]:
    query = select(outbox.c.person_id).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return [int(one) for one in tx.execute(query).scalars()]


async def test_a_topic_becomes_an_item_and_its_author_is_told(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        topic = propose(tx, OLEG, "О ремонте моста")
        assert told(tx, topics.PROPOSED) == [2]  # the branch's secretary

        topics.accept(tx, who(tx, MOLDIR), topic, 1, ids.later, NOW)

        assert agenda_of(tx, ids.later) == [(1, None, "planned")]  # in the language of its author
        kept = topics.get(tx, who(tx, OLEG), topic)
        assert (kept.state, kept.item_id is not None) == ("accepted", True)
        assert told(tx, topics.DECIDED) == [15]

    await database.write(story)


async def test_a_topic_is_declined_with_a_word_by_the_first_of_two(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        topic = propose(tx, SAULE, "Көпір туралы")
        with pytest.raises(NotPossible):
            topics.decline(tx, who(tx, MOLDIR), topic, 1, "", NOW)
        topics.decline(tx, who(tx, MOLDIR), topic, 1, "Бұл әкімдіктің мәселесі", NOW)
        with pytest.raises(AlreadyChanged) as first:
            topics.accept(tx, who(tx, AIGUL), topic, 1, ids.later, NOW)
        assert first.value.by == "Жандосова Мөлдір"
        assert topics.get(tx, who(tx, SAULE), topic).word == "Бұл әкімдіктің мәселесі"

    await database.write(story)


async def test_what_is_decided_stays_decided(database: Database) -> None:
    def story(tx: Connection) -> None:
        fill(tx)
        topic = propose(tx, SAULE, "Көпір туралы")
        topics.decline(tx, who(tx, MOLDIR), topic, 1, "Кейін", NOW)
        with pytest.raises(NotPossible, match="decided"):
            topics.decline(tx, who(tx, AIGUL), topic, 2, "Қайтадан", NOW)

    await database.write(story)


async def test_each_proposes_to_the_region_and_to_the_own_branch(database: Database) -> None:
    def story(tx: Connection) -> None:
        fill(tx)
        bureau = (world.REGION, "bureau")
        assert topics.choices(tx, who(tx, SAULE))[0].body == "bureau"
        propose(tx, SAULE, "Облысқа", bureau)
        assert told(tx, topics.PROPOSED) == [1]
        for by, of in ((RUSLAN, COUNCIL), (SAULE, (world.SARYAGASH, "bureau")), (SAULE, (9, "x"))):
            with pytest.raises(NotPossible, match="wrong_body"):
                propose(tx, by, "Бөтен", of)
        with pytest.raises(NotPossible, match="too_long"):
            propose(tx, SAULE, "а" * 251)

    await database.write(story)


async def test_five_topics_of_one_person_wait_at_most(database: Database) -> None:
    def story(tx: Connection) -> None:
        fill(tx)
        for n in range(5):
            propose(tx, SAULE, f"Тақырып {n}")
        with pytest.raises(NotPossible, match="too_many"):
            propose(tx, SAULE, "Алтыншы")
        propose(tx, OLEG, "Другой человек может")

    await database.write(story)


async def test_foreign_topics_are_neither_read_nor_decided(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        bureau = propose(tx, SAULE, "Бюроға", (world.REGION, "bureau"))
        council = propose(tx, SAULE, "Кеңеске")
        assert [t.id for t in topics.waiting(tx, who(tx, MOLDIR)).topics] == [council]
        assert [t.id for t in topics.waiting(tx, who(tx, AIGUL)).topics] == [bureau, council]
        assert topics.waiting(tx, who(tx, ERIK)).total == 0
        assert [t.id for t in topics.own(tx, who(tx, SAULE)).topics] == [council, bureau]
        for by in (OLEG, ERIK, MOLDIR):
            with pytest.raises(NotFound):
                topics.get(tx, who(tx, by), bureau)
            with pytest.raises(NotFound):
                topics.decline(tx, who(tx, by), bureau, 1, "Жоқ", NOW)
        with pytest.raises(NotFound):  # one's own, but it is not hers to decide
            topics.decline(tx, who(tx, SAULE), council, 1, "Жоқ", NOW)
        with pytest.raises(NotAllowed):
            topics.accept(tx, who(tx, MOLDIR), council, 1, ids.bureau, NOW)
        with pytest.raises(NotPossible, match="wrong_body"):
            topics.accept(tx, who(tx, MOLDIR), council, 1, ids.assembly, NOW)

    await database.write(story)
