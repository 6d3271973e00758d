"""A number behind /request opens that request: it is never registered as a matter of a voter."""

import pytest

from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import DEPUTY, LAMP, OTHER_DEPUTY, kept
from tests.handlers.talking import meets, sends

NONE = {"kk": "№ САР-2026-0777 жоқ", "ru": "нет № САР-2026-0777"}
DONE = {"kk": "тіркелді", "ru": "зарегистрировано"}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_it_is_opened_or_said_to_be_none(stage: Stage, language: str) -> None:
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", DONE[language])
    for typed in ("САР-2026-0001", "cap 1", "№ 1"):
        card = await sends(deputy, f"/request {typed}", "📝 № САР-2026-0001 · ")
        assert "Жылға ауылында" in card["text"]
    none = await sends(deputy, "/request САР-2026-0777", NONE[language])
    assert "/request" in none["text"]
    # A street and a house are no number.
    await sends(deputy, "/request Абай 12", "САР-2026-0002")
    assert len(await kept(stage)) == 2


async def test_another_deputys_request_is_none(stage: Stage) -> None:
    deputy, other = await meets(stage, DEPUTY), await meets(stage, OTHER_DEPUTY)
    await sends(deputy, f"/request {LAMP}", DONE["kk"])
    answer = await sends(other, "/request САР-2026-0001", "нет № САР-2026-0001")
    assert "Жылға" not in answer["text"]
    assert len(await kept(stage)) == 1
