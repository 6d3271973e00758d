"""Telegram's own choice of a chat to which a link is sent on."""

from urllib.parse import quote, urlencode

SHARE = "https://t.me/share/url"


def sent_on(link: str, text: str) -> str:
    """The address behind a button that sends ``link`` on with ``text`` beside it."""
    return f"{SHARE}?{urlencode({'url': link, 'text': text}, quote_via=quote)}"
