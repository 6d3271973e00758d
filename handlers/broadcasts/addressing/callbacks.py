"""What the buttons about whom a draft goes to carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone
from storage.rules.access import Role


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


class SwitchUnanswered(CallbackData, prefix="bcunans"):
    """Only those invited who have not answered, or all the invited."""

    id: Id
    version: Count


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
