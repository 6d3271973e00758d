"""Groups for stories: the bot is let in, a secretary confirms."""

from bot.simulator.client import Person
from storage import groups
from storage.groups import Group
from tests.handlers.conftest import Stage

GROUP, CHANNEL = -500, -1_001_000_000_900
TITLE = "Сарыағаш белсенділері"
CONFIRM = {"kk": "✅ Сарыағаш аудандық филиалы", "ru": "✅ Сарыагашский районный филиал"}
CONFIRMED = {"kk": "Хабар таратуға болады", "ru": "Рассылать можно"}


async def let_in(
    stage: Stage,
    who: Person,
    *others: int,
    chat: int = GROUP,
    title: str = TITLE,
    channel: bool = False,
) -> Person:
    """``who`` lets the bot into a new group; return the same person there."""
    members = [who.id, *others]
    stage.telegram.add_group(chat, title, members, bot_is_member=False, channel=channel)
    there = who.in_chat(chat)
    await there.add_bot()
    return there


async def confirmed(stage: Stage, who: Person, language: str, chat: int = GROUP) -> int:
    """``who`` says that the group is of the own branch; return its number."""
    await who.tap(CONFIRM[language])
    await who.wait_for(CONFIRMED[language])
    found = await group_in(stage, chat)
    assert found.confirmed
    return found.id


async def group_in(stage: Stage, chat: int) -> Group:
    """The group that a chat is."""
    found = await stage.database.read(groups.of_chat, chat)
    assert found is not None
    return found


async def written_in(there: Person) -> list[str]:
    """What the bot has written in a group, oldest first."""
    return [m["text"] or "" for m in await there.messages() if m["sender"]["is_bot"]]
