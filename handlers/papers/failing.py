"""Why a paper cannot be read."""

from enum import StrEnum


class Why(StrEnum):
    """What is wrong with a file."""

    KIND = "kind"  # neither text nor .docx nor PDF
    OLD_WORD = "old_word"  # .doc, or another file of that age
    BROKEN = "broken"  # says it is a .docx or a PDF, and cannot be opened as one
    ENCRYPTED = "encrypted"
    TOO_MUCH = "too_much"  # unpacked it would be out of all proportion
    NO_TEXT = "no_text"  # a scan: pictures of pages
    TOO_SLOW = "too_slow"
    NO_WORKBOOK = "no_workbook"  # whatever it is, no .xlsx
    ROWS = "rows"  # a sheet has more lines than are read


class UnreadableError(Exception):
    """The file cannot be read; ``why`` says what is wrong with it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
