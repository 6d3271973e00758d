"""Whom a broadcast goes to, in a few lines: beside the preview, and for the second person."""

from collections.abc import Iterator

from markupsafe import Markup

from handlers.people import words as people_words
from handlers.ui.i18n import N_, Translator
from storage.rules.access import Role
from storage.selections import Invited, Selection

WHICH = {
    Invited.ALL: N_("Only those invited to a meeting"),
    Invited.SILENT: N_("Only those invited to a meeting who have not answered"),
    Invited.CANNOT: N_("Only those invited to a meeting who have said no"),
}


def chosen(t: Translator, whom: Selection) -> list[Markup]:
    """What narrows it beyond its branches; nothing where it goes to everybody there."""
    told = [*_parts(t, whom), *_narrowed(t, whom), *_left_out(t, whom)]
    return [Markup("👥 {}").format(line) for line in told]


def roles(t: Translator, named: tuple[Role, ...]) -> str:
    """Roles in words, with commas between."""
    return ", ".join(people_words.role(t, role) for role in named)


def _parts(t: Translator, whom: Selection) -> Iterator[Markup]:
    if whom.roles:
        yield t("Roles: {roles}", roles=roles(t, whom.roles))
    if whom.primaries:
        yield t("Primary organisations: {names}", names=len(whom.primaries))
    if whom.factions:
        yield t("Factions: {names}", names=len(whom.factions))
    if whom.lists:
        yield t("Lists: {names}", names=len(whom.lists))


def _narrowed(t: Translator, whom: Selection) -> Iterator[Markup]:
    if whom.meeting_id is not None:
        yield t(WHICH[whom.invited])
    if whom.silent_of:
        yield t("Only who has not confirmed broadcast No. {n}", n=whom.silent_of)
    if whom.overdue:
        yield t("Only who carries an overdue item")


def _left_out(t: Translator, whom: Selection) -> Iterator[Markup]:
    if whom.not_roles:
        yield t("Except roles: {roles}", roles=roles(t, whom.not_roles))
    if whom.not_lists:
        yield t("Except lists: {names}", names=len(whom.not_lists))
    if whom.without:
        yield t("Left out by name: {n}", n=len(whom.without))
