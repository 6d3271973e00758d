"""Names of roles and branches."""

from handlers.ui.i18n import N_, Translator
from storage.branches import Branch
from storage.rules.access import Role

ROLES = {
    Role.MEMBER: N_("Party member"),
    Role.DEPUTY: N_("Deputy of the maslikhat"),
    Role.FACTION_LEADER: N_("Leader of a faction"),
    Role.BUREAU_MEMBER: N_("Member of the Bureau"),
    Role.EXECUTOR: N_("Executor (head of a department)"),
    Role.BRANCH_SECRETARY: N_("Secretary of the branch"),
    Role.REGIONAL_SECRETARY: N_("Regional secretary"),
    Role.OWNER: N_("Administrator"),
}


def role(t: Translator, value: Role) -> str:
    """A role in words."""
    return t.plain(ROLES[value])


def branch(t: Translator, value: Branch | None) -> str:
    """A branch's name; None is the whole region."""
    return value.named(t.language) if value else t.plain("Whole region")
