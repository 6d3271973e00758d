"""Groups of the branch in the stories of broadcasts: let in, confirmed, chosen, and read."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from storage.tables import deliveries
from tests.handlers.broadcasts.branch import DEPUTY, Branch
from tests.handlers.conftest import Stage
from tests.handlers.groups.gathering import TITLE, confirmed, let_in, written_in
from tests.handlers.talking import Json, sends, taps

TEXT, NEW = "Ертең 15:00-де жиналыс", "Жаңа мәтін: 16:00-де жиналыс"
SECOND, SECOND_TITLE = -1_001_000_000_600, "Жастар қанаты"
THIRD = -700
BUREAU = 1006


@dataclass(frozen=True)
class Words:
    preview: str
    to_whom: str
    groups: str
    own_copy: str
    all: str
    alone: str
    send: str
    send_alone: str
    finished: str
    result: str
    card: str
    came: str
    more: str
    pin: str
    pinned: str
    loose: str
    removed: str
    mute: str
    listed: str
    read: str
    others: str
    edit: str
    recall: str
    recall_four: str
    report: str
    sheet: str
    back: str
    no_list: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        to_whom="👥 Кімге",
        groups="👥 Топтар мен арналар",
        own_copy="Топтағы мүшелерге жеке көшірме де барады",
        all="✅ Барлық топтар",
        alone="👥 Тек топтарға",
        send="Жіберу: 3 адамға және {n} топқа",
        send_alone="Жіберу: {n} топқа",
        finished="Хабар тарату аяқталды",
        result="Нәтижесін ашу",
        card="Жіберіліп болды",
        came="Топтар: {n}, жеткені: {sent}",
        more="⚙️ Толықтыру",
        pin="топтарда бекітілсін",
        pinned="Бекітілген топтар: 1",
        loose=f"Бекітілмеді: {SECOND_TITLE}",
        removed="бот онда енді жоқ",
        mute="боттың онда жазуға құқығы жоқ",
        listed="👥 Топтарда",
        read="Таныстым",
        others="Топта растаған басқа мүшелер: 1",
        edit="✏️ Барлығында түзету",
        recall="🗑 Кері қайтару",
        recall_four="қайтару: 4 хабар",
        report="📊 Есеп",
        sheet="Топтар",
        back="‹ Артқа",
        no_list="тізім адамдардан тұрады",
    ),
    "ru": Words(
        preview="Предпросмотр",
        to_whom="👥 Кому",
        groups="👥 Группы и каналы",
        own_copy="Участники групп получат и личную копию",
        all="✅ Все группы",
        alone="👥 Только в группы",
        send="Отправить: 3 чел., групп: {n}",
        send_alone="Отправить: групп: {n}",
        finished="Рассылка завершена",
        result="Открыть результат",
        card="Отправка завершена",
        came="Группы: {n}, доставлено: {sent}",
        more="⚙️ Дополнить",
        pin="закрепить в группах",
        pinned="Закреплено в группах: 1",
        loose=f"Не удалось закрепить: {SECOND_TITLE}",
        removed="бота там больше нет",
        mute="у бота нет права писать там",
        listed="👥 В группах",
        read="Прочитано",
        others="Подтвердили в группах другие: 1",
        edit="✏️ Исправить у всех",
        recall="🗑 Отозвать",
        recall_four="Отозвать копии: 4",
        report="📊 Отчёт",
        sheet="Группы",
        back="‹ Назад",
        no_list="список — из людей",
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


async def chosen(branch: Branch, words: Words, *, only: bool = False) -> Json:
    """The secretary writes, and adds all groups of the branch to the audience."""
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.to_whom, f"{words.to_whom} ·")
    await taps(branch.secretary, words.groups, words.groups[2:])
    shown = await taps(branch.secretary, words.all, TITLE)
    if only:
        shown = await taps(branch.secretary, words.alone, TITLE)
    await branch.secretary.tap(words.back, shown)
    await branch.secretary.tap(words.back)
    return await branch.secretary.wait_for(words.preview)


async def two_groups(stage: Stage, branch: Branch, language: str) -> tuple[int, int]:
    """A basic group and a supergroup of the branch."""
    await let_in(stage, branch.secretary, DEPUTY, 1009)
    first = await confirmed(stage, branch.secretary, language)
    await let_in(stage, branch.secretary, chat=SECOND, title=SECOND_TITLE)
    await branch.secretary.wait_for(SECOND_TITLE)
    return first, await confirmed(stage, branch.secretary, language, SECOND)


async def ends(stage: Stage, group_id: int) -> tuple[str, str | None, bool | None]:
    """State, reason and pin of the newest copy in a group."""
    columns = (deliveries.c.state, deliveries.c.reason, deliveries.c.pinned)
    query = select(*columns).where(deliveries.c.group_id == group_id).order_by(deliveries.c.id)
    rows = await stage.database.read(lambda tx: tx.execute(query).all())
    return tuple(rows[-1]) if rows else ("none", None, None)


async def written_in_text(branch: Branch, chat: int) -> list[str]:
    texts = await written_in(branch.secretary.in_chat(chat))
    return [text for text in texts if TEXT in text or NEW in text]


async def confirmed_there(stage: Stage, branch: Branch, language: str) -> int:
    await let_in(stage, branch.secretary, DEPUTY)
    return await confirmed(stage, branch.secretary, language)
