"""The screens of the final document: its clauses, one of them, and the whole before approval."""

from markupsafe import Markup

from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.manage import Manage
from handlers.meetings.papers import words
from handlers.meetings.papers.callbacks import (
    AddClause,
    AddDecisions,
    Approve,
    FinalDocument,
    For,
    GetDocument,
    Language,
    MeetingTasks,
    MoveClause,
    OpenClause,
    OpenDocument,
    OpenInstruction,
    Picker,
    Preview,
    RemoveClause,
    RewordClause,
)
from handlers.meetings.texts import clipped, title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.meetings.clauses import Clause
from storage.meetings.document import Document
from storage.meetings.tasks import Instruction
from storage.rules.meeting_states import OVER

TEXT = 2000  # characters of a clause, all of it
A_PAGE = 2600  # characters of the preview; the rest of a message is for its frame


def document(turn: Turn, doc: Document, page: int = 0) -> Screen:
    """The clauses, and what can be done with the document."""
    t = turn.t
    total = len(doc.clauses)
    page = paging.clamp(page, total)
    shown = doc.clauses[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [Button(words.clause_label(t, clause), OpenClause(id=clause.id)) for clause in shown]
    meeting_id = doc.meeting.id
    return Screen(
        lines(
            t("📄 <b>Final document</b>"),
            title(turn, doc.meeting),
            _state(turn, doc),
            t("Clauses: {n}", n=total),
            t("Instructions: {n}", n=len(doc.instructions)) if doc.instructions else None,
            None if total else t("Take proposals in, add the decisions, or write a clause."),
        ),
        rows=(
            *paging.rows(t, buttons, page, total, lambda n: OpenDocument(id=meeting_id, page=n)),
            *_making(t, doc),
            *_whole(t, doc),
            nav.exits(t, Manage(id=doc.meeting.id)),
        ),
    )


def clause(turn: Turn, doc: Document, one: Clause) -> Screen:
    """One clause with its instructions."""
    t = turn.t
    given = doc.on(one)
    return Screen(
        lines(
            t("📄 <b>Clause {number} of {total}</b>", number=one.number, total=len(doc.clauses)),
            t("On item {number}", number=one.item_number) if one.item_number else None,
            Markup(""),
            Markup("{}").format(clipped(t.pick(one.text_kk, one.text_ru), TEXT)),
        ),
        rows=(
            *column(
                Button(words.task_label(t, i, turn.today), OpenInstruction(id=i.id))
                for i in given[: paging.PAGE]
            ),
            *(() if doc.approved else _mending(t, one)),
            nav.exits(t, OpenDocument(id=one.meeting_id, page=(one.number - 1) // paging.PAGE)),
        ),
    )


def removing(turn: Turn, doc: Document, one: Clause) -> Screen:
    """What goes with the clause, before it is deleted."""
    t = turn.t
    given = len(doc.on(one))
    return Screen(
        lines(
            t("⚠️ <b>Delete clause {number}?</b>", number=one.number),
            Markup("{}").format(clipped(t.pick(one.text_kk, one.text_ru), words.SHORT)),
            t("Its instructions go too: {n}", n=given) if given else None,
            t("Its proposal waits to be decided again.") if one.proposal_id else None,
        ),
        rows=(
            (
                Button(
                    t.plain("Yes, delete"), RemoveClause(id=one.id, version=one.version, sure=True)
                ),
            ),
            nav.exits(t, OpenClause(id=one.id)),
        ),
    )


def preview(turn: Turn, doc: Document, page: int = 0) -> Screen:
    """The whole document as it would be approved; the button stands on the last page."""
    t = turn.t
    parts = _pages(turn, doc)
    page = min(page, len(parts) - 1)
    last = page == len(parts) - 1
    unfinished = doc.unfinished(turn.today) if last and not doc.approved else ()
    return Screen(
        lines(
            t("📄 <b>Final document, as it will be approved</b>"),
            title(turn, doc.meeting),
            *parts[page],
            _consequence(turn, doc, unfinished) if last else None,
        ),
        rows=(
            *_turner(t, page, len(parts), lambda n: Preview(id=doc.meeting.id, page=n)),
            *column(
                Button(words.task_label(t, i, turn.today), OpenInstruction(id=i.id))
                for i in unfinished[: paging.PAGE]
            ),
            *(_approving(t, doc) if last and not unfinished else ()),
            nav.exits(t, OpenDocument(id=doc.meeting.id)),
        ),
    )


def final(turn: Turn, doc: Document, page: int = 0) -> Screen:
    """The approved document, as its readers see it."""
    t = turn.t
    parts = _pages(turn, doc)
    page = min(page, len(parts) - 1)
    tasks = Button(
        t.plain("Instructions: {n}", n=len(doc.instructions)), MeetingTasks(id=doc.meeting.id)
    )
    return Screen(
        lines(
            t("📄 <b>Final document</b>"), title(turn, doc.meeting), _state(turn, doc), *parts[page]
        ),
        rows=(
            *_turner(t, page, len(parts), lambda n: FinalDocument(id=doc.meeting.id, page=n)),
            *(((tasks,),) if doc.instructions else ()),
            nav.exits(t, OpenMeeting(id=doc.meeting.id)),
        ),
    )


def _state(turn: Turn, doc: Document) -> Markup:
    t = turn.t
    if doc.meeting.document_at is None:
        return t("⏳ Being prepared")
    day = words.day_of(turn, doc.meeting.document_at)
    return t("✅ Approved: {date}", date=day)


def _making(t: Translator, doc: Document) -> tuple[Row, ...]:
    if doc.approved:
        return ()
    add = (Button(t.plain("Write a clause"), AddClause(id=doc.meeting.id)),)
    if not doc.undocumented:
        return (add,)
    decisions = Button(
        t.plain("Add the decisions: {n}", n=doc.undocumented), AddDecisions(id=doc.meeting.id)
    )
    return ((decisions,), add)


def _whole(t: Translator, doc: Document) -> tuple[Row, ...]:
    if not doc.clauses:
        return ()
    meeting_id = doc.meeting.id
    files = tuple(
        Button(label, GetDocument(id=meeting_id, language=language))
        for label, language in (
            (t.plain("File in Kazakh"), Language.KK),
            (t.plain("File in Russian"), Language.RU),
        )
    )
    if doc.approved:
        tasks = (
            Button(
                t.plain("Instructions: {n}", n=len(doc.instructions)), MeetingTasks(id=meeting_id)
            ),
        )
        return (tasks, files)
    return ((Button(t.plain("Look at the whole and approve"), Preview(id=meeting_id)),), files)


def _mending(t: Translator, one: Clause) -> tuple[Row, ...]:
    moves = tuple(
        Button(label, MoveClause(id=one.id, version=one.version, down=down))
        for label, down in ((t.plain("↑ Up"), False), (t.plain("↓ Down"), True))
    )
    give = Picker(why=For.CLAUSE, id=one.id, version=one.version)
    return (
        (Button(t.plain("Give an instruction on it"), give),),
        (Button(t.plain("Edit the wording"), RewordClause(id=one.id)),),
        moves,
        (Button(t.plain("Delete the clause"), RemoveClause(id=one.id, version=one.version)),),
    )


def _pages(turn: Turn, doc: Document) -> list[list[Markup]]:
    """The lines of the whole document, as many a page as a message holds."""
    pages: list[list[Markup]] = [[]]
    size = 0
    for part in (part for one in doc.clauses for part in _parts(turn, doc, one)):
        if pages[-1] and size + len(part) > A_PAGE:
            pages.append([])
            size = 0
        pages[-1].append(part)
        size += len(part)
    return pages


def _parts(turn: Turn, doc: Document, one: Clause) -> list[Markup]:
    text = clipped(turn.t.pick(one.text_kk, one.text_ru), TEXT)
    return [
        Markup("{}. {}").format(one.number, text),
        *(_given(turn, i) for i in doc.on(one)),
    ]


def _given(turn: Turn, i: Instruction) -> Markup:
    t = turn.t
    deadline = words.deadline(t, i, turn.today) if i.deadline else t("no deadline yet")
    return Markup("<i>— {} · {}</i>").format(i.executor or t("no executor yet"), deadline)


def _consequence(turn: Turn, doc: Document, unfinished: tuple[Instruction, ...]) -> Markup:
    t = turn.t
    if unfinished:
        return t("⚠️ Without an executor or a deadline ahead: {n}", n=len(unfinished))
    if doc.meeting.state not in OVER:
        return t("It can be approved after the meeting.")
    return t(
        "After approval clauses do not change. Instructions put under control: {n}",
        n=len(doc.instructions),
    )


def _approving(t: Translator, doc: Document) -> tuple[Row, ...]:
    if doc.approved or doc.meeting.state not in OVER:
        return ()
    return ((Button(t.plain("✅ Approve"), Approve(id=doc.meeting.id, seal=doc.seal)),),)


def _turner(t: Translator, page: int, pages: int, turn_to: "words.TurnTo") -> tuple[Row, ...]:
    # ``paging`` counts rows, so its page of eight stands for one page of text here.
    return paging.rows(t, (), page, (pages - 1) * paging.PAGE + 1, turn_to) if pages > 1 else ()
