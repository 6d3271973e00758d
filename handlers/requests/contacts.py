"""The voter's name and phone, and the consent without which they are not kept."""

import re

from aiogram.types import Message
from markupsafe import Markup

from handlers.requests import words
from handlers.requests.draft import CONSENT_VERSION
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import lines
from storage.rules import phones

MAX_NAME = 120
TAKE = N_("☎️ Take it as the contact")
# The first digit of a phone to its last one: +7 (701) 123-45-67.
_PHONE = re.compile(r"\+?\d[\d\s().-]{8,}\d")
_NAMES = (
    r"([А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+\s+[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+(?:\s+[А-ЯЁӘҒҚҢӨҰҮҺІ]\w*(?:вич|вна|ұлы|қызы))?)"
)
_BEFORE = re.compile(_NAMES + r"[\s,:;–—-]*$")  # Асанова Гүлнар, 8 701 123 45 67
_BEHIND = re.compile(r"[\s,:;–—-]*" + _NAMES)
_AROUND = " \t\n,;:.–—-"


def given(message: Message) -> tuple[str | None, str] | None:
    """Name and phone (E.164) of a shared contact or a typed line; None without a good phone."""
    if message.contact:
        phone = phones.normalise(message.contact.phone_number)
        name = " ".join(filter(None, (message.contact.last_name, message.contact.first_name)))
        # A shared contact has no sign before the country code.
        phone = phone or phones.normalise("+" + message.contact.phone_number)
        return (name[:MAX_NAME] or None, phone) if phone else None
    found = _PHONE.search(message.text or "")
    phone = phones.normalise(found[0]) if found else None
    if found is None or phone is None:
        return None
    text = message.text or ""
    name = " ".join((text[: found.start()] + " " + text[found.end() :]).split())
    return (name.strip(_AROUND)[:MAX_NAME] or None), phone


def in_text(text: str) -> tuple[str | None, str] | None:
    """The first phone (E.164) in the text of a request, and the name if one stands beside it."""
    for found in words.NUMBER.finditer(text):
        phone = phones.normalise(found[0])
        if phone:
            named = _BEFORE.search(text[: found.start()]) or _BEHIND.match(text[found.end() :])
            return (" ".join(named[1].split())[:MAX_NAME] if named else None), phone
    return None


def question(t: Translator) -> Markup:
    """What the contact step asks."""
    return t("Whom should the answer go to? Write a name and a phone, or share a contact.")


def example(t: Translator) -> Markup:
    """How a contact is typed."""
    return t("For example: Гүлнар Асанова, 8 701 123 45 67")


def mistake(t: Translator) -> Markup:
    """The phone is missing or is not one of Kazakhstan."""
    return t("There is no phone number of Kazakhstan in this.")


def consent(t: Translator, phone: str, name: str | None = None) -> Markup:
    """The wording the voter agrees to; a change of it needs a new CONSENT_VERSION."""
    return lines(
        t("Read this to the voter: consent to the processing of personal data"),
        t(
            "I agree that the party's branch keeps my name and phone to answer this request, until"
            " it is closed; that they are not published or passed on without my word; and that"
            " they are sent through Telegram, whose servers are abroad."
        ),
        t("Voter's name: {name}", name=name) if name else None,
        t("Phone: {phone} · wording {version}", phone=phone, version=CONSENT_VERSION),
    )
