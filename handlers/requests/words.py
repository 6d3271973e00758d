"""Categories, states and deadlines of requests in words."""

from collections.abc import Sequence
from typing import Protocol

from markupsafe import Markup

from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.requests import VoterRequest
from storage.requests.lists import MANY
from storage.requests.sources import Like
from storage.rules.request_kinds import Channel, Kind
from storage.rules.request_states import RequestState
from storage.rules.settlements import rest
from storage.rules.veiling import NUMBER, veiled
from storage.rules.waiting import WaitsFor

STATES = {
    RequestState.REGISTERED: N_("Registered"),
    RequestState.IN_PROGRESS: N_("Under review"),
    RequestState.SENT_TO_BODY: N_("Sent to the body"),
    RequestState.ANSWERED: N_("The body answered"),
    RequestState.RESOLVED: N_("Resolved positively"),
    RequestState.PARTLY: N_("Resolved in part"),
    RequestState.EXPLAINED: N_("Explained"),
    RequestState.REFUSED: N_("Refused (request)"),
    RequestState.REDIRECTED: N_("Redirected"),
    RequestState.LEFT: N_("Left without consideration"),
    RequestState.WITHDRAWN: N_("Withdrawn (request)"),
    RequestState.CLOSED: N_("Closed (request)"),
}
KINDS = {
    Kind.APPLICATION: N_("Application (form)"),
    Kind.COMPLAINT: N_("Complaint (form)"),
    Kind.PROPOSAL: N_("Proposal (form)"),
    Kind.RESPONSE: N_("Response (form)"),
    Kind.INQUIRY: N_("Inquiry for information (form)"),
    Kind.MESSAGE: N_("Message (form)"),
}
CHANNELS = {
    Channel.RECEPTION: N_("Reception (channel)"),
    Channel.VISITING: N_("Visiting reception (channel)"),
    Channel.MEETING: N_("Meeting with voters (channel)"),
    Channel.PRIMARY: N_("Primary organisation (channel)"),
    Channel.PHONE: N_("Phone (channel)"),
    Channel.SOCIAL: N_("Social media (channel)"),
    Channel.ONLINE: N_("Online (channel)"),
}
WAITS = {
    WaitsFor.DEPUTY: N_("with the deputy"),
    WaitsFor.BODY: N_("with the body"),
    WaitsFor.VOTER: N_("with the voter"),
    WaitsFor.SECRETARY: N_("with the secretary"),
}
REOPEN = N_("Take up again")
CLOSED = N_("🔒 The request is closed: only notes are added. To change it, take it up again.")


class Categorised(Protocol):
    """What was read with the names of its category beside it."""

    @property
    def category_kk(self) -> str:
        """The name in Kazakh."""
        ...

    @property
    def category_ru(self) -> str:
        """The name in Russian."""
        ...


class Placed(Protocol):
    """What was read with its place, and the names of the settlement beside it."""

    @property
    def place(self) -> str | None:
        """The place as it was written."""
        ...

    @property
    def settlement_kk(self) -> str | None:
        """The settlement's name in Kazakh; None without a settlement."""
        ...

    @property
    def settlement_ru(self) -> str | None:
        """The settlement's name in Russian."""
        ...


def place(t: Translator, of: Placed) -> str | None:
    """Where it is: the settlement by its name in this language, then what else was written."""
    if of.settlement_kk is None or of.settlement_ru is None:
        return of.place
    return placed(t, of.settlement_kk, of.settlement_ru, of.place or "")


def placed(t: Translator, name_kk: str, name_ru: str, said: str) -> str:
    """A settlement by its name in this language, then what else was ``said`` of the place."""
    name, left = t.pick(name_kk, name_ru), rest(said, name_kk, name_ru)
    return f"{name}, {left}" if left else name


def category(t: Translator, of: Categorised) -> str:
    """The category of a request in words."""
    return t.pick(of.category_kk, of.category_ru)


def state(t: Translator, value: str) -> str:
    """The state in words."""
    return t.plain(STATES[RequestState(value)])


def waits(t: Translator, whom: WaitsFor) -> str:
    """Whose turn it is, in words."""
    return t.plain(WAITS[whom])


def many(count: int) -> str:
    """A number that was counted up to MANY."""
    return str(count) if count < MANY else f"{MANY - 1}+"


def heading(t: Translator, number: str, value: str) -> Markup:
    """The first line of whatever is about one request: its number and its state."""
    return t("📝 <b>№ {number}</b> · {state}", number=number, state=state(t, value))


def step_to(t: Translator, request: VoterRequest, to_state: RequestState) -> str:
    """What the button says that moves ``request`` to ``to_state``."""
    reopens = request.settled and to_state is RequestState.IN_PROGRESS
    return t.plain(REOPEN) if reopens else state(t, to_state)


def said_by_voter(t: Translator, request: VoterRequest) -> tuple[Markup, ...]:
    """What the voter says of the outcome, a line each."""
    said = (
        t("Mark of the voter: {n} of 5", n=request.rating) if request.rating else None,
        t("⚠️ The voter says: it is not solved") if request.says_solved is False else None,
        t("✅ The voter says: it is solved") if request.says_solved else None,
    )
    return tuple(line for line in said if line)


def kind(t: Translator, value: str) -> str:
    """The form in words."""
    return t.plain(KINDS[Kind(value)])


def channel(t: Translator, value: str) -> str:
    """The channel in words."""
    return t.plain(CHANNELS[Channel(value)])


def alike(t: Translator, found: Sequence[Like]) -> tuple[Markup, ...]:
    """Which requests are like what came now, a line each; nothing of what they say."""
    return tuple(
        t(
            "⚠️ A similar one is registered: № {number} ({name})",
            number=one.number,
            name=one.deputy_name,
        )
        for one in found
    )


def hidden(t: Translator, text: str) -> Markup | None:
    """That a number of ``text`` is hidden; None where there is none."""
    return t("🔒 The number in the text is hidden.") if NUMBER.search(text) else None


def none(t: Translator) -> Markup:
    """That an input is made of signs alone."""
    return t("There is no letter or digit in this: please write it in words.")


def short(t: Translator, text: str, limit: int) -> str:
    """``text`` in one line, long numbers hidden; a word for a request that is only a file."""
    return shortened(veiled(text), limit) or t.plain("see the file")
