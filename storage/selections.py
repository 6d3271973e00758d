"""Who is meant: conditions, not names; they are resolved anew at the moment of sending."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from storage.rules.access import Role


class Invited(StrEnum):
    """Which of those invited to a meeting."""

    ALL = "all"
    SILENT = "silent"  # have not answered
    CANNOT = "cannot"  # have said no, as their answer is kept


@dataclass(frozen=True)
class Listed:
    """A saved list as it was when it was chosen: what it says never changes, only its name does."""

    id: int
    whom: "Selection"


@dataclass(frozen=True)
class Selection:
    """Who is meant, always within ``branches`` (none: the whole region), resolved at sending.

    Of ``roles``, ``primaries`` (ids of primary organisations), ``factions`` (ids of the branches
    whose deputies they are) and ``lists`` whoever is of any; of none of them: everybody. These are
    narrowed: ``meeting_id``: who is invited to it, ``invited``: which of them; ``silent_of``: who
    has got that broadcast and has not confirmed it; ``overdue``: who carries an item that is
    overdue. Left out are ``not_roles``, ``not_lists`` and the people of ``without``. ``about``: the
    kind of announcement, those who have switched it off are not meant. ``groups``: groups and
    channels of these branches that get it, too, or (``only_groups``) alone.
    """

    branches: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()
    meeting_id: int | None = None
    silent_of: int | None = None
    without: tuple[int, ...] = ()
    about: str | None = None
    invited: Invited = Invited.ALL
    primaries: tuple[int, ...] = ()
    factions: tuple[int, ...] = ()
    lists: tuple[Listed, ...] = ()
    overdue: bool = False
    not_roles: tuple[Role, ...] = ()
    not_lists: tuple[Listed, ...] = ()
    groups: tuple[int, ...] = ()
    only_groups: bool = False

    @classmethod
    def read(
        cls, branch_id: int | None, kept: dict[str, Any] | None, about: str | None = None
    ) -> Self:
        """The selection as it is kept: a branch alone needs no more."""
        if not kept:
            return cls(() if branch_id is None else (branch_id,), about=about)
        silent = Invited.SILENT if kept.get("unanswered") else Invited.ALL  # as it was kept once
        return cls(
            branches=tuple(kept.get("branches", ())),
            roles=tuple(Role(role) for role in kept.get("roles", ())),
            meeting_id=kept.get("meeting_id"),
            silent_of=kept.get("silent_of"),
            without=tuple(kept.get("without", ())),
            about=about,
            invited=Invited(kept.get("invited", silent)),
            primaries=tuple(kept.get("primaries", ())),
            factions=tuple(kept.get("factions", ())),
            lists=_read(kept.get("lists", ())),
            overdue=kept.get("overdue", False),
            not_roles=tuple(Role(role) for role in kept.get("not_roles", ())),
            not_lists=_read(kept.get("not_lists", ())),
            groups=tuple(kept.get("groups", ())),
            only_groups=kept.get("only_groups", False),
        )

    @property
    def kept(self) -> dict[str, Any]:
        """Who is meant as JSON, always in the same order."""
        return {
            **self.noted,
            "lists": [{"id": one.id, "whom": one.whom.kept} for one in self.lists],
            "not_lists": [{"id": one.id, "whom": one.whom.kept} for one in self.not_lists],
        }

    @property
    def noted(self) -> dict[str, Any]:
        """The same for the trail: of lists the numbers alone."""
        return {
            "branches": sorted(self.branches),
            "roles": sorted(self.roles),
            "meeting_id": self.meeting_id,
            "silent_of": self.silent_of,
            "without": sorted(self.without),
            "invited": self.invited,
            "primaries": sorted(self.primaries),
            "factions": sorted(self.factions),
            "lists": [one.id for one in self.lists],
            "overdue": self.overdue,
            "not_roles": sorted(self.not_roles),
            "not_lists": [one.id for one in self.not_lists],
            "groups": sorted(self.groups),
            "only_groups": self.only_groups,
        }

    @property
    def branch_id(self) -> int | None:
        """The only branch; None when there are several or it is the whole region."""
        return self.branches[0] if len(self.branches) == 1 else None


def _read(kept: Any) -> tuple[Listed, ...]:
    return tuple(Listed(one["id"], Selection.read(None, one["whom"])) for one in kept)
