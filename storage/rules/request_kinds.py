"""Which of the law's six forms a request has, and how it came: domain.md 1.1 and 2.6."""

from enum import StrEnum

from storage.rules.folding import fold


class Kind(StrEnum):
    """The forms of an appeal in the Administrative Procedural-Process Code (ӘРПК)."""

    APPLICATION = "application"  # өтініш: what nearly every request is
    COMPLAINT = "complaint"  # шағым
    PROPOSAL = "proposal"  # ұсыныс
    RESPONSE = "response"  # үн қосу
    INQUIRY = "inquiry"  # сұрау салу
    MESSAGE = "message"  # хабарлама


class Channel(StrEnum):
    """How a request came to the deputy."""

    RECEPTION = "reception"
    VISITING = "visiting"  # a reception away from the office
    MEETING = "meeting"  # with voters
    PRIMARY = "primary"  # through a primary party organisation
    PHONE = "phone"
    SOCIAL = "social"  # social media
    ONLINE = "online"


# Beginnings of words by which people name the form themselves.
_STEMS: dict[Kind, tuple[str, ...]] = {
    Kind.COMPLAINT: ("шағым", "арызданам", "үстінен", "жалоб", "жалуюсь", "жалуемся"),
    Kind.PROPOSAL: ("ұсыныс", "ұсынам", "предлож", "предлага"),
    Kind.INQUIRY: (
        "ақпарат бер", "мәлімет бер", "мәлімет сұра", "сұрау сал", "запрос", "предоставьте информ",
        "предоставить информ", "прошу сообщить", "прошу информ",
    ),
    Kind.RESPONSE: (
        "үн қос", "қолдаймын", "қолдаймыз", "алғыс", "отклик", "поддержива", "благодар",
    ),
    Kind.MESSAGE: ("хабарлаймын", "хабарлаймыз", "хабарлама", "сообщаю", "сообщаем", "сообщение о"),
}  # fmt: skip
_FOLDED = {kind: tuple(f" {fold(stem)}" for stem in stems) for kind, stems in _STEMS.items()}


def propose(text: str) -> Kind:
    """The form that the words of ``text`` name; an application when they name none."""
    padded = f" {fold(text)} "
    named = (kind for kind, stems in _FOLDED.items() if any(stem in padded for stem in stems))
    return next(named, Kind.APPLICATION)
