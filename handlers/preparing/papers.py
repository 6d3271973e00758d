"""The reference on a question, and the quarterly report, as documents of an office."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.meetings.papers import office
from handlers.meetings.papers.office import Paper
from handlers.preparing import words
from handlers.ui.i18n import Translator, translator
from storage.preparing import Gathered


def question(language: str, found: Gathered, today: date, now: datetime) -> bytes:
    """The reference that a speaker needs, in ``language``, as a .docx file."""
    t = translator(language)
    paper = _begun(t, found, t.plain("REFERENCE"), today, now)
    _indicators(paper, found)
    _items(paper, found, today)
    _objects(paper, found, today)
    unanswered = [words.instruction(t, one, today) for one in found.instructions]
    _listed(paper, t.plain("Unanswered instructions of former meetings"), unanswered)
    _signed(paper)
    return paper.content()


def report(language: str, found: Gathered, today: date, now: datetime) -> bytes:
    """The quarterly report on progress in ``language``, as a .docx file."""
    t = translator(language)
    title = t.plain("REPORT ON THE PROGRESS OF THE ROADMAP")
    paper = _begun(t, found, title, today, now)
    paper.centred(words.quarter(t, today), bold=False)
    by_direction: dict[str, list[int]] = {}
    for one in found.items:
        name = t.pick(one.direction_kk, one.direction_ru) or t.plain("Without a direction")
        counted = by_direction.setdefault(name, [0, 0, 0])
        counted[0] += 1
        counted[1] += not one.is_open
        counted[2] += one.is_overdue(today)
    _listed(
        paper,
        t.plain("By direction: items, done, overdue"),
        [f"{name}: {n}, {done}, {late}" for name, (n, done, late) in by_direction.items()],
    )
    _indicators(paper, found)
    _items(paper, found, today)
    _objects(paper, found, today)
    _signed(paper)
    return paper.content()


def _begun(t: Translator, found: Gathered, title: str, today: date, now: datetime) -> Paper:
    subject = words.subject(t, found)
    paper = Paper(t, f"{title}: {subject}", now)
    paper.centred(t.plain("«AMANAT» PARTY"))
    paper.centred(title)
    paper.centred(subject)
    paper.apart(office.official_day(t, today), "")
    return paper


def _indicators(paper: Paper, found: Gathered) -> None:
    t = paper.t
    _listed(
        paper, t.plain("Indicators (part)"), [words.indicator(t, one) for one in found.indicators]
    )


def _items(paper: Paper, found: Gathered, today: date) -> None:
    t = paper.t
    heading = t.plain("Roadmap items by state: {n}", n=len(found.items))
    _listed(paper, heading, [f"{name}: {n}" for name, n in words.states(t, found)])
    overdue = [
        f"{words.item(t, one, today)}\n{words.reason(t, one)}" for one in found.overdue(today)
    ]
    _listed(paper, t.plain("Overdue items and reasons"), overdue)


def _objects(paper: Paper, found: Gathered, today: date) -> None:
    t = paper.t
    said = [words.object_(t, one, today) for one in found.objects]
    _listed(paper, t.plain("Objects under party control (part)"), said)


def _listed(paper: Paper, heading: str, said: Sequence[str]) -> None:
    """A heading with numbered lines; where there are none it says so: nothing was forgotten."""
    paper.gap()
    paper.text((heading, True))
    for number, line in enumerate(said, start=1):
        paper.text(f"{number}. {line}")
    if not said:
        paper.text(paper.t.plain("None."))


def _signed(paper: Paper) -> None:
    paper.gap()
    paper.signature(paper.t.plain("Prepared by"), None)
