"""Who may do what: roles, actions, and the table between them."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a membership makes of a person; a guest is a person without any."""

    MEMBER = "member"
    DEPUTY = "deputy"
    FACTION_LEADER = "faction_leader"  # of the deputies of one branch
    BUREAU_MEMBER = "bureau_member"
    EXECUTOR = "executor"  # head of a department who reports on roadmap items
    BRANCH_SECRETARY = "branch_secretary"
    REGIONAL_SECRETARY = "regional_secretary"
    OWNER = "owner"  # administrator of the bot


class Action(StrEnum):
    """What a handler may require."""

    READ_MEETINGS = "read_meetings"
    PREPARE_MEETINGS = "prepare_meetings"
    SEARCH = "search"
    LOG_REQUESTS = "log_requests"
    WORK_ON_REQUESTS = "work_on_requests"
    SEE_BRANCH_REQUESTS = "see_branch_requests"
    ACCEPT_REQUESTS = "accept_requests"
    SET_REQUEST_STEPS = "set_request_steps"
    ARRANGE_REQUESTS = "arrange_requests"
    REASSIGN_REQUESTS = "reassign_requests"
    MAKE_INQUIRIES = "make_inquiries"
    WORK_ON_INQUIRIES = "work_on_inquiries"
    SEE_BRANCH_INQUIRIES = "see_branch_inquiries"
    KEEP_ADDRESSEES = "keep_addressees"
    SET_INQUIRY_TERMS = "set_inquiry_terms"
    KEEP_CATEGORIES = "keep_categories"
    KEEP_SETTLEMENTS = "keep_settlements"
    KEEP_PRIMARIES = "keep_primaries"
    KEEP_WORDINGS = "keep_wordings"
    ANSWER_FOR_DATA = "answer_for_data"
    READ_ROADMAP = "read_roadmap"
    REPORT_ROADMAP = "report_roadmap"
    SEE_BRANCH_ROADMAP = "see_branch_roadmap"
    CARRY_ITEMS = "carry_items"
    MANAGE_ROADMAP = "manage_roadmap"
    REMOVE_FROM_CONTROL = "remove_from_control"
    BROADCAST = "broadcast"
    APPROVE_BROADCASTS = "approve_broadcasts"
    SEND_URGENT = "send_urgent"
    INVITE = "invite"
    INVITE_SECRETARIES = "invite_secretaries"
    KEEP_CALENDAR = "keep_calendar"
    ADMINISTER = "administer"


EVERY_ROLE = frozenset(Role)
SECRETARIES = frozenset({Role.BRANCH_SECRETARY, Role.REGIONAL_SECRETARY, Role.OWNER})
REQUEST_WORKERS = SECRETARIES | {Role.DEPUTY}

MATRIX: dict[Action, frozenset[Role]] = {
    Action.READ_MEETINGS: EVERY_ROLE,
    Action.PREPARE_MEETINGS: SECRETARIES,
    Action.SEARCH: EVERY_ROLE,
    Action.LOG_REQUESTS: REQUEST_WORKERS,
    Action.WORK_ON_REQUESTS: REQUEST_WORKERS | {Role.FACTION_LEADER},
    Action.SEE_BRANCH_REQUESTS: SECRETARIES | {Role.FACTION_LEADER},
    Action.ACCEPT_REQUESTS: SECRETARIES,
    Action.SET_REQUEST_STEPS: frozenset({Role.REGIONAL_SECRETARY, Role.OWNER}),
    Action.ARRANGE_REQUESTS: SECRETARIES,
    Action.REASSIGN_REQUESTS: SECRETARIES | {Role.FACTION_LEADER},
    Action.MAKE_INQUIRIES: frozenset({Role.DEPUTY}),
    Action.WORK_ON_INQUIRIES: REQUEST_WORKERS,
    Action.SEE_BRANCH_INQUIRIES: SECRETARIES,
    Action.KEEP_ADDRESSEES: SECRETARIES,
    Action.SET_INQUIRY_TERMS: frozenset({Role.REGIONAL_SECRETARY, Role.OWNER}),
    Action.KEEP_CATEGORIES: frozenset({Role.REGIONAL_SECRETARY, Role.OWNER}),
    Action.KEEP_SETTLEMENTS: SECRETARIES,
    Action.KEEP_PRIMARIES: SECRETARIES,
    Action.KEEP_WORDINGS: frozenset({Role.REGIONAL_SECRETARY, Role.OWNER}),
    Action.ANSWER_FOR_DATA: SECRETARIES,
    Action.READ_ROADMAP: REQUEST_WORKERS | {Role.EXECUTOR, Role.BUREAU_MEMBER},
    Action.REPORT_ROADMAP: REQUEST_WORKERS | {Role.EXECUTOR, Role.BUREAU_MEMBER},
    Action.SEE_BRANCH_ROADMAP: SECRETARIES | {Role.BUREAU_MEMBER},
    # The Bureau may give an instruction to anybody in the party.
    Action.CARRY_ITEMS: EVERY_ROLE,
    Action.MANAGE_ROADMAP: SECRETARIES,
    # The Bureau decides; its secretary notes by which clause of which meeting.
    Action.REMOVE_FROM_CONTROL: frozenset({Role.REGIONAL_SECRETARY}),
    Action.BROADCAST: SECRETARIES,
    Action.APPROVE_BROADCASTS: SECRETARIES | {Role.BUREAU_MEMBER},
    # It disturbs people at night and cannot be switched off.
    Action.SEND_URGENT: frozenset({Role.REGIONAL_SECRETARY, Role.OWNER}),
    Action.INVITE: SECRETARIES,
    Action.INVITE_SECRETARIES: frozenset({Role.REGIONAL_SECRETARY, Role.OWNER}),
    Action.KEEP_CALENDAR: frozenset({Role.REGIONAL_SECRETARY, Role.OWNER}),
    Action.ADMINISTER: frozenset({Role.OWNER}),
}


@dataclass(frozen=True)
class Membership:
    """A role that lasts today, in one branch or (``branch_id`` None) in the whole region."""

    role: Role
    branch_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts: always the sender of the event, with the memberships of this moment."""

    person_id: int
    telegram_id: int
    name: str
    language: str | None = None
    memberships: tuple[Membership, ...] = field(default=())
    reachable: bool = True  # whether the bot may write to the person

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held today."""
        return frozenset(membership.role for membership in self.memberships)

    @property
    def is_guest(self) -> bool:
        """Whether the person holds no role today."""
        return not self.memberships


def may(actor: Actor, action: Action, branch_id: int | None = None) -> bool:
    """Whether ``actor`` may do ``action``: somewhere, or in ``branch_id`` when it is given."""
    return any(
        membership.role in MATRIX[action]
        and (branch_id is None or membership.branch_id in (None, branch_id))
        for membership in actor.memberships
    )


def scope(actor: Actor, action: Action) -> frozenset[int] | None:
    """The branches in which ``actor`` may do ``action``; None means every branch."""
    allowed = [m.branch_id for m in actor.memberships if m.role in MATRIX[action]]
    if None in allowed:
        return None
    return frozenset(branch_id for branch_id in allowed if branch_id is not None)
