"""What a meeting's card says of attendance: one's answer, the quorum, the vote under way."""

from markupsafe import Markup

from handlers.meetings.answers import rows as answer_rows
from handlers.meetings.ballots import words
from handlers.meetings.ballots.screens import row as ballot_row
from handlers.turn import Turn
from handlers.ui.screen import Row
from storage.meetings import Meeting
from storage.rules.meeting_states import AHEAD


def said(turn: Turn, meeting: Meeting) -> tuple[Markup, ...]:
    """The lines of the card; none in a group, where everybody reads it."""
    if turn.in_group:
        return ()
    standing = meeting.standing
    mine = answer_rows.line(turn.t, standing.invitation) if _asks(turn, meeting) else None
    quorum = words.quorum(turn.t, standing.quorum) if standing.quorum else None
    return tuple(line for line in (mine, quorum) if line is not None)


def rows(turn: Turn, meeting: Meeting) -> tuple[Row, ...]:
    """The buttons of the card: to answer until it begins, then to the vote under way."""
    if turn.in_group:
        return ()
    standing = meeting.standing
    if _asks(turn, meeting):
        return answer_rows.buttons(turn.t, meeting.id, standing.invitation)
    return ballot_row(turn.t, standing.ballot_id if standing.invitation else None)


def _asks(turn: Turn, meeting: Meeting) -> bool:
    begun = meeting.starts_at is not None and meeting.starts_at <= turn.now
    return meeting.state in AHEAD and not begun
