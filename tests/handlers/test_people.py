import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.simulator.client import Person
from storage.people import actor_of
from storage.tables import audit
from tests.conftest import NOW
from tests.handlers.conftest import Stage

LINK = re.compile(r"start=(i_[A-Za-z0-9_-]{22})")


async def invited(stage: Stage, secretary: int, *labels: str) -> str:
    """The payload of the link that ``secretary`` gets for the tapped role and branch."""
    inviter = stage.person(secretary)
    await inviter.start()
    await inviter.send("/invite")
    await inviter.wait_for("Шақырулар")
    for label in labels:
        await inviter.tap(label)
    message = await inviter.wait_for("Бұл сілтемені бір адамға жіберіңіз")
    found = LINK.search(message["text"])
    assert found, message["text"]
    return found[1]


async def again(person: Person, message: dict[str, Any]) -> dict[str, Any]:
    """How ``message`` of the person's chat stands now."""
    return next(m for m in await person.messages() if m["message_id"] == message["message_id"])


async def refusals(stage: Stage) -> list[str]:
    query = select(audit.c.action).where(audit.c.outcome == "refused")
    return await stage.database.read(lambda tx: list(tx.execute(query).scalars()))


@pytest.mark.parametrize(
    ("who", "language", "question", "explained"),
    [
        (1008, "Қазақша", "Тілді таңдаңыз", "партияның облыстық филиалының көмекшісі"),
        (1009, "Русский", "Пожалуйста, выберите язык", "помощник областного филиала партии"),
    ],
)
async def test_a_guest_is_asked_the_language_once_and_told_how_to_get_in(
    stage: Stage, who: int, language: str, question: str, explained: str
) -> None:
    guest = stage.person(who)
    await guest.start()
    asked = await guest.wait_for(question)
    assert guest.labels(asked)[0] == language, "Telegram's own language is offered first"
    await guest.tap(language)
    await guest.wait_for(explained)
    await guest.start()
    again = await guest.wait_for(explained)
    assert question not in again["text"]


async def test_a_deputy_comes_in_by_a_link_that_works_once(stage: Stage) -> None:
    payload = await invited(stage, 1002, "Мәслихат депутаты")
    guest = stage.person(1008)
    await guest.start(payload)
    await guest.tap("Қазақша")
    await guest.wait_for("Сіз қабылдандыңыз: Мәслихат депутаты")
    assert "📝 Өтініш тіркеу" in guest.labels(await guest.last())

    second = stage.person(1009)
    await second.start(payload)
    await second.tap("Русский")
    await second.wait_for("Этот код не подходит")
    assert "redeem_invite" in await refusals(stage)


async def test_a_code_may_be_typed_and_expires_after_a_week(stage: Stage) -> None:
    code = (await invited(stage, 1002, "Партия мүшесі")).removeprefix("i_")
    await stage.move(timedelta(days=7, minutes=1))
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    await guest.tap("Менде код бар")
    await guest.wait_for("Шақыру кодын енгізіңіз")
    await guest.send_sticker()
    await guest.wait_for("Мұнда коды бар мәтін керек")
    await guest.send(code)
    await guest.wait_for("Бұл код жарамсыз")


async def test_guessing_is_stopped_after_five_tries(stage: Stage) -> None:
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    for number in range(5):
        await guest.send(f"/join {'x' * 21}{number}")
        await guest.wait_for("Бұл код жарамсыз")
    await guest.send("/join " + "y" * 22)
    await guest.wait_for("Тым көп әрекет жасалды")


async def test_an_invitation_can_be_taken_back(stage: Stage) -> None:
    payload = await invited(stage, 1002, "Партия мүшесі")
    secretary = stage.person(1002)
    await secretary.send("/invite")
    await secretary.wait_for("Әлі қолданылмаған шақыру: 1")
    await secretary.tap("✖ Партия мүшесі")
    guest = stage.person(1008)
    await guest.start(payload)
    await guest.tap("Қазақша")
    await guest.wait_for("Бұл код жарамсыз")


async def test_only_the_regional_secretary_invites_secretaries(stage: Stage) -> None:
    branch = stage.person(1002)
    await branch.start()
    await branch.send("/invite")
    own = branch.labels(await branch.wait_for("Шақырулар"))
    assert "Филиал хатшысы" not in own
    payload = await invited(stage, 1001, "Филиал хатшысы", "Ордабасы")
    guest = stage.person(1008)
    await guest.start(payload)
    await guest.tap("Қазақша")
    await guest.wait_for("Сіз қабылдандыңыз: Филиал хатшысы")


async def test_a_guest_asks_and_the_secretary_lets_in(stage: Stage) -> None:
    secretary = stage.person(1002)
    await secretary.start()
    guest = stage.person(1009)
    await guest.start()
    await guest.tap("Русский")
    await guest.tap("Запросить доступ")
    await guest.wait_for("Напишите Ваши фамилию и имя")
    await guest.send("⠀")  # the Braille blank: it shows nothing
    await guest.wait_for("нечего прочитать")
    await guest.send("Гость <b>Анна</b> & Ко")
    await guest.wait_for("В каком Вы филиале?")
    await guest.tap("Сарыагашский")
    await guest.wait_for("Ваша просьба передана")

    asked = await secretary.wait_for("Рұқсат сұрайды")
    assert "Гость <b>Анна</b> & Ко" in asked["text"], "typed tags stay letters"
    await secretary.tap("✅ Мүше ретінде қабылдау")
    await secretary.wait_for("✅ Қабылданды")
    told = await guest.wait_for("Вы приняты: Член партии")
    assert "Филиал: Сарыагашский районный филиал" in told["text"]
    await guest.send("/menu")
    assert "🗓 Ближайшее" in guest.labels(await guest.wait_for("Меню"))


async def test_the_second_of_two_secretaries_hears_that_it_is_decided(stage: Stage) -> None:
    await stage.person(1002).start()
    await stage.person(1001).start()
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    await guest.tap("Рұқсат сұрау")
    await guest.send("Қонақов Асан")
    await guest.tap("Сарыағаш")
    first = stage.person(1002)
    asked = await first.wait_for("Рұқсат сұрайды")
    data = asked["inline_keyboard"][1][0]["callback_data"]
    await first.tap("✅ Мүше ретінде қабылдау")
    await guest.wait_for("Сіз қабылдандыңыз")
    # The same button once more, as from a second phone that still shows it.
    await first.tap_data(asked["message_id"], data)
    assert first.toast == "Өтінім қаралып қойған: ✅ Қабылданды"
    assert "Шешім қабылдаған: Жандосова Мөлдір" in (await again(first, asked))["text"]


async def test_a_guest_who_waits_sees_it_and_may_change_what_was_told(stage: Stage) -> None:
    secretary, guest = stage.person(1002), stage.person(1008)
    await secretary.start()
    await guest.start()
    await guest.tap("Қазақша")
    await guest.tap("Рұқсат сұрау")
    await guest.send("🙂")
    refused = await guest.wait_for("Аты-жөнінде әріп болуы керек")
    assert "Мысалы: Серікова Айгүл" in refused["text"]
    await guest.send("Қонақов Асан")
    await guest.wait_for("Қай филиалдансыз?")
    await guest.send("Сарыағаш")
    await guest.wait_for("⚠️ Филиалды батырмамен таңдаңыз")
    await guest.tap("Сарыағаш")
    await guest.wait_for("Сұрауыңыз жеткізілді")
    early = await secretary.wait_for("Қонақов Асан")

    await guest.send("/menu")
    await guest.tap("Рұқсат сұрау")
    await guest.wait_for("Сұрауыңыз қаралуда")
    await guest.tap("Өзгерту")
    await guest.send("Қонақов Асан Серікұлы")
    await guest.tap("Сарыағаш")
    await guest.wait_for("Сұрауыңыз жеткізілді")
    await secretary.wait_for("Қонақов Асан Серікұлы")
    await secretary.tap("✅ Мүше ретінде қабылдау", early)
    assert secretary.toast == "Қонақ сұрауын өзгертті. Қайта қараңыз."
    await secretary.tap("✅ Мүше ретінде қабылдау", await again(secretary, early))
    await guest.wait_for("Сіз қабылдандыңыз: Партия мүшесі")


async def test_after_a_wrong_code_the_right_one_is_simply_sent(stage: Stage) -> None:
    code = (await invited(stage, 1002, "Партия мүшесі")).removeprefix("i_")
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    await guest.tap("Менде код бар")
    await guest.send(code[:-1])
    await guest.wait_for("Басқа кодты осы жерге жіберуге болады")
    await guest.send(code)
    await guest.wait_for("Сіз қабылдандыңыз: Партия мүшесі")


async def test_a_branch_secretary_of_elsewhere_cannot_decide(stage: Stage) -> None:
    await stage.person(1002).start()
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    await guest.tap("Рұқсат сұрау")
    await guest.send("Қонақов Асан")
    await guest.tap("Ордабасы")
    await guest.wait_for("Сұрауыңыз жеткізілді")
    secretary = stage.person(1002)
    home = await secretary.last()
    await secretary.tap_data(home["message_id"], "accdec:1:1:1")
    assert "Бұл бөлім Сізге қолжетімсіз" in secretary.toast
    assert "invite" in await refusals(stage)


async def test_a_guest_is_refused_politely_and_told_whom_to_ask(stage: Stage) -> None:
    guest = stage.person(1009)
    await guest.start()
    await guest.tap("Русский")
    await guest.send("/requests")
    said = await guest.wait_for("Это Вам недоступно")
    assert "Сейтова Айгүл" in said["text"]
    assert "work_on_requests" in await refusals(stage)


async def test_the_language_is_changed_in_settings(stage: Stage) -> None:
    saule = stage.person(1005)
    await saule.start()
    await saule.send("/settings")
    await saule.wait_for("Баптаулар")
    await saule.tap("Русский")
    await saule.wait_for("Настройки")
    await saule.send("/menu")
    await saule.wait_for("Меню")


async def test_blocking_marks_unreachable_until_the_person_writes_again(stage: Stage) -> None:
    saule = stage.person(1005)
    await saule.start()
    await saule.wait_for("Мәзір")
    await saule.block()
    await reachability(stage, 1005, expected=False)
    await saule.unblock()
    await reachability(stage, 1005, expected=True)


async def reachability(stage: Stage, telegram_id: int, *, expected: bool) -> None:
    for _ in range(100):
        actor = await stage.database.read(actor_of, telegram_id, NOW.date())
        assert actor is not None
        if actor.reachable is expected:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"reachability never became {expected}")


async def test_personal_commands_in_a_group_lead_to_the_private_chat(stage: Stage) -> None:
    stage.telegram.add_group(id=-500, title="Сарыағаш", members=[1003], bot_is_member=True)
    await stage.person(1003).start()
    dauren = stage.person(1003).in_chat(-500)
    await dauren.send("/menu")
    said = await dauren.wait_for("Бұл жеке мәселе")
    assert dauren.labels(said) == ["Жеке чатты ашу"]
