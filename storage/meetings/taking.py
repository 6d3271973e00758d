"""What was accepted of a text goes where it belongs: agenda, figures, proposals, instructions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from storage import audit, search_index
from storage.errors import NotPossible
from storage.meetings import clauses, findings, homes, instructions, reading, taking_items
from storage.meetings.findings import Finding
from storage.meetings.preparing import prepared
from storage.meetings.steps import SUBJECT
from storage.meetings.taking_items import Taking
from storage.rules.access import Actor
from storage.rules.folding import fold
from storage.rules.meeting_states import ARCHIVED, OVER
from storage.tables import figures, proposals


@dataclass(frozen=True)
class Taken:
    """What went into the meeting; ``left_out``: instructions the approved document cannot take."""

    items: int
    figures: int
    proposals: int
    instructions: int
    left_out: int


def take(tx: Connection, actor: Actor, meeting_id: int, now: datetime, today: date) -> Taken:
    """Put what was accepted into the meeting; the reading is done with then.

    Items go to those of the agenda that they are, new ones to its end. Nothing is there twice,
    however often the same text is read. Raises NotFound, NotAllowed, and NotPossible (nothing,
    undecided, homeless, wrong_state, archived, too_many).
    """
    if prepared(tx, actor, meeting_id, OVER)["state"] == ARCHIVED:
        raise NotPossible("archived")
    meeting = reading.get(tx, actor, meeting_id)
    found = findings.of_meeting(tx, meeting_id)
    if not found.findings:
        raise NotPossible("nothing")
    if found.left:
        raise NotPossible("undecided")
    if homes.homeless(found, meeting):
        raise NotPossible("homeless")
    taking = Taking(tx, actor, meeting, found, now, today)
    taking_items.facts(taking)
    items = taking_items.items(taking)
    taking_items.beside(taking)
    counts = _figures(taking), _proposals(taking)
    given = _instructions(taking)
    findings.forget(tx, meeting_id)
    search_index.index_meeting(tx, meeting_id)
    audit.record(tx, actor, now, "take_findings", SUBJECT, meeting_id, n=len(found.taken))
    return Taken(items, *counts, given, len(taking.of(findings.INSTRUCTION)) - given)


def _figures(taking: Taking) -> int:
    for one in taking.of(findings.FIGURE):
        _figure(taking.tx, int(taking.item_of(one) or 0), one)
    return len(taking.of(findings.FIGURE))


def _figure(tx: Connection, item_id: int, one: Finding) -> None:
    label = f"label_{one.content['language']}"
    known = tx.execute(select(figures).where(figures.c.item_id == item_id)).mappings().all()
    values = {label: one.content["label"] or None}
    for row in known:
        # The same number in the other language, or the same text read again.
        if row["value"] == one.content["value"] and row[label] in (None, values[label]):
            tx.execute(update(figures).where(figures.c.id == row["id"]).values(values))
            return
    said = {name: one.content[name] or None for name in ("value", "unit", "period")}
    tx.execute(insert(figures).values(item_id=item_id, position=len(known) + 1, **values, **said))


def _proposals(taking: Taking) -> int:
    for one in taking.of(findings.PROPOSAL):
        _proposal(taking, int(taking.item_of(one) or 0), one)
    return len(taking.of(findings.PROPOSAL))


def _proposal(taking: Taking, item_id: int, one: Finding) -> None:
    language = one.content["language"]
    text = getattr(proposals.c, f"text_{language}")
    known = select(proposals.c.position, text).where(proposals.c.item_id == item_id)
    rows = taking.tx.execute(known.order_by(proposals.c.position)).all()
    if any(fold(row[1] or "") == fold(one.content["text"]) for row in rows):
        return
    taking.tx.execute(
        insert(proposals).values(
            item_id=item_id,
            position=rows[-1].position + 1 if rows else 1,
            at=taking.now,
            state="accepted",
            **{
                f"text_{language}": one.content["text"],
                f"author_{language}": _author(taking, one),
            },
        )
    )


def _author(taking: Taking, one: Finding) -> str | None:
    """Who said it, with the post where one was accepted."""
    author: str | None = one.content["author"]
    for person in (*taking.of(findings.PERSON), *taking.of(findings.ITEM)):
        if author and author == person.content["called"]:
            name = person.content["name" if person.kind == findings.PERSON else "speaker"]
            return ", ".join(part for part in (name, person.content["position"]) if part)
    return author


def _instructions(taking: Taking) -> int:
    """Each becomes a clause with an instruction on it, as long as the document may change."""
    given = 0
    tx, meeting_id = taking.tx, taking.meeting.id
    if taking.meeting.document_at is not None:
        return given
    said = {fold(text) for one in clauses.of_meeting(tx, meeting_id) for text in _texts(one)}
    for one in taking.of(findings.INSTRUCTION):
        given += 1
        if fold(one.content["text"]) in said:
            continue
        text = {f"text_{one.content['language']}": one.content["text"]}
        clause_id = clauses.append(tx, meeting_id, item_id=taking.item_of(one), **text)
        nobody = instructions.NOBODY_YET
        instructions.of_clause(tx, taking.actor, clause_id, 1, nobody, taking.now)
    return given


def _texts(clause: clauses.Clause) -> list[str]:
    return [text for text in (clause.text_kk, clause.text_ru) if text]
