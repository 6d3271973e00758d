"""The words of votes: the question, the counts, the quorum, and what was decided."""

from markupsafe import Markup

from handlers.meetings.texts import clipped
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.meetings.ballots import Ballot, Result
from storage.meetings.quorums import Quorum
from storage.rules.quorum import ABSTAINED, ADOPTED, AGAINST, FOR, NO_QUORUM, REJECTED

QUESTION = 900  # characters
TITLE = 160

CHOICES = {FOR: N_("For"), AGAINST: N_("Against"), ABSTAINED: N_("Abstain")}
SAID = {FOR: N_("for"), AGAINST: N_("against"), ABSTAINED: N_("abstained")}
OUTCOMES = {
    ADOPTED: N_("✅ Adopted"),
    REJECTED: N_("➖ Not adopted"),
    NO_QUORUM: N_("⚠️ There is no quorum: nothing is decided"),
}
NO_VOTE = N_("has not voted")


def heading(t: Translator, ballot: Ballot) -> Markup:
    """What is voted on: the item."""
    is_open = ballot.closed_at is None
    sign = t("🗳 <b>Open vote: item {number}</b>", number=ballot.number) if is_open else None
    return sign or t("🗳 <b>Vote closed: item {number}</b>", number=ballot.number)


def question(t: Translator, ballot: Ballot) -> Markup:
    """The question that was typed, else the draft decision, else the item itself."""
    return asked(
        t,
        ballot.question,
        t.pick(ballot.draft_kk, ballot.draft_ru),
        t.pick(ballot.title_kk, ballot.title_ru),
    )


def asked(t: Translator, typed: str | None, draft: str, title: str) -> Markup:
    """The question in words, from whatever there is of it."""
    if typed:
        return t("Question: {text}", text=clipped(typed, QUESTION))
    if draft:
        return t("Draft decision: {text}", text=clipped(draft, QUESTION))
    return t("Question: {text}", text=shortened(title, TITLE))


def counts(t: Translator, ballot: Ballot | Result) -> Markup:
    """How many voted how."""
    return t(
        "For: {n_for} · against: {n_against} · abstained: {n_abstained}",
        n_for=ballot.in_favour,
        n_against=ballot.against,
        n_abstained=ballot.abstained,
    )


def result(t: Translator, vote: Result) -> Markup:
    """What the vote on an item came to, in one line."""
    if vote.outcome is None:
        return t("🗳 A vote is open")
    return Markup("{} · {}").format(t(OUTCOMES[vote.outcome]), counts(t, vote))


def quorum(t: Translator, found: Quorum) -> Markup:
    """Whether there is a quorum, and of how many."""
    numbers = {"present": found.present, "elected": found.elected, "needed": found.needed}
    if found.holds:
        return t("✅ There is a quorum: {present} of {elected}, needed {needed}", **numbers)
    return t("⚠️ There is no quorum: {present} of {elected}, needed {needed}", **numbers)
