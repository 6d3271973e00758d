"""The lists of a meeting's archive as one workbook: attendance, votes, decisions, instructions."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.meetings.papers.minutes_docx import OUTCOMES
from handlers.meetings.papers.words import STATES as TASK_STATES
from handlers.papers.written_workbooks import Column, Kind, NewSheet, made
from handlers.ui.i18n import N_, Translator, translator
from storage.meetings.exchange.archive import Archived

CAPACITIES = {
    "member": N_("member of the body"),
    "invited": N_("was invited"),
    "observer": N_("observer"),
}
ANSWERS = {"will": N_("will attend"), "cannot": N_("cannot attend"), "deputy": N_("sends another")}
CHOICES = {"for": N_("in favour"), "against": N_("opposed"), "abstained": N_("did not take sides")}


def lists(language: str, kept: Archived, zone: ZoneInfo, at: datetime) -> bytes:
    """The workbook in ``language``; moments are those of ``zone``."""
    t = translator(language)
    sheets = (
        _attendance(t, kept, zone),
        _votes(t, kept, zone),
        _decisions(t, kept),
        _tasks(t, kept),
    )
    return made(sheets, "", at)


def _said(t: Translator, words: dict[str, str], code: str | None) -> str | None:
    return t.plain(words[code]) if code in words else code


def _clock(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M}" if moment else None


def _attendance(t: Translator, kept: Archived, zone: ZoneInfo) -> NewSheet:
    columns = (
        Column(t.plain("Name"), width=32),
        Column(t.plain("Position"), width=36),
        Column(t.plain("Called as"), width=16),
        Column(t.plain("Answer"), width=18),
        Column(t.plain("Reason or stand-in"), width=30),
        Column(t.plain("Came"), width=18),
        Column(t.plain("Left"), width=18),
    )
    rows = [
        (
            one.name,
            one.post,
            _said(t, CAPACITIES, one.capacity),
            _said(t, ANSWERS, one.answer),
            one.stand_in or one.reason,
            _clock(one.came_at, zone),
            _clock(one.left_at, zone),
        )
        for one in kept.attendance
    ]
    return NewSheet(t.plain("Attendance"), columns, rows)


def _votes(t: Translator, kept: Archived, zone: ZoneInfo) -> NewSheet:
    columns = (
        Column(t.plain("Item №"), Kind.WHOLE, width=8),
        Column(t.plain("Question"), width=50),
        Column(t.plain("Name"), width=32),
        Column(t.plain("Vote"), width=16),
        Column(t.plain("When"), width=18),
        Column(t.plain("Outcome"), width=30),
    )
    titles = {
        one.item.number: t.pick(one.item.title_kk, one.item.title_ru) for one in kept.minutes.items
    }
    rows = [
        (
            one.number,
            one.question or titles.get(one.number),
            one.name,
            _said(t, CHOICES, one.choice),
            _clock(one.at, zone),
            _said(t, OUTCOMES, one.outcome),
        )
        for one in kept.votes
    ]
    return NewSheet(t.plain("Voting"), columns, rows)


def _decisions(t: Translator, kept: Archived) -> NewSheet:
    columns = (
        Column(t.plain("Item №"), Kind.WHOLE, width=8),
        Column(t.plain("Item"), width=50),
        Column(t.plain("Speaker"), width=32),
        Column(t.plain("Decision"), width=70),
    )
    rows = [
        (
            item.number,
            t.pick(item.title_kk, item.title_ru),
            t.pick(item.speaker_kk, item.speaker_ru),
            t.pick(item.decision_kk, item.decision_ru),
        )
        for item in kept.minutes.meeting.items
    ]
    return NewSheet(t.plain("Decisions"), columns, rows)


def _tasks(t: Translator, kept: Archived) -> NewSheet:
    columns = (
        Column("№", Kind.WHOLE, width=6),
        Column(t.plain("Instruction"), width=60),
        Column(t.plain("Executor"), width=32),
        Column(t.plain("Co-executors"), width=32),
        Column(t.plain("Deadline"), Kind.DAY, width=12),
        Column(t.plain("State"), width=20),
    )
    rows = [
        (
            one.number,
            t.pick(one.text_kk, one.text_ru),
            one.executor,
            ", ".join(one.co_executors),
            one.deadline,
            _said(t, TASK_STATES, one.state),
        )
        for one in kept.document.instructions
    ]
    return NewSheet(t.plain("Instructions"), columns, rows)
