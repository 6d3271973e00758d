"""Links that people may be sent to: an address of the web, whole."""

import re
from urllib.parse import urlsplit

LONGEST = 500  # characters
_HOST = re.compile(r"^(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}$")


def is_link(text: str) -> bool:
    """Whether ``text`` is one http(s) address with a host name, without a user or spaces."""
    if len(text) > LONGEST or any(c.isspace() or not c.isprintable() for c in text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or port == 0:
        return False
    return bool(_HOST.match(parts.hostname or ""))
