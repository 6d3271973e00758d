"""Stories of /status: an administrator sees what needs a hand, and lends one."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from handlers.status.callbacks import Decide, DropUpdate, RetryUpdate, SendAgain
from storage import facts, inbox, outbox, restoring
from storage.tables import audit, people
from storage.tables import inbox as inbox_table
from storage.tables import outbox as outbox_table
from tests.bot.doubles import until
from tests.conftest import NOW
from tests.handlers.conftest import Stage

OWNER, SECRETARY, MEMBER, RUSSIAN = 1001, 1002, 1005, 1015
CANARY = "Канарейкина +77015550142"
DEAD_UPDATE = 77


def set_aside(tx: Connection, update_id: int = DEAD_UPDATE, text: str = CANARY) -> None:
    """An update of the member's that failed three times."""
    user = {"id": MEMBER, "is_bot": False, "first_name": "Сәуле"}
    body = {
        "update_id": update_id,
        "message": {
            "message_id": 9_000_000 + update_id,
            "date": int(NOW.timestamp()),
            "chat": {"id": MEMBER, "type": "private", "first_name": "Сәуле"},
            "from": user,
            "text": text,
        },
    }
    inbox.keep(tx, [(MEMBER, body)], NOW - timedelta(hours=1))
    for _ in range(inbox.MAX_ATTEMPTS):
        inbox.failed(tx, update_id, "ZeroDivisionError", NOW)


def ended(tx: Connection, key: str, kind: str, state: str, reason: str | None) -> None:
    params: dict[str, Any] = {"update_id": 1, "error": "KeyError"}
    outbox.put(tx, key, kind, 5, params, NOW - timedelta(hours=2))
    tx.execute(
        update(outbox_table)
        .where(outbox_table.c.key == key)
        .values(state=state, reason=reason, sent_at=NOW - timedelta(hours=2))
    )


async def speaks_russian(stage: Stage) -> None:
    """The owner chooses Russian."""
    choice = update(people).where(people.c.telegram_id == OWNER).values(language="ru")
    await stage.database.write(lambda tx: tx.execute(choice))


async def actions(stage: Stage) -> list[str]:
    found = select(audit.c.action).order_by(audit.c.id)
    return await stage.database.read(lambda tx: list(tx.execute(found).scalars()))


async def nothing_waits(stage: Stage) -> bool:
    return await stage.database.read(inbox.depth) == 0


async def test_all_is_well(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.start()
    await owner.wait_answer()
    await until(lambda: nothing_waits(stage), "the mark of what is handled")
    await owner.send("/status")
    card = await owner.wait_for("Buro жұмысының жай-күйі")
    told = card["text"].splitlines()
    assert len(told) <= 12
    assert told[1] == "Кіріс хабарлар: кезекте 1, ең ескісі күткен уақыт: 0 мин"  # this very one
    assert "Мына сандар нөл болуға тиіс:" in told
    assert [line for line in told if line[0] == "✅"] == [
        "✅ Өңделмей қалған хабарлар: 0",
        "✅ Жеткені белгісіз хабарлар: 0",
        "✅ 7 күнде ақаудан жіберілмегені: 0",
        "✅ Хабар жетпейтін адамдар: 0",
        "✅ Қорытындысы жазылмаған өткен отырыстар: 0",
        "✅ Мерзімі өткен, жауаптысы жоқ істер: 0",
    ]
    assert owner.labels(card) == ["🔄 Қайта санау", "🏠 Мәзір"]


async def test_in_russian_the_counters_that_are_not_zero_have_a_sign_and_a_door(
    stage: Stage,
) -> None:
    await speaks_russian(stage)
    await stage.database.write(set_aside)
    await stage.database.write(ended, "a", "update_quarantined", "uncertain", "interrupted")
    await stage.database.write(ended, "b", "meeting_announced", "failed", "refused")
    blocked = update(people).where(people.c.telegram_id == RUSSIAN).values(reachable=False)
    await stage.database.write(lambda tx: tx.execute(blocked))
    owner = stage.person(OWNER)
    await owner.start()
    await owner.send("/status")
    card = await owner.wait_for("Как работает Buro")
    assert [line for line in card["text"].splitlines() if line[0] == "⚠"] == [
        "⚠️ Сообщения, которые не удалось обработать: 1",
        "⚠️ Отправлено, но неизвестно, дошло ли: 1",
        "⚠️ Не отправлено из-за сбоя за 7 дней: 1",
        "⚠️ Люди, до которых ничего не доходит: 1",
    ]
    assert owner.labels(card)[:3] == ["Необработанные: 1", "Недошедшие: 2", "Недоступные люди: 1"]
    await owner.tap("Недоступные люди")
    people_card = await owner.wait_for("• Садыков")
    assert people_card["text"].splitlines()[-1] == "• Садыков Олег"
    await owner.tap("Назад")
    await owner.tap("Пересчитать")
    assert owner.toast.startswith("Подсчитано в ")


async def test_an_update_is_handled_again_and_nobody_sees_what_stood_in_it(stage: Stage) -> None:
    await stage.database.write(set_aside, DEAD_UPDATE, "/help")
    owner, member = stage.person(OWNER), stage.person(MEMBER)
    await member.start()
    await owner.start()
    await owner.send("/status")
    await owner.tap("Өңделмегендер: 1")
    await owner.tap(str(DEAD_UPDATE))
    card = await owner.wait_for("Өңделмей қалған хабар")
    assert f"{DEAD_UPDATE}" in card["text"]
    assert "ZeroDivisionError" in card["text"]
    assert "/help" not in card["text"]
    await owner.tap("Қайта өңдеу")
    assert owner.toast == "Бір минут ішінде қайта өңделеді."
    await stage.app.schedule.tick()
    await member.wait_for("Көмек")
    assert "update.retry" in await actions(stage)
    await owner.tap_data(card["message_id"], RetryUpdate(update_id=DEAD_UPDATE).pack())
    assert owner.alert, "it is not there any more"


async def test_an_update_that_is_given_up_leaves_nothing_personal(stage: Stage) -> None:
    await stage.database.write(set_aside)
    owner = stage.person(OWNER)
    await owner.start()
    await owner.send("/status")
    await owner.tap("Өңделмегендер: 1")
    await owner.tap(str(DEAD_UPDATE))
    await owner.tap("Жою")
    await owner.wait_for("Қазір ондай жоқ")
    found = select(inbox_table).where(inbox_table.c.update_id == DEAD_UPDATE)
    row = await stage.database.read(lambda tx: tx.execute(found).one())
    assert (row.state, row.body) == ("done", None)
    assert CANARY not in str(await stage.database.read(lambda tx: tx.execute(select(audit)).all()))


async def test_what_may_come_twice_is_sent_again_and_a_broadcast_is_not(stage: Stage) -> None:
    await speaks_russian(stage)
    await stage.database.write(ended, "a", "update_quarantined", "uncertain", "interrupted")
    await stage.database.write(ended, "b", "broadcast_copy", "uncertain", "interrupted")
    owner, member = stage.person(OWNER), stage.person(MEMBER)
    await member.start()
    await owner.start()
    await owner.send("/status")
    await owner.tap("Недошедшие: 2")
    card = await owner.wait_for("Недошедшие сообщения")
    assert card["text"].splitlines()[1:] == [
        "• рассылка: 1, неизвестно, дошло ли",
        "• о сбое: 1, неизвестно, дошло ли",
    ]
    assert [label for label in owner.labels(card) if "Ещё раз" in label] == ["Ещё раз: о сбое"]
    await owner.tap("Ещё раз: о сбое")
    assert owner.toast == "Отправлено ещё раз: 1"
    await member.wait_for("KeyError")
    await owner.tap_data(card["message_id"], SendAgain(kind="broadcast_copy").pack())
    assert owner.alert, "nobody sends a broadcast twice"


@pytest.mark.parametrize("forged", [RetryUpdate(update_id=77), DropUpdate(update_id=77)])
async def test_it_is_for_administrators_only(stage: Stage, forged: Any) -> None:
    await stage.database.write(set_aside)
    secretary = stage.person(SECRETARY)
    await secretary.start()
    await secretary.send("/status")
    refused = await secretary.wait_for("Бұл бөлім Сізге қолжетімсіз")
    await secretary.tap_data(refused["message_id"], forged.pack())
    assert secretary.alert
    found = select(inbox_table.c.state).where(inbox_table.c.update_id == DEAD_UPDATE)
    assert await stage.database.read(lambda tx: tx.execute(found).scalar_one()) == "quarantined"


# -- after a restore ----------------------------------------------------------------------


def restored(tx: Connection) -> None:
    """A message to the member waited when the backup was made."""
    earlier = NOW - timedelta(days=1)
    params = {"update_id": 1, "error": "OldNews"}
    outbox.put(tx, "old", "update_quarantined", 5, params, earlier)
    restoring.mark(tx, NOW, NOW.date())


async def test_after_a_restore_nothing_old_is_sent_until_the_owner_says_so(stage: Stage) -> None:
    member = stage.person(MEMBER)
    await member.start()
    owner = stage.person(OWNER)
    await owner.start()
    await stage.database.write(restored)
    stage.app.courier.wake()
    question = await owner.wait_for("сақтық көшірмеден қалпына келтірілді")
    assert "Онда күтіп тұрған хабарлар: 1" in question["text"]
    await owner.send("/status")
    card = await owner.wait_for("Сіздің шешіміңізді күтіп тұр")
    assert len(card["text"].splitlines()) <= 12
    assert not [m for m in await member.messages() if "OldNews" in (m["text"] or "")]
    await owner.tap("Күткендерін жіберу", question)
    await owner.wait_for("Күтіп тұрған хабарлар жіберіледі")
    stage.app.courier.wake()
    await member.wait_for("OldNews")
    assert (await actions(stage))[-1] == "database.restore_confirm"
    await owner.tap_data(question["message_id"], Decide(send=False).pack())
    assert owner.alert, "it is decided"


async def test_what_the_owner_drops_after_a_restore_is_never_sent(stage: Stage) -> None:
    await speaks_russian(stage)
    member, owner = stage.person(MEMBER), stage.person(OWNER)
    await member.start()
    await owner.start()
    await stage.database.write(restored)
    stage.app.courier.wake()
    await owner.wait_for("База восстановлена из резервной копии")
    await owner.tap("Не отправлять")
    await owner.wait_for("Ожидавшее не будет отправлено")
    found = select(outbox_table).where(outbox_table.c.key == "old")
    row = await stage.database.read(lambda tx: tx.execute(found).one())
    assert (row.state, row.reason) == ("failed", "dropped_after_restore")
    assert await stage.database.read(facts.recall, facts.RESTORED_AT) is None
    assert not [m for m in await member.messages() if "OldNews" in (m["text"] or "")]


async def test_a_question_that_is_decided_is_not_asked(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.start()
    await stage.database.write(restored)
    await stage.database.write(facts.forget, facts.RESTORED_AT)
    await owner.send("/status")
    card = await owner.wait_for("Buro жұмысының жай-күйі")
    assert "шешіміңізді" not in card["text"]
