"""The draft of a request, as it lies in the conversation until it is registered."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from handlers.requests import aside, consent, contacts
from handlers.requests.contact_reading import Given
from handlers.requests.content import Content
from handlers.turn import ASKS, FILLED, Turn, capability_of
from storage.requests import RequestDraft, RequestFile, sources
from storage.rules import categories, places, request_kinds
from storage.rules.access import Action, scope
from storage.rules.categories import Category
from storage.rules.request_kinds import Channel, Kind

MAX_TEXT = 4096  # Telegram's own limit of one message
CAPABILITY = "requests"
ASK = f"{CAPABILITY}{ASKS}"  # whether to go on with what is unfinished


@dataclass
class Draft:
    """What is known so far; ``id`` is the update that began it and makes the token."""

    id: int
    text: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    group: str | None = None
    category: str | None = None
    branch_id: int | None = None
    place: str | None = None
    settlement_id: int | None = None  # picked from the branch's list
    phone: str | None = None
    name: str | None = None
    address: str | None = None
    iin: str | None = None
    about: str | None = None
    wording: dict[str, str] | None = None  # of the consent, as it was shown
    consent_channel: str = consent.ORAL
    consent_at: str | None = None
    kind: str | None = None
    channel: str | None = None
    shared: list[str | None] | None = None  # a contact that came along: its name and phone
    sources: list[int] = field(default_factory=list)
    forwarded_at: str | None = None  # when the last forwarded part was sent

    def put(self, place: str | None) -> None:
        """Note where it is, as it was written."""
        self.place, self.settlement_id = place, None

    def take(self, content: Content) -> bool:
        """Add what a message brings; False when the end of a too long text was cut off."""
        self.sources += content.sources
        self.shared = list(content.contact) if content.contact else self.shared
        if content.forwarded and content.at:
            self.forwarded_at = content.at.isoformat()
        joined = "\n".join(part for part in (self.text, content.text) if part)
        fits = len(joined) <= MAX_TEXT
        self.text = joined if fits else f"{joined[: MAX_TEXT - 1]}…"
        self.files += [asdict(file) for file in content.files]
        self.group = content.group or self.group
        self.place = self.place or places.recognise(joined)
        return fits

    def continues(self, content: Content) -> bool:
        """Whether a message is a further part of an album or of what is being forwarded."""
        if content.group is not None and content.group == self.group:
            return True
        if not content.forwarded or content.at is None or self.forwarded_at is None:
            return False
        return content.at - datetime.fromisoformat(self.forwarded_at) <= aside.WINDOW

    @property
    def given(self) -> Given:
        """Whom to answer, as far as it was said."""
        return Given(self.name, self.phone, self.address, self.iin, self.about)

    def give(self, given: Given) -> None:
        """Note whom to answer; it waits for the consent."""
        self.name, self.phone = given.name, given.phone
        self.address, self.iin, self.about = given.address, given.iin, given.about
        self.consent_at = self.wording = None

    @property
    def offered_contact(self) -> tuple[str | None, str] | None:
        """Name and phone that came along or stand in the text; kept only with a consent."""
        if self.shared and self.shared[1]:
            return self.shared[0], self.shared[1]
        return contacts.in_text(self.text)

    @property
    def made_from(self) -> tuple[int, ...]:
        """What the request will be known again by."""
        of_text = sources.of_text(self.text)
        return (*self.sources, *(() if of_text is None else (of_text,)))

    @property
    def proposed(self) -> Category | None:
        """The category that the words speak of."""
        return categories.propose(self.text)

    def ready(self, actor_telegram_id: int) -> RequestDraft:
        """The draft as storage takes it."""
        contact = None
        if self.given != Given() and self.consent_at and self.wording:
            at = datetime.fromisoformat(self.consent_at)
            contact = consent.agreed(self.given, self.wording, self.consent_channel, at)
        return RequestDraft(
            text=self.text,
            category=self.category or self.proposed or Category.OTHER,
            branch_id=self.branch_id,
            place=self.place,
            contact=contact,
            files=tuple(RequestFile(**file) for file in self.files),
            token=token(actor_telegram_id, self.id),
            kind=Kind(self.kind or request_kinds.propose(self.text)),
            channel=Channel(self.channel or Channel.RECEPTION),
            settlement_id=self.settlement_id,
            sources=self.made_from,
        )


def token(telegram_id: int, draft_id: int) -> str:
    """What makes a second tap on «Register» harmless."""
    return f"{telegram_id}:{draft_id}"


def begin(turn: Turn, content: Content | None = None) -> Draft:
    """A new draft; what else was being entered is put aside."""
    turn.conversation.pause()
    draft = Draft(turn.update_id, channel=aside.last_channel(turn))
    if content is not None:
        draft.take(content)
    return draft


def keep(turn: Turn, state: str, draft: Draft) -> None:
    """Stand at ``state`` with ``draft``."""
    filled = {FILLED: bool(draft.text or draft.files)}
    turn.conversation.to(f"{CAPABILITY}:{state}", draft=asdict(draft), **filled)


def current(turn: Turn) -> Draft:
    """The draft that lies open; an empty one when there is none."""
    stored = turn.conversation.data.get("draft")
    return Draft(**stored) if stored else Draft(turn.update_id)


def opened(turn: Turn, draft_id: int) -> Draft | None:
    """The draft a button belongs to, taken up again when it was put aside; None when it is gone."""
    conversation = turn.conversation
    if (conversation.data.get("draft") or {}).get("id") == draft_id:
        return current(turn)
    slot = put_aside_in(turn, draft_id)
    if slot is not None and conversation.resume(slot):
        return current(turn)
    return None


def put_aside_in(turn: Turn, draft_id: int) -> str | None:
    """The slot in which a draft was put aside; None when it was not."""
    slots = (slot for slot, kept in _put_aside(turn).items() if kept["id"] == draft_id)
    return next(slots, None)


def unfinished(turn: Turn) -> tuple[Draft, str] | None:
    """The newest draft put aside, if there is anything in one, with its step."""
    kept = {slot: each for slot, each in _put_aside(turn).items() if each["text"] or each["files"]}
    if not kept:
        return None
    slot = max(kept, key=lambda each: int(kept[each]["id"]))
    state = turn.conversation.paused[slot]["state"]
    return Draft(**kept[slot]), str(state).split(":")[1]


def _put_aside(turn: Turn) -> dict[str, dict[str, Any]]:
    """The drafts put aside by their slots, as they are stored."""
    return {
        slot: kept["data"]["draft"]
        for slot, kept in turn.conversation.paused.items()
        if capability_of(slot) == CAPABILITY and kept["data"].get("draft")
    }


def several_branches(turn: Turn) -> bool:
    """Whether the actor must say in which branch."""
    reach = scope(turn.actor, Action.LOG_REQUESTS)
    return reach is None or len(reach) > 1


def total_of(turn: Turn) -> int:
    """How many steps a request takes."""
    return 4 if several_branches(turn) else 3


def branch_of(turn: Turn, draft: Draft) -> int | None:
    """The branch of the draft, or the only one there is; None while it is not chosen."""
    reach = scope(turn.actor, Action.LOG_REQUESTS)
    own = next(iter(reach)) if reach is not None and len(reach) == 1 else None
    return draft.branch_id or own
