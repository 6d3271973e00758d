"""Sending files: uploaded, or by the id of a file Telegram already has."""

import secrets
from typing import Any

from bot.simulator import errors, files, views
from bot.simulator.errors import bad_request
from bot.simulator.hub import Hub
from bot.simulator.methods import content, sending
from bot.simulator.methods.registry import method
from bot.simulator.wire import Call
from bot.simulator.world import Json

MEDIA_METHODS = {
    "sendphoto": "photo", "senddocument": "document", "sendvoice": "voice", "sendvideo": "video",
    "sendaudio": "audio", "sendanimation": "animation", "sendvideonote": "video_note",
    "sendsticker": "sticker",
}  # fmt: skip
MIMES = {
    "photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4", "video_note": "video/mp4",
    "audio": "audio/mpeg", "animation": "video/mp4", "sticker": "image/webp",
}  # fmt: skip
NO_CAPTION = ("video_note", "sticker")
WRONG_ID = "wrong file identifier/HTTP URL specified"


@method(
    "sendPhoto", "sendDocument", "sendVoice", "sendVideo", "sendAudio", "sendAnimation",
    "sendVideoNote", "sendSticker",
)  # fmt: skip
def send_file(hub: Hub, call: Call) -> Json:
    """Send one file with its caption."""
    kind = MEDIA_METHODS[call.method.lower()]
    fields = {} if kind in NO_CAPTION else content.caption(hub, call.params)
    stored = _resolve(hub, call, call.params[kind], kind)
    return sending.deliver(hub, call, {**shape(kind, stored, call.params), **fields})


@method("sendMediaGroup")
def send_media_group(hub: Hub, call: Call) -> list[Json]:
    """Send an album: one message for each file, all with one ``media_group_id``."""
    items = call.params["media"]
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > 10:
        raise bad_request("too many messages to send as an album")
    kinds = {item["type"] for item in items}
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            raise bad_request(errors.ALBUM_MIX.format(alone))
    group = str(secrets.randbits(60))
    contents = [{**input_media(hub, call, item), "media_group_id": group} for item in items]
    return [stored.body for stored in sending.deliver_all(hub, call, contents)]


def input_media(hub: Hub, call: Call, item: Json) -> Json:
    """Return the content one ``InputMedia`` describes."""
    kind = item["type"]
    stored = _resolve(hub, call, item["media"], kind)
    return {**shape(kind, stored, item), **content.caption(hub, item)}


@method("getFile")
def get_file(hub: Hub, call: Call) -> Json:
    """Return where to download a file; over 20 MiB there is no such place."""
    stored = hub.files.get(call.params["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > files.DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**files.wire(stored), "file_path": stored.path}


def _resolve(hub: Hub, call: Call, given: Any, kind: str) -> files.StoredFile:
    given = str(given)
    if not given.startswith("attach://"):
        stored = hub.files.get(given)
        if stored is None:
            raise bad_request("failed to get HTTP URL content" if "://" in given else WRONG_ID)
        return stored
    upload = call.files.get(given.removeprefix("attach://"))
    if upload is None:
        raise bad_request(WRONG_ID)
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        _check_photo(upload.data)
    elif len(upload.data) > files.UPLOAD_LIMIT:
        raise errors.ApiError(413, "Request Entity Too Large")
    mime = MIMES.get(kind, upload.mime)
    return hub.files.add(kind, upload.data, upload.name, mime)


def _check_photo(data: bytes) -> None:
    if len(data) > files.PHOTO_LIMIT:
        raise bad_request("too big for a photo")
    size = files.image_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def shape(kind: str, stored: files.StoredFile, params: Json) -> Json:
    """Return the message field for a file of this kind, with everything aiogram demands."""
    found = files.wire(stored)
    width, height = stored.width or 640, stored.height or 480
    duration = int(params.get("duration") or stored.duration)
    if kind == "photo":
        return {"photo": [{**found, "width": width, "height": height}]}
    if kind in ("video", "animation"):
        found |= {"width": width, "height": height, "duration": duration}
    if kind in ("voice", "audio"):
        found |= {"duration": duration}
    if kind == "video_note":
        found |= {"length": int(params.get("length") or 240), "duration": duration}
    if kind == "sticker":
        found |= {"type": "regular", "width": 512, "height": 512}
        found |= {"is_animated": False, "is_video": False, "emoji": params.get("emoji", "🙂")}
    if kind in ("document", "video", "audio", "animation"):
        found |= {"file_name": stored.name}
    if kind != "sticker" and kind in views.MEDIA and kind != "video_note":
        found |= {"mime_type": stored.mime}
    shown: Json = {kind: found}
    if kind == "animation":
        shown["document"] = {k: v for k, v in found.items() if k in _DOCUMENT}
    return shown


_DOCUMENT = ("file_id", "file_unique_id", "file_size", "file_name", "mime_type")
