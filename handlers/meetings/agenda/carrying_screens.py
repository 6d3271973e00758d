"""The screens of what goes on at another meeting."""

from handlers.meetings.agenda.callbacks import Agenda, CarryTo, EditItem, OpenDecisions, TakeUp
from handlers.meetings.agenda.screens import item, quoted
from handlers.meetings.texts import day_of
from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.meetings import Meeting
from storage.meetings.carrying import OpenDecision, Target
from storage.meetings.papers import ItemPapers

LABEL = 60


def carry(turn: Turn, found: ItemPapers, targets: list[Target]) -> Screen:
    """To which meeting an item is carried over."""
    t, one = turn.t, found.item
    buttons = [
        Button(
            shortened(f"{_day(turn, to)} · {t.pick(to.title_kk, to.title_ru)}", LABEL),
            CarryTo(id=one.id, version=one.version, to=to.id),
        )
        for to in targets
    ]
    return Screen(
        lines(
            t("To which meeting is the item carried over?")
            if targets
            else t("There is no other meeting of this body ahead. Make one first: /newmeeting"),
            quoted(turn, one),
            t("Speakers, materials and the draft decision go along.") if targets else None,
        ),
        rows=(*column(buttons), nav.exits(t, EditItem(id=one.id))),
    )


def carried(turn: Turn, found: ItemPapers) -> Screen:
    """The item where it was carried over to."""
    return item(turn, found, word=turn.t("✅ Carried over. Here it stands now:"))


def decisions(turn: Turn, meeting: Meeting, open_: list[OpenDecision], page: int = 0) -> Screen:
    """What is under control since former meetings: each can be put on the agenda."""
    t, total = turn.t, len(open_)
    if not open_:
        return Screen(
            t("Everything under control stands on the agenda already."),
            rows=(nav.exits(t, Agenda(id=meeting.id)),),
        )
    page = paging.clamp(page, total)
    shown = open_[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [
        Button(_decision(turn, one), TakeUp(id=meeting.id, instruction=one.id)) for one in shown
    ]
    return Screen(
        lines(
            t("⏳ <b>Under control since earlier meetings: {n}</b>", n=total),
            t("Tap one to put it on the agenda."),
        ),
        rows=(
            *paging.rows(t, buttons, page, total, lambda n: OpenDecisions(id=meeting.id, page=n)),
            (Button(t.plain("➕ All of them: {n}", n=total), TakeUp(id=meeting.id)),),
            nav.exits(t, Agenda(id=meeting.id)),
        ),
    )


def _decision(turn: Turn, one: OpenDecision) -> str:
    t = turn.t
    day = dates.short_day(t, one.deadline, turn.today) if one.deadline else None
    text = t.pick(one.text_kk, one.text_ru)
    return shortened(" · ".join(part for part in (day, text) if part), LABEL)


def _day(turn: Turn, to: Target) -> str:
    if to.starts_at is None:
        return day_of(turn, None, "")
    return dates.short_day(turn.t, to.starts_at.astimezone(turn.zone).date(), turn.today)
