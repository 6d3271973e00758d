"""A found line, shortened around what was found in it."""

from markupsafe import Markup

from handlers.ui.screen import CUT
from storage.search import Hit

LENGTH = 150  # characters of the line that are shown
BEFORE = 40  # of them before the first match, where the line does not start with it


def snippet(hit: Hit) -> Markup:
    """The line as HTML with every match in bold, cut between words."""
    text = hit.text.replace("\n", " ")
    start, end = _window(text, hit.spans[0][0] if hit.spans else 0)
    parts: list[Markup | str] = [CUT] if start else []
    at = start
    for first, last in hit.spans:
        if start <= first and last <= end:
            parts += [text[at:first], Markup("<b>{}</b>").format(text[first:last])]
            at = last
    parts += [text[at:end], CUT if end < len(text) else ""]
    # Joining escapes whatever is no markup yet.
    return Markup("").join(parts)


def _window(text: str, match: int) -> tuple[int, int]:
    if len(text) <= LENGTH:
        return 0, len(text)
    # A line says at its beginning what is to be done: that is cut off only for a far match.
    start = 0 if match < LENGTH - BEFORE else match - BEFORE
    if start:
        start = text.find(" ", start, match) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        cut = text.rfind(" ", match, end)
        end = cut if cut > match else end
    return start, end
