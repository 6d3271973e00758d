"""Names that are typed for things people choose by a button."""

from storage.errors import NotPossible

LIMIT = 40  # characters: a button of a phone shows no more


def checked(name: str) -> str:
    """``name`` in one line. Raises NotPossible("no_name", "too_long")."""
    text = " ".join(name.split())
    if not any(letter.isalnum() for letter in text):
        raise NotPossible("no_name")
    if len(text) > LIMIT:
        raise NotPossible("too_long")
    return text
