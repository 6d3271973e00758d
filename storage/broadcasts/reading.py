"""Reading a broadcast: what it says, who signs it, and who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, ScalarSelect, Select, case, or_, select

from storage.audiences import covers
from storage.broadcasts import contents
from storage.broadcasts.contents import ORIGINAL, Content
from storage.errors import NotAllowed, NotFound
from storage.rules.access import MATRIX, Action, Actor
from storage.rules.announcements import USUAL
from storage.selections import Selection
from storage.tables import branches, memberships
from storage.tables import broadcasts as table


@dataclass(frozen=True)
class Signature:
    """Who speaks: the branch (names None: the whole region) and the author's office there."""

    branch_kk: str | None
    branch_ru: str | None
    role: str | None
    position_kk: str | None
    position_ru: str | None


@dataclass(frozen=True)
class Broadcast:
    """A broadcast; ``text`` is Telegram HTML, ``recipients`` the number that was confirmed."""

    id: int
    author_id: int
    branch_id: int | None  # the only one
    text: str
    state: (
        str  # draft, awaiting, scheduled, running, paused, stopped, finished, cancelled, template
    )
    recipients: int | None
    created_at: datetime
    confirmed_at: datetime | None
    finished_at: datetime | None
    version: int
    signature: Signature
    confirms: bool = True  # has the button «Таныстым»
    asks: str | None = None  # yes_no: a question with these two answers
    links: tuple[tuple[str, str], ...] = ()  # label and address, a button each
    versions: Mapping[str, Content] = field(default_factory=dict)  # by language
    audience: dict[str, Any] | None = None  # whom it goes to, where a branch alone does not say it
    approved_by: int | None = None  # the second person
    silent: bool = False  # comes without a sound
    send_at: datetime | None = None  # None: as soon as it is confirmed
    paused_reason: str | None = None  # of a pause by itself
    announcement: str = USUAL  # what it is about
    edition: int = 0  # how often it was worded anew after it went
    board_message_id: int | None = None  # the author's message that keeps up by itself
    office_hours: bool = False  # goes only in them
    meeting_id: int | None = None  # whose invitation it lets answer
    takes_replies: bool = True
    pins: bool = False  # pinned in groups
    repeats: str | None = None  # week or month
    repeats_from: datetime | None = None  # the first one's moment
    repeats_until: date | None = None

    @property
    def whom(self) -> Selection:
        """Whom it goes to."""
        return Selection.read(self.branch_id, self.audience, self.announcement)

    def said_in(self, language: str) -> Content:
        """What somebody who reads ``language`` gets."""
        return contents.for_reader({ORIGINAL: Content(self.text), **self.versions}, language)

    def worded(self, language: str, words: str) -> "Broadcast":
        """The same with other ``words`` in its version of ``language``."""
        version = replace(self.versions.get(language, Content()), words=words)
        text = words if language == ORIGINAL else self.text
        return replace(self, text=text, versions={**self.versions, language: version})

    @property
    def choices(self) -> int:
        """How many answers its question has; 0: it asks nothing."""
        return len(self.said_in(ORIGINAL).options) or (2 if self.asks else 0)

    @property
    def other_language(self) -> str | None:
        """For whose readers there is a version of their own."""
        return next((language for language in self.versions if language != ORIGINAL), None)


def get(tx: Connection, actor: Actor, broadcast_id: int) -> Broadcast:
    """A broadcast to a branch of the actor's; a draft only for its author.

    Raises NotFound, and NotAllowed when the author's own role does not reach it any more.
    """
    found = find(tx, broadcast_id)
    if found is None:
        raise NotFound("broadcast")
    mine = found.author_id == actor.person_id
    if not covers(actor, found.whom.branches):
        raise NotAllowed(Action.BROADCAST, found.branch_id) if mine else NotFound("broadcast")
    if found.state in ("draft", "cancelled") and not mine:
        raise NotFound("broadcast")
    return found


def find(tx: Connection, broadcast_id: int) -> Broadcast | None:
    """A broadcast for whoever has a right to it by other means: ask ``get`` for a person."""
    row = tx.execute(_whole().where(table.c.id == broadcast_id)).mappings().first()
    return None if row is None else _broadcast(row, contents.load(tx, broadcast_id))


def _whole() -> Select[Any]:
    return (
        select(
            table,
            branches.c.name_kk,
            branches.c.name_ru,
            memberships.c.role,
            memberships.c.position_kk,
            memberships.c.position_ru,
        )
        .select_from(table)
        .outerjoin(branches, branches.c.id == table.c.branch_id)
        .outerjoin(memberships, memberships.c.id == _office())
    )


def _office() -> ScalarSelect[int]:
    """The author's membership that speaks: in the branch itself rather than in the region."""
    office = memberships.alias("office")
    return (
        select(office.c.id)
        .where(
            office.c.person_id == table.c.author_id,
            office.c.role.in_(MATRIX[Action.BROADCAST]),
            or_(office.c.branch_id.is_(None), office.c.branch_id == table.c.branch_id),
        )
        .order_by(
            case((office.c.branch_id.is_(None), 1), else_=0),
            case((office.c.ends_on.is_(None), 0), else_=1),
            office.c.id.desc(),
        )
        .limit(1)
        .scalar_subquery()
    )


def _broadcast(row: RowMapping, kept: dict[str, Content]) -> Broadcast:
    plain = {name: row[name] for name in _PLAIN}
    signature = Signature(
        row["name_kk"], row["name_ru"], row["role"], row["position_kk"], row["position_ru"]
    )
    original = replace(kept.get(ORIGINAL, Content()), words=row["text"])
    return Broadcast(
        **plain,
        signature=signature,
        links=tuple((label, address) for label, address in row["links"]),
        versions={**kept, ORIGINAL: original},
    )


_MADE = ("signature", "links", "versions")
_PLAIN = [column.name for column in fields(Broadcast) if column.name not in _MADE]
