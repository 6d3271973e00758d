"""The letter of an inquiry as a document, in the language that was chosen for it.

The branch sets its fixed words (``storage.inquiries.settings``); the rest is of the inquiry.
"""

from collections.abc import Mapping
from datetime import datetime

from handlers.meetings.papers import office
from handlers.meetings.papers.office import Paper
from handlers.ui.i18n import translator
from storage.inquiries import Whole
from storage.inquiries.settings import Setting

BLANK = "______"


def letter(around: Whole, fixed: Mapping[str, Setting], now: datetime) -> bytes:
    """The letter as a .docx file: to whom, number and date, the text, who signs."""
    inquiry = around.inquiry
    t = translator(inquiry.language)
    paper = Paper(t, inquiry.subject, now)
    for line in (
        t.pick(inquiry.head_kk, inquiry.head_ru),
        t.pick(inquiry.body_kk, inquiry.body_ru),
    ):
        if line:
            paper.addressee(line)
    paper.gap()
    out = inquiry.outgoing_on
    day = office.official_day(t, out) if out else BLANK
    paper.apart(day, f"№ {inquiry.outgoing_number or BLANK}")
    paper.gap()
    paper.centred(fixed["letter_title"].text)
    paper.centred(inquiry.subject)
    paper.gap()
    paper.centred(fixed["letter_salutation"].text, bold=False)
    paper.text(fixed["letter_opening"].text)
    if inquiry.basis:
        paper.text(t.plain("Basis: {basis}", basis=inquiry.basis))
    paper.text(inquiry.text)
    paper.text(fixed["letter_closing"].text)
    paper.gap()
    role = fixed["letter_role"].text
    for name in (inquiry.author, *(one.name for one in around.signed)):
        paper.signature(role, name)
    return paper.content()
