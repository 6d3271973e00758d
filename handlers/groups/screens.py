"""How a group looks to a secretary: proposed, confirmed, and in the list."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.groups.callbacks import (
    WHOLE_REGION,
    ConfirmGroup,
    Groups,
    Language,
    OpenGroup,
    ReleaseGroup,
    SpeakIn,
)
from handlers.people import words as people_words
from handlers.people.callbacks import Settings
from handlers.ui import nav, paging
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.audiences import Choice
from storage.groups import NO_RIGHTS, Group

TITLE = 40
KINDS = {"channel": N_("channel"), "supergroup": N_("large group"), "group": N_("group")}
NAMES = {Language.KK: "Қазақша", Language.RU: "Русский"}


def branch(t: Translator, of: Group) -> str:
    """Whose it is."""
    return t.pick(of.branch_kk, of.branch_ru) or people_words.branch(t, None)


def shown(
    t: Translator, of: Group, choice: Choice, page: int = 0, *, toast: str | None = None
) -> Screen:
    """One group as it stands: to be confirmed, or with what is set of it."""
    if of.confirmed:
        return _confirmed(t, of, toast)
    return proposed(t, of, choice, page, toast=toast)


def proposed(
    t: Translator, of: Group, choice: Choice, page: int = 0, *, toast: str | None = None
) -> Screen:
    """Whose is it? The branch of whoever added the bot comes first."""
    listed = sorted(choice.branches, key=lambda one: one.id != of.branch_id)
    buttons = [
        Button(f"✅ {one.named(t.language)}", ConfirmGroup(id=of.id, branch_id=one.id))
        for one in listed[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    whole = Button(
        f"✅ {people_words.branch(t, None)}", ConfirmGroup(id=of.id, branch_id=WHOLE_REGION)
    )
    rows = paging.rows(t, buttons, page, len(listed), lambda at: OpenGroup(id=of.id, page=at))
    return Screen(
        lines(
            t("👥 <b>The bot is in a group</b>: {title}", title=of.title),
            t("Kind: {kind}", kind=_kind(t, of)),
            t("Which branch is it of? Until that is said nothing is broadcast to it."),
            *_state(t, of),
        ),
        rows=(*rows, *(((whole,),) if choice.whole_region else ()), nav.exits(t, Groups())),
        toast=toast,
    )


def _confirmed(t: Translator, of: Group, toast: str | None) -> Screen:
    language = Language(of.language) if of.language in NAMES else Language.KK
    other = next(one for one in Language if one is not language)
    return Screen(
        lines(
            t("👥 <b>{title}</b>", title=of.title),
            t("Kind: {kind}", kind=_kind(t, of)),
            t("Branch: {branch}", branch=branch(t, of)),
            *(_state(t, of) or [t("✅ Broadcasts may go there.")]),
            t("📌 The bot may pin there.") if of.pins else t("📌 The bot may not pin there."),
            t("It gets broadcasts in: {language}", language=NAMES[language]),
        ),
        rows=(
            (
                Button(
                    t.plain("🌐 In: {language}", language=NAMES[other]),
                    SpeakIn(id=of.id, language=other),
                ),
            ),
            (Button(t.plain("➖ Take it off the list"), ReleaseGroup(id=of.id)),),
            nav.exits(t, Groups()),
        ),
        toast=toast,
    )


def listed(t: Translator, found: Sequence[Group], page: int) -> Screen:
    """The groups of one's branches, those to be confirmed first."""
    buttons = [
        Button(f"{_sign(one)} {shortened(one.title, TITLE)}", OpenGroup(id=one.id))
        for one in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    rows = paging.rows(t, buttons, page, len(found), lambda at: Groups(page=at))
    return Screen(
        lines(
            t("👥 <b>Groups and channels of the branch</b>"),
            t("✅ gets broadcasts · ❓ is to be confirmed · ⚠️ cannot be written to")
            if found
            else t("There is none yet."),
            t("Add the bot to a group or a channel: it asks you here. In a group: /setup."),
        ),
        rows=(*rows, nav.exits(t, Settings())),
    )


def reason(t: Translator, code: str | None) -> str:
    """Why nothing can be written there."""
    if code == NO_RIGHTS:
        return t.plain("the bot has no right to write there")
    return t.plain("the bot is not there any more")


def needs_secretary(t: Translator, of: Group) -> Screen:
    """To whoever added the bot without a secretary's role."""
    return Screen(
        lines(
            t("👥 <b>The bot is in a group</b>: {title}", title=of.title),
            t("A secretary of the branch has to confirm whose it is: let a secretary add the bot.")
            if of.kind == "channel"
            else t("A secretary of the branch has to confirm whose it is: /setup in that group."),
            t("Until then nothing is broadcast to it."),
        ),
        rows=((nav.home(t),),),
    )


def lost(t: Translator, of: Group) -> Screen:
    """To whoever confirmed it: it cannot be written to any more."""
    return Screen(
        lines(
            t("⚠️ <b>A group cannot be written to any more</b>: {title}", title=of.title),
            t("Why: {why}", why=reason(t, of.reason)),
        ),
        rows=((Button(t.plain("Open the group"), OpenGroup(id=of.id)),), (nav.home(t),)),
    )


def _kind(t: Translator, of: Group) -> str:
    return t.plain(KINDS.get(of.kind, KINDS["group"]))


def _state(t: Translator, of: Group) -> list[Markup]:
    return [t("⚠️ Now: {why}", why=reason(t, of.reason))] if of.reason else []


def _sign(of: Group) -> str:
    if of.reason:
        return "⚠️"
    return "✅" if of.confirmed else "❓"
