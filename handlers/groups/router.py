"""Groups: the bot comes in or is thrown out, a secretary says whose one is, and the list."""

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers import failures
from handlers.groups import screens
from handlers.groups.callbacks import (
    WHOLE_REGION,
    ConfirmGroup,
    Groups,
    OpenGroup,
    ReleaseGroup,
    SpeakIn,
)
from handlers.groups.standing import standing
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.filters import InGroup
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen
from storage import audiences, chats, groups
from storage.errors import AlreadyChanged
from storage.groups import Group
from storage.rules.access import Action, may

router = Router(name="groups")


class GroupMoved(Filter):
    """Telegram's own word in a group that its id has changed."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message qualifies."""
        return bool(message.migrate_to_chat_id or message.migrate_from_chat_id)


@router.message(GroupMoved())
@policy(None, groups=True)
async def group_moved(message: Message, turn: Turn) -> None:
    """The group became a supergroup; the old chat and the new one both tell of it."""
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    await turn.write(chats.migrate, old, new)


@router.my_chat_member(InGroup())
@policy(None, groups=True)
async def stands(event: ChatMemberUpdated, turn: Turn) -> None:
    """The bot was added, thrown out, or may do more or less than before."""
    chat = event.chat
    how = standing(chat.type, event.new_chat_member)
    about = (chat.id, chat.type, chat.title or "", how, turn.now, turn.today)
    await turn.write(groups.stands, turn.actor, *about)


@router.message(Command("setup"), InGroup())
@policy(None, groups=True)
async def set_up(message: Message, turn: Turn) -> Screen:
    """/setup within a group: a secretary wants it; what is said there is nothing personal."""
    t, chat = turn.t, message.chat
    if not may(turn.actor, Action.BROADCAST):
        await failures.refused(turn, Action.BROADCAST, tapped=False)
        return Screen(t("A secretary of the branch has to confirm whose group this is."))
    about = (chat.id, chat.type, chat.title or "", turn.now)
    found = await turn.write(groups.set_up, turn.actor, *about)
    if found.confirmed:
        return Screen(t("✅ This group is of: {branch}", branch=screens.branch(t, found)))
    return Screen(
        t("The question whose group this is waits for you in our private chat."),
        rows=((Button(t.plain("Open the private chat"), url=turn.deep_link("menu")),),),
    )


@router.callback_query(Groups.filter())
@policy(Action.BROADCAST)
async def listed(query: CallbackQuery, turn: Turn, callback_data: Groups) -> Screen:
    """All groups of one's branches."""
    found = await turn.read(groups.listed, turn.actor)
    return screens.listed(turn.t, found, paging.clamp(callback_data.page, len(found)))


@router.callback_query(OpenGroup.filter())
@policy(Action.BROADCAST)
async def opened(query: CallbackQuery, turn: Turn, callback_data: OpenGroup) -> Screen:
    """One of them."""
    found = await turn.read(groups.get, turn.actor, callback_data.id)
    return await _shown(turn, found, callback_data.page)


@router.callback_query(ConfirmGroup.filter())
@policy(Action.BROADCAST)
async def confirm(query: CallbackQuery, turn: Turn, callback_data: ConfirmGroup) -> Screen:
    """It is of this branch."""
    branch_id = callback_data.branch_id
    wanted = None if branch_id == WHOLE_REGION else branch_id
    (await turn.read(audiences.choice, turn.actor)).check(wanted)
    try:
        found = await turn.write(groups.confirm, turn.actor, callback_data.id, wanted, turn.now)
    except AlreadyChanged:
        return await _stands_otherwise(turn, callback_data.id)
    return await _shown(turn, found, toast=turn.t.plain("Broadcasts may go there from now on."))


@router.callback_query(ReleaseGroup.filter())
@policy(Action.BROADCAST)
async def release(query: CallbackQuery, turn: Turn, callback_data: ReleaseGroup) -> Screen:
    """It gets nothing any more."""
    try:
        found = await turn.write(groups.release, turn.actor, callback_data.id, turn.now)
    except AlreadyChanged:
        return await _stands_otherwise(turn, callback_data.id)
    return await _shown(turn, found, toast=turn.t.plain("Nothing is broadcast to it any more."))


@router.callback_query(SpeakIn.filter())
@policy(Action.BROADCAST)
async def speak_in(query: CallbackQuery, turn: Turn, callback_data: SpeakIn) -> Screen:
    """It gets the version of this language."""
    given = (callback_data.id, callback_data.language.value, turn.now)
    return await _shown(turn, await turn.write(groups.set_language, turn.actor, *given))


async def _stands_otherwise(turn: Turn, group_id: int) -> Screen:
    found = await turn.read(groups.get, turn.actor, group_id)
    return await _shown(turn, found, toast=turn.t.plain("This is how the group stands now."))


async def _shown(turn: Turn, of: Group, page: int = 0, *, toast: str | None = None) -> Screen:
    choice = await turn.read(audiences.choice, turn.actor)
    page = paging.clamp(page, len(choice.branches))
    return screens.shown(turn.t, of, choice, page, toast=toast)
