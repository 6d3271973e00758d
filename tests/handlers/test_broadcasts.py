import asyncio
from collections.abc import Callable

from sqlalchemy import Connection, select, update

from bot.simulator.client import Person
from storage import people
from storage.rules.access import Role
from storage.tables import audit, broadcasts, deliveries, memberships
from tests import world
from tests.conftest import NOW
from tests.handlers.conftest import Stage

SECRETARY, DEPUTY, MEMBER, RUSSIAN = 1002, 1003, 1005, 1015
REGIONAL, OTHER = 1001, 1004
TEXT = "Ертең 15:00-де жиналыс"


async def all_of_saryagash(stage: Stage) -> tuple[Person, Person, Person, Person]:
    """The secretary and the three people of her branch; everybody has pressed Start."""
    found = tuple(stage.person(i) for i in (SECRETARY, DEPUTY, MEMBER, RUSSIAN))
    for one in found:
        await one.start()
        await one.wait_answer()
    secretary, deputy, member, russian = found
    return secretary, deputy, member, russian


async def test_a_secretary_writes_to_her_branch_in_four_taps(stage: Stage) -> None:
    secretary, deputy, member, russian = await all_of_saryagash(stage)
    await secretary.send("/menu")
    await secretary.wait_for("Мәзір")
    await secretary.tap("📣 Хабар тарату")  # 1
    await secretary.wait_for("мәтінін жазыңыз")
    await secretary.send(TEXT)
    preview = await secretary.wait_for("Алдын ала қарау")
    assert "Алушылар: 3" in preview["text"]
    assert "Қазақша оқитындар: 2 · орысша: 1" in preview["text"]
    await secretary.tap("Жіберу: 3 адамға")  # 2
    await secretary.wait_for("Хабар тарату аяқталды")

    signed = f"{TEXT}\n\n— Сарыағаш аудандық филиалы"
    for one in (deputy, member):
        assert (await one.last())["text"] == signed
    copy = await russian.last()
    assert copy["text"] == f"{TEXT}\n\n— Сарыагашский районный филиал"
    assert signed in preview["text"]  # what she was shown is what they got

    await russian.tap("Прочитано")
    assert russian.toast == "Спасибо, отмечено."
    marked = await russian.wait_for(TEXT)
    assert russian.labels(marked) == ["✅ Прочитано · 24.11 10:00", "💬 Ответить"]
    await secretary.tap("Нәтижесін ашу")
    card = await secretary.wait_for("Танысты: 1")
    assert "Жеткізілді: 3" in card["text"]
    await secretary.tap("Танысты (1)")
    readers = await secretary.wait_for("Танысқандар: 1")
    assert "Садыков Олег" in readers["text"]
    await secretary.tap("‹ Артқа")
    await secretary.wait_for("Танысты: 1")
    await secretary.tap("Танысқан жоқ (2)")
    names = await secretary.wait_for("Әлі танысқан жоқ")
    assert "Оразов Дархан" in names["text"]
    assert "Садыков Олег" not in names["text"]


async def test_who_cannot_be_reached_is_counted_with_the_reason(stage: Stage) -> None:
    secretary, member = stage.person(SECRETARY), stage.person(MEMBER)
    for one in (secretary, member):  # the deputy and Oleg have never pressed Start
        await one.start()
        await one.wait_answer()
    await member.block()
    await until(stage, lambda tx: not people.get(tx, MEMBER - 1000).reachable)
    await secretary.send(f"/broadcast {TEXT}")
    preview = await secretary.wait_for("Алушылар: 3")
    assert "Хабар жетпейтіндер: 1" in preview["text"]
    await secretary.tap("Жіберу: 2 адамға")
    result = await secretary.wait_for("Хабар тарату аяқталды")
    assert "Жеткізілмеді: 3" in result["text"]
    assert "бот бұғатталған: 1" in result["text"]
    assert "Ботты іске қоспаған: 2" in result["text"]
    await secretary.tap("Нәтижесін ашу")
    await secretary.tap("Жеткізілмеді (3)")
    names = await secretary.wait_for("Хабар жетпегендер")
    assert "Төлегенова Сәуле — бот бұғатталған" in names["text"]


async def test_a_russian_speaking_secretary_is_spoken_to_in_russian(stage: Stage) -> None:
    await stage.database.write(people.set_language, SECRETARY - 1000, "ru")
    secretary, deputy, _, _ = await all_of_saryagash(stage)
    await secretary.send("/broadcast Завтра собрание")
    preview = await secretary.wait_for("Предпросмотр")
    assert "Получатели: 3" in preview["text"]
    await secretary.tap("Отправить: 3 чел.")
    assert secretary.toast == "Отправляется"
    result = await secretary.wait_for("Рассылка завершена")
    assert "Доставлено: 3" in result["text"]
    await deputy.tap("Таныстым")
    await secretary.tap("Открыть результат")
    await secretary.wait_for("Прочитали: 1")
    await secretary.send("/broadcasts")
    shown = await secretary.wait_for("Мои рассылки")
    assert any("1/3" in label for label in secretary.labels(shown))


async def test_marks_that_look_like_html_arrive_as_they_were_typed(stage: Stage) -> None:
    secretary, deputy, _, _ = await all_of_saryagash(stage)
    typed = 'x<5 & <b>қалың</b> </a> &lt; <a href="tg://user?id=1">мен</a>'
    await secretary.send("/broadcast")
    await secretary.wait_for("мәтінін жазыңыз")
    await secretary.send(typed)
    await secretary.wait_for(typed)
    await secretary.tap("Жіберу: 3 адамға")
    await secretary.wait_for("Хабар тарату аяқталды")
    got = await deputy.last()
    assert got["text"].startswith(typed)
    assert "<b>" not in got["html"]


async def test_the_longest_text_of_marks_fits(stage: Stage) -> None:
    secretary, deputy, _, _ = await all_of_saryagash(stage)
    await secretary.send("/broadcast")
    await secretary.wait_for("мәтінін жазыңыз")
    await secretary.send("&" * 4096)
    await secretary.wait_for("Алушылар: 3")
    await secretary.tap("Жіберу: 3 адамға")
    await secretary.wait_for("Хабар тарату аяқталды")
    first, last = (await deputy.messages())[-2:]
    assert (first["text"] + last["text"]).startswith("&" * 4096)


async def test_what_cannot_be_broadcast_is_refused_with_an_example(stage: Stage) -> None:
    secretary, *_ = await all_of_saryagash(stage)
    await secretary.send("/broadcast")
    await secretary.wait_for("мәтінін жазыңыз")
    for send in (secretary.send_sticker, secretary.send_contact):
        await send()
        mistaken = await secretary.wait_for("Мұны таратуға болмайды")
        assert "Мысалы:" in mistaken["text"]


async def test_a_command_comes_between_and_the_broadcast_goes_on(stage: Stage) -> None:
    secretary, *_ = await all_of_saryagash(stage)
    await secretary.send("/broadcast")
    await secretary.wait_for("мәтінін жазыңыз")
    await secretary.send("/menu")
    await secretary.wait_for("Мәзір")
    await secretary.tap("Аяқтау: хабар тарату")
    await secretary.wait_for("мәтінін жазыңыз")
    await secretary.send(TEXT)
    await secretary.wait_for("Алушылар: 3")


async def test_changed_text_is_shown_again_and_the_old_button_sends_nothing(
    stage: Stage,
) -> None:
    secretary, deputy, _, _ = await all_of_saryagash(stage)
    await secretary.send("/broadcast Қате мәтін")
    first = await secretary.wait_for("Қате мәтін")
    await secretary.tap("Мәтінді өзгерту")
    await secretary.wait_for("мәтінін жазыңыз")
    await secretary.send(TEXT)
    await secretary.wait_for(TEXT)
    await secretary.tap_data(first["message_id"], "bcsend:1:1:3")
    assert "қазіргі жайы" in secretary.toast
    assert await states(stage) == ["draft"]
    await secretary.tap("Жіберу: 3 адамға")
    await secretary.wait_for("Хабар тарату аяқталды")
    assert (await deputy.last())["text"].startswith(TEXT)


async def test_another_text_keeps_the_request_that_is_half_way(stage: Stage) -> None:
    secretary, *_ = await all_of_saryagash(stage)
    await secretary.send("/broadcast Қате мәтін")
    preview = await secretary.wait_for("Қате мәтін")
    await secretary.send("/request")
    await secretary.send("Ауыз су екі аптадан бері жоқ")
    await secretary.wait_for("(2/3)")
    await secretary.tap("Мәтінді өзгерту", preview)
    await secretary.wait_for("мәтінін жазыңыз")
    await secretary.send(TEXT)
    await secretary.wait_for(TEXT)
    await secretary.send("/menu")
    await secretary.tap("Аяқтау: өтініш")
    await secretary.wait_for("«Ауыз су екі аптадан бері жоқ»")


async def test_two_taps_on_send_are_one_broadcast(stage: Stage) -> None:
    secretary, deputy, _, _ = await all_of_saryagash(stage)
    await secretary.send(f"/broadcast {TEXT}")
    preview = await secretary.wait_for("Алушылар: 3")
    for _ in range(4):
        await secretary.tap_data(preview["message_id"], "bcsend:1:1:3", wait=False)
    await secretary.wait_for("Хабар тарату аяқталды")
    copies = [m for m in await deputy.messages() if TEXT in (m["text"] or "")]
    assert len(copies) == 1


async def test_more_people_than_were_shown_are_shown_anew(stage: Stage) -> None:
    secretary, *_ = await all_of_saryagash(stage)
    await secretary.send(f"/broadcast {TEXT}")
    await secretary.wait_for("Алушылар: 3")
    await stage.database.write(people.join, OTHER - 1000, Role.MEMBER, world.SARYAGASH, NOW.date())
    await secretary.tap("Жіберу: 3 адамға")
    assert "Алушылар саны өзгерді" in secretary.toast
    await secretary.wait_for("Алушылар: 4")
    assert await states(stage) == ["draft"]


async def test_a_member_is_refused(stage: Stage) -> None:
    member = stage.person(MEMBER)
    await member.start()
    await member.wait_answer()
    await member.send(f"/broadcast {TEXT}")
    refused = await member.wait_for("⚠️")
    assert "Жандосова Мөлдір" in refused["text"]  # whom to ask
    assert await states(stage) == []


async def test_a_foreign_broadcast_stays_closed_to_forged_buttons(stage: Stage) -> None:
    await stage.database.write(
        people.join, OTHER - 1000, Role.BRANCH_SECRETARY, world.ORDABASY, NOW.date()
    )
    secretary, *_ = await all_of_saryagash(stage)
    other = stage.person(OTHER)
    await other.start()
    await other.wait_answer()
    await secretary.send(f"/broadcast {TEXT}")
    await secretary.wait_for("Алушылар: 3")
    mine = await other.last()
    forged = ("bcsend:1:1:3", "bcopen:1", "bcedit:1:1", "bcdrop:1:1", "bcwho:1:unread:0")
    for data in (*forged, "bcread:1", "bcopen:99999999999999999999", "bcto:2", "bcto:0"):
        await other.tap_data(mine["message_id"], data)
        assert other.alert, data
    assert await states(stage) == ["draft"]
    tried = await stage.database.read(
        lambda tx: tx.execute(
            select(audit.c.id).where(audit.c.outcome == "refused", audit.c.person_id == 4)
        ).all()
    )
    assert len(tried) >= len(forged)


async def test_role_lost_between_preview_and_send(stage: Stage) -> None:
    secretary, *_ = await all_of_saryagash(stage)
    await secretary.send(f"/broadcast {TEXT}")
    await secretary.wait_for("Алушылар: 3")
    await stage.database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == SECRETARY - 1000)
            .values(role=Role.MEMBER)
        )
    )
    await secretary.tap("Жіберу: 3 адамға")
    assert secretary.alert
    assert await states(stage) == ["draft"]


async def test_a_regional_secretary_chooses_whom(stage: Stage) -> None:
    regional = stage.person(REGIONAL)
    await regional.start()
    await regional.wait_answer()
    await regional.send(f"/broadcast {TEXT}")
    await regional.wait_for("Хабар кімге таратылады?")
    await regional.tap("Ордабасы аудандық филиалы")
    preview = await regional.wait_for("Алдын ала қарау")
    assert "Алушылар: 1" in preview["text"]
    await regional.tap("Болдырмау")
    assert regional.toast == "Қаралама жойылды, ештеңе жіберілген жоқ."
    await regional.tap("Жаңа хабар тарату")
    await regional.tap("Бүкіл облыс")
    await regional.wait_for("(2/3)")
    await regional.send(TEXT)
    await regional.wait_for("Алушылар: 7")
    assert await states(stage) == ["cancelled", "draft"]


async def test_an_uncertain_copy_is_shown_and_not_sent_twice(stage: Stage) -> None:
    secretary, deputy, _, _ = await all_of_saryagash(stage)
    await secretary.send(f"/broadcast {TEXT}")
    await secretary.wait_for("Алушылар: 3")
    async with stage.session.post(
        f"{stage.telegram.url}/local/faults",
        json={"method": "sendMessage", "kind": "reset_after", "times": 1, "chat": DEPUTY},
    ) as answer:
        assert answer.status == 200
    await secretary.tap("Жіберу: 3 адамға")
    result = await secretary.wait_for("Хабар тарату аяқталды")
    assert "Белгісіз: 1" in result["text"]
    copies = [m for m in await deputy.messages() if TEXT in (m["text"] or "")]
    assert len(copies) == 1
    await deputy.tap("Таныстым")  # who taps has it
    rows = await stage.database.read(
        lambda tx: tx.execute(select(deliveries.c.state)).scalars().all()
    )
    assert rows == ["sent"] * 3


async def until(stage: Stage, holds: Callable[[Connection], bool]) -> None:
    for _ in range(200):
        if await stage.database.read(holds):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to pass")


async def states(stage: Stage) -> list[str]:
    def read(tx: Connection) -> list[str]:
        return list(tx.execute(select(broadcasts.c.state).order_by(broadcasts.c.id)).scalars())

    return await stage.database.read(read)
