"""The regional secretary sets who may take which step; a deputy's buttons follow at once."""

import pytest

from handlers.requests.settings.callbacks import SwitchStep
from storage.rules.request_states import Part
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import kept, registered
from tests.handlers.talking import meets, sends, taps

AIGUL, MOLDIR, DARKHAN = 1001, 1002, 1003

WORDS = {
    "kk": (
        "Филиал баптаулары", "🔀 Өтініштің қадамдары",
        "Тіркелді", "Қаралуда", "✓ өтініштің депутаты", "✗ өтініштің депутаты",
        "Кімге ашық: хатшылар",
    ),
    "ru": (
        "Настройки филиала", "🔀 Шаги обращения",
        "Зарегистрировано", "На рассмотрении", "✓ депутат обращения", "✗ депутат обращения",
        "Кому открыт: секретари",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_step_is_closed_to_deputies(stage: Stage, language: str) -> None:
    settings, steps, before, after, on, off, open_to = WORDS[language]
    aigul = await meets(stage, AIGUL, language)
    await sends(aigul, "/setup", settings)
    await taps(aigul, steps, steps)
    await taps(aigul, before, f"{before}")
    await taps(aigul, after, f"{before} → {after}")
    old = await aigul.last()
    await taps(aigul, on, open_to)
    shown = await aigul.last()
    assert off in aigul.labels(shown)

    await registered(stage)
    darkhan = stage.person(DARKHAN)
    await taps(darkhan, "Өтініш карточкасын ашу", "№ САР-2026-0001")
    choice = await taps(darkhan, "Күйін өзгерту", "жаңа күйін таңдаңыз")
    assert "Қаралуда" not in darkhan.labels(choice)
    await darkhan.tap_data(choice["message_id"], "rqstate:1:1:in_progress")
    assert darkhan.toast == "Бұл қадам Сізге ашық емес."
    assert (await kept(stage))[0]["state"] == "registered"

    # The old button, and those of people who set nothing.
    stale = SwitchStep(before=0, after=1, who=Part.DEPUTY, version=1, allowed=True).pack()
    await aigul.tap_data(old["message_id"], stale)
    assert aigul.toast
    moldir = await meets(stage, MOLDIR)
    message = (await moldir.last())["message_id"]
    for forged in (stale, "rsteps", "rsfrom:0", "rsone:0:1"):
        await moldir.tap_data(message, forged)
        assert moldir.alert, forged
    for forged in ("rsfrom:99", "rsone:0:0", "rsswi:0:1:nobody:1:0", "rsswi:0:5:deputy:1:1"):
        await aigul.tap_data(old["message_id"], forged)
    assert off in aigul.labels(await aigul.last())


async def test_the_last_way_out_stays(stage: Stage) -> None:
    aigul = await meets(stage, AIGUL)
    await aigul.send("/setup")
    await taps(aigul, "🔀 Өтініштің қадамдары", "🔀")
    await taps(aigul, "Жауап берілді", "Жауап берілді")
    for outcome in ("Оң шешілді", "Ішінара", "Түсіндірме", "Бас тартылды", "Қайта жолданды",
                    "Қараусыз"):  # fmt: skip
        await taps(aigul, outcome, f"→ {outcome}")
        for part in ("✓ өтініштің депутаты", "✓ хатшылар", "✓ облыс хатшысы"):
            await taps(aigul, part, f"→ {outcome}")
        await taps(aigul, "‹ Артқа", "— ешкім")
    await taps(aigul, "Кері қайтарып", "→ Кері")
    await taps(aigul, "✓ өтініштің депутаты", "→ Кері")
    await taps(aigul, "✓ хатшылар", "→ Кері")
    await aigul.tap("✓ облыс хатшысы")
    assert "жабылмай қалар еді" in aigul.toast
