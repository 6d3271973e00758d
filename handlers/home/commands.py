"""The commands behind the «/» button, by role."""

from handlers.ui.i18n import N_, Translator
from storage.rules.access import Action, Actor, may

# What Telegram shows before Start is pressed, and in the bot's profile.
DESCRIPTION = N_(
    "The assistant of the party's regional branch: Bureau meetings and decisions, voters' "
    "requests, the roadmap, announcements."
)
SHORT_DESCRIPTION = N_("Assistant of the party's regional branch")

# command, what it requires, what it does
COMMANDS: tuple[tuple[str, Action | None, str], ...] = (
    ("menu", None, N_("First screen")),
    ("next", Action.READ_MEETINGS, N_("When is the next meeting")),
    ("summary", Action.READ_MEETINGS, N_("Summary of the last meeting")),
    ("meetings", Action.READ_MEETINGS, N_("Meetings")),
    ("search", Action.SEARCH, N_("Search meetings and decisions")),
    ("request", Action.LOG_REQUESTS, N_("Log a voter's request")),
    ("requests", Action.WORK_ON_REQUESTS, N_("Voters' requests")),
    ("roadmap", Action.READ_ROADMAP, N_("My roadmap items")),
    ("broadcast", Action.BROADCAST, N_("Write to my branch")),
    ("broadcasts", Action.BROADCAST, N_("My broadcasts")),
    ("newmeeting", Action.PREPARE_MEETINGS, N_("Announce a meeting")),
    ("invite", Action.INVITE, N_("Invite somebody")),
    ("calendar", Action.KEEP_CALENDAR, N_("Working calendar")),
    ("status", Action.ADMINISTER, N_("State of the bot")),
    ("settings", None, N_("Language and settings")),
    ("help", None, N_("Help")),
    ("cancel", None, N_("Stop what is being entered")),
)


def commands_for(t: Translator, actor: Actor | None) -> tuple[tuple[str, str], ...]:
    """The commands that ``actor`` may give (None: a stranger), with a word on each."""
    return tuple(
        (name, t.plain(text))
        for name, action, text in COMMANDS
        if action is None or (actor is not None and may(actor, action))
    )
