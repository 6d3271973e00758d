"""What is said of proposals and items while a meeting goes on."""

from markupsafe import Markup

from handlers.meetings.texts import TITLE, clipped
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.meetings import AgendaItem
from storage.meetings.proposals import Sent

LABEL = 60  # characters on a button
TEXT = 2000  # of a proposal, all of it
KINDS = {"proposal": N_("Proposal"), "remark": N_("Critical remark")}
STATES = {
    "sent": N_("not decided yet"),
    "accepted": N_("in the final document"),
    "declined": N_("left out"),
}


def item_line(t: Translator, item: AgendaItem) -> Markup:
    """«2. title» in one line."""
    return Markup("{}. {}").format(
        item.number, clipped(t.pick(item.title_kk, item.title_ru), TITLE)
    )


def item_label(t: Translator, item: AgendaItem, sign: str = "") -> str:
    """The same on a button."""
    title = t.pick(item.title_kk, item.title_ru)
    return shortened(f"{sign}{item.number}. {title}", LABEL)


def proposal_label(t: Translator, sent: Sent) -> str:
    """A proposal in a list: item, author, its first words."""
    author = t.pick(sent.author_kk, sent.author_ru)
    text = t.pick(sent.text_kk, sent.text_ru)
    parts = (f"{sent.item_number}", author, text)
    return shortened(" · ".join(part for part in parts if part), LABEL)


def proposal(t: Translator, sent: Sent) -> tuple[Markup | None, ...]:
    """A proposal line by line: what it is, on which item, by whom, in its own words."""
    title = clipped(t.pick(sent.item_kk, sent.item_ru), TITLE)
    author = t.pick(sent.author_kk, sent.author_ru)
    return (
        Markup("📝 <b>{}</b> · {}").format(t(KINDS[sent.kind]), t(STATES[sent.state])),
        t("Item {number}: {title}", number=sent.item_number, title=title),
        t("From: {name}", name=author) if author else None,
        Markup(""),
        Markup("{}").format(clipped(t.pick(sent.text_kk, sent.text_ru), TEXT)),
        t("In the document: clause {number}", number=sent.clause) if sent.clause else None,
    )
