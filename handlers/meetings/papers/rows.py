"""The row of a meeting's card that leads its readers to the approved final document."""

from handlers.meetings.papers.callbacks import FinalDocument
from handlers.turn import Turn
from handlers.ui.screen import Button, Row
from storage.meetings import Meeting


def rows(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    """The row, once the document is approved; in a group there is none."""
    if turn.in_group or meeting.document_at is None:
        return ()
    return ((Button(turn.t.plain("Final document"), FinalDocument(id=meeting.id)),),)
