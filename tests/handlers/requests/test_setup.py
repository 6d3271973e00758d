"""Where a secretary finds what is set of requests: the menu, /settings, /setup, /help."""

import pytest

from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps

REGION, SECRETARY, DEPUTY = 1001, 1002, 1003
SAY = {
    "kk": ("🗂 Филиал баптаулары", "Филиал баптаулары", "Тағы…",
           ("🗂 Санаттар мен мерзімдер", "🏘 Елді мекендер", "🏘 БПҰ",
            "🏛 Органдар анықтамалығы", "🔀 Өтініштің қадамдары",
            "⏫ Мерзімі өткен өтініштер", "Мерзімдер мен хат"),
           "🏗 Нысандар", "🏠 Мәзір"),
    "ru": ("🗂 Настройки филиала", "Настройки филиала", "Ещё…",
           ("🗂 Категории и их сроки", "🏘 Населённые пункты", "🏘 ППО",
            "🏛 Справочник органов", "🔀 Шаги обращения",
            "⏫ Просроченные обращения", "Сроки и письмо"),
           "🏗 Объекты", "🏠 Меню"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_regional_secretary_finds_every_setting(stage: Stage, language: str) -> None:
    door, title, more, doors, objects, menu = SAY[language]
    region = await meets(stage, REGION, language)
    assert "/setup — " in (await sends(region, "/help", "/setup"))["text"]
    await sends(region, "/menu", menu)
    rest = await taps(region, more, more)
    assert objects in region.labels(rest)
    shown = await taps(region, door, title)
    assert region.labels(shown)[: len(doors)] == list(doors)
    for each in doors:
        await region.tap(each)
        await sends(region, "/setup", title)
    await sends(region, "/settings", "⚙️")
    await taps(region, door, title)


async def test_a_branchs_secretary_sees_the_own_ones_and_a_deputy_none(stage: Stage) -> None:
    door, title, *_ = SAY["kk"]
    secretary, deputy = await meets(stage, SECRETARY), await meets(stage, DEPUTY)
    shown = await sends(secretary, "/setup", title)
    doors = ["🏘 Елді мекендер", "🏘 БПҰ", "🏛 Органдар анықтамалығы"]
    assert secretary.labels(shown)[:3] == doors
    assert "/setup" not in (await sends(deputy, "/help", "/requests"))["text"]
    assert door not in deputy.labels(await sends(deputy, "/settings", "⚙️"))
    await sends(deputy, "/setup", "⚠️")
