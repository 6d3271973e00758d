"""The screens of topics: proposing one, the lists, one topic with what can be decided."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.meetings.agenda.callbacks import Agenda
from handlers.meetings.announcing.screens import BODIES, body_label
from handlers.meetings.callbacks import MeetingList
from handlers.meetings.texts import Viewer, day_of
from handlers.meetings.topics.callbacks import (
    AcceptTopic,
    DeclineTopic,
    OpenTopic,
    OwnTopics,
    ProposeTopic,
    TopicFor,
    Topics,
)
from handlers.turn import Turn
from handlers.ui import dates, nav, paging, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.meetings.calling import Choice
from storage.meetings.carrying import Target
from storage.meetings.topics import ACCEPTED, DECLINED, LIMIT, WAITING, Topic, TopicPage

LABEL = 60
STATES = {
    WAITING: N_("⏳ waits for the secretary"),
    ACCEPTED: N_("✅ accepted for the agenda"),
    DECLINED: N_("⚠️ declined"),
}
SIGNS = {WAITING: "⏳", ACCEPTED: "✅", DECLINED: "⚠️"}


def names(t: Translator, choice: Choice) -> tuple[str, str]:
    """How a body is named in words: with the code of its branch, and with its name."""
    name = t.plain(BODIES[choice.body])
    return body_label(t, choice, several=True), f"{name} · {choice.branch.named(t.language)}"


def bodies(
    turn: Turn,
    choices: Sequence[Choice],
    own: int,
    to_decide: int,
    mistake: Markup | None = None,
) -> Screen:
    """For which body, and the lists of what was proposed."""
    t = turn.t
    several = len({choice.branch.id for choice in choices}) > 1
    buttons = [
        Button(
            body_label(t, choice, several=several),
            TopicFor(branch=choice.branch.id, body=choice.body),
        )
        for choice in choices
    ]
    named = {choice.branch.id: choice.branch for choice in choices}.values()
    lists: list[Row] = []
    if own:
        lists.append((Button(t.plain("My topics: {n}", n=own), OwnTopics()),))
    if to_decide:
        lists.append((Button(t.plain("Topics to decide on: {n}", n=to_decide), Topics()),))
    return Screen(
        lines(
            t("📝 <b>Propose a topic</b>"),
            t("At which meeting should it be considered?"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            *(f"{branch.code} — {branch.named(t.language)}" for branch in named if several),
        ),
        rows=(*column(buttons), *lists, nav.exits(t, MeetingList())),
    )


def text_step(turn: Turn, body: str, mistake: Markup | None, kept: str | None) -> Screen:
    """The topic itself."""
    t = turn.t
    return wizard.step(
        t,
        2,
        2,
        lines(
            t("What should be considered? Write it in a sentence."),
            t(BODIES.get(body, BODIES["bureau"])),
            _again(t, kept),
        ),
        hint=t(
            "For example: heating of the village school. At most {limit} characters.", limit=LIMIT
        ),
        mistake=mistake,
        back=ProposeTopic(),
    )


def word_step(turn: Turn, topic: Topic, mistake: Markup | None, kept: str | None) -> Screen:
    """Why a topic is declined."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("Why is the topic declined? {name} will read your answer.", name=topic.author),
            Markup("«{}»").format(topic.text),
            _again(t, kept),
        ),
        hint=t("For example: it was considered last month."),
        mistake=mistake,
        back=OpenTopic(id=topic.id),
    )


def proposed(turn: Turn, topic: Topic) -> Screen:
    """The topic is with the secretary."""
    t = turn.t
    return Screen(
        lines(
            t("✅ <b>Your topic is sent to the secretary</b>"),
            about(turn, topic),
            Markup("«{}»").format(topic.text),
            t("When it is decided on, you will be told here."),
        ),
        rows=(
            (Button(t.plain("One more topic"), ProposeTopic()),),
            nav.exits(t, OwnTopics()),
        ),
    )


def own(turn: Turn, page: TopicPage) -> Screen:
    """What the person proposed and what became of it."""
    t = turn.t
    if not page.total:
        heading = t("You have proposed no topic yet.")
    else:
        heading = t("📝 <b>My topics: {n}</b>", n=page.total)
    return _list(turn, page, heading, lambda n: OwnTopics(page=n), ProposeTopic())


def waiting(turn: Turn, page: TopicPage, meeting: int) -> Screen:
    """What waits for the secretary."""
    t = turn.t
    if not page.total:
        heading = t("No topic waits for a decision.")
    else:
        heading = t("📝 <b>Topics to decide on: {n}</b>", n=page.total)
    back = Agenda(id=meeting) if meeting else ProposeTopic()
    return _list(turn, page, heading, lambda n: Topics(page=n, meeting=meeting), back)


def opened(
    turn: Turn,
    topic: Topic,
    targets: Sequence[Target],
    *,
    decides: bool,
    word: Markup | None = None,
) -> Screen:
    """A topic: by whom and when, what became of it; for the secretary, what can be done."""
    t = turn.t
    open_ = decides and topic.state == WAITING
    buttons = [
        Button(
            shortened(
                t.plain("✅ Into: {meeting}", meeting=f"{_day(turn, to)} · {_title(t, to)}"), LABEL
            ),
            AcceptTopic(id=topic.id, version=topic.version, meeting=to.id),
        )
        for to in targets
    ]
    decline: Row = (Button(t.plain("Decline with a word"), DeclineTopic(id=topic.id)),)
    return Screen(
        lines(
            word,
            t("📝 <b>Topic for a meeting</b>"),
            about(turn, topic),
            Markup("«{}»").format(topic.text),
            _author(turn, topic),
            t(STATES[topic.state]),
            t("Answer of the secretary: {text}", text=topic.word) if topic.word else None,
            t("No meeting of this body is ahead: make one first with /newmeeting")
            if open_ and not targets
            else None,
        ),
        rows=(
            *((*column(buttons), decline) if open_ else ()),
            nav.exits(t, Topics() if decides else OwnTopics()),
        ),
    )


def about(viewer: Viewer, topic: Topic) -> str:
    """Whose meeting the topic is for."""
    t = viewer.t
    return f"{t.plain(BODIES[topic.body])} · {topic.branch.named(t.language)}"


def _list(
    turn: Turn,
    page: TopicPage,
    heading: Markup,
    to: Callable[[int], CallbackData],
    back: CallbackData,
) -> Screen:
    buttons = [
        Button(shortened(f"{SIGNS[one.state]} {one.text}", LABEL), OpenTopic(id=one.id))
        for one in page.topics
    ]
    return Screen(
        heading,
        rows=(
            *paging.rows(turn.t, buttons, page.page, page.total, to),
            nav.exits(turn.t, back),
        ),
    )


def _author(turn: Turn, topic: Topic) -> Markup:
    day = dates.short_day(turn.t, topic.at.astimezone(turn.zone).date(), turn.today)
    return turn.t("Proposed by: {name}, {date}", name=topic.author, date=day)


def _day(turn: Turn, to: Target) -> str:
    if to.starts_at is None:
        return day_of(turn, None, "")
    return dates.short_day(turn.t, to.starts_at.astimezone(turn.zone).date(), turn.today)


def _title(t: Translator, to: Target) -> str:
    return t.pick(to.title_kk, to.title_ru)


def _again(t: Translator, kept: str | None) -> Markup | None:
    if not kept:
        return None
    text = Markup("<code>{}</code>").format(kept[:1200])
    return t("Your text (tap it to copy): {text}", text=text)
