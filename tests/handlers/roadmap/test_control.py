"""Stories of control: reported with a photo, returned, accepted, removed by the Bureau."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.roadmap.callbacks import AcceptReport, ApproveExtension, RemoveItem, StartReport
from storage import people, roadmap
from storage.meetings import document, instructions, proposals
from storage.meetings.instructions import Executor
from storage.reminders import next_due
from storage.roadmap import NewRoadmapItem, State
from storage.tables import control_items, reminders
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps
from tests.storage.meetings import sitting_world as w
from tests.storage.meetings.sitting_world import Going
from tests.world import SARYAGASH

Json = dict[str, Any]
DEADLINE = date(2026, 12, 24)
DEPUTY, SECRETARY = 1003, 1002

KK = {
    "given": "📌 Сізге тапсырма берілді",
    "mine": "Менің тапсырмаларым: 1",
    "control": "Есеп және бақылау",
    "card": "📌 Тапсырма № 1",
    "source": "Негізі: Бюроның қараша отырысы, 1-тармақ",
    "reminder": "⏰ Еске салу: бақылаудағы іс",
    "done": "Орындалды",
    "ask": "Қысқа түсініктеме жазыңыз",
    "files": "📎 Есепке қосылған файл: 1",
    "send": "Есепті жіберу",
    "meanwhile": "Осы арада өзгерді",
    "waits": "⏳ Есеп тексеруді күтеді.",
    "to_check": "Есеп тексеруіңізді күтеді",
    "accept": "Есепті қабылдау",
    "return": "Қайтару",
    "why": "Есеп неге қайтарылады?",
    "returned": "Есебіңіз қайтарылды",
    "accepted": "Есебіңіз қабылданды",
    "without": "Түсініктемесіз",
    "open": "Толығырақ",
    "more": "⋯ Тағы",
    "remove": "Бақылаудан алу",
    "which": "Қай отырыс шешті?",
    "meeting": "Бюроның қараша отырысы",
    "clause": "нешінші тармағы",
    "no_clause": "мұндай тармақ жоқ",
    "removed": "Бақылаудан алынды",
    "news": "Бюро бақылаудан алды",
    "history": "Тармақ тарихы",
    "line": "бақылаудан алынды: Бюроның қараша отырысы, тармағы: 1",
}
RU = {
    "given": "📌 Вам дано поручение",
    "mine": "Мои поручения: 1",
    "control": "Отчёт и контроль",
    "card": "📌 Поручение № 1",
    "source": "Основание: Ноябрьское заседание Бюро, пункт 1",
    "reminder": "⏰ Напоминание: на контроле",
    "done": "Исполнено",
    "ask": "Напишите короткий комментарий",
    "files": "📎 Файлов в отчёте: 1",
    "send": "Отправить отчёт",
    "meanwhile": "это изменили",
    "waits": "⏳ Отчёт ждёт проверки.",
    "to_check": "Отчёт ждёт Вашей проверки",
    "accept": "Принять отчёт",
    "return": "Вернуть",
    "why": "Почему отчёт возвращается?",
    "returned": "Ваш отчёт возвращён",
    "accepted": "Ваш отчёт принят",
    "without": "Без комментария",
    "open": "Подробнее",
    "more": "⋯ Ещё",
    "remove": "Снять с контроля",
    "which": "Какое заседание решило?",
    "meeting": "Ноябрьское заседание Бюро",
    "clause": "Какой это пункт",
    "no_clause": "нет такого пункта",
    "removed": "Снято с контроля",
    "news": "Бюро сняло с контроля",
    "history": "История пункта",
    "line": "снято с контроля: Ноябрьское заседание Бюро, пункт: 1",
}
BOTH = pytest.mark.parametrize(("language", "said"), [("kk", KK), ("ru", RU)])


async def approved(stage: Stage) -> Going:
    """The Bureau gave Viktoria an instruction, and its final document is approved."""
    going = await stage.database.write(w.convene)
    aigul, erik = await w.actor(stage.database, w.AIGUL), await w.actor(stage.database, w.ERIK)
    write = stage.database.write
    sent = (erik, going.sport, "proposal", "Стадион <салынсын>", NOW, w.TODAY)
    proposal = await write(proposals.send, *sent)
    executor = Executor(person_id=w.VIKTORIA - 1000)
    task = await write(instructions.of_proposal, aigul, proposal, 1, executor, NOW)
    await write(instructions.set_deadline, aigul, task, 1, DEADLINE, NOW, w.TODAY)
    await write(w.held, going)
    seal = (await stage.database.read(document.whole, aigul, going.meeting)).seal
    await write(document.approve, aigul, going.meeting, seal, NOW, w.TODAY)
    return going


async def item_of(stage: Stage) -> Any:
    return await stage.database.read(lambda tx: tx.execute(select(control_items)).one())


async def planned(stage: Stage) -> int:
    query = select(reminders.c.id).where(reminders.c.state == "planned")
    return len(await stage.database.read(lambda tx: tx.execute(query).all()))


@BOTH
async def test_from_an_instruction_to_its_removal_from_control(
    stage: Stage, language: str, said: dict[str, str]
) -> None:
    viktoria = await meets(stage, w.VIKTORIA, language)
    aigul = await meets(stage, w.AIGUL, language)
    await approved(stage)
    await viktoria.wait_for(said["given"])
    await sends(viktoria, "/instructions", said["mine"])
    await viktoria.tap("Стадион <салынсын>")
    await viktoria.wait_answer()
    card = await taps(viktoria, said["control"], said["card"])
    assert said["source"] in card["text"]

    # A reminder comes; from it the executor reports with a photo and a word, and is not reminded.
    due = await stage.database.read(next_due)
    assert due is not None
    await stage.move(due - stage.clock.now())
    await viktoria.wait_for(said["reminder"])
    await taps(viktoria, said["done"], said["ask"])
    await viktoria.send_photo(caption="Міне, стадион")
    files = await viktoria.wait_for(said["files"])
    assert "«Міне, стадион»" in files["text"]
    reported = await taps(viktoria, said["send"], said["waits"])
    assert not [label for label in viktoria.labels(reported) if said["accept"] in label]
    assert await planned(stage) == 0

    # The controller returns it: with a reason, and it is reminded of again.
    await aigul.wait_for(said["to_check"])
    await taps(aigul, said["return"], said["why"])
    await aigul.send_sticker()
    await aigul.wait_for("⚠️")
    await sends(aigul, "Суретте басқа көше", said["card"])
    back = await viktoria.wait_for(said["returned"])
    assert "«Суретте басқа көше»" in back["text"]
    assert await planned(stage) > 0

    # The second report is accepted; it stays under control until the Bureau removes it.
    await taps(viktoria, said["open"], said["card"])
    await taps(viktoria, said["done"], said["ask"])
    await taps(viktoria, said["without"], said["waits"])
    await aigul.wait_for(said["to_check"])
    await taps(aigul, said["accept"], said["card"])
    await viktoria.wait_for(said["accepted"])
    await taps(aigul, said["more"], said["card"])
    await taps(aigul, said["remove"], said["which"])
    await taps(aigul, said["meeting"], said["clause"])
    await sends(aigul, "бірінші", "⚠️")
    await sends(aigul, "7", said["no_clause"])
    await sends(aigul, "1", said["removed"])
    await taps(aigul, said["history"], said["line"])
    await viktoria.wait_for(said["news"])
    assert (await item_of(stage)).state == "removed"


EXTENDING = {
    "kk": {
        "longer": "Мерзімін ұзарту",
        "until": "Қай күнге дейін ұзарту керек?",
        "not_later": "қазіргі мерзімінен кеш емес",
        "why": "Мерзімін не үшін ұзарту керек?",
        "asked": "Мерзімін ұзарту сұралды: 31 желтоқсан",
        "no": "Ұзартпау",
        "why_not": "Мерзімі неге ұзартылмайды?",
        "refused": "Мерзімі ұзартылмады",
        "yes": "✅ Ұзарту",
        "extended": "📅 Мерзімі ұзартылды",
        "times": "31 желтоқсан, бейсенбі · 37 күн қалды · 1 рет ұзартылды",
        "open": "Толығырақ",
        "more": "⋯ Тағы",
        "head": "🎯 № 4.12",
    },
    "ru": {
        "longer": "Продлить срок",
        "until": "До какого дня продлить?",
        "not_later": "не позже нынешнего срока",
        "why": "Почему нужен другой срок?",
        "asked": "Просят продлить срок: 31 декабря",
        "no": "Не продлевать",
        "why_not": "Почему срок не продлевается?",
        "refused": "Срок не продлён",
        "yes": "✅ Продлить",
        "extended": "📅 Срок продлён",
        "times": "31 декабря, четверг · осталось 37 дн. · продлений: 1",
        "open": "Подробнее",
        "more": "⋯ Ещё",
        "head": "🎯 № 4.12",
    },
}


async def given(stage: Stage, executor: int = DEPUTY) -> int:
    item = NewRoadmapItem(
        number="4.12",
        branch_id=SARYAGASH,
        direction_kk="Спорт",
        direction_ru="Спорт",
        title_kk="Спорт кешенін салу",
        title_ru="Построить спортивный комплекс",
        executor_id=executor - 1000,
        deadline=DEADLINE,
    )
    return await stage.database.write(roadmap.add, item, NOW, ZONE)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_an_extension_is_refused_then_approved_and_counted(
    stage: Stage, language: str
) -> None:
    said = EXTENDING[language]
    item_id = await given(stage)
    deputy = await meets(stage, DEPUTY, language)
    secretary = await meets(stage, SECRETARY, language)
    for answer in ("no", "yes"):
        await sends(deputy, "/roadmap", "1")
        await taps(deputy, "№ 4.12", said["head"])
        await taps(deputy, said["more"], said["head"])
        await taps(deputy, said["longer"], said["until"])
        await sends(deputy, "20.12.2026", said["not_later"])
        await sends(deputy, "31.12.2026", said["why"])
        await sends(deputy, "Жеткізуші кешікті", said["asked"])
        await secretary.wait_for(said["asked"])
        if answer == "no":
            await taps(secretary, said["no"], said["why_not"])
            await sends(secretary, "Қаржы бөлінген", said["head"])
            refused = await deputy.wait_for(said["refused"])
            assert "«Қаржы бөлінген»" in refused["text"]
        else:
            await taps(secretary, said["yes"], said["times"])
            await deputy.wait_for(said["extended"])
    row = await item_of(stage)
    assert (row.id, row.deadline, row.state, row.extensions) == (
        item_id,
        date(2026, 12, 31),
        "extended",
        1,
    )


async def test_nobody_but_the_other_hand_decides(stage: Stage) -> None:
    item_id = await given(stage)
    deputy = await meets(stage, DEPUTY)
    message = (await sends(deputy, "/menu", "Мәзір"))["message_id"]
    for forged in (
        AcceptReport(id=item_id, version=1),
        ApproveExtension(id=item_id, version=1),
        RemoveItem(id=item_id, version=1),
    ):
        await deputy.tap_data(message, forged.pack())
        assert deputy.alert
    secretary = await meets(stage, SECRETARY)
    message = (await sends(secretary, "/menu", "Мәзір"))["message_id"]
    await secretary.tap_data(message, RemoveItem(id=item_id, version=1).pack())
    assert secretary.alert  # a branch's secretary is not the Bureau
    assert (await item_of(stage)).version == 1


@BOTH
async def test_a_tap_on_a_year_old_reminder_tells_how_it_stands(
    stage: Stage, language: str, said: dict[str, str]
) -> None:
    item_id = await given(stage)
    deputy = await meets(stage, DEPUTY, language)
    message = (await sends(deputy, "/menu", "🏠"))["message_id"]

    def ended(tx: Any) -> None:
        actor = people.actor_of(tx, DEPUTY, w.TODAY)
        assert actor is not None
        roadmap.report(tx, actor, item_id, 1, State.DONE, None, NOW, ZONE)

    await stage.database.write(ended)
    await stage.move(timedelta(days=365))
    await deputy.tap_data(
        message, StartReport(id=item_id, version=1, state=State.IN_PROGRESS).pack()
    )
    await deputy.wait_for(said["waits"])
    assert said["meanwhile"] in deputy.toast
