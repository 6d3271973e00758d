"""The chain to its end: request, inquiry, answer, and what a meeting decided, from both ends."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Connection, update

from handlers.inquiries.callbacks import Decisions, LinkDecision, OpenInquiry
from handlers.meetings.callbacks import OpenItem
from handlers.requests.callbacks import OpenRequest
from storage import inquiries, meetings
from storage.inquiries import InquiryDraft, sending
from storage.meetings import NewItem, NewMeeting
from storage.tables import agenda_items
from tests import world
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.inquiries.scene import DARKHAN, RUSLAN, actor, refusals, settle
from tests.handlers.meetings.agenda_stage import opens
from tests.handlers.talking import meets, taps
from tests.storage.meetings.agenda_world import first_item

DECIDED = "Желтоқсанда <10> шам орнатылсын"


@dataclass(frozen=True)
class Sent:
    """Darkhan's request, the meeting at which its inquiry was decided on, and the item."""

    request: int
    meeting: int
    item: int


@pytest.fixture
async def sent(stage: Stage) -> Sent:
    return await stage.database.write(_sent)


def _sent(tx: Connection) -> Sent:
    ids, darkhan = settle(tx), actor(tx, DARKHAN)
    draft = InquiryDraft(
        world.SARYAGASH, ids.housing, "Жарық", "Шам қашан жанады?", "kk", request_ids=(ids.request,)
    )
    made = inquiries.make(tx, darkhan, draft, NOW, ZONE)
    sending.send(tx, darkhan, made.id, made.version, "01-17", NOW.date(), NOW, ZONE)
    bureau = NewMeeting(
        branch_id=world.REGION,
        body="bureau",
        state="held",
        title_kk="Бюро отырысы",
        title_ru="Заседание Бюро",
        starts_at=NOW - timedelta(hours=20),
        items=(NewItem(title_kk="Көше жарығы", title_ru="Освещение"),),
    )
    meeting = meetings.add(tx, bureau)
    tx.execute(update(agenda_items).values(decision_kk=DECIDED))
    return Sent(ids.request, meeting, first_item(tx, meeting))


STEPS = {
    "kk": ("🗓 Отырыс шешімі…", "Сауал қай отырыста қаралды?", "☐ 23 қараша · 1. Көше жарығы",
           "☑️ 23 қараша", "Байланыстырылды.", "‹ Артқа",
           f"🗓 Шешім: Бюро отырысы, 23 қараша, 1-мәселе: {DECIDED}", "🗓 1-мәселе: Көше жарығы",
           "сауал отырыспен байланыстырылды: № САУ-САР-2026-0001", "Тарихы",
           "Өтініштер: САР-2026-0001 (Тіркелді)"),
    "ru": ("🗓 Решение заседания…", "На каком заседании рассмотрен запрос?",
           "☐ 23 ноября · 1. Освещение", "☑️ 23 ноября", "Связано.", "‹ Назад",
           f"🗓 Решение: Заседание Бюро, 23 ноября, вопрос 1: {DECIDED}", "🗓 Вопрос 1: Освещение",
           "запрос связан с заседанием: № САУ-САР-2026-0001", "История",
           "Обращения: САР-2026-0001 (Зарегистрировано)"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_from_the_request_to_the_decision_and_back(
    stage: Stage, sent: Sent, language: str
) -> None:
    door, question, offer, ticked, toast, back, line, to_item, said, past, of = STEPS[language]
    darkhan = await meets(stage, DARKHAN, language)
    await opens(darkhan, OpenInquiry(id=1).pack(), "САУ-САР-2026-0001")
    await taps(darkhan, door, question)
    shown = await taps(darkhan, offer, question)
    assert any(label.startswith(ticked) for label in darkhan.labels(shown))
    assert darkhan.toast == toast
    await darkhan.tap(back, shown)
    card = await darkhan.wait_for(line)
    assert of in card["text"]
    item = await taps(darkhan, to_item, DECIDED)
    assert "📄 САУ-САР-2026-0001" in darkhan.labels(item)
    await taps(darkhan, "📄 САУ-САР-2026-0001", line)
    await taps(darkhan, "📝 САР-2026-0001", "№ САР-2026-0001")
    await taps(darkhan, past, said)


async def test_the_link_is_taken_back(stage: Stage, sent: Sent) -> None:
    darkhan = await meets(stage, DARKHAN)
    await opens(darkhan, Decisions(id=1).pack(), "Сауал қай отырыста қаралды?")
    await taps(darkhan, "☐ 23 қараша", "Сауал қай отырыста қаралды?")
    shown = await taps(darkhan, "☑️ 23 қараша", "Сауал қай отырыста қаралды?")
    assert any(label.startswith("☐ 23 қараша") for label in darkhan.labels(shown))
    await darkhan.tap("‹ Артқа", shown)
    card = await darkhan.wait_for("САУ-САР-2026-0001")
    assert "Бюро отырысы" not in card["text"]
    history = await taps(darkhan, "Сауал тарихы", "отырыспен байланысты алып тастады")
    assert "отырыс шешімімен байланыстырды" in history["text"]


async def test_others_see_the_item_without_the_inquiry_and_link_nothing(
    stage: Stage, sent: Sent
) -> None:
    darkhan, ruslan = await meets(stage, DARKHAN), await meets(stage, RUSLAN)
    last = (await ruslan.last())["message_id"]
    for forged in (Decisions(id=1), LinkDecision(id=1, item=sent.item, on=True)):
        await ruslan.tap_data(last, forged.pack())
        assert ruslan.alert
    assert len(await refusals(stage)) == 2
    await opens(darkhan, Decisions(id=1).pack(), "Сауал қай отырыста қаралды?")
    await taps(darkhan, "☐ 23 қараша", "Сауал қай отырыста қаралды?")
    item = OpenItem(id=sent.meeting, number=1).pack()
    shown = await opens(ruslan, item, "Освещение")
    assert not [label for label in ruslan.labels(shown) if "САУ-САР" in label]
    await opens(darkhan, OpenRequest(id=sent.request).pack(), "📄 Сауал № САУ-САР-2026-0001")
