"""The order of names: that of the Kazakh alphabet, in which Ә follows А and І follows Ы."""

_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET, start=ord("а"))}


def order(name: str) -> tuple[int, ...]:
    """The key by which ``name`` is sorted, whatever the case; other scripts come before."""
    return tuple(_PLACES.get(letter, ord(letter)) for letter in name.casefold())
