"""The screens of a meeting's list: counts first, then names, then one person."""

from markupsafe import Markup

from handlers.meetings.answers.callbacks import AskNudge
from handlers.meetings.invitees.callbacks import (
    Add,
    AddAs,
    AddNamed,
    AddPerson,
    Answers,
    AskRemove,
    Capacity,
    Group,
    Names,
    OpenInvitee,
    Remove,
    SetAnswer,
    SetCapacity,
    Told,
)
from handlers.meetings.manage import Manage
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.meetings import Meeting
from storage.meetings.answers import CANNOT, DEPUTY, WILL
from storage.meetings.invitees import Invitee, InviteePage
from storage.meetings.registered import Registered
from storage.rules.meeting_states import AHEAD, CALLED, DRAFT

LABEL = 58  # characters of a person's button

GROUPS = {
    Group.ALL: N_("Everybody on the list: {n}"),
    Group.WILL: N_("✅ Will attend: {n}"),
    Group.DEPUTY: N_("✅ Send a stand-in: {n}"),
    Group.CANNOT: N_("➖ Cannot attend: {n}"),
    Group.SILENT: N_("⏳ Have not answered: {n}"),
    Group.OBSERVERS: N_("Observers: {n}"),
}
SIGNS = {WILL: "✅", DEPUTY: "✅", CANNOT: "➖", None: "⏳"}
SAID = {
    WILL: N_("will attend"),
    DEPUTY: N_("sends a stand-in"),
    CANNOT: N_("cannot attend"),
    None: N_("has not answered"),
}
CAPACITIES = {
    Capacity.MEMBER: N_("member"),
    Capacity.INVITED: N_("invited"),
    Capacity.OBSERVER: N_("observer"),
}


def overview(turn: Turn, meeting: Meeting, counts: dict[str, int]) -> Screen:
    """How many answered what."""
    t = turn.t
    everybody = sum(counts.values())
    groups = [(group, counts[group.value]) for group in Group if group is not Group.ALL]
    buttons = [
        Button(t.plain(GROUPS[group], n=n), Names(id=meeting.id, group=group))
        for group, n in ((Group.ALL, everybody), *groups)
        if n
    ]
    silent = counts[Group.SILENT]
    nudge = Button(t.plain("Remind those who are silent"), AskNudge(id=meeting.id))
    return Screen(
        lines(
            t("🗓 <b>Who is coming</b>"),
            t.pick(meeting.title_kk, meeting.title_ru),
            when(turn, meeting),
            *(t(GROUPS[group], n=n) for group, n in groups if n or group is Group.WILL),
            None if everybody else t("The list is empty. Add the people who are called."),
        ),
        rows=(
            *column(buttons),
            *(((nudge,),) if silent and meeting.state in AHEAD else ()),
            *(
                ((Button(t.plain("Add to the list"), Add(id=meeting.id)),),)
                if _grows(meeting)
                else ()
            ),
            nav.exits(t, Manage(id=meeting.id)),
        ),
    )


def names(turn: Turn, meeting: Meeting, group: Group, page: InviteePage) -> Screen:
    """The people of a group."""
    t = turn.t
    buttons = [
        Button(_label(t, one), OpenInvitee(id=one.id, group=group, page=page.page))
        for one in page.people
    ]
    return Screen(
        lines(title(turn, meeting), t(GROUPS[group], n=page.total)),
        rows=(
            *paging.rows(
                t,
                buttons,
                page.page,
                page.total,
                lambda n: Names(id=meeting.id, group=group, page=n),
            ),
            nav.exits(t, Answers(id=meeting.id)),
        ),
    )


def person(
    turn: Turn, meeting: Meeting, one: Invitee, back: Names, *, toast: str | None = None
) -> Screen:
    """One of them: capacity, answer, reason, and what can be changed."""
    t = turn.t
    capacities = [
        Button(t.plain("Call as: {capacity}", capacity=t.plain(CAPACITIES[capacity])), goes)
        for capacity in Capacity
        if capacity != one.capacity
        for goes in (SetCapacity(id=one.id, version=one.version, capacity=capacity),)
    ]
    said = [
        Button(t.plain(label), SetAnswer(id=one.id, version=one.version, said=told))
        for told, label in (
            (Told.WILL, N_("Answered by telephone: will attend")),
            (Told.CANNOT, N_("Answered by telephone: cannot attend")),
        )
        if one.answer != told and one.capacity != Capacity.OBSERVER
    ]
    remove = Button(t.plain("Take off the list"), AskRemove(id=one.id))
    rows = (*column(said), *column(capacities), (remove,)) if _grows(meeting) else ()
    return Screen(
        lines(
            title(turn, meeting),
            Markup("<b>{}</b>").format(one.name),
            one.post,
            t("Called as: {capacity}", capacity=t.plain(CAPACITIES[Capacity(one.capacity)])),
            _said(t, one),
            t("Reason: {text}", text=one.reason) if one.reason else None,
            t("Stand-in: {name}", name=one.stand_in) if one.stand_in else None,
            t("In the room now") if one.here else None,
            None if one.person_id else t("<i>Not registered in the bot: gets no messages.</i>"),
        ),
        rows=(*rows, nav.exits(t, back)),
        toast=toast,
    )


def before_removing(turn: Turn, meeting: Meeting, one: Invitee) -> Screen:
    """Whom the list would lose."""
    t = turn.t
    yes = Button(t.plain("Yes, take off the list"), Remove(id=one.id, version=one.version))
    return Screen(
        lines(title(turn, meeting), t("Take off the list: {name}?", name=one.name)),
        rows=((yes,), nav.exits(t, OpenInvitee(id=one.id))),
    )


def capacity_step(turn: Turn, meeting: Meeting) -> Screen:
    """In which capacity somebody is added."""
    t = turn.t
    return Screen(
        lines(title(turn, meeting), t("In which capacity is the person called?")),
        rows=(
            *column(
                Button(t.plain(CAPACITIES[capacity]), AddAs(id=meeting.id, capacity=capacity))
                for capacity in Capacity
            ),
            nav.exits(t, Answers(id=meeting.id)),
        ),
    )


def name_step(
    turn: Turn,
    meeting: Meeting,
    capacity: Capacity,
    *,
    typed: str | None = None,
    found: list[Registered] | None = None,
    mistake: Markup | None = None,
) -> Screen:
    """By which name: people who are registered, or the name as it was typed."""
    t = turn.t
    people = [
        Button(
            shortened(one.name, LABEL),
            AddPerson(id=meeting.id, capacity=capacity, person=one.id),
        )
        for one in found or ()
    ]
    as_typed = Button(
        shortened(t.plain("Add as written: {name}", name=typed or ""), LABEL),
        AddNamed(id=meeting.id, capacity=capacity),
    )
    return Screen(
        lines(
            title(turn, meeting),
            t("Called as: {capacity}", capacity=t.plain(CAPACITIES[capacity])),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t("Choose from those who are registered, or add as written.") if typed else None,
            t("Write a surname, or a name and position with a comma between.")
            if not typed
            else None,
            t("<i>For example: Serikov Bolat, head of department</i>") if not typed else None,
        ),
        rows=(
            *column(people),
            *(((as_typed,),) if typed else ()),
            nav.exits(t, Add(id=meeting.id)),
        ),
    )


def _grows(meeting: Meeting) -> bool:
    return meeting.state in (DRAFT, *CALLED)


def _label(t: Translator, one: Invitee) -> str:
    sign = "" if one.capacity == Capacity.OBSERVER else f"{SIGNS[one.answer]} "
    return shortened(f"{sign}{one.name} · {t.plain(CAPACITIES[Capacity(one.capacity)])}", LABEL)


def _said(t: Translator, one: Invitee) -> Markup | None:
    if one.capacity == Capacity.OBSERVER:
        return None
    return t("Answer: {answer}", answer=t.plain(SAID[one.answer]))
