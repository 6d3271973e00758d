"""Deputy inquiries: one module a part of their life; what is asked most is named here."""

from storage.inquiries.around import (
    Answer,
    AnswerFile,
    Line,
    Linked,
    Signer,
    Whole,
    history,
    of_request,
    whole,
)
from storage.inquiries.decisions import Decision
from storage.inquiries.lists import FILTERS, Page, counts, listing, search
from storage.inquiries.making import InquiryDraft, author_branches, change, make
from storage.inquiries.reading import by_token, get, is_author, keeps
from storage.inquiries.record import Inquiry, Listed
from storage.inquiries.rows import InquiryState

__all__ = [
    "FILTERS",
    "Answer",
    "AnswerFile",
    "Decision",
    "Inquiry",
    "InquiryDraft",
    "InquiryState",
    "Line",
    "Linked",
    "Listed",
    "Page",
    "Signer",
    "Whole",
    "author_branches",
    "by_token",
    "change",
    "counts",
    "get",
    "history",
    "is_author",
    "keeps",
    "listing",
    "make",
    "of_request",
    "search",
    "whole",
]
