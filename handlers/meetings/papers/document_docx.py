"""The final document as a file: its clauses, each with who carries it out and until when."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.meetings.papers import office
from handlers.meetings.papers.minutes_docx import BLANK, head
from handlers.meetings.papers.office import Paper
from handlers.ui.i18n import Translator, translator
from storage.meetings.document import Document
from storage.meetings.tasks import Instruction


def document(language: str, doc: Document, zone: ZoneInfo, now: datetime) -> bytes:
    """The final document in ``language``, as a .docx file."""
    t = translator(language)
    meeting = doc.meeting
    title = t.pick(meeting.title_kk, meeting.title_ru)
    paper = Paper(t, title, now)
    head(paper, t.pick(meeting.branch_kk, meeting.branch_ru), meeting.body)
    paper.centred(t.plain("FINAL DOCUMENT"))
    paper.centred(title)
    moment = meeting.began_at or meeting.starts_at
    day = office.official_day(t, moment.astimezone(zone).date()) if moment else BLANK
    state = "" if doc.approved else t.plain("Draft")
    paper.apart(day, state)
    paper.gap()
    for one in doc.clauses:
        paper.text(f"{one.number}. {t.pick(one.text_kk, one.text_ru)}")
        for given in doc.on(one):
            paper.text(_given(t, given), indent=1.0)
    paper.gap()
    chair = t.pick(meeting.chair_kk, meeting.chair_ru) or None
    paper.signature(t.plain("Chair of the meeting"), chair)
    return paper.content()


def _given(t: Translator, i: Instruction) -> str:
    branch = t.pick(i.branch_kk, i.branch_ru)
    together = ", ".join(i.co_executors)
    parts = (
        t.plain("Executor: {name}", name=i.executor or BLANK),
        t.plain("Together with: {names}", names=together) if together else "",
        t.plain("Branch: {name}", name=branch) if branch else "",
        t.plain("Object: {name}", name=i.object) if i.object else "",
        t.plain(
            "To be done by: {date}",
            date=office.official_day(t, i.deadline) if i.deadline else BLANK,
        ),
    )
    return "\n".join(part for part in parts if part)
