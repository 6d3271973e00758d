"""Being there or not: blocking the bot, adding it to a group, a group that grows."""

from bot.simulator.acts.act import Act, ActError, Done, act, ids
from bot.simulator.world import SUPERGROUP_BASE, Chat


@act("block")
def _block(doing: Act) -> Done:
    if not doing.person.blocked:
        doing.person.blocked = True
        if doing.person.started:
            private = doing.hub.world.chats[doing.person.id]
            doing.hub.bot_member_changed(private, doing.person, "member", "kicked")
        doing.hub.events.tell(None, {"type": "state"})
    return {"message_ids": []}


@act("unblock")
def unblock(doing: Act) -> Done:
    """Unblock the bot, which hears of it."""
    if doing.person.blocked:
        doing.person.blocked = False
        if doing.person.started:
            private = doing.hub.world.chats[doing.person.id]
            doing.hub.bot_member_changed(private, doing.person, "kicked", "member")
        doing.hub.events.tell(None, {"type": "state"})
    return {"message_ids": []}


def _group(doing: Act) -> Chat:
    if doing.chat.private:
        raise ActError("this is not a group")
    return doing.chat


@act("add_bot")
def _add_bot(doing: Act) -> Done:
    chat = _group(doing)
    if chat.bot_is_member:
        raise ActError("the bot is already in the group")
    # A bot is in a channel as an administrator or not at all.
    new = "administrator" if chat.type == "channel" else "member"
    old, chat.bot_status, chat.known = chat.bot_status, new, True
    doing.hub.bot_member_changed(chat, doing.person, old, new)
    said = {"new_chat_members": [doing.hub.bot_user()]}
    stored = [] if chat.type == "channel" else [doing.say(said)]
    doing.hub.events.tell(None, {"type": "state"})
    return ids(*stored)


STATUSES = ("member", "administrator", "restricted")


@act("rule_bot")
def _rule_bot(doing: Act) -> Done:
    """Make the bot an administrator ``without`` some rights, a plain member, or a mute one."""
    chat, new = _group(doing), doing.text("status")
    if not chat.bot_is_member or new not in STATUSES:
        raise ActError("the bot is not in the group, or this is nothing it can be")
    old, chat.bot_status = chat.bot_status, new
    chat.withheld = {str(right) for right in doing.fields.get("without", ())}
    doing.hub.bot_member_changed(chat, doing.person, old, new)
    doing.hub.events.tell(None, {"type": "state"})
    return {"message_ids": []}


@act("remove_bot")
def _remove_bot(doing: Act) -> Done:
    chat = _group(doing)
    if not chat.bot_is_member:
        raise ActError("the bot is not in the group")
    old, chat.bot_status = chat.bot_status, "kicked"
    doing.hub.bot_member_changed(chat, doing.person, old, "kicked")
    said = {"left_chat_member": doing.hub.bot_user()}
    stored = [] if chat.type == "channel" else [doing.hub.post(chat, said, doing.person)]
    doing.hub.events.tell(None, {"type": "state"})
    return ids(*stored)


@act("upgrade_group")
def _upgrade_group(doing: Act) -> Done:
    """Turn a basic group into a supergroup: both chats tell of it, the old one is closed."""
    old = _group(doing)
    if old.type != "group" or old.migrated_to is not None:
        raise ActError("only a basic group can be upgraded")
    world = doing.hub.world
    new_id = SUPERGROUP_BASE - 1_000_000_000 - abs(old.id)
    new = world.add_group(new_id, old.title or "", old.members, old.bot_status)
    new.known = old.known
    before = doing.hub.post(old, {"migrate_to_chat_id": new_id}, doing.person)
    after = doing.hub.post(new, {"migrate_from_chat_id": old.id}, doing.person)
    doing.hub.push_message("message", old, before)
    doing.hub.push_message("message", new, after)
    old.migrated_to = new_id
    doing.hub.events.tell(None, {"type": "state"})
    return {**ids(before, after), "chat": new_id}
