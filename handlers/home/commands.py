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
    ("instructions", Action.READ_MEETINGS, N_("Instructions given to me")),
    ("topic", Action.READ_MEETINGS, N_("Propose a topic for a meeting")),
    ("search", Action.SEARCH, N_("Search meetings and decisions")),
    ("request", Action.LOG_REQUESTS, N_("Log a voter's request")),
    ("requests", Action.WORK_ON_REQUESTS, N_("Voters' requests")),
    ("report", Action.WORK_ON_REQUESTS, N_("Requests of a month in figures")),
    ("inquiry", Action.MAKE_INQUIRIES, N_("Make a deputy inquiry")),
    ("inquiries", Action.WORK_ON_INQUIRIES, N_("Inquiries and their answers")),
    ("setup", Action.KEEP_SETTLEMENTS, N_("Settings of the branch")),
    ("roadmap", Action.READ_ROADMAP, N_("My roadmap items")),
    ("indicators", Action.READ_ROADMAP, N_("Indicators and their facts")),
    ("objects", Action.READ_ROADMAP, N_("Objects under party control")),
    ("prepare", Action.SEE_BRANCH_ROADMAP, N_("Prepare a question for the Bureau")),
    ("books", Action.MANAGE_ROADMAP, N_("Roadmaps in Excel")),
    ("broadcast", Action.BROADCAST, N_("Write to my branch")),
    ("broadcasts", Action.BROADCAST, N_("My broadcasts")),
    ("newmeeting", Action.PREPARE_MEETINGS, N_("Announce a meeting")),
    ("invite", Action.INVITE, N_("Invite somebody")),
    ("calendar", Action.KEEP_CALENDAR, N_("Working calendar")),
    ("status", Action.ADMINISTER, N_("State of the bot")),
    ("reminders", Action.READ_ROADMAP, N_("My reminders: hour and digests")),
    ("follow", None, N_("How a request of mine stands, by its code")),
    ("settings", None, N_("Language and settings")),
    ("privacy", None, N_("Personal data: what is kept, and your rights")),
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
