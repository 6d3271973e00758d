"""What is said of a summary and of findings: kinds, details, states, and why something fails."""

from markupsafe import Markup

from handlers.meetings.summaries.callbacks import Detail, Kind, Part
from handlers.meetings.venue import KINDS as MEETING_KINDS
from handlers.papers.failing import Why
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import lines, shortened
from storage.meetings.findings import Finding
from storage.meetings.homes import HOUSED
from storage.meetings.records import AgendaItem

LABEL = 60  # characters on a button
TITLE = 120

PARTS = {
    Part.SUMMARY_KK: N_("The summary in Kazakh: what was considered, in a few sentences"),
    Part.SUMMARY_RU: N_("The summary in Russian: what was considered, in a few sentences"),
    Part.DECISION_KK: N_("What was decided, in Kazakh"),
    Part.DECISION_RU: N_("What was decided, in Russian"),
}
PART_LABELS = {
    Part.SUMMARY_KK: N_("✏️ Summary in Kazakh"),
    Part.SUMMARY_RU: N_("✏️ Summary in Russian"),
    Part.DECISION_KK: N_("✏️ Decision in Kazakh"),
    Part.DECISION_RU: N_("✏️ Decision in Russian"),
}
KINDS = {
    Kind.FACT: N_("About the meeting"),
    Kind.ITEM: N_("Items of the agenda"),
    Kind.PERSON: N_("People"),
    Kind.FIGURE: N_("Figures"),
    Kind.PROPOSAL: N_("Proposals"),
    Kind.INSTRUCTION: N_("Instructions given"),
}
ONE = {
    Kind.ITEM: N_("Item of the agenda"),
    Kind.PERSON: N_("Person"),
    Kind.FIGURE: N_("Figure"),
    Kind.PROPOSAL: N_("Proposal"),
    Kind.INSTRUCTION: N_("Instruction"),
}
FACTS = {
    "title": N_("Title of the meeting"),
    "kind": N_("Kind of the meeting"),
    "date": N_("Day of the meeting"),
    "chair": N_("In the chair"),
    "decision": N_("What was decided"),
}
DETAILS = {
    Detail.VALUE: N_("Value"),
    Detail.TITLE: N_("Title"),
    Detail.SPEAKER: N_("Speaker"),
    Detail.NAME: N_("Name"),
    Detail.POSITION: N_("Position"),
    Detail.LABEL: N_("What it counts"),
    Detail.UNIT: N_("Unit"),
    Detail.PERIOD: N_("Period"),
    Detail.TEXT: N_("Text"),
    Detail.AUTHOR: N_("Author"),
}
STATES = {
    "found": N_("⏳ Not decided yet"),
    "accepted": N_("✅ Accepted"),
    "mended": N_("✅ Accepted, mended"),
    "dropped": N_("✖️ Dropped"),
}
FILES = {
    Why.KIND: N_("This kind of file cannot be read. Send DOCX, PDF or TXT."),
    Why.OLD_WORD: N_("This is an old file (DOC). Save it as DOCX and send it again."),
    Why.BROKEN: N_("The file cannot be opened: it is damaged, or is not what its name says."),
    Why.ENCRYPTED: N_("The file is locked with a password. Send it without one."),
    Why.TOO_MUCH: N_("Unpacked the file is much too big. Send the text alone."),
    Why.NO_TEXT: N_("There is no text in this file, perhaps only pictures of pages."),
    Why.TOO_SLOW: N_("Reading the file takes too long. Send the text alone."),
}
# Why nothing was found in a text.
NOTHING = {
    "script": N_("The text is not in Cyrillic: only Kazakh and Russian texts are read."),
    "subject": N_("Nothing of a meeting was found in this text."),
    "empty": N_("There are no words in this text."),
    "too_long": N_("The text is too long to be read: at most 100 000 characters."),
}
REFUSALS = {
    "changed": N_("The summary or the number of people has changed. Look at it once more."),
    "undecided": N_("Something from the text is not decided, or not in the meeting yet."),
    "too_long": N_("This is too long."),
    "empty": N_("There is nothing to publish yet."),
    "homeless": N_("Something that was accepted stands on no item: choose one, or drop it."),
    "nothing": N_("This was done already."),
    "too_many": N_("There are too many items on the agenda."),
    "archived": N_("The meeting is in the archive: this does not change any more."),
    "wrong_state": N_("A summary is written once the meeting is over."),
}


def name(t: Translator, one: Finding) -> str:
    """What kind of thing it is."""
    if one.kind == Kind.FACT:
        fact = one.content["name"]
        return t.plain(FACTS[fact])
    return t.plain(ONE[Kind(one.kind)])


def content(t: Translator, one: Finding) -> Markup:
    """What was read, line by line."""
    of = one.content
    if one.kind == Kind.FACT:
        return Markup("<b>{}</b>").format(_fact(t, one))
    if one.kind == Kind.ITEM:
        who = _joined(of["speaker"], of["position"])
        return lines(
            Markup("<b>{}</b>").format(of["title"]),
            t("Speaker: {who}", who=who) if who else None,
        )
    if one.kind == Kind.FIGURE:
        return Markup("<b>{}</b>").format(in_line(t, one))
    if one.kind == Kind.PERSON:
        return Markup("<b>{}</b>").format(in_line(t, one))
    return lines(
        Markup("<b>{}</b>").format(shortened(of["text"], 1000)),
        t("Author: {name}", name=of["author"]) if of["author"] else None,
    )


def in_line(t: Translator, one: Finding) -> str:
    """What was read, in one line."""
    of = one.content
    if one.kind == Kind.FACT:
        return f"{name(t, one)}: {_fact(t, one)}"
    if one.kind == Kind.ITEM:
        return " — ".join(part for part in (of["title"], of["speaker"]) if part)
    if one.kind == Kind.PERSON:
        return _joined(of["name"], of["position"])
    if one.kind == Kind.FIGURE:
        number = " ".join(part for part in (of["value"], of["unit"]) if part)
        said = f"{of['label']}: {number}" if of["label"] else number
        return " · ".join(part for part in (said, of["period"]) if part)
    return str(of["text"])


def where(t: Translator, one: Finding, home: AgendaItem | Finding | None) -> Markup | None:
    """On which item it stands."""
    if home is not None:
        return Markup("→ {}").format(place(t, home))
    if one.kind == Kind.ITEM:
        return t("→ A new item of the agenda")
    return t("⚠️ It stands on no item yet.") if one.kind in HOUSED else None


def place(t: Translator, home: AgendaItem | Finding) -> str:
    """An item of the agenda, or one that will be."""
    if isinstance(home, AgendaItem):
        title = t.pick(home.title_kk, home.title_ru)
        return shortened(f"{home.number}. {title}", TITLE)
    return shortened(t.plain("New: {title}", title=home.content["title"]), TITLE)


def _fact(t: Translator, one: Finding) -> str:
    value = str(one.content["value"])
    if one.content["name"] == "kind" and value in MEETING_KINDS:
        return t.plain(MEETING_KINDS[value])
    return value


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
