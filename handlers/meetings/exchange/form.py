"""The form: which columns the sheets of meetings and items have, in kk and ru, and what fits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.meetings.agenda.words import KINDS as ITEM_KINDS
from handlers.meetings.agenda.words import VISIBILITIES
from handlers.meetings.texts import BODIES
from handlers.papers.written_workbooks import Kind
from handlers.ui.i18n import N_
from storage.meetings.exchange.rows import ITEMS, MEETINGS

TITLES = {MEETINGS: N_("Meetings"), ITEMS: N_("Agendas")}  # of the sheets
EXPLANATIONS, LISTS = N_("Explanations"), N_("Choices")

KINDS = {
    "regular": N_("Regular"),
    "extraordinary": N_("Extraordinary"),
    "visiting": N_("Visiting"),
}
FORMATS = {"in_person": N_("In person"), "online": N_("Online"), "hybrid": N_("Mixed")}
STATES = {"draft": N_("Drafted"), "held": N_("Held")}
ITEM_STATES = {
    "planned": N_("Planned"),
    "done": N_("Considered"),
    "carried": N_("Carried over"),
    "dropped": N_("Taken off"),
}


@dataclass(frozen=True)
class Field:
    """A column: ``name`` of the row's field, its heading, what it holds, a word on it."""

    name: str
    label: str  # a msgid
    hint: str = ""  # a msgid
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)  # code → msgid
    width: int = 20


def _both(name: str, kk: str, ru: str, hint: str = "", width: int = 40) -> tuple[Field, Field]:
    return Field(f"{name}_kk", kk, hint, width=width), Field(f"{name}_ru", ru, hint, width=width)


OF_MEETINGS: tuple[Field, ...] = (
    Field("key", N_("Key"), N_("Any sign of your own, for example 1. It ties items to a meeting."),
          required=True, width=8),
    Field("branch", N_("Branch"), N_("Its code or its name."), required=True, width=12),
    Field("body", N_("Body"), required=True, choices=BODIES, width=28),
    Field("kind", N_("Kind of meeting"), N_("Empty: regular."), choices=KINDS, width=14),
    Field("state", N_("State"), N_("Empty: held when its day is past and something was decided, "
          "else a draft that nobody is told of."), choices=STATES, width=12),
    *_both("title", N_("Title in Kazakh"), N_("Title in Russian"),
           N_("One of the two is enough.")),
    Field("day", N_("Day"), N_("For example: 24.11.2026"), Kind.DAY, width=12),
    Field("clock", N_("Hour"), N_("For example: 10:00"), Kind.CLOCK, width=8),
    *_both("period", N_("Time in words, Kazakh"), N_("Time in words, Russian"),
           N_("What is known when there is no day."), width=20),
    Field("format", N_("Format"), N_("Empty: in person."), choices=FORMATS, width=12),
    *_both("place", N_("Place in Kazakh"), N_("Place in Russian"), width=30),
    Field("link", N_("Link to join"), N_("Where people join online."), width=24),
    Field("latitude", N_("Latitude"), N_("For example: 43,2973"), Kind.NUMBER, width=10),
    Field("longitude", N_("Longitude"), N_("For example: 68,2518"), Kind.NUMBER, width=10),
    *_both("chair", N_("Chair in Kazakh"), N_("Chair in Russian"), width=24),
    *_both("summary", N_("Summary in Kazakh"), N_("Summary in Russian")),
    *_both("decision", N_("Decision of the meeting in Kazakh"),
           N_("Decision of the meeting in Russian")),
    *_both("source", N_("Source in Kazakh"), N_("Source in Russian"),
           N_("Whom the facts are attributed to."), width=24),
)  # fmt: skip

OF_ITEMS: tuple[Field, ...] = (
    Field("key", N_("Key of the meeting"), N_("As on the sheet of meetings."), required=True,
          width=10),
    Field("number", N_("Item №"), N_("Empty: in the order of the lines."), Kind.WHOLE, width=8),
    Field("kind", N_("Kind of item"), N_("Empty: a report."), choices=ITEM_KINDS, width=14),
    *_both("title", N_("Item in Kazakh"), N_("Item in Russian"), N_("One of the two is enough.")),
    *_both("speaker", N_("Speaker in Kazakh"), N_("Speaker in Russian"), width=24),
    *_both("speaker_position", N_("Position in Kazakh"), N_("Position in Russian"), width=28),
    Field("co_speakers", N_("Co-speakers"), N_("Each on a line of its own: name, position."),
          width=30),
    Field("minutes", N_("Minutes for the item"), N_("For example: 15"), Kind.WHOLE, width=10),
    Field("visibility", N_("Who sees it"), N_("Empty: all members."), choices=VISIBILITIES,
          width=18),
    *_both("draft_decision", N_("Draft decision in Kazakh"), N_("Draft decision in Russian")),
    *_both("heard", N_("What was reported, Kazakh"), N_("What was reported, Russian")),
    *_both("decision", N_("Decision in Kazakh"), N_("Decision in Russian")),
    Field("state", N_("State of the item"), N_("Empty: considered when the meeting was held, "
          "else planned."), choices=ITEM_STATES, width=14),
)  # fmt: skip

FIELDS = {MEETINGS: OF_MEETINGS, ITEMS: OF_ITEMS}
