"""Editing the bot's own messages."""

from typing import Any

from bot.simulator import errors, markup
from bot.simulator.hub import Hub
from bot.simulator.methods import access, content, media
from bot.simulator.methods.registry import method
from bot.simulator.views import MEDIA
from bot.simulator.wire import Call
from bot.simulator.world import Chat, Json, Stored, unix

CAPTIONED = ("photo", "animation", "document", "voice", "video", "audio")
TEXT_FIELDS = ("text", "entities", "link_preview_options")
CAPTION_FIELDS = ("caption", "caption_entities")


@method("editMessageText")
def edit_text(hub: Hub, call: Call) -> Json:
    """Change the text; without ``reply_markup`` the buttons go."""
    fields = content.text(hub, call.params)
    keyboard = markup.read(call.raw.get("reply_markup"), inline_only=True)
    chat, stored = access.own_message(hub, call)
    if "text" not in stored.body:
        raise errors.bad_request("there is no text in the message to edit")
    return _change(hub, chat, stored, TEXT_FIELDS, fields, keyboard)


@method("editMessageCaption")
def edit_caption(hub: Hub, call: Call) -> Json:
    """Change the caption of a file."""
    fields = content.caption(hub, call.params)
    keyboard = markup.read(call.raw.get("reply_markup"), inline_only=True)
    chat, stored = access.own_message(hub, call)
    if not any(name in stored.body for name in CAPTIONED):
        raise errors.bad_request("there is no caption in the message to edit")
    return _change(hub, chat, stored, CAPTION_FIELDS, fields, keyboard)


@method("editMessageReplyMarkup")
def edit_reply_markup(hub: Hub, call: Call) -> Json:
    """Change or take away the buttons."""
    keyboard = markup.read(call.raw.get("reply_markup"), inline_only=True)
    chat, stored = access.own_message(hub, call)
    return _change(hub, chat, stored, (), {}, keyboard)


@method("editMessageMedia")
def edit_media(hub: Hub, call: Call) -> Json:
    """Replace the file and its caption."""
    fields = media.input_media(hub, call, call.params["media"])
    keyboard = markup.read(call.raw.get("reply_markup"), inline_only=True)
    chat, stored = access.own_message(hub, call)
    return _change(hub, chat, stored, (*TEXT_FIELDS, *CAPTION_FIELDS, *MEDIA), fields, keyboard)


def _change(
    hub: Hub,
    chat: Chat,
    stored: Stored,
    names: tuple[str, ...],
    fields: Json,
    keyboard: markup.Markup | None,
) -> Json:
    content.check_length(fields, edit=True)
    markup.check_chat(keyboard, chat)
    markup.check_server(keyboard)
    new: dict[str, Any] = {**fields, "reply_markup": keyboard.body if keyboard else None}
    watched = {*names, "reply_markup"}
    if all(
        _same(stored.body.get(name), new.get(name)) for name in watched - {"link_preview_options"}
    ):
        raise errors.not_modified()
    hub.limits.spend(chat.id)
    for name in watched:
        stored.body.pop(name, None)
    stored.body.update({k: v for k, v in new.items() if v is not None})
    stored.body["edit_date"] = unix(hub.clock.now())
    hub.tell_message("edit", chat, stored)
    return stored.body


def _same(old: Any, new: Any) -> bool:
    return (old or None) == (new or None)
