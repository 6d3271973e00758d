"""What the buttons of this capability carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone
from storage.deliveries import Those
from storage.rules.access import Role
from storage.rules.announcements import Announcement
from storage.rules.recurrence import Every

WHOLE_REGION = 0


class NewBroadcast(CallbackData, prefix="bcnew"):
    """Begin a broadcast."""


class BranchPage(CallbackData, prefix="bcpage"):
    """The branches to choose from, at a page."""

    page: Count


class ChooseBranch(CallbackData, prefix="bcto"):
    """Whom to broadcast to; WHOLE_REGION or a branch."""

    branch_id: IdOrNone


class EditText(CallbackData, prefix="bcedit"):
    """Write another text for a draft."""

    id: Id
    version: Count


class DropDraft(CallbackData, prefix="bcdrop"):
    """Give a draft up."""

    id: Id
    version: Count


class Send(CallbackData, prefix="bcsend"):
    """Send exactly this text (``version``) to exactly so many ``recipients``."""

    id: Id
    version: Count
    recipients: Count


class OpenBroadcast(CallbackData, prefix="bcopen"):
    """A broadcast as it stands now: the preview of a draft, or the result."""

    id: Id


class Names(CallbackData, prefix="bcwho"):
    """Names of those who have not read it, or have not got it."""

    id: Id
    those: Those
    page: Count = 0


class BroadcastList(CallbackData, prefix="bclist"):
    """My broadcasts, at a page."""

    page: Count = 0


class Acknowledge(CallbackData, prefix="bcread"):
    """A recipient has read it."""

    id: Id


class Answer(CallbackData, prefix="bcans"):
    """A recipient's answer to the question: the number of the option."""

    id: Id
    choice: Count


class TryOut(CallbackData, prefix="bctry"):
    """A button of the copy that the author looks at: it does nothing."""


class AlbumDone(CallbackData, prefix="bcalbum"):
    """All of the album has been sent."""


class ShowCopy(CallbackData, prefix="bcshow"):
    """Send the very copy to the author."""

    id: Id


class Complete(CallbackData, prefix="bcmore"):
    """To what else a draft may have: buttons, the other language."""

    id: Id


class Extra(StrEnum):
    """What is switched on and off."""

    CONFIRMS = "confirms"
    ASKS = "asks"
    SILENT = "silent"
    OFFICE_HOURS = "office"


class Switch(CallbackData, prefix="bcsw"):
    """Switch one of the extras of a draft."""

    id: Id
    version: Count
    extra: Extra


class AskLinks(CallbackData, prefix="bclinks"):
    """Write the links of a draft."""

    id: Id
    version: Count


class DropLinks(CallbackData, prefix="bcnolinks"):
    """Take the links of a draft away."""

    id: Id
    version: Count


class Reader(StrEnum):
    """For whose readers a version is."""

    KK = "kk"
    RU = "ru"


class AskVersion(CallbackData, prefix="bcver"):
    """Write the version for those who read ``language``."""

    id: Id
    version: Count
    language: Reader


class DropVersion(CallbackData, prefix="bcnover"):
    """Take the version in the other language away."""

    id: Id
    version: Count


class AskNudge(CallbackData, prefix="bcasknudge"):
    """Before those are asked again who have not confirmed."""

    id: Id


class Nudge(CallbackData, prefix="bcnudge"):
    """Ask the counted ``people`` again."""

    id: Id
    people: Count


class AskAgain(CallbackData, prefix="bcaskagain"):
    """Before the uncertain copies are sent again."""

    id: Id


class Again(CallbackData, prefix="bcagain"):
    """Send again to the counted ``people`` of whom nobody knows."""

    id: Id
    people: Count


class Report(CallbackData, prefix="bcrep"):
    """To the report: a workbook, phones."""

    id: Id


class Book(CallbackData, prefix="bcbook"):
    """Have the workbook sent, with ``phones`` of those who were not reached or without."""

    id: Id
    phones: bool = False


class Phones(CallbackData, prefix="bcphones"):
    """Open the phones of those who were not reached, a page of them."""

    id: Id
    page: Count = 0


class Confirm(CallbackData, prefix="bcconf"):
    """Asked again, a recipient has read it."""

    id: Id


class OpenCopy(CallbackData, prefix="bccopy"):
    """A recipient has the copy sent once more."""

    id: Id


class WhomTo(CallbackData, prefix="bcwhom"):
    """To whom a draft goes."""

    id: Id


class RoleChoice(CallbackData, prefix="bcroles"):
    """Which roles a draft goes to."""

    id: Id


class SwitchRole(CallbackData, prefix="bcrole"):
    """One role more, or one less."""

    id: Id
    version: Count
    role: Role


class SeveralBranches(CallbackData, prefix="bcbranches"):
    """Which branches a draft goes to, at a page."""

    id: Id
    page: Count = 0


class SwitchBranch(CallbackData, prefix="bcbranch"):
    """One branch more, or one less; WHOLE_REGION: all of them."""

    id: Id
    version: Count
    branch_id: IdOrNone
    page: Count = 0


class InvitedTo(CallbackData, prefix="bcmeets"):
    """To whose invitees a draft goes: meetings to choose from."""

    id: Id


class ChooseMeeting(CallbackData, prefix="bcmeet"):
    """Only to those invited to the meeting; 0: to no meeting in particular."""

    id: Id
    version: Count
    meeting_id: IdOrNone


class SilentOn(CallbackData, prefix="bcsilents"):
    """Who has not confirmed a former broadcast: broadcasts to choose from."""

    id: Id


class ChooseSilent(CallbackData, prefix="bcsilent"):
    """Only to those who have not confirmed that one; 0: to no such."""

    id: Id
    version: Count
    broadcast_id: IdOrNone


class Candidates(CallbackData, prefix="bcpeople"):
    """The names a draft goes to, at a page."""

    id: Id
    page: Count = 0


class SwitchPerson(CallbackData, prefix="bcperson"):
    """Leave somebody out, or take them in again."""

    id: Id
    version: Count
    person_id: Id
    page: Count = 0


class OpenApproval(CallbackData, prefix="bcappr"):
    """What waits for a second person, as it is now."""

    id: Id


class Approve(CallbackData, prefix="bcyes"):
    """Let exactly this ``version`` go to exactly so many ``recipients``."""

    id: Id
    version: Count
    recipients: Count


class GiveBack(CallbackData, prefix="bcback"):
    """A second person says no."""

    id: Id
    version: Count


class TakeBack(CallbackData, prefix="bctake"):
    """The author makes it a draft again."""

    id: Id
    version: Count


class AskLimit(CallbackData, prefix="bclimit"):
    """Above how many recipients a second person is asked."""


class AskMoment(CallbackData, prefix="bcwhen"):
    """When a draft shall go."""

    id: Id
    version: Count


class AtOnce(CallbackData, prefix="bcnow"):
    """A draft goes as soon as it is confirmed."""

    id: Id
    version: Count


class PickClock(CallbackData, prefix="bcclock"):
    """An hour of the usual ones, in minutes since midnight."""

    minutes: Count


class Pause(CallbackData, prefix="bcpause"):
    """Let nothing more go for now."""

    id: Id


class Resume(CallbackData, prefix="bcresume"):
    """Go on after a pause."""

    id: Id


class AskStop(CallbackData, prefix="bcaskstop"):
    """Before a broadcast is stopped for good."""

    id: Id


class Stop(CallbackData, prefix="bcstop"):
    """Send it to nobody else."""

    id: Id


class AskRecall(CallbackData, prefix="bcaskrecall"):
    """Before a broadcast is recalled."""

    id: Id


class Recall(CallbackData, prefix="bcrecall"):
    """Delete the copies of the counted ``people``."""

    id: Id
    people: Count


class Announce(CallbackData, prefix="bckind"):
    """A draft is of this kind of announcement."""

    id: Id
    version: Count
    about: Announcement


class OpenWishes(CallbackData, prefix="bcwish"):
    """To which announcements come to oneself."""


class SwitchKind(CallbackData, prefix="bckindsw"):
    """Switch a kind of announcement on or off for oneself."""

    about: Announcement
    on: bool


class GatherAt(CallbackData, prefix="bcgather"):
    """Have announcements gathered at an hour; 0: each comes at once."""

    hour: Count


class AskRepeats(CallbackData, prefix="bcrpask"):
    """How often a draft with its moment shall come."""

    id: Id


class Repeat(CallbackData, prefix="bcrpt"):
    """Each week or month for so many ``months``; 0: once."""

    id: Id
    version: Count
    every: Every
    months: Count


class StopRepeats(CallbackData, prefix="bcrpstop"):
    """What waits goes once more, and then never again."""

    id: Id
    version: Count


class AskPhone(CallbackData, prefix="bcphone"):
    """Enter the phone of somebody whom the broadcast did not reach."""

    id: Id
    person_id: Id


class SwitchUnanswered(CallbackData, prefix="bcunans"):
    """Only those invited who have not answered, or all the invited."""

    id: Id
    version: Count
