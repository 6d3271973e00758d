"""The texts that are written here: those of the summary, and the details of findings."""

from datetime import datetime

from sqlalchemy import Connection

from handlers.meetings.papers import entering
from handlers.meetings.papers.entering import Present
from handlers.meetings.summaries import callbacks, desk_screens, finding_screens, words
from handlers.meetings.summaries.callbacks import Detail, Part
from handlers.turn import Turn
from handlers.ui.screen import Screen
from storage.meetings import deciding, findings, summaries
from storage.rules.access import Actor


def detail_step(detail: Detail) -> str:
    """The step in which a detail of a finding is written."""
    return f"finding_{detail.value}"


def _part(part: Part) -> entering.Text:
    async def look(turn: Turn, meeting_id: int) -> Present:
        desk = await turn.read(summaries.desk, turn.actor, meeting_id)
        return Present(desk.text(part), desk.meeting.version, callbacks.Desk(id=meeting_id))

    def save(
        tx: Connection, actor: Actor, meeting_id: int, version: int, text: str, now: datetime
    ) -> None:
        summaries.write(tx, actor, meeting_id, version, part.value, text, now)

    limit = summaries.LIMITS[part.split("_")[0]]
    return entering.Text(words.PARTS[part], limit, look, save, _desk)


def _detail(detail: Detail) -> entering.Text:
    async def look(turn: Turn, finding_id: int) -> Present:
        _, one = await turn.read(findings.around, turn.actor, finding_id)
        text = str(one.content.get(detail.value) or "")
        return Present(text, one.version, callbacks.OpenFinding(id=finding_id))

    def save(
        tx: Connection, actor: Actor, finding_id: int, version: int, text: str, now: datetime
    ) -> None:
        deciding.mend(tx, actor, finding_id, version, detail.value, text, now)

    limits = [fields.get(detail.value, 0) for fields in findings.FIELDS.values()]
    longest = max(*limits, findings.DECISION_LIMIT if detail is Detail.VALUE else 0)
    return entering.Text(words.DETAILS[detail], longest, look, save, _finding)


async def _desk(turn: Turn, meeting_id: int) -> Screen:
    return desk_screens.desk(turn, await turn.read(summaries.desk, turn.actor, meeting_id))


async def _finding(turn: Turn, finding_id: int) -> Screen:
    return await finding_screens.opened(turn, finding_id)


TEXTS: dict[str, entering.Text] = {
    **{part.value: _part(part) for part in Part},
    **{detail_step(detail): _detail(detail) for detail in Detail},
}
entering.TEXTS.update(TEXTS)
