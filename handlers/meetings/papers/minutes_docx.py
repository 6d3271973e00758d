"""The minutes of a meeting as a document, and an extract from them for one item.

In the order that office practice requires: organisation and body, type of document, date, number,
place, who was present, quorum, chair, secretary, agenda, per item heard, spoke, decided with the
votes, signatures (Model rules on documentation, item 45).
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.meetings.papers import office
from handlers.meetings.papers.office import Paper
from handlers.meetings.texts import BODIES
from handlers.ui.i18n import N_, Translator, translator
from storage.meetings.bodies import MEMBER
from storage.meetings.minutes import Attended, Considered, Minutes, Spoken, Tally

BLANK = "______"
OUTCOMES = {
    "adopted": N_("The decision is adopted."),
    "rejected": N_("The decision is not adopted."),
    "no_quorum": N_("There was no quorum."),
}


def minutes(language: str, kept: Minutes, zone: ZoneInfo, now: datetime) -> bytes:
    """The whole minutes in ``language``, as a .docx file."""
    t = translator(language)
    paper = Paper(t, _title(t, kept), now)
    _head(paper, kept, zone, t.plain("MINUTES"))
    _people(paper, kept)
    _agenda(paper, kept)
    for number, one in enumerate(kept.items, start=1):
        _item(paper, number, one)
    _signatures(paper, kept)
    return paper.content()


def extract(language: str, kept: Minutes, item_id: int, zone: ZoneInfo, now: datetime) -> bytes:
    """The part of the minutes on one item, to hand to whom it concerns, as a .docx file."""
    t = translator(language)
    paper = Paper(t, _title(t, kept), now)
    _head(paper, kept, zone, t.plain("EXTRACT FROM THE MINUTES"))
    members = kept.members_present
    paper.text((t.plain("Present: {n}", n=len(kept.present)), True))
    paper.text(_quorum(t, kept, members))
    for number, one in enumerate(kept.items, start=1):
        if one.item.id == item_id:
            _item(paper, number, one)
    _signatures(paper, kept)
    paper.gap()
    paper.text(t.plain("The extract is correct:"))
    paper.signature(t.plain("Secretary of the meeting"), _secretary(kept))
    return paper.content()


def _title(t: Translator, kept: Minutes) -> str:
    return t.pick(kept.meeting.title_kk, kept.meeting.title_ru)


def head(paper: Paper, branch: str, body: str) -> None:
    """The organisation and the body, as every paper of theirs begins."""
    paper.centred(paper.t.plain("«AMANAT» PARTY"))
    paper.centred(branch.upper())
    if body in BODIES:
        paper.centred(paper.t.plain(BODIES[body]).upper())
    paper.gap()


def _head(paper: Paper, kept: Minutes, zone: ZoneInfo, kind: str) -> None:
    t, meeting = paper.t, kept.meeting
    head(paper, t.pick(meeting.branch_kk, meeting.branch_ru), meeting.body)
    paper.centred(kind)
    day = _day(kept, zone)
    when = office.official_day(t, day) if day else t.pick(meeting.period_kk, meeting.period_ru)
    paper.apart(when or BLANK, f"№ {meeting.minutes_number or BLANK}")
    place = t.pick(meeting.place_kk, meeting.place_ru)
    paper.text(t.plain("Place: {place}", place=place or BLANK))
    paper.gap()
    paper.centred(_title(t, kept))
    paper.gap()


def _day(kept: Minutes, zone: ZoneInfo) -> date | None:
    return kept.moment.astimezone(zone).date() if kept.moment else None


def _people(paper: Paper, kept: Minutes) -> None:
    t = paper.t
    paper.text((t.plain("In the chair:") + " ", True), _chair(t, kept) or BLANK)
    paper.text((t.plain("Secretary of the meeting:") + " ", True), _secretary(kept) or BLANK)
    members = [one for one in kept.present if one.capacity == MEMBER]
    others = [one for one in kept.present if one.capacity != MEMBER]
    paper.text((t.plain("Present: {n}", n=len(kept.present)), True))
    for name, listed in (
        (t.plain("members: {n}", n=len(members)), members),
        (t.plain("invited: {n}", n=len(others)), others),
    ):
        if listed:
            paper.text(f"{name} – {'; '.join(_who(t, one) for one in listed)}.", indent=0.5)
    if kept.absent:
        names = "; ".join(_who(t, one) for one in kept.absent)
        paper.text((t.plain("Members absent: {n}", n=len(kept.absent)), True), f" – {names}.")
    paper.text(_quorum(t, kept, len(members)))
    paper.gap()


def _who(t: Translator, one: Attended) -> str:
    name = ", ".join(part for part in (one.name, one.post) if part)
    return (
        t.plain("{name} (in place: {other})", name=name, other=one.stand_in)
        if one.stand_in
        else name
    )


def _quorum(t: Translator, kept: Minutes, members: int) -> str:
    counted = t.plain(
        "Members elected: {elected}, needed for a quorum: {needed}, present: {present}.",
        elected=kept.elected,
        needed=kept.needed,
        present=members,
    )
    there = t.plain("There is a quorum.") if members >= kept.needed else t.plain("No quorum.")
    return f"{counted} {there}"


def _agenda(paper: Paper, kept: Minutes) -> None:
    t = paper.t
    paper.text((t.plain("AGENDA:"), True))
    for number, one in enumerate(kept.items, start=1):
        speaker = _speaker(t, one)
        ending = "\n" + t.plain("Speaker: {who}", who=speaker) if speaker else ""
        paper.text(f"{number}. {t.pick(one.item.title_kk, one.item.title_ru)}{ending}", indent=0.5)
    if not kept.items:
        paper.text(BLANK)
    paper.gap()


def _item(paper: Paper, number: int, one: Considered) -> None:
    t, item = paper.t, one.item
    speakers = [_speaker(t, one), *(_named(name, post) for name, post in one.co_speakers)]
    who = "; ".join(speaker for speaker in speakers if speaker)
    subject = t.pick(item.title_kk, item.title_ru)
    heard_of = t.plain("HEARD:")
    paper.text((f"{number}. {heard_of} ", True), f"{who} – {subject}" if who else subject)
    heard = t.pick(item.heard_kk, item.heard_ru)
    if heard:
        paper.text(heard)
    if one.spoken:
        paper.text((t.plain("SPOKE:"), True))
        for spoken in one.spoken:
            paper.text(_spoken(t, spoken), indent=0.5)
    paper.text((t.plain("DECIDED:") + " ", True), _decided(t, one))
    for tally in one.votes:
        paper.text(_votes(t, tally))
    paper.gap()


def _spoken(t: Translator, spoken: Spoken) -> str:
    kinds = {"proposal": t.plain("Proposal"), "remark": t.plain("Critical remark")}
    author = t.pick(spoken.author_kk, spoken.author_ru)
    said = f"{kinds.get(spoken.kind, '')}: {t.pick(spoken.text_kk, spoken.text_ru)}"
    return f"{author} – {said}" if author else said


def _decided(t: Translator, one: Considered) -> str:
    decision = t.pick(one.item.decision_kk, one.item.decision_ru)
    if one.item.state == "carried":
        return decision or t.plain("The item is carried over to another meeting.")
    return decision or BLANK


def _votes(t: Translator, tally: Tally) -> str:
    counted = t.plain(
        "Vote: for – {yes}, against – {no}, abstained – {neither}.",
        yes=tally.in_favour,
        no=tally.against,
        neither=tally.abstained,
    )
    outcome = t.plain(OUTCOMES[tally.outcome]) if tally.outcome in OUTCOMES else ""
    asked = f"{tally.question}\n" if tally.question else ""
    return f"{asked}{counted} {outcome}".strip()


def _speaker(t: Translator, one: Considered) -> str:
    item = one.item
    name = t.pick(item.speaker_kk, item.speaker_ru)
    return _named(name, t.pick(item.speaker_position_kk, item.speaker_position_ru))


def _named(name: str, post: str | None) -> str:
    return ", ".join(part for part in (name, post) if part)


def _signatures(paper: Paper, kept: Minutes) -> None:
    t = paper.t
    paper.signature(t.plain("Chair of the meeting"), _chair(t, kept))
    paper.signature(t.plain("Secretary of the meeting"), _secretary(kept))


def _chair(t: Translator, kept: Minutes) -> str | None:
    return kept.chair or t.pick(kept.meeting.chair_kk, kept.meeting.chair_ru) or None


def _secretary(kept: Minutes) -> str | None:
    return kept.secretary
