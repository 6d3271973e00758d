"""An invitation on a notice or a card: what one has answered, and the buttons to answer."""

from markupsafe import Markup

from handlers.meetings.answers.callbacks import Said, Say
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row
from storage.meetings.answers import CANNOT, DEPUTY, WILL, Invitation
from storage.meetings.bodies import OBSERVER

LABELS = {
    Said.WILL: N_("I will attend"),
    Said.CANNOT: N_("I cannot attend"),
    Said.DEPUTY: N_("I send a stand-in"),
}
CHOSEN = "✅ {}"


def line(t: Translator, invitation: Invitation | None) -> Markup | None:
    """What the person has answered, in words; None for whoever is not asked."""
    if invitation is None or invitation.capacity == OBSERVER:
        return None
    if invitation.answer == WILL:
        return t("✅ Your answer: you will attend")
    if invitation.answer == CANNOT:
        return t("➖ Your answer: you cannot attend")
    if invitation.answer == DEPUTY:
        return t("✅ Your answer: your stand-in comes, {name}", name=invitation.stand_in or "")
    return t("⏳ You have not answered yet: will you attend?")


def buttons(t: Translator, meeting_id: int, invitation: Invitation | None) -> tuple[Row, ...]:
    """The answers one can give, the given one marked; none for whoever is not asked."""
    if invitation is None or invitation.capacity == OBSERVER:
        return ()

    def button(said: Said) -> Button:
        label = t.plain(LABELS[said])
        marked = CHOSEN.format(label) if invitation.answer == said else label
        return Button(marked, Say(id=meeting_id, said=said))

    both = (button(Said.WILL), button(Said.CANNOT))
    return (both, (button(Said.DEPUTY),)) if invitation.may_send else (both,)
