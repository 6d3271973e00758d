"""Inline mode: ``@bot бюро`` in any chat offers cards of meetings to be posted there."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import InlineQuery, Message
from markupsafe import Markup

from handlers.meetings import texts
from handlers.meetings.asking import linking
from handlers.search.questions import body_of
from handlers.turn import Turn
from handlers.ui.cards import Card, Cards
from handlers.ui.policy import policy
from handlers.ui.screen import Button, lines, shortened
from storage import search
from storage.meetings import cards
from storage.meetings.lists import Only
from storage.rules.access import Action, may
from storage.rules.terms import terms

router = Router(name="meetings.inline")

TITLE = 60  # characters
PLACE = 200
HITS = 20


class Posted(Filter):
    """A message that is a card of ours, chosen by somebody."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Say whether the message qualifies."""
        return message.via_bot is not None and message.via_bot.username == turn.bot_username


@router.message(Posted())
@policy(None, groups=True)
async def posted(_message: Message, turn: Turn) -> None:
    """Our own words come back to us: they ask for nothing."""


@router.inline_query()
@policy(None, groups=True)
async def offer(query: InlineQuery, turn: Turn) -> Cards:
    """Offer what is public to members; whoever is none learns only how to get in."""
    if not may(turn.actor, Action.READ_MEETINGS):
        return Cards((_invitation(turn),))
    found = await _found(turn, query.query.strip())
    return Cards(tuple(_card(turn, one) for one in found))


async def _found(turn: Turn, text: str) -> list[cards.PublicCard]:
    words = terms(text)
    if not words:
        return await turn.read(cards.public_cards, turn.actor, turn.now)
    body = body_of(text)
    if body is not None and len(words) == 1:
        return await turn.read(cards.public_cards, turn.actor, turn.now, Only(body))
    hits = await turn.read(search.find, turn.actor, text, turn.t.language, HITS)
    ids = list(dict.fromkeys(hit.meeting_id for hit in hits))
    return await turn.read(cards.public_cards, turn.actor, turn.now, ids=ids)


def _card(turn: Turn, one: cards.PublicCard) -> Card:
    """The card; it stays in the chat as it is, so it says no word of days that are left."""
    t = turn.t
    title = t.pick(one.title_kk, one.title_ru)
    state = texts.STATES.get(one.state)
    when = texts.day_of(turn, one.starts_at, t.pick(one.period_kk, one.period_ru))
    said = " · ".join([when, *([t.plain(state)] if state else [])])
    place = shortened(t.pick(one.place_kk, one.place_ru), PLACE)
    return Card(
        id=linking.payload(one.id),
        title=shortened(title, TITLE),
        description=said,
        text=lines(
            Markup("🗓 <b>{}</b>").format(title),
            said,
            t("Venue: {value}", value=place) if place else None,
            t("On the agenda: {n} items", n=one.items) if one.items else None,
        ),
        button=Button(t.plain("Open in the bot"), url=turn.deep_link(linking.payload(one.id))),
    )


def _invitation(turn: Turn) -> Card:
    t = turn.t
    return Card(
        id="bot",
        title=t.plain("Open the bot"),
        description=t.plain("Meetings are shown to members of the party."),
        text=t("<b>Buro</b> is the assistant of the party's regional branch."),
        button=Button(t.plain("Open the bot"), url=turn.deep_link("menu")),
    )
