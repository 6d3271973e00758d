"""The screens of one item: everything about it, and what is chosen for it."""

from markupsafe import Markup

from handlers.meetings.agenda import words
from handlers.meetings.agenda.callbacks import (
    Agenda,
    Carry,
    Choose,
    Chosen,
    CoSpeakers,
    Delete,
    EditItem,
    Move,
    NameSpeaker,
    Write,
    WriteMinutes,
)
from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.materials.callbacks import Materials
from handlers.meetings.texts import clipped, title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.meetings import AgendaItem, Meeting, agenda, carrying
from storage.meetings.papers import ItemPapers

TITLE = 60  # characters of a title in the list
NAME = 24  # of a speaker's name there
DECISION = 300  # of a draft decision on the screen of an item
LABEL = 60
IN_A_ROW = 4


def item(turn: Turn, found: ItemPapers, *, word: Markup | None = None) -> Screen:
    """Everything about an item, and what can be done with it."""
    t, meeting, one = turn.t, found.meeting, found.item
    other = _other_title(turn, one)
    state = words.STATES.get(one.state)
    decision = clipped(t.pick(one.draft_decision_kk, one.draft_decision_ru), DECISION)
    who, beside = words.speaker(t, one), words.beside(found.co_speakers)
    planned = words.planned(turn, one.begins_at, one.minutes)
    number = t("Item {number} · {kind}", number=one.number, kind=t(words.KINDS[one.kind]))
    return Screen(
        lines(
            word,
            title(turn, meeting),
            Markup("{} · {}").format(number, t(state)) if state else number,
            Markup("<b>{}</b>").format(t.pick(one.title_kk, one.title_ru)),
            Markup("<i>{}</i>").format(other) if other else None,
            t("Speaker: {who}", who=who) if who else t("Speaker: not named yet"),
            t("Co-speakers: {who}", who=shortened(beside, DECISION)) if beside else None,
            t("Time: {time}", time=planned) if planned else t("Time: not given"),
            t("Seen by: {who}", who=t(words.VISIBILITIES[one.visibility])),
            t("Draft decision: {text}", text=decision) if decision else None,
        ),
        rows=(*_doings(turn, found), nav.exits(t, _page_of(meeting, one))),
    )


def _other_title(turn: Turn, one: AgendaItem) -> str | None:
    """The title in the other language, where there are two."""
    if not one.title_kk or not one.title_ru or one.title_kk == one.title_ru:
        return None
    return one.title_kk if turn.t.language == "ru" else one.title_ru


def _doings(turn: Turn, found: ItemPapers) -> tuple[Row, ...]:
    t, one, meeting = turn.t, found.item, found.meeting
    id_, version, own = one.id, one.version, "ru" if t.language == "ru" else "kk"
    papers = Button(
        t.plain("Materials: {n}", n=found.materials), Materials(meeting=meeting.id, item=id_)
    )
    if one.state in agenda.SETTLED:
        return ((papers,),)
    carry = Button(t.plain("Carry over"), Carry(id=id_))
    if meeting.state not in agenda.EDITABLE:
        return ((papers,), *(((carry,),) if meeting.state in carrying.CARRYING else ()))
    moved = (
        Button(t.plain("⬆️ Earlier"), Move(id=id_, version=version, up=True)),
        Button(t.plain("⬇️ Later"), Move(id=id_, version=version, up=False)),
    )
    gone = Button(t.plain("🗑 Delete the item"), Delete(id=id_, version=version))
    is_ahead = meeting.state in agenda.DELETABLE
    beside = t.plain("Co-speakers: {n}", n=len(found.co_speakers))
    return (
        (
            Button(t.plain("Title"), Write(id=id_, field=f"title_{own}")),
            Button(t.plain("Kind"), Choose(id=id_, field="kind")),
        ),
        (
            Button(t.plain("Speaker"), NameSpeaker(id=id_)),
            Button(beside, CoSpeakers(id=id_)),
        ),
        (
            Button(t.plain("Time"), WriteMinutes(id=id_)),
            Button(t.plain("Who sees it"), Choose(id=id_, field="visibility")),
        ),
        (Button(t.plain("Draft decision"), Write(id=id_, field=f"draft_decision_{own}")), papers),
        *((moved,) if is_ahead else ()),
        (carry, gone) if is_ahead else (carry,),
    )


def _page_of(meeting: Meeting, one: AgendaItem) -> Agenda:
    here = [other.id for other in meeting.items].index(one.id)
    return Agenda(id=meeting.id, page=here // paging.PAGE)


def choose(turn: Turn, found: ItemPapers, field: str) -> Screen:
    """Which kind an item is of, or who sees it; the present one is marked."""
    t, one = turn.t, found.item
    names = words.KINDS if field == "kind" else words.VISIBILITIES
    now = one.kind if field == "kind" else one.visibility
    question = t("Which kind of item is it?") if field == "kind" else t("Who sees the item?")
    buttons = [
        Button(
            ("✅ " if value == now else "") + t.plain(name),
            Chosen(id=one.id, version=one.version, field=field, value=value),
        )
        for value, name in names.items()
    ]
    return Screen(
        lines(question, quoted(turn, one)),
        rows=(*column(buttons), nav.exits(t, EditItem(id=one.id))),
    )


def delete(turn: Turn, found: ItemPapers) -> Screen:
    """Exactly what would be deleted."""
    t, one = turn.t, found.item
    sure = Delete(id=one.id, version=one.version, sure=True)
    return Screen(
        lines(
            t("🗑 <b>Delete the item?</b>"),
            quoted(turn, one),
            t("Materials that go with it: {n}", n=found.materials) if found.materials else None,
            t("What was deleted cannot be brought back."),
        ),
        rows=(
            (Button(t.plain("Delete it"), sure),),
            nav.exits(t, EditItem(id=one.id)),
        ),
    )


def gone(turn: Turn, meeting_id: int | None) -> Screen:
    """The item is there no more."""
    t = turn.t
    goes = OpenMeeting(id=meeting_id) if meeting_id else None
    return Screen(
        t("⚠️ This item was deleted meanwhile, so nothing was changed."),
        rows=(nav.exits(t, goes),),
    )


def quoted(turn: Turn, one: AgendaItem) -> Markup:
    """The item's number and title."""
    return Markup("{}. {}").format(one.number, turn.t.pick(one.title_kk, one.title_ru))
