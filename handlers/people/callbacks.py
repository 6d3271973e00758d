"""What the buttons of this capability carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page, Version
from storage.rules.access import Role


class ChooseLanguage(CallbackData, prefix="lang"):
    """Take a language."""

    language: str
    first: bool = False  # chosen at the very first start


class Settings(CallbackData, prefix="settings"):
    """To the settings."""


class AskAccess(CallbackData, prefix="access"):
    """A guest wants to be let in."""


class ChangeAccess(CallbackData, prefix="accchg"):
    """The guest tells name and branch anew."""


class AccessBranches(CallbackData, prefix="accbrs"):
    """The list of branches, at a page."""

    page: Page = 0


class AccessBranch(CallbackData, prefix="accbr"):
    """The branch the guest belongs to."""

    branch_id: Id


class DecideAccess(CallbackData, prefix="accdec"):
    """The secretary's word."""

    request_id: Id
    version: Version
    approve: bool


class EnterCode(CallbackData, prefix="code"):
    """A guest has a code."""


class Invite(CallbackData, prefix="invite"):
    """To the invitations."""


class InviteRole(CallbackData, prefix="invrole"):
    """The role to invite to."""

    role: Role


class InviteBranches(CallbackData, prefix="invbrs"):
    """The branches to choose from, at a page."""

    role: Role
    page: Page = 0


class InviteBranch(CallbackData, prefix="invbr"):
    """The branch to invite to; 0 stands for the whole region."""

    role: Role
    branch_id: IdOrNone


class InvitePrimaries(CallbackData, prefix="invprs"):
    """The primary organisations to choose from, at a page."""

    role: Role
    branch_id: Id
    page: Page = 0


class InvitePrimary(CallbackData, prefix="invpr"):
    """The primary organisation to invite to; 0: none in particular."""

    role: Role
    branch_id: Id
    primary_id: IdOrNone


class RevokeInvite(CallbackData, prefix="invrev"):
    """Take an invitation back."""

    invite_id: Id


class OwnPhone(CallbackData, prefix="phone"):
    """To one's own phone."""


class AskOwnPhone(CallbackData, prefix="phoneask"):
    """Enter one's own phone."""


class DropPhone(CallbackData, prefix="phonedrop"):
    """Have one's own phone deleted."""
