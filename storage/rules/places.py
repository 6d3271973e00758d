"""Where a voter's request is about, recognised in its text by simple rules."""

import re

_NAME = r"[А-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]*"
# «Төле би», «Тауке хан»: the second word of a name may be a title, written small.
_LONG_NAME = rf"{_NAME}(?:\s(?:{_NAME}|би|хана?|батыра?|ата|баба))?"
_HOUSE = r"(?:[\s,]+(?:д\.|дом|үй)?\s*(\d+(?:[/-]\d+)?[а-яА-Я]?)(?!\w))?"

# «Жылға ауылында» → «Жылға ауылы»: the case ending is left off.
_KK_SETTLEMENT = re.compile(
    rf"({_LONG_NAME})\s(ауылдық округі|ауылы|елді мекені|кенті|қаласы|мөлтек ауданы)"
    r"(?:нда|нде|ның|нің|на|не|нан|нен)?(?!\w)"
)
_KK_STREET = re.compile(rf"({_LONG_NAME})\s(көшесі)(?:нде|нің|не|нен)?(?!\w)" + _HOUSE)
# «в селе Жылга» → «село Жылга»: names of villages mostly stay as they are.
_RU_SETTLEMENT = re.compile(
    rf"(?<!\w)(?i:(с\.|сел[оаеу]|аул[еау]?|пос\.|пос[её]л(?:ок|ке|ка)))\s?({_NAME})"
)
_RU_STREET = re.compile(rf"(?<!\w)(?i:ул\.|улиц[аеыу])\s?({_LONG_NAME})" + _HOUSE)

_RU_KINDS = {"с": "село", "а": "аул", "п": "посёлок"}


def recognise(text: str) -> str | None:
    """The settlement and street named in ``text``, in the language of the text; None without."""
    found = [part for part in (_settlement(text), street(text)) if part]
    return ", ".join(found) or None


def street(text: str) -> str | None:
    """The street and the house named in ``text``; None without."""
    if kazakh := _KK_STREET.search(text):
        return " ".join(part for part in (kazakh[1], kazakh[2], kazakh[3]) if part)
    if russian := _RU_STREET.search(text):
        return " ".join(part for part in ("ул.", russian[1], russian[2]) if part)
    return None


def _settlement(text: str) -> str | None:
    if kazakh := _KK_SETTLEMENT.search(text):
        return f"{kazakh[1]} {kazakh[2]}"
    if russian := _RU_SETTLEMENT.search(text):
        return f"{_RU_KINDS[russian[1][0].lower()]} {russian[2]}"
    return None
