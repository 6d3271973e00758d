"""Kazakh phone numbers."""

import re
from enum import StrEnum

import phonenumbers

REGION = "KZ"
SHORTEST, LONGEST = 10, 11  # digits


class Fault(StrEnum):
    """Why something is no phone of Kazakhstan."""

    LETTERS = "letters"
    SHORT = "short"
    LONG = "long"
    FOREIGN = "foreign"


def fault(text: str) -> Fault:
    """What is wrong with ``text``, which ``normalise`` does not take."""
    digits = re.sub(r"\D", "", text)
    if re.search(r"\d\s*[^\W\d_]+\s*\d", text):
        return Fault.LETTERS
    if text.strip().startswith("+") and not digits.startswith("7"):
        return Fault.FOREIGN
    if len(digits) < SHORTEST:
        return Fault.SHORT
    return Fault.LONG if len(digits) > LONGEST else Fault.FOREIGN


def normalise(text: str) -> str | None:
    """Return ``text`` as E.164 (``+77011234567``), or None when it is no phone of Kazakhstan.

    Takes ``+7…``, ``8…``, ``7…`` and bare ten digits, with spaces, brackets and hyphens.
    """
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    # Russia shares the code +7: a Russian number is valid but not ours.
    if not phonenumbers.is_valid_number_for_region(number, REGION):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def masked(phone: str) -> str:
    """Return an E.164 phone as lists show it: ``+7 701 *** ** 67``."""
    return f"{phone[:2]} {phone[2:5]} *** ** {phone[-2:]}"


def shown(phone: str) -> str:
    """Return an E.164 phone as people read it: ``+7 701 123 45 67``."""
    return f"{phone[:2]} {phone[2:5]} {phone[5:8]} {phone[8:10]} {phone[10:]}"
