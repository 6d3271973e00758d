"""The words of broadcasts: who speaks, to whom, and why a copy did not arrive."""

from markupsafe import Markup

from handlers.people import words as people_words
from handlers.ui.i18n import N_, Translator
from storage.audiences import Audience
from storage.broadcast_reading import Signature

OTHER_REASON = N_("a technical fault")
REASONS = {
    "blocked": N_("blocked the bot"),
    "never_started": N_("never pressed Start"),
    "deactivated": N_("deleted their account"),
    "unreachable": N_("cannot be reached"),
}


def signature(t: Translator, of: Signature) -> str:
    """Who speaks: the author's position, which names the branch itself; without one the branch."""
    office = t.pick(of.position_kk, of.position_ru)
    return office or t.pick(of.branch_kk, of.branch_ru) or t.plain("The regional branch")


def addressee(t: Translator, of: Signature) -> str:
    """To whom: a branch, or everybody."""
    return t.pick(of.branch_kk, of.branch_ru) or people_words.branch(t, None)


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
    if who.total == 0:
        return [t("⚠️ There is nobody to send to yet."), t("Invite members first: /invite")]
    found = [t("Recipients: {n}", n=who.total)]
    if who.reachable < who.total:
        found.append(t("⚠️ Cannot be reached: {n}", n=who.total - who.reachable))
    if len(who.languages) > 1:
        kk, ru = who.languages.get("kk", 0), who.languages.get("ru", 0)
        found.append(t("Read in Kazakh: {kk} · in Russian: {ru}", kk=kk, ru=ru))
    return found
