"""The first screen by role: at most eight buttons."""

from dataclasses import dataclass, replace

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.broadcasts.callbacks import BroadcastList, NewBroadcast
from handlers.home.commands import commands_for
from handlers.indicators.callbacks import Indicators
from handlers.inquiries.callbacks import InquiryList
from handlers.meetings.announcing.callbacks import NewMeeting
from handlers.meetings.callbacks import MeetingList, NextMeeting, Summary
from handlers.meetings.papers.callbacks import MyTasks
from handlers.objects.callbacks import Objects
from handlers.people.callbacks import AskAccess, EnterCode, Invite, Settings
from handlers.requests.callbacks import NewRequest, RequestList
from handlers.requests.following.callbacks import AskCode
from handlers.requests.settings.callbacks import RequestSettings
from handlers.roadmap.callbacks import MyRoadmap
from handlers.search.callbacks import AskSearch
from handlers.status.callbacks import Status
from handlers.turn import SLOT, Turn, capability_of
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines
from handlers.working_days.callbacks import OpenYear
from storage.rules.access import Action, may

MOST = 8


class More(CallbackData, prefix="more"):
    """The rest of the first screen's buttons."""


class Resume(CallbackData, prefix="resume"):
    """Go on with a draft that was put aside."""

    capability: str  # or the further slot of one: «requests#2»


class ForgetDrafts(CallbackData, prefix="forget"):
    """Throw all drafts away that were put aside."""


@dataclass(frozen=True)
class Door:
    """A button of the first screen, for those who may."""

    action: Action
    label: str
    goes: CallbackData


DOORS = (
    Door(Action.READ_MEETINGS, N_("🗓 Next meeting"), NextMeeting()),
    Door(Action.READ_MEETINGS, N_("Last summary"), Summary()),
    Door(Action.LOG_REQUESTS, N_("📝 Log a request"), NewRequest()),
    Door(Action.WORK_ON_REQUESTS, N_("Requests"), RequestList()),
    Door(Action.WORK_ON_INQUIRIES, N_("📄 Inquiries"), InquiryList()),
    Door(Action.READ_ROADMAP, N_("🎯 Roadmap"), MyRoadmap()),
    Door(Action.BROADCAST, N_("📣 Broadcast"), NewBroadcast()),
    Door(Action.READ_MEETINGS, N_("Meetings"), MeetingList()),
    Door(Action.SEARCH, N_("🔎 Search"), AskSearch()),
    Door(Action.READ_MEETINGS, N_("📌 Instructions"), MyTasks()),
    Door(Action.READ_ROADMAP, N_("📈 Indicators"), Indicators()),
    Door(Action.READ_ROADMAP, N_("🏗 Objects"), Objects()),
    Door(Action.BROADCAST, N_("My broadcasts"), BroadcastList()),
    Door(Action.PREPARE_MEETINGS, N_("Announce a meeting"), NewMeeting()),
    Door(Action.INVITE, N_("👥 Invitations"), Invite()),
    Door(Action.KEEP_SETTLEMENTS, N_("🗂 Settings of the branch"), RequestSettings()),
    Door(Action.KEEP_CALENDAR, N_("Working calendar"), OpenYear()),
    Door(Action.ADMINISTER, N_("State of the bot"), Status()),
)

# What a draft that was put aside is called: capability → words.
DRAFTS = {
    "requests": N_("✏️ Finish: request"),
    "completing": N_("✏️ Finish: completing"),
    "inquiries": N_("✏️ Finish: inquiry"),
    "inquiry_steps": N_("✏️ Finish: on an inquiry"),
    "directory": N_("✏️ Finish: body"),
    "inquiry_settings": N_("✏️ Finish: settings of inquiries"),
    "broadcasts": N_("✏️ Finish: broadcast"),
    "privacy": N_("✏️ Finish: text on personal data"),
    "data_tasks": N_("✏️ Finish: task on personal data"),
    "roadmap": N_("✏️ Finish: report"),
    "indicators": N_("✏️ Finish: indicator"),
    "objects": N_("✏️ Finish: object"),
    "roadmap_books": N_("✏️ Finish: roadmap from Excel"),
    "roadmap_add": N_("✏️ Finish: new item"),
    "roadmap_edit": N_("✏️ Finish: words of an item"),
    "control": N_("✏️ Finish: item under control"),
    "ladder": N_("✏️ Finish: days of reminders"),
    "announce": N_("✏️ Finish: meeting"),
    "meetings": N_("✏️ Finish: meeting"),
    "meeting_life": N_("✏️ Finish: meeting"),
    "papers": N_("✏️ Finish: document"),
    "proposing": N_("✏️ Finish: proposal"),
    "agenda": N_("✏️ Finish: agenda"),
    "materials": N_("✏️ Finish: materials"),
    "exchange": N_("✏️ Finish: Excel workbook"),
    "request_import": N_("✏️ Finish: requests from Excel"),
    "topics": N_("✏️ Finish: topic"),
    "summaries": N_("✏️ Finish: summary"),
    "people": N_("✏️ Finish: access"),
    "search": N_("✏️ Finish: search"),
    "working_days": N_("✏️ Finish: calendar"),
}
# A search has no draft that could be lost.
SAID_TO_BE_KEPT = frozenset(DRAFTS) - {"search"}


def menu(turn: Turn, *, word: Markup | None = None) -> Screen:
    """The first screen; ``word`` is what has just happened."""
    t = turn.t
    if turn.actor.is_guest:
        buttons = [
            Button(t.plain("Ask for access"), AskAccess()),
            Button(t.plain("I have a code"), EnterCode()),
            Button(t.plain("🔎 My request"), AskCode()),
        ]
    else:
        buttons = _doors(turn)
    settings = Button(t.plain("⚙️ Settings"), Settings())
    if len(buttons) + 1 > MOST:
        shown = [*buttons[: MOST - 1], Button(t.plain("More…"), More())]
    else:
        shown = [*buttons, settings]
    return Screen(
        lines(
            word,
            t("🏠 <b>Menu</b>"),
            t("Choose, or simply ask: «When is the next Bureau meeting?»")
            if not turn.actor.is_guest
            else t("You are a guest. To get in, ask for access or enter a code."),
        ),
        rows=(*_drafts(turn), *_pairs(shown)),
    )


def drafts_kept(turn: Turn) -> Screen:
    """Nothing is being entered, but drafts wait: to be finished, or to be thrown away."""
    t = turn.t
    shown = menu(turn, word=t("Nothing is being entered now. Drafts are kept: finish or delete."))
    forget: Row = (Button(t.plain("🗑 Delete the drafts"), ForgetDrafts()),)
    drafts = len(_drafts(turn))
    return replace(shown, rows=(*shown.rows[:drafts], forget, *shown.rows[drafts:]))


def has_drafts(turn: Turn) -> bool:
    """Whether something was put aside that can be gone on with."""
    return bool(_drafts(turn))


def with_draft(turn: Turn, screen: Screen) -> Screen:
    """``screen``, and a word on the draft that was put aside in this very turn, with its button.

    Nothing is added where the draft is taken up already or the screen is about the same matter.
    """
    conversation = turn.conversation
    slot = conversation.put_aside
    if slot is None or slot not in conversation.paused or screen.text is None:
        return screen
    name = capability_of(slot)
    about_it = (conversation.state or "").startswith(f"{name}:")
    if turn.in_group or about_it or name not in SAID_TO_BE_KEPT:
        return screen
    t, resume = turn.t, Resume(capability=slot)
    text = lines(screen.text, t("✏️ Your draft is kept."))
    if any(button.goes == resume for row in screen.rows for button in row):
        return replace(screen, text=text)
    row: Row = (Button(_draft_name(turn, slot), resume),)
    return replace(screen, text=text, rows=(*screen.rows[:-1], row, *screen.rows[-1:]))


def more(turn: Turn) -> Screen:
    """What did not find a place on the first screen."""
    t = turn.t
    rest = _doors(turn)[MOST - 1 :]
    settings = Button(t.plain("⚙️ Settings"), Settings())
    return Screen(
        lines(t("🏠 <b>Menu</b>"), t("More…")),
        rows=(*_pairs([*rest, settings]), nav.exits(t)),
    )


def help_screen(turn: Turn) -> Screen:
    """What can be done here, in a line each."""
    t = turn.t
    commands = commands_for(t, turn.actor)
    return Screen(
        lines(
            t("<b>Help</b>"),
            *(Markup("/{} — {}").format(name, text) for name, text in commands),
        ),
        rows=((nav.home(t),),),
    )


def _doors(turn: Turn) -> list[Button]:
    return [
        Button(turn.t.plain(door.label), door.goes)
        for door in DOORS
        if may(turn.actor, door.action)
    ]


def _drafts(turn: Turn) -> tuple[Row, ...]:
    return tuple(
        (Button(_draft_name(turn, slot), Resume(capability=slot)),)
        for slot in turn.conversation.paused
        if capability_of(slot) in DRAFTS
    )


def _draft_name(turn: Turn, slot: str) -> str:
    """What the draft in ``slot`` is called; a further one of its kind has a number."""
    name, _, number = slot.partition(SLOT)
    return " · ".join(part for part in (turn.t.plain(DRAFTS[name]), number) if part)


def _pairs(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
