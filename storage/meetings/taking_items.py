"""What was accepted of the meeting itself, its items and who spoke on them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage.meetings import agenda, findings, homes, registered
from storage.meetings.drafting import ends_of
from storage.meetings.findings import Finding, Found
from storage.meetings.records import AgendaItem, Meeting
from storage.rules.access import Actor
from storage.tables import agenda_items, co_speakers, meetings

COLUMNS = {"title": "title", "chair": "chair", "date": "period"}  # of facts, with the language


@dataclass
class Taking:
    """One taking over, under way: ``item_ids`` are those of the findings of items, once known."""

    tx: Connection
    actor: Actor
    meeting: Meeting
    found: Found
    now: datetime
    today: date
    item_ids: dict[int, int] = field(default_factory=dict)  # finding of an item → item

    def item_of(self, one: Finding) -> int | None:
        """The id of the item on which a finding stands."""
        home = homes.home(self.found, one, self.meeting)
        if isinstance(home, Finding):
            return self.item_ids.get(home.id)
        return home.id if home else None

    def of(self, kind: str) -> list[Finding]:
        """What was taken of a kind."""
        return [one for one in self.found.taken if one.kind == kind]


def facts(taking: Taking) -> None:
    """Facts are the meeting's own; what was decided waits with the summary to be published."""
    values: dict[str, Any] = {}
    draft: dict[str, str] = {}
    for one in taking.of(findings.FACT):
        name, value = one.content["name"], one.content["value"]
        if name == "kind":
            values["kind"] = value
        elif name == "decision":
            draft[f"decision_{one.content['language']}"] = value
        else:
            values[f"{COLUMNS[name]}_{one.content['language']}"] = value
    if draft:
        kept = select(meetings.c.summary_draft).where(meetings.c.id == taking.meeting.id)
        values["summary_draft"] = {**(taking.tx.execute(kept).scalar() or {}), **draft}
    taking.tx.execute(
        update(meetings)
        .where(meetings.c.id == taking.meeting.id)
        .values(version=meetings.c.version + 1, **values)
    )


def items(taking: Taking) -> int:
    """Complete the items of the agenda, add new ones; return how many."""
    for one in taking.of(findings.ITEM):
        known = homes.home(taking.found, one, taking.meeting)
        if isinstance(known, AgendaItem):
            _complete(taking, known, one)
            taking.item_ids[one.id] = known.id
        else:
            row = {"kind": one.content["kind"], "state": "done", **_title(one)}
            row |= _speaker(taking, one)
            [taking.item_ids[one.id]] = agenda.append(taking.tx, taking.meeting.id, [row])
    return len(taking.of(findings.ITEM))


def _complete(taking: Taking, item: AgendaItem, one: Finding) -> None:
    """The agenda keeps its own titles; who really spoke is what was accepted."""
    title, speaker = _title(one), _speaker(taking, one)
    new: dict[str, Any] = {name: text for name, text in title.items() if not getattr(item, name)}
    new |= {name: value for name, value in speaker.items() if value is not None}
    if new.get("speaker_id") is None and item.speaker_id is not None:
        known = {*ends_of(item.speaker_kk or ""), *ends_of(item.speaker_ru or "")}
        # The same person is not unlinked from the bot.
        if set(ends_of(str(one.content["speaker"] or ""))) - known:
            new["speaker_id"] = None
    taking.tx.execute(
        update(agenda_items)
        .where(agenda_items.c.id == item.id)
        .values(version=agenda_items.c.version + 1, **new)
    )


def _title(one: Finding) -> dict[str, str]:
    return {f"title_{one.content['language']}": one.content["title"]}


def _speaker(taking: Taking, one: Finding) -> dict[str, Any]:
    language, name = one.content["language"], one.content["speaker"]
    if not name:
        return {}
    position = {f"speaker_position_{language}": one.content["position"] or None}
    person = _registered(taking, name)
    if person is None:
        return {f"speaker_{language}": name, **position}
    both = {"speaker_kk": person.name, "speaker_ru": person.name}
    return {"speaker_id": person.id, **both, **position}


def _registered(taking: Taking, name: str) -> registered.Registered | None:
    """The only person of that given name and surname in the branch."""
    ends = ends_of(name)
    if not ends:
        return None
    branch_id = taking.meeting.branch_id
    found = registered.find(taking.tx, branch_id, " ".join(ends), taking.today, 2)
    return found[0] if len(found) == 1 else None


def beside(taking: Taking) -> None:
    """People who were put on an item spoke on it beside its speaker."""
    for one in taking.of(findings.PERSON):
        item_id = taking.item_of(one)
        if item_id is None:
            continue
        own = co_speakers.c.item_id == item_id
        names = taking.tx.execute(select(co_speakers.c.name).where(own)).scalars().all()
        person = _registered(taking, one.content["name"])
        name = person.name if person else one.content["name"]
        if name in names:
            continue
        taking.tx.execute(
            insert(co_speakers).values(
                item_id=item_id,
                position=len(names) + 1,
                person_id=person.id if person else None,
                name=name,
                post=one.content["position"] or None,
            )
        )
