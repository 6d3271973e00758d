"""How the steps of logging a request look."""

from collections.abc import Awaitable, Callable

from markupsafe import Markup

from handlers.requests import callbacks, contacts, words
from handlers.requests.content import DOWNLOADABLE
from handlers.requests.draft import MAX_TEXT, Draft, current, keep, several_branches
from handlers.turn import Turn
from handlers.ui import paging, wizard
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage import branches, requests
from storage.rules import phones
from storage.rules.categories import Category

SHOWN = 300  # characters of the text in the last step


def _total(turn: Turn) -> int:
    return 4 if several_branches(turn) else 3


async def text_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The first step: what the voter asks."""
    t = turn.t
    return wizard.step(
        t,
        1,
        _total(turn),
        t("What does the voter ask? Write it, or forward a message, photo or voice."),
        hint=t("For example: Жылға ауылында көше шамы жанбайды, Абай көшесі 12"),
        mistake=mistake,
    )


async def category_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What it is about: the proposal first, then all the others."""
    t, draft = turn.t, current(turn)
    proposed = draft.proposed
    first: tuple[Row, ...] = ()
    if proposed:
        first = ((_category_button(turn, draft, proposed, "✓ "),),)
    rest = [_category_button(turn, draft, code) for code in Category if code != proposed]
    pairs = tuple(tuple(rest[i : i + 2]) for i in range(0, len(rest), 2))
    return wizard.step(
        t,
        2,
        _total(turn),
        lines(t("What is it about?"), _what(turn, draft, 120)),
        mistake=mistake,
        rows=(*first, *pairs),
        back=callbacks.DraftStep(draft=draft.id, step="text"),
    )


async def branch_step(turn: Turn, mistake: Markup | None = None, page: int = 0) -> Screen:
    """In which branch: only for those who have several."""
    t, draft = turn.t, current(turn)
    every = await turn.read(requests.log_branches, turn.actor)
    page = paging.clamp(page, len(every))
    buttons = [
        Button(branch.named(t.language), callbacks.DraftBranch(draft=draft.id, branch_id=branch.id))
        for branch in every[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return wizard.step(
        t,
        3,
        4,
        t("In which branch is the request logged?"),
        mistake=mistake,
        rows=paging.rows(
            t,
            buttons,
            page,
            len(every),
            lambda to: callbacks.DraftBranches(draft=draft.id, page=to),
        ),
        back=callbacks.DraftStep(draft=draft.id, step="category"),
    )


async def check_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The last step: everything that will be registered."""
    t, draft = turn.t, current(turn)
    total = _total(turn)
    category = draft.ready(turn.actor.telegram_id).category
    branch = None
    if draft.branch_id is not None:
        chosen = await turn.read(branches.get, draft.branch_id)
        branch = t("Branch: {branch}", branch=chosen.named(t.language))
    contact = phones.masked(draft.phone) if draft.phone else "—"
    return wizard.step(
        t,
        total,
        total,
        lines(
            t("Check and register"),
            _what(turn, draft, SHOWN),
            t("Subject: {category}", category=words.category(t, category)),
            t("Place of the matter: {place}", place=draft.place or "—"),
            t("Contact (may be left out): {contact}", contact=contact),
            branch,
        ),
        mistake=mistake,
        rows=(
            (Button(t.plain("✅ Register"), callbacks.DraftRegister(draft=draft.id)),),
            *_phone_offered(t, draft),
            (
                Button(t.plain("Place of it"), callbacks.DraftStep(draft=draft.id, step="place")),
                Button(
                    t.plain("Contact of the voter"),
                    callbacks.DraftStep(draft=draft.id, step="contact"),
                ),
            ),
        ),
        back=callbacks.DraftStep(
            draft=draft.id, step="branch" if several_branches(turn) else "category"
        ),
    )


async def place_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Where it is: typed or left out."""
    t, draft, total = turn.t, current(turn), _total(turn)
    return wizard.step(
        t,
        total,
        total,
        t("Where is it? Write the settlement and the street."),
        hint=t("For example: Жылға ауылы, Абай көшесі 12"),
        mistake=mistake,
        back=callbacks.DraftStep(draft=draft.id, step="check"),
        skip=callbacks.DraftSkip(draft=draft.id, step="place"),
    )


async def contact_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Whom to answer: typed, shared or left out."""
    t, draft, total = turn.t, current(turn), _total(turn)
    return wizard.step(
        t,
        total,
        total,
        contacts.question(t),
        hint=contacts.example(t),
        mistake=mistake,
        back=callbacks.DraftStep(draft=draft.id, step="check"),
        skip=callbacks.DraftSkip(draft=draft.id, step="contact"),
    )


async def consent_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The voter's consent, without which the contact is not kept."""
    t, draft, total = turn.t, current(turn), _total(turn)
    if not draft.phone:
        return await contact_step(turn, mistake)
    return wizard.step(
        t,
        total,
        total,
        contacts.consent(t, phones.masked(draft.phone), draft.name),
        mistake=mistake,
        rows=(
            (
                Button(
                    t.plain("✓ The voter agrees"),
                    callbacks.DraftConsent(draft=draft.id),
                ),
            ),
            (
                Button(
                    t.plain("No, without a contact"),
                    callbacks.DraftSkip(draft=draft.id, step="contact"),
                ),
            ),
        ),
        back=callbacks.DraftStep(draft=draft.id, step="contact"),
    )


Step = Callable[..., Awaitable[Screen]]
STEPS: dict[str, Step] = {
    "text": text_step,
    "category": category_step,
    "branch": branch_step,
    "check": check_step,
    "place": place_step,
    "contact": contact_step,
    "consent": consent_step,
}


def _category_button(turn: Turn, draft: Draft, code: Category, sign: str = "") -> Button:
    return Button(
        sign + words.category(turn.t, code),
        callbacks.DraftCategory(draft=draft.id, category=code.value),
    )


def _phone_offered(t: Translator, draft: Draft) -> tuple[Row, ...]:
    if draft.phone or contacts.in_text(draft.text) is None:
        return ()
    return ((Button(t.plain(contacts.TAKE), callbacks.DraftPhone(draft=draft.id)),),)


def _what(turn: Turn, draft: Draft, limit: int) -> Markup:
    t = turn.t
    parts = [Markup("«{}»").format(words.short(t, draft.text, limit))] if draft.text else []
    hidden = words.hidden(t, draft.text)
    if hidden:
        parts.append(hidden)
    if draft.files:
        parts.append(t("📎 Files: {n}", n=len(draft.files)))
    if draft.files and not draft.text:
        parts.append(t("You may also write what it is about."))
    if any((file.get("size") or 0) > DOWNLOADABLE for file in draft.files):
        parts.append(big_file(t))
    return lines(*parts)


def big_file(t: Translator) -> Markup:
    """A file over Telegram's limit for bots is kept, and that is said politely."""
    return t(
        "⚠️ A file is larger than 20 MB: it is kept with the request and opens in Telegram, but the"
        " bot cannot download it (Telegram's limit)."
    )


def cut(t: Translator) -> Markup:
    """The end of the text is not kept, and that is said."""
    return t(
        "Only {limit} characters fit: the end of the text was cut off, the files are kept.",
        limit=MAX_TEXT,
    )


async def show(turn: Turn, step: str, current: Draft, mistake: Markup | None = None) -> Screen:
    """Keep the draft and show one of its steps."""
    keep(turn, step, current)
    return await STEPS[step](turn, mistake)
