"""The wording to which a voter agrees: the branch's own where it has set one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.privacy import wording as own_words
from handlers.requests.contact_reading import Given
from handlers.turn import Turn
from handlers.ui.i18n import Translator
from handlers.ui.screen import lines
from storage import wordings
from storage.requests import Contact
from storage.rules import iin, phones

BUILT_IN_VERSION = "2026-11"  # of the program's own words; a new wording gets a new version
ORAL, PAPER = "oral", "paper"  # channels


@dataclass(frozen=True)
class Wording:
    """What was shown, so that it can be proved: its version, SHA-256 and language."""

    version: str
    text: str
    language: str

    @property
    def proof(self) -> dict[str, str]:
        """What is kept of it."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return {"version": self.version, "hash": digest, "language": self.language}


async def wording(turn: Turn) -> Wording:
    """The wording that holds now in the language of the turn."""
    language = turn.t.language
    own = await turn.read(wordings.read, wordings.CONSENT)
    version = f"{own.key}-{own.version}" if language in own.texts else BUILT_IN_VERSION
    return Wording(version, own_words.text(own, language), language)


def shown(t: Translator, wording: Wording, given: Given) -> Markup:
    """The wording and what of the voter will be kept, numbers masked."""
    return lines(
        t("Read this to the voter: consent to the processing of personal data"),
        wording.text,
        *facts(t, given),
        t("Wording {version}", version=wording.version),
    )


def facts(t: Translator, given: Given) -> tuple[Markup, ...]:
    """What is known of the voter, a line each, numbers masked."""
    said = (
        t("Voter's name: {name}", name=given.name) if given.name else None,
        t("Phone: {phone}", phone=phones.masked(given.phone)) if given.phone else None,
        t("Address: {address}", address=given.address) if given.address else None,
        t("IIN: {iin}", iin=iin.masked(given.iin)) if given.iin else None,
        t("About: {name}", name=given.about) if given.about else None,
    )
    return tuple(line for line in said if line)


def agreed(given: Given, proof: Mapping[str, str], channel: str, at: datetime) -> Contact:
    """The contact with the consent to it; ``proof`` is that of the wording that was shown."""
    return Contact(
        given.phone,
        given.name,
        proof["version"],
        at,
        given.address,
        given.iin,
        consent_hash=proof["hash"],
        consent_language=proof["language"],
        consent_channel=channel,
        about=given.about,
    )
