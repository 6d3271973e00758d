"""The words of broadcasts: who speaks, to whom, and why a copy did not arrive."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from handlers.people import words as people_words
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.audiences import Audience
from storage.broadcasts.contents import ORIGINAL, Content
from storage.broadcasts.grouping import GroupCopy
from storage.broadcasts.reading import Broadcast, Signature
from storage.broadcasts.spreading import Spread
from storage.groups import Group

OTHER_REASON = N_("a technical fault")
REASONS = {
    "blocked": N_("blocked the bot"),
    "never_started": N_("never pressed Start"),
    "deactivated": N_("deleted their account"),
    "unreachable": N_("cannot be reached"),
    "stopped": N_("stopped before it went"),
    "gone": N_("deleted the message"),
    "too_old": N_("Telegram does not let it be changed"),
    "unknown": N_("the message cannot be found"),
    "digest": N_("came in the message of a day; its button opens the new words"),
}
GROUP_REASONS = {
    "removed": N_("the bot is not there any more"),
    "never_started": N_("the bot is not there any more"),
    "unreachable": N_("the bot is not there any more"),
    "no_rights": N_("the bot has no right to write there"),
    "stopped": N_("stopped before it went"),
}
STATES = {
    "waiting": N_("in the queue"),
    "sent": N_("delivered"),
    "failed": N_("not delivered"),
    "uncertain": N_("uncertain"),
}
TITLE = 30  # characters of a group's name
MOST_NAMED = 3  # groups
OPTION = 60  # characters of a button
KINDS = {
    "photo": N_("photo"),
    "video": N_("video"),
    "animation": N_("animation"),
    "document": N_("file"),
    "audio": N_("audio"),
    "voice": N_("voice message"),
    "video_note": N_("round video"),
    "location": N_("place on the map"),
}
READERS = {"kk": N_("for those who read in Kazakh"), "ru": N_("for those who read in Russian")}


def signature(t: Translator, of: Signature) -> str:
    """Who speaks: the author's position, which names the branch itself; without one the branch."""
    office = t.pick(of.position_kk, of.position_ru)
    return office or t.pick(of.branch_kk, of.branch_ru) or t.plain("The regional branch")


def addressee(t: Translator, of: Broadcast) -> str:
    """To whom: a branch, several, or the whole region."""
    if len(of.whom.branches) > 1:
        return t.plain("branches: {n}", n=len(of.whom.branches))
    named = t.pick(of.signature.branch_kk, of.signature.branch_ru)
    return named or people_words.branch(t, None)


def reason(t: Translator, code: str | None) -> str:
    """Why a copy did not arrive."""
    return t.plain(REASONS.get(code or "", OTHER_REASON))


def by_words(t: Translator, reasons: dict[str, int]) -> dict[str, int]:
    """The numbers by reason, the reasons that share their words put together."""
    found: dict[str, int] = {}
    for code, number in reasons.items():
        known = code if code in REASONS else ""
        found[known] = found.get(known, 0) + number
    return found


def audience(t: Translator, who: Audience) -> list[Markup]:
    """How many people it goes to, and what to know about them."""
    if who.total == 0 and who.groups:
        return _groups(t, who)
    if who.total == 0:
        nobody = [t("⚠️ There is nobody to send to yet."), t("Invite members first: /invite")]
        if not who.refused:
            return nobody
        return [nobody[0], t("🔕 Have switched this kind off: {n}", n=who.refused)]
    found = [t("Recipients: {n}", n=who.total)]
    if who.reachable < who.total:
        found.append(t("⚠️ Cannot be reached: {n}", n=who.total - who.reachable))
    if who.refused:
        found.append(t("🔕 Have switched this kind off: {n}", n=who.refused))
    if len(who.languages) > 1:
        kk, ru = who.languages.get("kk", 0), who.languages.get("ru", 0)
        found.append(t("Read in Kazakh: {kk} · in Russian: {ru}", kk=kk, ru=ru))
    return [*found, *_groups(t, who)]


def _groups(t: Translator, who: Audience) -> list[Markup]:
    if not who.groups:
        return []
    found = [t("Groups: {n} ({names})", n=len(who.groups), names=_titles(who.groups))]
    closed = [group for group in who.groups if group.reason]
    if closed:
        found.append(t("⚠️ Cannot be written to: {names}", names=_titles(closed)))
    if who.total:
        found.append(t("Members of the groups get their own copy as well."))
    return found


def _titles(found: Sequence[Group]) -> str:
    named = ", ".join(shortened(group.title, TITLE) for group in found[:MOST_NAMED])
    return named if len(found) <= MOST_NAMED else f"{named}, …"


def sends(t: Translator, who: Audience) -> str:
    """To how many it would go, for a button: «214 people and 2 groups»."""
    people = t.plain("{n} people", n=who.reachable)
    groups = t.plain("{n} groups", n=len(who.groups))
    if not who.groups:
        return people
    return t.plain("{people} and {groups}", people=people, groups=groups) if who.total else groups


def group_state(t: Translator, one: GroupCopy) -> str:
    """What came of a copy in a group."""
    if one.state == "failed":
        return t.plain(GROUP_REASONS.get(one.reason or "", OTHER_REASON))
    if one.recalled:
        return t.plain("recalled")
    if one.pinned:
        return t.plain("delivered and pinned")
    return t.plain(STATES[one.state])


def spread(t: Translator, how: Spread) -> list[Markup]:
    """How far the newest words have come."""
    found = [t("✏️ The new words stand with: {n}", n=how.edited)]
    if how.waiting:
        found.append(t("Being edited: {n}", n=how.waiting))
    if how.reasons:
        found.append(t("⚠️ Still with the former words: {n}", n=sum(how.reasons.values())))
        found += [
            Markup("  · {}: {}").format(reason(t, code), number)
            for code, number in by_words(t, how.reasons).items()
        ]
    return found


def readers(t: Translator, language: str) -> str:
    """For whom a version in ``language`` is."""
    return t.plain(READERS[language])


def options(t: Translator, of: Broadcast, said: Content) -> tuple[str, ...]:
    """The answers to its question as they stand on the buttons; none when it asks nothing."""
    if said.options:
        return tuple(shortened(option, OPTION) for option in said.options)
    return (t.plain("Yes"), t.plain("No")) if of.asks else ()


def recipients(t: Translator, of: Broadcast) -> Markup:
    """How many copies were confirmed; groups are among them where it goes to any."""
    n = of.recipients or 0
    return t("Recipients and groups: {n}", n=n) if of.whom.groups else t("Recipients: {n}", n=n)


def answered(t: Translator, of: Broadcast, counts: Mapping[int, int]) -> list[Markup]:
    """A line for each answer with how many chose it (number of the option → people)."""
    named = options(t, of, of.said_in(t.language))
    return [Markup("  · {}: {}").format(one, counts.get(n, 0)) for n, one in enumerate(named)]


def kind(t: Translator, said: Content) -> str | None:
    """What it is made of beside words: «photo», «album: 3»; None for words alone."""
    if said.options:
        return t.plain("question with {n} answers", n=len(said.options))
    if len(said.pieces) > 1:
        return t.plain("album of {n}", n=len(said.pieces))
    return t.plain(KINDS[said.pieces[0].kind]) if said.pieces else None


def extras(t: Translator, of: Broadcast) -> list[Markup]:
    """What a broadcast has beside plain words, a line each."""
    said = of.said_in(ORIGINAL)
    made_of = kind(t, said)
    under = [
        t.plain("«I have read it»") if of.confirms else None,
        t.plain("«Yes / No»") if of.asks and not said.options else None,
        t.plain("links: {n}", n=len(of.links)) if of.links else None,
        t.plain("«I will come / I cannot come»") if of.meeting_id is not None else None,
    ]
    buttons = " · ".join(word for word in under if word) or t.plain("no buttons")
    other = of.other_language
    found = [t("Content: {kind}", kind=made_of)] if made_of else []
    found.append(t("Under it: {buttons}", buttons=buttons))
    if other is not None:
        found.append(t("A version of their own: {readers}", readers=readers(t, other)))
    if not of.takes_replies:
        found.append(t("💬 No replies to you: there is no button for them"))
    if of.silent:
        found.append(t("🔕 Comes without a sound"))
    if of.pins:
        found.append(t("📌 Is pinned in groups where the bot may"))
    if of.office_hours:
        found.append(t("🏢 Goes from 9:00 to 18:00 of working days only"))
    if said.options:
        found.append(t("It is asked with buttons: you will see who answered what."))
    return found
