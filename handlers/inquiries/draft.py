"""The draft of an inquiry, as it lies in the conversation until it is made."""

from dataclasses import asdict, dataclass, field

from handlers.inquiries import beginnings
from handlers.turn import FILLED, Turn, capability_of
from storage.inquiries import InquiryDraft
from storage.inquiries.prefilling import Source
from storage.inquiries.rows import SUBJECT_LIMIT, TEXT_LIMIT

CAPABILITY = "inquiries"


@dataclass
class Draft:
    """What is known so far; ``id`` is the update that began it and makes the token."""

    id: int
    branch_id: int | None = None
    body_id: int | None = None
    body_words: str | None = None  # what the directory is narrowed to
    subject: str | None = None
    text: str | None = None
    basis: str | None = None
    language: str = "kk"
    request_ids: list[int] = field(default_factory=list)
    repeats_id: int | None = None

    @property
    def next_step(self) -> str:
        """The first step that has no answer yet."""
        if self.branch_id is None:
            return "branch"
        if self.body_id is None:
            return "body"
        if not self.subject:
            return "subject"
        return "check" if self.text else "text"

    @property
    def whole(self) -> bool:
        """Whether only the look at it is left."""
        return self.next_step == "check"

    def quote(self, turn: Turn, sources: list[Source]) -> None:
        """Begin with what the requests say, without the people in them."""
        t = turn.t
        self.request_ids = [source.id for source in sources]
        if not sources:
            return
        self.subject = beginnings.subject(t, sources)[:SUBJECT_LIMIT]
        self.text = beginnings.text(sources)[:TEXT_LIMIT] or None
        self.basis = beginnings.basis(t, sources)

    def ready(self, telegram_id: int) -> InquiryDraft:
        """The draft as storage takes it."""
        return InquiryDraft(
            branch_id=int(self.branch_id or 0),
            body_id=int(self.body_id or 0),
            subject=self.subject or "",
            text=self.text or "",
            language=self.language,
            basis=self.basis,
            request_ids=tuple(self.request_ids),
            repeats_id=self.repeats_id,
            token=token(telegram_id, self.id),
        )


def token(telegram_id: int, draft_id: int) -> str:
    """What makes a second tap on «Make» harmless."""
    return f"{telegram_id}:{draft_id}"


def begin(turn: Turn) -> Draft:
    """A new draft; what else was being entered is put aside."""
    turn.conversation.pause()
    return Draft(turn.update_id, language="ru" if turn.t.language == "ru" else "kk")


def keep(turn: Turn, step: str, draft: Draft) -> None:
    """Stand at ``step`` with ``draft``."""
    filled = {FILLED: bool(draft.text or draft.subject)}
    turn.conversation.to(f"{CAPABILITY}:{step}", draft=asdict(draft), **filled)


def current(turn: Turn) -> Draft:
    """The draft that lies open; an empty one when there is none."""
    stored = turn.conversation.data.get("draft")
    return Draft(**stored) if stored else Draft(turn.update_id)


def opened(turn: Turn, draft_id: int) -> Draft | None:
    """The draft a button belongs to, taken up again when it was put aside; None when it is gone."""
    conversation = turn.conversation
    here = (conversation.state or "").startswith(f"{CAPABILITY}:")
    if here and (conversation.data.get("draft") or {}).get("id") == draft_id:
        return current(turn)
    for slot, kept in conversation.paused.items():
        mine = capability_of(slot) == CAPABILITY
        if mine and (kept["data"].get("draft") or {}).get("id") == draft_id:
            return current(turn) if conversation.resume(slot) else None
    return None
