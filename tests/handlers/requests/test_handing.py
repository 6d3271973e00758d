from datetime import date

import pytest
from sqlalchemy import Connection, insert, select

from handlers.requests.working.callbacks import GiveBack, HandOver, HandTo, Take
from storage import people
from storage.rules.access import Role
from storage.tables import branches, memberships
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import (
    DEPUTY,
    OTHER_DEPUTY,
    SECRETARY,
    kept,
    registered,
    tap,
)
from tests.handlers.talking import meets

TODAY = NOW.astimezone(ZONE).date()
MAYBE_TOO_BIG = 2**63


async def colleague(stage: Stage) -> int:
    """The Russian-speaking deputy of another branch gets a mandate in Saryagash, too."""

    def mandate(tx: Connection) -> int:
        actor = people.actor_of(tx, OTHER_DEPUTY, TODAY)
        assert actor is not None
        branch = tx.execute(select(branches.c.id).where(branches.c.code == "САР")).scalar_one()
        row = {"role": Role.DEPUTY, "branch_id": branch, "starts_on": date(2026, 1, 1)}
        tx.execute(insert(memberships).values(person_id=actor.person_id, **row))
        return actor.person_id

    return await stage.database.write(mandate)


async def _handed(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await tap(deputy, "Өтініш карточкасын ашу")
    await tap(deputy, "⋯ Тағы")
    await tap(deputy, "🤝 Басқа депутатқа беру")
    await deputy.wait_for("өтініш кімге беріледі?")
    await tap(deputy, "Кимов Руслан")
    await deputy.wait_for("мерзімі өзгермейді")
    await tap(deputy, "🤝 Иә, беру")
    await deputy.wait_for("Жаңа депутаты: Кимов Руслан")


async def test_handed_over_in_kazakh_and_taken_in_russian(stage: Stage) -> None:
    theirs = await colleague(stage)
    number = await registered(stage)
    receiver = stage.person(OTHER_DEPUTY)
    await receiver.start()
    await _handed(stage)
    await receiver.wait_for("передаёт Вам обращение")
    await tap(receiver, "✅ Принимаю")
    await stage.person(DEPUTY).wait_for(f"№ {number} өтінішін қабылдады")
    (row,) = await kept(stage)
    assert (row["deputy_id"], row["handed_from"]) == (theirs, None)


async def test_returned_in_russian_with_a_reason_read_in_kazakh(stage: Stage) -> None:
    theirs = await colleague(stage)
    await registered(stage)
    receiver, deputy = stage.person(OTHER_DEPUTY), stage.person(DEPUTY)
    await receiver.start()
    await _handed(stage)
    await receiver.wait_for("передаёт Вам обращение")
    await tap(receiver, "↩️ Возвращаю")
    await receiver.wait_for("Почему Вы возвращаете обращение?")
    await receiver.send("...")
    await receiver.wait_for("⚠️")
    await receiver.send("Это не мой округ")
    await receiver.wait_for("Обращение возвращено")
    await deputy.wait_for("өтінішті Сізге қайтарды")
    await tap(deputy, "Тарихы")
    history = await deputy.wait_for("қайтарылды: Это не мой округ")
    assert "жаңа депутаты: Кимов Руслан" in history["text"]
    (row,) = await kept(stage)
    assert row["deputy_id"] != theirs
    assert row["handed_from"] is None


@pytest.mark.parametrize(
    ("language", "more", "hand", "add", "asked", "shown", "yes", "done"),
    [
        ("kk", "⋯ Тағы", "🤝 Басқа депутатқа беру", "💬 Сөз қосу", "айтарыңызды жазыңыз",
         "Қоса айтылғаны: Бұл Сіздің округіңіз", "🤝 Иә, беру", "Жаңа депутаты: Кимов Руслан"),
        ("ru", "⋯ Ещё", "🤝 Передать депутату", "💬 Добавить пояснение", "Напишите пояснение",
         "Пояснение: Бұл Сіздің округіңіз", "🤝 Да, передать", "Кимов Руслан"),
    ],
)  # fmt: skip
async def test_a_secretary_hands_over_with_a_word_and_the_former_deputy_is_told(
    stage: Stage, language: str, more: str, hand: str, add: str, asked: str, shown: str, yes: str,
    done: str,
) -> None:  # fmt: skip
    await colleague(stage)
    number = await registered(stage)
    receiver, secretary = stage.person(OTHER_DEPUTY), await meets(stage, SECRETARY, language)
    await receiver.start()
    await secretary.send("/requests")
    await tap(secretary, number)
    for label in (more, hand, "Кимов Руслан", add):
        await tap(secretary, label)
    await secretary.wait_for(asked)
    await secretary.send("...")
    await secretary.wait_for("⚠️")
    await secretary.send("Бұл Сіздің округіңіз")
    await secretary.wait_for(shown)
    await tap(secretary, yes)
    await secretary.wait_for(done)
    await receiver.wait_for("передаёт Вам обращение")
    await tap(receiver, "История")
    await receiver.wait_for("с пояснением: Бұл Сіздің округіңіз")
    await stage.person(DEPUTY).wait_for(f"№ {number} өтінішін басқа депутатқа берді")


async def test_a_deputy_of_the_region_is_named_so(stage: Stage) -> None:
    def mandate(tx: Connection) -> None:
        row = {"role": Role.DEPUTY, "starts_on": date(2026, 1, 1)}
        tx.execute(insert(memberships).values(person_id=OTHER_DEPUTY - 1000, **row))

    await stage.database.write(mandate)
    await registered(stage)
    deputy = stage.person(DEPUTY)
    await tap(deputy, "Өтініш карточкасын ашу")
    await tap(deputy, "⋯ Тағы")
    await tap(deputy, "🤝 Басқа депутатқа беру")
    await tap(deputy, "Кимов Руслан · облыс деңгейі")
    await deputy.wait_for("мерзімі өзгермейді")


async def test_another_branchs_deputy_moves_nothing_with_forged_buttons(stage: Stage) -> None:
    await registered(stage)
    (before,) = await kept(stage)
    stranger = stage.person(OTHER_DEPUTY)
    await stranger.start()
    message = (await stranger.wait_for("🏠 Меню"))["message_id"]
    of = {"id": before["id"], "version": before["version"]}
    me = await stage.database.read(people.actor_of, OTHER_DEPUTY, TODAY)
    assert me is not None
    taking = HandTo(**of, person_id=me.person_id, sure=True)
    for data in (HandOver(**of), taking, Take(**of), GiveBack(**of)):
        await stranger.tap_data(message, data.pack())
    for forged in (f"rqhto:{before['id']}:1:{MAYBE_TOO_BIG}:1", "rqacc:-1:x", "rqhand:1:1:-5"):
        await stranger.tap_data(message, forged)
    assert await kept(stage) == [before]
