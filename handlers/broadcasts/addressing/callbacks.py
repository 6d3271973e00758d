"""What the buttons about whom a draft goes to carry."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone
from storage.rules.access import Role
from storage.selections import Invited


class Level(StrEnum):
    """Of which maslikhats: as the kinds of branches."""

    REGION = "region"
    CITY = "city"
    DISTRICT = "district"


class WhomTo(CallbackData, prefix="bcwhom"):
    """To whom a draft goes."""

    id: Id


class RoleChoice(CallbackData, prefix="bcroles"):
    """Which roles a draft goes to, or (``without``) does not go to."""

    id: Id
    without: bool = False


class SwitchRole(CallbackData, prefix="bcrole"):
    """One role more, or one less."""

    id: Id
    version: Count
    role: Role
    without: bool = False


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


class WhichInvited(CallbackData, prefix="bcunans"):
    """All those invited to the meeting, or only some."""

    id: Id
    version: Count
    which: Invited


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


class SwitchOverdue(CallbackData, prefix="bclate"):
    """Only to those who carry an item that is overdue, or not only to them."""

    id: Id
    version: Count


class Except(CallbackData, prefix="bcexcept"):
    """Who is left out of a draft."""

    id: Id


class PrimaryChoice(CallbackData, prefix="bcprims"):
    """Which primary organisations a draft goes to, at a page."""

    id: Id
    page: Count = 0


class SwitchPrimary(CallbackData, prefix="bcprim"):
    """One primary organisation more, or one less."""

    id: Id
    version: Count
    primary_id: Id
    page: Count = 0


class FactionChoice(CallbackData, prefix="bcfacts"):
    """Which factions a draft goes to, at a page."""

    id: Id
    page: Count = 0


class SwitchFaction(CallbackData, prefix="bcfact"):
    """The deputies of one branch more, or one less."""

    id: Id
    version: Count
    branch_id: Id
    page: Count = 0


class SwitchLevel(CallbackData, prefix="bclevel"):
    """The factions of all maslikhats of a level, or none of them."""

    id: Id
    version: Count
    level: Level


class ListChoice(CallbackData, prefix="bclists"):
    """Which saved lists a draft goes to, or (``without``) does not go to; at a page."""

    id: Id
    without: bool = False
    page: Count = 0


class SwitchList(CallbackData, prefix="bclistsw"):
    """One saved list more, or one less."""

    id: Id
    version: Count
    list_id: Id
    without: bool = False
    page: Count = 0


class SaveList(CallbackData, prefix="bcsave"):
    """Save whom a draft goes to under a name."""

    id: Id


class KeptLists(CallbackData, prefix="bckept"):
    """The saved lists to rename and delete; ``id`` is the draft to go back to. At a page."""

    id: Id
    page: Count = 0


class OpenList(CallbackData, prefix="bclistop"):
    """One of the saved lists."""

    id: Id
    list_id: Id


class RenameList(CallbackData, prefix="bclistre"):
    """Write another name of a saved list."""

    id: Id
    list_id: Id
    version: Count


class AskRemoveList(CallbackData, prefix="bclistask"):
    """Before a saved list is deleted."""

    id: Id
    list_id: Id


class RemoveList(CallbackData, prefix="bclistrm"):
    """Delete a saved list."""

    id: Id
    list_id: Id
    version: Count
