"""The first day: an empty database, an administrator from the settings, and the first guest."""

import re

from tests.handlers.conftest import Stage

OWNER, GUEST, ANOTHER = 1001, 1008, 1009


async def test_the_administrator_lets_the_first_deputy_in(first_day: Stage) -> None:
    owner, guest = first_day.person(OWNER), first_day.person(GUEST)
    await owner.start()
    await owner.tap("Қазақша")
    await owner.wait_for("Мәзір")
    await owner.send("/invite")
    await owner.wait_for("Шақырулар")
    await owner.tap("Мәслихат депутаты")
    listed = await owner.wait_for("қай филиалда?")
    assert "Түркістан облыстық филиалы" in owner.labels(listed)
    await owner.tap("›")
    await owner.tap("Сарыағаш аудандық филиалы")
    invitation = await owner.wait_for("Бұл сілтемені бір адамға жіберіңіз")
    found = re.search(r"start=(i_[A-Za-z0-9_-]{22})", invitation["text"])
    assert found

    await guest.start(found[1])
    await guest.tap("Қазақша")
    await guest.wait_for("Сіз қабылдандыңыз: Мәслихат депутаты")
    await guest.send("/request Жылға ауылында көше шамы жанбайды")
    await guest.wait_for("САР-2026-0001")


async def test_the_administrator_calls_the_bureau(first_day: Stage) -> None:
    owner = first_day.person(OWNER)
    await owner.start()
    await owner.tap("Қазақша")
    await owner.send("/newmeeting")
    step = await owner.wait_for("Қандай отырыс немесе жиналыс жарияланады?")
    assert owner.labels(step)[0] == "Бюро отырысы"


async def test_with_no_secretary_yet_the_administrator_is_asked(first_day: Stage) -> None:
    owner, guest = first_day.person(OWNER), first_day.person(ANOTHER)
    await owner.start()
    await owner.tap("Қазақша")
    await guest.start()
    await guest.tap("Русский")
    await guest.tap("Запросить доступ")
    await guest.send("Гость Анна")
    await guest.tap("Арысский")
    await guest.wait_for("Ваша просьба передана")
    await owner.wait_for("Рұқсат сұрайды")
