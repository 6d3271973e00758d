"""What the buttons of deputy inquiries carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone, Page, Version

DraftId = IdOrNone  # an update's


class NewInquiry(CallbackData, prefix="iqnew"):
    """Make an inquiry: from a voter's request, or (0) on one's own."""

    request: IdOrNone = 0


class RepeatInquiry(CallbackData, prefix="iqrep"):
    """Make another one of the same matter."""

    id: Id


class InquiryList(CallbackData, prefix="iqlist"):
    """A page of the list behind one filter."""

    which: str = "mine"
    page: Page = 0


class SearchInquiries(CallbackData, prefix="iqfind"):
    """Type what to look for."""


class FoundInquiries(CallbackData, prefix="iqfound"):
    """Another page of what was found."""

    page: Page = 0


class InquiriesOf(CallbackData, prefix="iqof"):
    """The inquiries made from a request."""

    request: Id


class OpenInquiry(CallbackData, prefix="iqopen"):
    """To the card."""

    id: Id


class DraftField(CallbackData, prefix="iqstep"):
    """To a step of the draft: body, subject, text, basis, requests, check."""

    draft: DraftId
    step: str
    page: Page = 0


class DraftBranch(CallbackData, prefix="iqbr"):
    """From which branch."""

    draft: DraftId
    branch: Id


class DraftBody(CallbackData, prefix="iqbody"):
    """To this body."""

    draft: DraftId
    body: Id


class DraftNewBody(CallbackData, prefix="iqnewb"):
    """The addressee is in no list: it is called as was typed."""

    draft: DraftId


class DraftRequest(CallbackData, prefix="iqreq"):
    """Take a request in, or leave it out again."""

    draft: DraftId
    request: Id
    page: Page = 0


class DraftLanguage(CallbackData, prefix="iqlang"):
    """The language of the letter."""

    draft: DraftId
    language: str


class DraftNoBasis(CallbackData, prefix="iqnobas"):
    """Without a basis."""

    draft: DraftId


class MakeIt(CallbackData, prefix="iqmake"):
    """Make the inquiry of the draft."""

    draft: DraftId


class ChangeField(CallbackData, prefix="iqfix"):
    """Change subject, text or basis of what is made already; or choose another body."""

    id: Id
    version: Version
    field: str
    page: Page = 0


class SetBody(CallbackData, prefix="iqsetb"):
    """Another addressee."""

    id: Id
    version: Version
    body: Id


class SetLanguage(CallbackData, prefix="iqsetl"):
    """Another language of the letter."""

    id: Id
    version: Version
    language: str


class WholeText(CallbackData, prefix="iqtext"):
    """The whole text."""

    id: Id


class Letter(CallbackData, prefix="iqdocx"):
    """The letter as a document."""

    id: Id


class InquiryHistory(CallbackData, prefix="iqhist"):
    """Who did what."""

    id: Id
    page: Page = 0


class WhyThisDay(CallbackData, prefix="iqwhy"):
    """Why the answer is due on that day."""

    id: Id


class Answers(CallbackData, prefix="iqans"):
    """What was answered, with the files."""

    id: Id


class Decisions(CallbackData, prefix="iqdec"):
    """At which meetings it was decided on, and at which it may have been."""

    id: Id
    page: Page = 0


class LinkDecision(CallbackData, prefix="iqlink"):
    """Link it with an item of an agenda, or take the link back."""

    id: Id
    item: Id
    on: bool
    page: Page = 0


class CoSigners(CallbackData, prefix="iqsig"):
    """Who signs, and who may be asked."""

    id: Id
    page: Page = 0


class AskToSign(CallbackData, prefix="iqask"):
    """Ask this deputy."""

    id: Id
    person: Id


class Sign(CallbackData, prefix="iqsign"):
    """Sign the wording of this version, or refuse."""

    id: Id
    version: Version
    signs: bool


class StartSending(CallbackData, prefix="iqsend"):
    """The letter goes out: its number and date."""

    id: Id
    version: Version


class StartAnswer(CallbackData, prefix="iqgot"):
    """An answer came."""

    id: Id
    version: Version


class StartAnnouncing(CallbackData, prefix="iqannc"):
    """It was announced at a session: on which day."""

    id: Id
    version: Version


class StartWithdrawing(CallbackData, prefix="iqback"):
    """Take it back: why."""

    id: Id
    version: Version


class StepBack(CallbackData, prefix="iqprev"):
    """To the step before, of what is being noted about an inquiry."""

    id: Id


class Skip(CallbackData, prefix="iqskip"):
    """Leave out what this step asks for."""

    id: Id


class PickDay(CallbackData, prefix="iqday"):
    """So many days ago: 0 is today."""

    id: Id
    ago: Count


class Rate(CallbackData, prefix="iqrate"):
    """Whether the answer satisfies."""

    id: Id
    version: Version
    satisfied: bool


class Close(CallbackData, prefix="iqclose"):
    """The end of it."""

    id: Id
    version: Version
