"""How the steps of logging a request look."""

from collections.abc import Awaitable, Callable

from markupsafe import Markup

from handlers.requests import callbacks, consent, contacts, words
from handlers.requests.contact_reading import Given
from handlers.requests.content import DOWNLOADABLE
from handlers.requests.draft import (
    MAX_TEXT,
    Draft,
    current,
    keep,
    several_branches,
    total_of,
)
from handlers.requests.settlements.steps import place_step, shown_place
from handlers.turn import Turn
from handlers.ui import paging, wizard
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage import branches, requests
from storage.requests import categories, sources
from storage.requests.categories import RequestCategory
from storage.rules import phones
from storage.rules.request_kinds import Channel, Kind

# Steps that are answered with a tap: what is sent there is more of the request.
CHOICES = ("category", "branch", "check", "consent", "kind", "channel")
SHOWN = 300  # characters of the text in the last step


async def text_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The first step: what the voter asks."""
    t = turn.t
    return wizard.step(
        t,
        1,
        total_of(turn),
        t("What does the voter ask? Write it, or forward a message, photo or voice."),
        hint=t("For example: Жылға ауылында көше шамы жанбайды, Абай көшесі 12"),
        mistake=mistake,
    )


async def category_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """What it is about: the proposal first, then all the others."""
    t, draft = turn.t, current(turn)
    offered = await turn.read(categories.offered)
    proposed = draft.proposed
    first = tuple(
        (_category_button(turn, draft, one, "✓"),) for one in offered if one.code == proposed
    )
    rest = [_category_button(turn, draft, one, one.icon) for one in offered if one.code != proposed]
    pairs = tuple(tuple(rest[i : i + 2]) for i in range(0, len(rest), 2))
    return wizard.step(
        t,
        2,
        total_of(turn),
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
    total = total_of(turn)
    ready = draft.ready(turn.actor.telegram_id)
    category = await turn.read(categories.open_one, ready.category)
    kind, channel = words.kind(t, ready.kind), words.channel(t, ready.channel)
    branch = None
    if draft.branch_id is not None:
        chosen = await turn.read(branches.get, draft.branch_id)
        branch = t("Branch: {branch}", branch=chosen.named(t.language))
    contact = _contact(t, draft.given)
    alike = await turn.read(
        sources.like,
        turn.actor,
        turn.now,
        sources=draft.made_from,
        phone=draft.phone,
        category=ready.category,
    )
    return wizard.step(
        t,
        total,
        total,
        lines(
            t("Check and register"),
            _what(turn, draft, SHOWN),
            t("Subject: {category}", category=t.pick(category.name_kk, category.name_ru)),
            t("Place of the matter: {place}", place=await shown_place(turn, draft)),
            t("Contact (may be left out): {contact}", contact=contact),
            branch,
            *words.alike(t, alike),
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
            (
                Button(
                    t.plain("Form: {kind}", kind=kind),
                    callbacks.DraftStep(draft=draft.id, step="kind"),
                ),
                Button(
                    t.plain("Came by: {channel}", channel=channel),
                    callbacks.DraftStep(draft=draft.id, step="channel"),
                ),
            ),
        ),
        back=callbacks.DraftStep(
            draft=draft.id, step="branch" if several_branches(turn) else "category"
        ),
    )


async def kind_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Which form it has by law."""
    said = {kind.value: words.kind(turn.t, kind) for kind in Kind}
    return _choice(turn, "kind", turn.t("Which form of the law is it?"), said, mistake)


async def channel_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """How it came."""
    said = {channel.value: words.channel(turn.t, channel) for channel in Channel}
    return _choice(turn, "channel", turn.t("How did the request come?"), said, mistake)


async def contact_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Whom to answer: typed, shared or left out."""
    t, draft, total = turn.t, current(turn), total_of(turn)
    return wizard.step(
        t,
        total,
        total,
        contacts.question(t),
        hint=contacts.example(t),
        mistake=mistake,
        rows=_forgetting(t, draft),
        back=callbacks.DraftStep(draft=draft.id, step="check"),
        skip=None if draft.consent_at else callbacks.DraftSkip(draft=draft.id, step="contact"),
    )


async def consent_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The voter's consent, without which the contact is not kept."""
    t, draft, total = turn.t, current(turn), total_of(turn)
    if draft.given == Given():
        return await contact_step(turn, mistake)
    wording = await consent.wording(turn)
    draft.wording = wording.proof
    keep(turn, "consent", draft)
    return wizard.step(
        t,
        total,
        total,
        consent.shown(t, wording, draft.given),
        mistake=mistake,
        rows=(
            (
                Button(
                    t.plain("✓ The voter agrees"),
                    callbacks.DraftConsent(draft=draft.id),
                ),
                Button(
                    t.plain("✓ Signed on paper"),
                    callbacks.DraftConsent(draft=draft.id, paper=True),
                ),
            ),
            (
                Button(
                    t.plain(contacts.CORRECT),
                    callbacks.DraftStep(draft=draft.id, step="contact"),
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
    "kind": kind_step,
    "channel": channel_step,
}


def _choice(
    turn: Turn, part: str, question: Markup, said: dict[str, str], mistake: Markup | None
) -> Screen:
    draft, total = current(turn), total_of(turn)
    ready = draft.ready(turn.actor.telegram_id)
    chosen = (ready.kind.value, ready.channel.value)
    buttons = [
        Button(
            ("✓ " if value in chosen else "") + label,
            callbacks.DraftChoice(draft=draft.id, part=part, value=value),
        )
        for value, label in said.items()
    ]
    back = callbacks.DraftStep(draft=draft.id, step="check")
    rows = column(buttons)
    return wizard.step(turn.t, total, total, question, mistake=mistake, rows=rows, back=back)


def _category_button(turn: Turn, draft: Draft, one: RequestCategory, sign: str) -> Button:
    return Button(
        f"{sign} {turn.t.pick(one.name_kk, one.name_ru)}",
        callbacks.DraftCategory(draft=draft.id, category=one.code),
    )


def _forgetting(t: Translator, draft: Draft) -> tuple[Row, ...]:
    """The voter thought better of it, while the request is being written down."""
    if draft.consent_at is None:
        return ()
    forget = callbacks.DraftSkip(draft=draft.id, step="contact")
    return ((Button(t.plain("🗑 Consent withdrawn: forget the contact"), forget),),)


def _contact(t: Translator, given: Given) -> str:
    if given.phone:
        return phones.masked(given.phone)
    return "—" if given == Given() else t.plain("kept, without a phone")


def _phone_offered(t: Translator, draft: Draft) -> tuple[Row, ...]:
    if draft.given != Given() or draft.offered_contact is None:
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
