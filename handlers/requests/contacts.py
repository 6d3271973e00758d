"""The voter's name, phone, address and IIN, as they are typed, shared, or found in a text."""

import re

from aiogram.types import Message
from markupsafe import Markup

from handlers.requests import contact_reading
from handlers.requests.contact_reading import MAX_NAME, Given
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import lines
from storage.rules import phones
from storage.rules.veiling import NUMBER

TAKE = N_("☎️ Take it as the contact")
CORRECT = N_("✏️ Correct the contact")
_NAMES = (
    r"([А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+\s+[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+(?:\s+[А-ЯЁӘҒҚҢӨҰҮҺІ]\w*(?:вич|вна|ұлы|қызы))?)"
)
_BEFORE = re.compile(_NAMES + r"[\s,:;–—-]*$")  # Асанова Гүлнар, 8 701 123 45 67
_BEHIND = re.compile(r"[\s,:;–—-]*" + _NAMES)
NOTHING = N_("There is neither a name nor a phone in this.")
MISTAKES = {
    phones.Fault.LETTERS: N_("There is a letter inside the phone number."),
    phones.Fault.SHORT: N_("The phone number is too short: after +7 it has ten digits."),
    phones.Fault.LONG: N_("The phone number is too long: after +7 it has ten digits."),
    phones.Fault.FOREIGN: N_("There is no phone number of Kazakhstan in this."),
    contact_reading.Vague.NAME: N_(
        "This is neither a phone nor a full name: write name and surname, a phone, or both."
    ),
    contact_reading.WrongIin.CHECK: N_("The IIN has a mistake: its check digit does not fit."),
}


def given(t: Translator, message: Message) -> Given | Markup:
    """What a shared contact or a typed line says of the voter; a mistake in words."""
    if message.contact:
        found = shared(message)
        return Given(*found) if found else t(MISTAKES[phones.Fault.FOREIGN])
    read = contact_reading.read(message.text or "")
    if isinstance(read, Given):
        return read
    return t(NOTHING if read is None else MISTAKES[read])


def corrected(t: Translator, message: Message) -> Given | None:
    """Another contact, sent while the consent to one is awaited; None for any other words.

    It has a phone: «the voter agrees» is two words, too.
    """
    found = None if message.forward_origin else given(t, message)
    return found if isinstance(found, Given) and found.phone else None


def shared(message: Message) -> tuple[str | None, str] | None:
    """Name and phone (E.164) of a shared contact; None for any other message or phone."""
    if message.contact is None:
        return None
    phone = phones.normalise(message.contact.phone_number)
    name = " ".join(filter(None, (message.contact.last_name, message.contact.first_name)))
    # A shared contact has no sign before the country code.
    phone = phone or phones.normalise("+" + message.contact.phone_number)
    return (name[:MAX_NAME] or None, phone) if phone else None


def in_text(text: str) -> tuple[str | None, str] | None:
    """The first phone (E.164) in the text of a request, and the name if one stands beside it."""
    for found in NUMBER.finditer(text):
        phone = phones.normalise(found[0])
        if phone:
            named = _BEFORE.search(text[: found.start()]) or _BEHIND.match(text[found.end() :])
            return (" ".join(named[1].split())[:MAX_NAME] if named else None), phone
    return None


def question(t: Translator) -> Markup:
    """What the contact step asks."""
    return t(
        "Whom should the answer go to? Write what is known: name, phone, address, IIN, separated by"
        " commas; or share a contact."
    )


def example(t: Translator) -> Markup:
    """How a contact is typed."""
    return lines(
        t("For example: Гүлнар Асанова, 8 701 123 45 67, Жылға ауылы, Абай көшесі 12"),
        t("If the matter is somebody else's, add: кім туралы: Асан Асанов"),
    )
