"""The draft of a request, as it lies in the conversation until it is registered."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from handlers.requests.content import Content
from handlers.turn import ASKS, FILLED, Turn, capability_of
from storage.requests import Contact, RequestDraft, RequestFile
from storage.rules import categories, places
from storage.rules.access import Action, scope
from storage.rules.categories import Category

MAX_TEXT = 4096  # Telegram's own limit of one message
CAPABILITY = "requests"
ASK = f"{CAPABILITY}{ASKS}"  # whether to go on with what is unfinished
CONSENT_VERSION = "2026-11"  # of the wording in ``contacts``; a new wording gets a new version


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
    phone: str | None = None
    name: str | None = None
    consent_at: str | None = None

    def take(self, content: Content) -> bool:
        """Add what a message brings; False when the end of a too long text was cut off."""
        joined = "\n".join(part for part in (self.text, content.text) if part)
        fits = len(joined) <= MAX_TEXT
        self.text = joined if fits else f"{joined[: MAX_TEXT - 1]}…"
        self.files += [asdict(file) for file in content.files]
        self.group = content.group or self.group
        self.place = self.place or places.recognise(joined)
        return fits

    @property
    def proposed(self) -> Category | None:
        """The category that the words speak of."""
        return categories.propose(self.text)

    def ready(self, actor_telegram_id: int) -> RequestDraft:
        """The draft as storage takes it."""
        contact = None
        if self.phone and self.consent_at:
            at = datetime.fromisoformat(self.consent_at)
            contact = Contact(self.phone, self.name, CONSENT_VERSION, at)
        return RequestDraft(
            text=self.text,
            category=Category(self.category or self.proposed or Category.OTHER),
            branch_id=self.branch_id,
            place=self.place,
            contact=contact,
            files=tuple(RequestFile(**file) for file in self.files),
            token=token(actor_telegram_id, self.id),
        )


def token(telegram_id: int, draft_id: int) -> str:
    """What makes a second tap on «Register» harmless."""
    return f"{telegram_id}:{draft_id}"


def begin(turn: Turn, content: Content | None = None) -> Draft:
    """A new draft; what else was being entered is put aside."""
    turn.conversation.pause()
    draft = Draft(turn.update_id)
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
