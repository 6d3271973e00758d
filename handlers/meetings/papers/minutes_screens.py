"""The screens of a meeting's minutes: what they lack, the files, and signing."""

from markupsafe import Markup

from handlers.meetings.manage import Manage
from handlers.meetings.papers import words
from handlers.meetings.papers.callbacks import (
    AskExtract,
    AskNumber,
    Extracts,
    GetExtract,
    GetMinutes,
    Language,
    OpenDocument,
    Papers,
    SignMinutes,
)
from handlers.meetings.sitting.words import item_label, item_line
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.screen import Button, Row, Screen, lines
from storage.meetings import AgendaItem, Meeting
from storage.meetings.minutes import Minutes
from storage.meetings.signing import NUMBER_LIMIT
from storage.rules.meeting_states import HELD


def papers(turn: Turn, kept: Minutes) -> Screen:
    """The minutes: what is in them, what they lack, and the files."""
    t, meeting = turn.t, kept.meeting
    extracts_ = Button(t.plain("Extract for one item"), Extracts(id=meeting.id))
    open_items = sum(not (i.item.decision_kk or i.item.decision_ru) for i in kept.items)
    return Screen(
        lines(
            t("📄 <b>Minutes</b>"),
            title(turn, meeting),
            when(turn, meeting),
            _signed(turn, meeting),
            t(
                "Present: {n}, of them members: {members}, needed for a quorum: {needed}",
                n=len(kept.present),
                members=kept.members_present,
                needed=kept.needed,
            ),
            t("⚠️ Items without a decision: {n}", n=open_items) if open_items else None,
        ),
        rows=(
            _languages(turn, lambda language: GetMinutes(id=meeting.id, language=language)),
            *(((extracts_,),) if kept.items else ()),
            (Button(t.plain("Final document"), OpenDocument(id=meeting.id)),),
            *_signing(turn, meeting),
            nav.exits(t, Manage(id=meeting.id)),
        ),
    )


def extracts(turn: Turn, meeting: Meeting, page: int) -> Screen:
    """For which item."""
    t = turn.t
    items = [item for item in meeting.items if item.state != "dropped"]
    page = paging.clamp(page, len(items))
    buttons = [
        Button(item_label(t, item), AskExtract(id=meeting.id, item=item.id))
        for item in items[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(t("📄 <b>Extract from the minutes</b>"), t("For which item?")),
        rows=(
            *paging.rows(t, buttons, page, len(items), lambda n: Extracts(id=meeting.id, page=n)),
            nav.exits(t, Papers(id=meeting.id)),
        ),
    )


def extract(turn: Turn, meeting: Meeting, item: AgendaItem) -> Screen:
    """In which language."""
    t = turn.t
    return Screen(
        lines(t("📄 <b>Extract from the minutes</b>"), item_line(t, item)),
        rows=(
            _languages(
                turn, lambda language: GetExtract(id=meeting.id, item=item.id, language=language)
            ),
            nav.exits(t, Extracts(id=meeting.id)),
        ),
    )


def number_step(turn: Turn, meeting: Meeting, mistake: Markup | None = None) -> Screen:
    """Under which number the minutes are registered."""
    t = turn.t
    return wizard.step(
        t,
        1,
        2,
        lines(t("Under which number are the minutes registered?"), title(turn, meeting)),
        hint=t("For example: 12, at most {n} characters.", n=NUMBER_LIMIT),
        mistake=mistake,
        back=Papers(id=meeting.id),
    )


def sign_step(turn: Turn, meeting: Meeting, number: str, mistake: Markup | None = None) -> Screen:
    """The number once more, before the minutes are signed for good."""
    t = turn.t
    sign = SignMinutes(id=meeting.id, version=meeting.version)
    return wizard.step(
        t,
        2,
        2,
        lines(
            t("Are the minutes signed under № {number}?", number=number),
            title(turn, meeting),
            t("After that the number does not change."),
        ),
        mistake=mistake,
        rows=((Button(t.plain("✅ Signed: № {number}", number=number), sign),),),
        back=AskNumber(id=meeting.id, version=meeting.version),
    )


def _signed(turn: Turn, meeting: Meeting) -> Markup:
    t = turn.t
    if meeting.signed_at is None:
        return t("⏳ Not signed yet")
    return t(
        "✅ Signed: № {number}, {date}",
        number=meeting.minutes_number or "",
        date=words.day_of(turn, meeting.signed_at),
    )


def _signing(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    if meeting.state != HELD:
        return ()
    goes = AskNumber(id=meeting.id, version=meeting.version)
    return ((Button(turn.t.plain("Enter the number and sign"), goes),),)


def _languages(turn: Turn, goes: "words.InLanguage") -> Row:
    t = turn.t
    return (
        Button(t.plain("File in Kazakh"), goes(Language.KK)),
        Button(t.plain("File in Russian"), goes(Language.RU)),
    )
