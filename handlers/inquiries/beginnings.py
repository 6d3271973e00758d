"""With which words an inquiry begins: subject, text and basis out of requests, or of an answer."""

from datetime import date

from handlers.requests import words as request_words
from handlers.ui import dates
from handlers.ui.i18n import Translator
from storage.inquiries import Answer, Inquiry
from storage.inquiries.prefilling import Source


def subject(t: Translator, sources: list[Source]) -> str:
    """What the requests are about and where: «Street lighting · Zhylga»."""
    categories = dict.fromkeys(request_words.category(t, one) for one in sources)
    places = dict.fromkeys(one.place for one in sources if one.place)
    return " · ".join([*categories, *places])


def text(sources: list[Source]) -> str:
    """What the requests say, each a paragraph; empty where they are only files."""
    return "\n\n".join(one.text for one in sources if one.text)


def basis(t: Translator, sources: list[Source]) -> str:
    """The numbers of the requests."""
    return t.plain("Voters' requests: {numbers}", numbers=", ".join(s.number for s in sources))


def repeated_basis(t: Translator, inquiry: Inquiry, answer: Answer | None, today: date) -> str:
    """The inquiry that is repeated, and the answer that did not satisfy."""
    first = t.plain("Inquiry № {number}", number=inquiry.outgoing_number or inquiry.number)
    if answer is None:
        return first
    day = dates.short_day(t, answer.answered_on, today)
    if answer.number:
        return first + t.plain(", answer № {number}, {date}", number=answer.number, date=day)
    return first + t.plain(", answer of {date}", date=day)
