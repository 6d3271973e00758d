"""What Telegram's word on the bot in a group means."""

from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUnion

from storage.groups import Standing

CHANNEL = "channel"
OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})


def standing(kind: str, member: ChatMemberUnion) -> Standing:
    """Whether the bot is in a chat of this ``kind``, and may write and pin there."""
    if member.status in OUT:
        return Standing(inside=False, writes=False, pins=False)
    if isinstance(member, ChatMemberAdministrator):
        if kind == CHANNEL:
            # In a channel pinning goes with the right to edit what stands there.
            return _inside(bool(member.can_post_messages), bool(member.can_edit_messages))
        return _inside(True, bool(member.can_pin_messages))
    if isinstance(member, ChatMemberRestricted):
        return Standing(inside=member.is_member, writes=member.can_send_messages, pins=False)
    return _inside(kind != CHANNEL, False)


def _inside(writes: bool, pins: bool) -> Standing:
    return Standing(inside=True, writes=writes, pins=pins)
