"""Choosing the question, and what stands on it in short."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.indicators import words as indicator_words
from handlers.indicators.callbacks import Indicators
from handlers.objects import words as object_words
from handlers.preparing import words
from handlers.preparing.callbacks import Prepare, Question, QuestionFile, Territories
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.branches import Branch
from storage.objects import ControlledObject
from storage.preparing import Direction, Gathered

SHOWN = 3  # of each part; the document has all
LABEL = 50
LINE = 160


def choose(turn: Turn, known: Sequence[Direction], page: int) -> Screen:
    """A direction, a territory, or the report on everything."""
    t, page = turn.t, paging.clamp(page, len(known))
    buttons = [
        Button(shortened(words.name_of(t, one), LABEL), Question(direction=one.key))
        for one in known[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(
            t("📋 <b>Prepare the question</b>"),
            t("Choose the direction or the territory that the Bureau will speak of."),
        ),
        rows=(
            *paging.rows(t, buttons, page, len(known), lambda to: Prepare(page=to)),
            (Button(t.plain("📍 By territory"), Territories()),),
            (Button(t.plain("📊 Report on the whole roadmap"), Question()),),
            nav.exits(t, Indicators()),
        ),
    )


def territories(turn: Turn, reach: Sequence[Branch], direction: str) -> Screen:
    """Which territory; all of them is the first choice."""
    t = turn.t
    every = Button(t.plain("All territories"), Question(direction=direction))
    buttons = [
        Button(t.pick(one.name_kk, one.name_ru), Question(direction=direction, branch=one.id))
        for one in reach
    ]
    back = Question(direction=direction) if direction else Prepare()
    return Screen(
        t("Which territory is it about?"), rows=(*column([every, *buttons]), nav.exits(t, back))
    )


def question(turn: Turn, found: Gathered) -> Screen:
    """What stands on it, in short."""
    t, today = turn.t, turn.today
    overdue = found.overdue(today)
    states = ", ".join(f"{name} – {n}" for name, n in words.states(t, found))
    return Screen(
        lines(
            t("📋 <b>{subject}</b>", subject=words.subject(t, found)),
            *_part(t, t("<b>Indicators: {n}</b>", n=len(found.indicators)), _indicators(t, found)),
            t("<b>Roadmap items: {n}</b>", n=len(found.items)),
            states or None,
            *_part(
                t,
                t("<b>Overdue: {n}</b>", n=len(overdue)),
                [f"{words.item(t, one, today)}. {words.reason(t, one)}" for one in overdue],
            ),
            *_part(
                t,
                t("<b>Objects under control: {n}</b>", n=len(found.objects)),
                [_object(turn, one) for one in found.objects],
            ),
            *_part(
                t,
                t("<b>Unanswered instructions: {n}</b>", n=len(found.instructions)),
                [words.instruction(t, one, today) for one in found.instructions],
            ),
        ),
        rows=(*_files(t, found), nav.exits(t, Prepare())),
    )


def _files(t: Translator, found: Gathered) -> tuple[Row, ...]:
    direction = found.direction.key if found.direction else ""
    branch = found.branch.id if found.branch else 0

    def file(label: str, form: str) -> Button:
        goes = QuestionFile.model_validate({"form": form, "direction": direction, "branch": branch})
        return Button(label, goes)

    return (
        (file(t.plain("📄 Reference (DOCX)"), "question"),),
        (
            file(t.plain("📊 Report (XLSX)"), "book"),
            file(t.plain("📄 Report (DOCX)"), "report"),
        ),
        (Button(t.plain("📍 By territory"), Territories(direction=direction)),),
    )


def _part(t: Translator, heading: Markup, found: Sequence[str]) -> list[Markup]:
    """A heading with the first lines of what is under it."""
    if not found:
        return []
    shown = [Markup("• {}").format(shortened(line, LINE)) for line in found[:SHOWN]]
    more = len(found) - SHOWN
    return [heading, *shown, *([t("and {n} more in the document", n=more)] if more > 0 else [])]


def _indicators(t: Translator, found: Gathered) -> list[str]:
    ordered = sorted(found.indicators, key=lambda one: not one.standing.is_problem)
    return [
        f"{indicator_words.name(t, one.indicator, 60)}: {indicator_words.state(t, one.standing)}"
        for one in ordered
    ]


def _object(turn: Turn, one: ControlledObject) -> str:
    ready = f", {one.percent} %" if one.percent is not None else ""
    state = object_words.state(turn.t, one, turn.today)
    return f"{object_words.name(turn.t, one, 60)}: {state}{ready}"
