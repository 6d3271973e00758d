"""The steps before a preview: to whom (where there is a choice), and the text."""

from dataclasses import replace

from markupsafe import Markup

from handlers.broadcasts import lists, words
from handlers.broadcasts.addressing.callbacks import OpenList, WhomTo
from handlers.broadcasts.callbacks import AlbumDone, BroadcastList, NewBroadcast, OpenBroadcast
from handlers.broadcasts.completing.callbacks import Complete
from handlers.broadcasts.receiving.copies import headed, present
from handlers.broadcasts.screens import THIN_LINE
from handlers.broadcasts.templates.callbacks import Templates
from handlers.people import words as people_words
from handlers.turn import Turn
from handlers.ui import wizard
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, lines
from storage import audiences
from storage.audiences import Choice
from storage.broadcasts.reading import get

CAPABILITY = "broadcasts"
BRANCH = "broadcasts:branch"
TEXT = "broadcasts:text"

ALBUM = "broadcasts:album"
LINKS = "broadcasts:links"
MORE = "broadcasts:more"  # below the words of a draft
VERSION = "broadcasts:version"
LIMIT = "broadcasts:limit"
DAY = "broadcasts:day"
HOUR = "broadcasts:hour"
REPLY = "broadcasts:reply"  # to a copy, or back
LIST_NAME = "broadcasts:list_name"  # of whom a branch writes to again and again
REWORD = "broadcasts:reword"  # of one that has gone out
PHONE = "broadcasts_phone:ask"

OF_A_DRAFT = (TEXT, ALBUM, LINKS, MORE, VERSION, DAY, HOUR, REWORD, LIST_NAME)

EXAMPLE = "https://example.kz/list"
MAX_LABEL = 40  # characters of a link's button


async def begin(turn: Turn) -> Screen:
    """The first step: straight to the text for whoever has one branch. Raises NotAllowed."""
    choice = await turn.read(audiences.choice, turn.actor)
    if (turn.conversation.state or "").startswith(CAPABILITY):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    if choice.only is None:
        turn.conversation.to(BRANCH)
        return _branch_step(turn.t, choice, 0)
    turn.conversation.to(TEXT, branch_id=choice.only.id)
    return await ask_text(turn)


async def ask_branch(turn: Turn, page: int = 0, *, mistake: Markup | None = None) -> Screen:
    """To whom?"""
    choice = await turn.read(audiences.choice, turn.actor)
    return _branch_step(turn.t, choice, page, mistake)


async def ask_text(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What shall they read? For a draft that is changed, its present text stands below."""
    t, draft = turn.t, turn.conversation.data
    choice = await turn.read(audiences.choice, turn.actor)
    total = 2 if choice.only else 3
    branch_id = draft.get("branch_id")
    branch = next((each for each in choice.branches if each.id == branch_id), None)
    changed = draft.get("broadcast_id")
    shown = wizard.step(
        t,
        total - 1,
        total,
        t("📣 Write the text of the broadcast. To: {to}", to=people_words.branch(t, branch)),
        hint=t(
            "For example: Tomorrow at 15:00 we meet at the branch. A photo, an album, a video, a "
            "file, a voice message, a poll or a place may be sent as well."
        ),
        mistake=mistake,
        rows=() if changed else ((Button(t.plain("📑 From a template"), Templates()),),),
        back=_back(changed, choice),
    )
    if changed is None or shown.text is None:
        return shown
    kept = await turn.read(get, turn.actor, changed)
    return replace(shown, text=lines(shown.text, THIN_LINE, present(t, kept)))


async def ask_album(turn: Turn) -> Screen:
    """The parts of an album come one by one: the author says when all are there."""
    t = turn.t
    return Screen(
        t("🖼 The album is taken. When all of it has been sent: «Go on»"),
        rows=(
            (Button(t.plain("Go on"), AlbumDone()),),
            (Button(t.plain("Cancel"), wizard.CancelWizard()),),
        ),
    )


async def ask_links(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Which links stand under it?"""
    t = turn.t
    button = t.plain("Register")
    return wizard.step(
        t,
        1,
        1,
        t("🔗 Write the links, each in a line of its own: the words on the button, the address."),
        hint=t("For example: {link}", link=f"{button} {EXAMPLE}"),
        mistake=mistake,
        back=Complete(id=turn.conversation.data["broadcast_id"]),
    )


async def ask_more(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What comes below the words of the draft?"""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("➕ Write what comes below the present words."),
        hint=t("A long text goes in several messages, cut between paragraphs; buttons stand last."),
        mistake=mistake,
        back=Complete(id=turn.conversation.data["broadcast_id"]),
    )


async def ask_version(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What shall those read who read the other language?"""
    t, draft = turn.t, turn.conversation.data
    readers = words.readers(t, draft["language"])
    return wizard.step(
        t,
        1,
        1,
        t("🌐 Send the version {readers}.", readers=readers),
        hint=t("Files that you do not send anew stay as they are."),
        mistake=mistake,
        back=Complete(id=draft["broadcast_id"]),
    )


async def ask_rewording(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What shall stand in every chat instead of the present words, which are shown below?"""
    t, data = turn.t, turn.conversation.data
    shown = wizard.step(
        t,
        1,
        1,
        t("✏️ Write the new words: they replace the former ones in every chat."),
        hint=t("Files, buttons and recipients stay as they are."),
        mistake=mistake,
        back=OpenBroadcast(id=data["broadcast_id"]),
    )
    found = await turn.read(get, turn.actor, data["broadcast_id"])
    version = found.versions.get(data["language"])
    now = Markup(version.words if version else "")  # noqa: S704 - kept as safe HTML
    return replace(shown, text=lines(shown.text, THIN_LINE, headed(now)))


async def ask_reply(turn: Turn) -> Screen:
    """What shall the other side read?"""
    return reply_step(turn.t)


def reply_step(t: Translator, mistake: Markup | None = None) -> Screen:
    """The step below a copy or a reply, which stays as it is."""
    return wizard.step(
        t,
        1,
        1,
        t("💬 Write your reply: only whoever sent it reads it."),
        hint=t("For example: I shall be there, but half an hour later."),
        mistake=mistake,
        fresh=True,
    )


async def ask_list_name(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Under which name are those saved whom it goes to?"""
    t, data = turn.t, turn.conversation.data
    number, list_id = int(data["broadcast_id"]), data.get("list_id")
    back = WhomTo(id=number) if list_id is None else OpenList(id=number, list_id=list_id)
    return wizard.step(
        t,
        1,
        1,
        t("⭐ Write the name of the list."),
        hint=t("For example: Heads of primary organisations"),
        mistake=mistake,
        back=back,
    )


async def ask_limit(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Above how many recipients is a second person asked?"""
    return wizard.step(
        turn.t,
        1,
        1,
        turn.t("⚙️ Above how many recipients does a second person have to approve a broadcast?"),
        hint=turn.t("For example: 200. Across branches it is asked always."),
        mistake=mistake,
        back=BroadcastList(),
    )


def _back(changed: int | None, choice: Choice) -> OpenBroadcast | NewBroadcast | None:
    if changed is not None:
        return OpenBroadcast(id=changed)
    return None if choice.only else NewBroadcast()


def _branch_step(t: Translator, choice: Choice, page: int, mistake: Markup | None = None) -> Screen:
    question = t("📣 Whom do you write to?")
    rows = lists.branches(t, choice, page)
    return wizard.step(t, 1, 3, question, mistake=mistake, rows=rows)


RESUME: dict[str, wizard.Renderer] = {
    BRANCH: ask_branch,
    TEXT: ask_text,
    ALBUM: ask_album,
    LINKS: ask_links,
    MORE: ask_more,
    VERSION: ask_version,
    LIMIT: ask_limit,
    LIST_NAME: ask_list_name,
    REWORD: ask_rewording,
    REPLY: ask_reply,
}
