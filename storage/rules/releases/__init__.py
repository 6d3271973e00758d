"""Reading press releases and minutes by rules: ``read(text)`` finds what is said of a meeting."""

from storage.rules.releases.reading import LONGEST, read

__all__ = ["LONGEST", "read"]
