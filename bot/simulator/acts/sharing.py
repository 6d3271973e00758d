"""Sharing: photos, documents, voice and everything else from the paper clip."""

import secrets

from bot.simulator import files
from bot.simulator.acts.act import Act, ActError, Done, act, captioned, ids
from bot.simulator.errors import ApiError
from bot.simulator.methods.media import shape
from bot.simulator.methods.sending import make_poll
from bot.simulator.wire import Upload
from bot.simulator.world import Json


@act("photo")
def _photo(doing: Act) -> Done:
    default = Upload("photo.png", "image/png", files.sample_picture())
    return _album(doing, "photo", doing.uploads or [default])


@act("document")
def _document(doing: Act) -> Done:
    default = Upload("document.pdf", "application/pdf", b"%PDF-1.4\n%local telegram\n%%EOF\n")
    return _album(doing, "document", doing.uploads or [default])


def _album(doing: Act, kind: str, uploads: list[Upload]) -> Done:
    """Send each file as its own message, as Telegram does; the caption stands on the first."""
    if len(uploads) > 10:
        raise ActError("an album holds 10 files at most")
    group = {"media_group_id": str(secrets.randbits(60))} if len(uploads) > 1 else {}
    caption = captioned(doing)
    sent = []
    for index, upload in enumerate(uploads):
        content = {**_media(doing, kind, upload), **group, **({} if index else caption)}
        sent.append(doing.say(content))
    return ids(*sent)


def _media(doing: Act, kind: str, upload: Upload) -> Json:
    claimed = doing.fields.get("fake_size")
    stored = doing.hub.files.add(
        kind,
        upload.data,
        doing.text("fake_name", upload.name),
        upload.mime or "application/octet-stream",
        size=None if claimed is None else doing.number("fake_size"),
        duration=doing.number("duration", 3),
    )
    return shape(kind, stored, doing.fields)


def _one_file(kind: str, name: str, mime: str) -> None:
    @act(kind)
    def send(doing: Act) -> Done:
        default = Upload(name, mime, f"local telegram {kind}".encode())
        upload = doing.uploads[0] if doing.uploads else default
        caption = {} if kind in ("video_note", "sticker") else captioned(doing)
        return ids(doing.say({**_media(doing, kind, upload), **caption}))


for _kind, _name, _mime in (
    ("voice", "voice.ogg", "audio/ogg"),
    ("video", "video.mp4", "video/mp4"),
    ("video_note", "note.mp4", "video/mp4"),
    ("sticker", "sticker.webp", "image/webp"),
    ("audio", "audio.mp3", "audio/mpeg"),
    ("animation", "animation.mp4", "video/mp4"),
):
    _one_file(_kind, _name, _mime)


@act("poll")
def _poll(doing: Act) -> Done:
    options = [str(option) for option in doing.fields.get("options", ["1", "2"])]
    try:
        poll = make_poll(doing.text("question", "?"), options, {})
    except ApiError as error:
        raise ActError(error.description) from error
    return ids(doing.say({"poll": poll}))


@act("location")
def _location(doing: Act) -> Done:
    try:
        point = {
            "latitude": float(doing.fields.get("lat", 42.315)),
            "longitude": float(doing.fields.get("lon", 69.59)),
        }
    except (TypeError, ValueError) as error:
        raise ActError("lat and lon must be numbers") from error
    return ids(doing.say({"location": point}))


@act("contact")
def _contact(doing: Act) -> Done:
    person = doing.person
    contact: Json = {
        "phone_number": doing.text("phone", person.phone or "+77000000000"),
        "first_name": doing.text("first_name", person.first_name),
    }
    if doing.fields.get("user_id") is not None:
        contact["user_id"] = doing.number("user_id")
    return ids(doing.say({"contact": contact}))
