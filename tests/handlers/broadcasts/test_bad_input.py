"""What goes wrong around a broadcast: nothing is lost, doubled, or left without a word."""

import asyncio
from datetime import timedelta

import pytest

from storage import people
from storage.broadcasts import steering
from storage.errors import AlreadyChanged
from tests.conftest import NOW
from tests.handlers.broadcasts.branch import DEPUTY, SECRETARY, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import sends, taps

TEXT = "Ертең 15:00-де жиналыс"
WORDS = {
    "kk": ("Алдын ала қарау", "Жіберу: 3"),
    "ru": ("Предпросмотр", "Отправить: 3"),
}
NOBODY = {
    "kk": ("⚠️", "👥 Кімге", "👤 Рөлдер", "Фракция жетекшісі"),
    "ru": ("⚠️", "👥 Кому", "👤 Роли", "Руководитель фракции"),
}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_photo_deleted_before_the_sending_goes_all_the_same(
    stage: Stage, language: str
) -> None:
    branch, (preview, send) = await gathered(stage, language), WORDS[language]
    await branch.secretary.send("/broadcast")
    await branch.secretary.wait_answer()
    ids = await branch.secretary.send_photo(caption=TEXT)
    await branch.secretary.wait_for(preview)
    await branch.secretary.delete(*ids)
    await branch.secretary.tap(send)
    copy = await branch.member.wait_for(TEXT)
    assert copy["kind"] == "photo"


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_picture_of_eleven_megabytes_goes_as_the_file_it_is(
    stage: Stage, language: str
) -> None:
    """Telegram takes a photo of 10 MB at most, and lets a larger picture be sent as a file."""
    branch, (preview, send) = await gathered(stage, language), WORDS[language]
    await branch.secretary.send("/broadcast")
    await branch.secretary.wait_answer()
    await branch.secretary.send_document(
        "жиналыс.jpg", fake_size=11 * 1024 * 1024, caption=TEXT, mime="image/jpeg"
    )
    await branch.secretary.wait_for(preview)
    await branch.secretary.tap(send)
    copy = await branch.member.wait_for(TEXT)
    assert copy["kind"] == "document"


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_nobody_is_left_to_send_to(stage: Stage, language: str) -> None:
    branch, (preview, send) = await gathered(stage, language), WORDS[language]
    nobody, whom, roles, role = NOBODY[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", preview)
    await branch.secretary.tap(whom)
    await branch.secretary.tap(roles)
    await taps(branch.secretary, role, nobody)
    await branch.secretary.send("/broadcasts")
    shown = await taps(branch.secretary, "· Ертең", nobody)
    assert not any(send[:-1] in label for label in branch.secretary.labels(shown))
    assert not any(TEXT in (m["text"] or "") for m in await branch.member.messages())


async def test_paused_and_stopped_at_once_with_the_clock_set_back_it_ends_once(
    stage: Stage,
) -> None:
    branch, (preview, send) = await gathered(stage, "kk"), WORDS["kk"]
    await sends(branch.secretary, f"/broadcast {TEXT}", preview)
    order = {"method": "sendMessage", "kind": "429", "retry_after": 300, "chat": DEPUTY}
    async with stage.session.post(f"{stage.telegram.url}/local/faults", json=order) as answer:
        assert answer.status == 200
    await taps(branch.secretary, send, "░")
    today, earlier = NOW.date(), NOW - timedelta(hours=2)
    actor = await stage.database.read(people.actor_of, SECRETARY, today)
    assert actor is not None
    steps = [
        stage.database.write(step, actor, 1, earlier)
        for step in (steering.pause, steering.stop, steering.pause, steering.stop)
    ]
    ended = await asyncio.gather(*steps, return_exceptions=True)
    assert all(not isinstance(one, Exception) or isinstance(one, AlreadyChanged) for one in ended)
    await branch.secretary.wait_for("⏹ Тоқтатылды")
    assert not any(TEXT in (m["text"] or "") for m in await branch.deputy.messages())
