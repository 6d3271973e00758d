"""Documents of an item: what it rests on."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.materials import sent
from handlers.meetings.papers.trying import tried_then
from handlers.requests.filters import NoCommand
from handlers.roadmap import editing, words
from handlers.roadmap.asking import REASONS
from handlers.roadmap.callbacks import OpenItem
from handlers.roadmap.editing_screens import CAPABILITY
from handlers.roadmap.item_callbacks import AttachTo, EditItem, ItemDocuments
from handlers.turn import Turn
from handlers.ui import nav, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen, lines
from handlers.ui.wizard import Renderer
from storage import roadmap
from storage.roadmap import Evidence, Item, documents
from storage.roadmap.steps import managed
from storage.rules.access import Action

router = Router(name="roadmap.attaching")

FILES = f"{CAPABILITY}:files"


@router.callback_query(AttachTo.filter())
@policy(Action.MANAGE_ROADMAP)
async def attach(query: CallbackQuery, turn: Turn, callback_data: AttachTo) -> Screen:
    """Documents are sent next."""
    item = await turn.read(managed, turn.actor, callback_data.id)
    editing.begin(turn, FILES, item)
    return await show(turn)


@router.message(StateFilter(FILES), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def attached(message: Message, turn: Turn) -> Screen | None:
    """A file is kept; the parts of an album after the first without a word."""
    came = sent.of(message)
    if came is None:
        return await show(turn, turn.t("Send a file, or go back."))
    of = came.file
    file = Evidence(of.kind, of.name, of.file_id, of.file_unique_id)
    item_id = editing.about(turn)[0]
    in_album = came.group is not None and turn.conversation.data.get("album") == came.group
    given = (item_id, file, turn.now)

    def then(_there: int) -> None:
        turn.conversation.to(FILES, album=came.group)

    done = await tried_then(turn, REASONS, then, documents.attach, *given)
    if done.word:
        return await show(turn, Markup.escape(done.word))
    return None if in_album else await show(turn)


@router.callback_query(ItemDocuments.filter())
@policy(Action.CARRY_ITEMS)
async def open_documents(query: CallbackQuery, turn: Turn, callback_data: ItemDocuments) -> Screen:
    """The documents themselves."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    found = await turn.read(roadmap.papers_of, item.id)
    return _documents(turn, item, found.documents)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open, on the item as it is now."""
    item = await editing.reopened(turn)
    kept = await turn.read(roadmap.papers_of, item.id)
    return _step(turn, item, len(kept.documents), mistake)


RESUME: dict[str, Renderer] = {FILES: show}


def _step(turn: Turn, item: Item, there: int, mistake: Markup | None = None) -> Screen:
    """Documents are awaited."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            words.heading(t, item),
            t("Send the documents of the item, one or several."),
            t("📎 Documents: {n}", n=there) if there else None,
        ),
        mistake=mistake,
        back=EditItem(id=item.id),
    )


def _documents(turn: Turn, item: Item, found: Sequence[Evidence]) -> Screen:
    """The documents themselves."""
    t = turn.t
    return Screen(
        lines(words.heading(t, item), t("📎 Documents: {n}", n=len(found))),
        rows=(nav.exits(t, OpenItem(id=item.id)),),
        attachments=tuple(Attachment(one.kind, one.file_id) for one in found),
    )
