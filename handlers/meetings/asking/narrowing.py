"""Narrowing a list of meetings to one body, to one branch, or to both."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.meetings.asking.callbacks import ChooseBody, ChooseBranch
from handlers.meetings.callbacks import MeetingList
from handlers.meetings.texts import BODIES
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.screen import Button, Row, Screen, column, shortened
from storage.meetings.lists import Home, Only

LABEL = 40  # characters
MANY = 32  # of a body's name that stands beside another button


def only(asked: MeetingList) -> Only:
    """What storage narrows the list to."""
    return Only(asked.body or None, asked.branch or None)


def is_narrow(asked: MeetingList) -> bool:
    """Whether the list leaves anything out."""
    return bool(asked.body or asked.branch)


def said(turn: Turn, asked: MeetingList, homes: Sequence[Home]) -> Markup | None:
    """The line that says what the list is narrowed to."""
    if not is_narrow(asked):
        return None
    names = [_body(turn, asked.body)] if asked.body else []
    names += [_branch(turn, one) for one in homes if one.branch_id == asked.branch][:1]
    return turn.t("Only: {what}", what=" · ".join(names) or "—")


def rows(turn: Turn, asked: MeetingList, homes: Sequence[Home]) -> tuple[Row, ...]:
    """The buttons that narrow the list, and the one that shows all of it again."""
    t = turn.t
    row: list[Button] = []
    if asked.body or len({one.body for one in homes}) > 1:
        goes = ChooseBody(past=asked.past, body=asked.body, branch=asked.branch)
        row.append(Button(t.plain("By body"), goes))
    if asked.branch or len({one.branch_id for one in homes}) > 1:
        to = ChooseBranch(past=asked.past, body=asked.body, branch=asked.branch)
        row.append(Button(t.plain("By branch"), to))
    everything = Button(t.plain("All meetings"), MeetingList(past=asked.past))
    return (tuple(row), (everything,) if is_narrow(asked) else ())


def bodies(turn: Turn, asked: ChooseBody, homes: Sequence[Home]) -> Screen:
    """The bodies to choose from, each with how many meetings it has in the list."""
    t = turn.t
    counted: dict[str, int] = {}
    for one in homes:
        if asked.branch in (0, one.branch_id):
            counted[one.body] = counted.get(one.body, 0) + one.meetings
    known = sorted(counted, key=lambda body: (body not in BODIES, [*BODIES, body].index(body)))
    buttons = [
        Button(
            _counted(_body(turn, body), counted[body]),
            MeetingList(past=asked.past, body=body, branch=asked.branch),
        )
        for body in known
    ]
    every = Button(t.plain("Every body"), MeetingList(past=asked.past, branch=asked.branch))
    return Screen(
        t("🗓 <b>Whose meetings?</b>"),
        rows=(*column([every, *buttons]), _exits(turn, asked)),
    )


def branches(turn: Turn, asked: ChooseBranch, homes: Sequence[Home]) -> Screen:
    """A page of the branches to choose from, each with how many meetings it has in the list."""
    t = turn.t
    counted: dict[int, int] = {}
    names = {one.branch_id: _branch(turn, one) for one in homes}
    for one in homes:
        if asked.body in ("", one.body):
            counted[one.branch_id] = counted.get(one.branch_id, 0) + one.meetings
    page = paging.clamp(asked.page, len(counted))
    shown = list(counted)[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [
        Button(
            _counted(names[branch], counted[branch]),
            MeetingList(past=asked.past, body=asked.body, branch=branch),
        )
        for branch in shown
    ]
    every = Button(t.plain("Every branch"), MeetingList(past=asked.past, body=asked.body))
    return Screen(
        t("🗓 <b>Meetings of which branch?</b>"),
        rows=(
            (every,),
            *paging.rows(
                t,
                buttons,
                page,
                len(counted),
                lambda n: asked.model_copy(update={"page": n}),
            ),
            _exits(turn, asked),
        ),
    )


def _body(turn: Turn, body: str) -> str:
    return turn.t.plain(BODIES[body]) if body in BODIES else shortened(body, MANY)


def _branch(turn: Turn, home: Home) -> str:
    return turn.t.pick(home.branch_kk, home.branch_ru)


def _counted(name: str, meetings: int) -> str:
    return f"{shortened(name, LABEL)} · {meetings}"


def _exits(turn: Turn, asked: ChooseBody | ChooseBranch) -> Row:
    back = MeetingList(past=asked.past, body=asked.body, branch=asked.branch)
    return (nav.back(turn.t, back),) if turn.in_group else nav.exits(turn.t, back)
