"""The texts that the branch may word itself, and the program's own words until it does."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from handlers.ui.i18n import N_, Translator, translator
from storage.wordings import CONSENT, LANGUAGES, PRIVACY, Wording


def _privacy(t: Translator) -> Markup:
    return t(
        "Who keeps the data: the regional branch of the party.\n"
        "What is kept of a voter: name, phone, address and IIN, as far as they were told, and the"
        " text of the request with its files. Of those who use the bot: the name in Telegram, role"
        " and branch.\n"
        "What for: to answer the request and to tell how it goes. Nothing is published or passed"
        " on without the voter's word.\n"
        "How long: contacts until the request is closed; later the text becomes anonymous, too.\n"
        "How: contacts and texts are kept enciphered; whoever opens a contact is recorded. Messages"
        " go through Telegram, whose servers are abroad.\n"
        "What one may ask for: to see what is kept, to correct it, to erase it, to withdraw the"
        " consent. Turn to your deputy or to the secretary of the branch: it is done within 15"
        " days."
    )


def _consent(t: Translator) -> Markup:
    return t(
        "I agree that the party's branch keeps my name, phone, address and IIN, as far as I have"
        " told them, to answer this request, until it is closed; that they are not published or"
        " passed on without my word; and that they are sent through Telegram, whose servers are"
        " abroad."
    )


BUILT_IN: Mapping[str, Callable[[Translator], Markup]] = {PRIVACY: _privacy, CONSENT: _consent}
NAMES = {PRIVACY: N_("Privacy text"), CONSENT: N_("Wording of the consent")}


def text(wording: Wording, language: str) -> str:
    """The words that hold in ``language`` (kk, ru; any other one reads the first of them)."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    return wording.texts.get(language) or BUILT_IN[wording.key](translator(language)).unescape()
