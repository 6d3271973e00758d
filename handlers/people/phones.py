"""One's own phone: whom the bot cannot reach is called."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.people.callbacks import AskOwnPhone, DropPhone, OwnPhone, Settings
from handlers.requests.contacts import MISTAKES
from handlers.turn import Turn
from handlers.ui import nav, wizard
from handlers.ui.filters import AnyMessage
from handlers.ui.i18n import Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage import people
from storage.rules import phones

router = Router(name="people.phones")

PHONE = "phone:ask"
LIMIT = 60  # characters; whatever is longer is no phone


@router.callback_query(OwnPhone.filter())
@policy(None)
async def own_phone(query: CallbackQuery, turn: Turn) -> Screen:
    """What is kept now."""
    if turn.conversation.state == PHONE:
        turn.conversation.clear()
    return await _shown(turn)


@router.callback_query(AskOwnPhone.filter())
@policy(None)
async def ask(query: CallbackQuery, turn: Turn) -> Screen:
    """Which number?"""
    turn.conversation.pause()
    turn.conversation.to(PHONE)
    return await again(turn)


@router.callback_query(DropPhone.filter())
@policy(None)
async def drop(query: CallbackQuery, turn: Turn) -> Screen:
    """No number any more."""
    await turn.write(people.set_phone, turn.actor.person_id, None)
    return await _shown(turn)


@router.message(StateFilter(PHONE), AnyMessage())
@policy(None)
async def typed(message: Message, turn: Turn) -> Screen:
    """A number, typed or shared."""
    phone = given(turn.t, message)
    if isinstance(phone, Markup):
        return await again(turn, phone)
    turn.conversation.clear()
    await turn.write(people.set_phone, turn.actor.person_id, phone)
    return await _shown(turn)


def given(t: Translator, message: Message) -> str | Markup:
    """The phone (E.164) of a message, or what is wrong with it."""
    shared = message.contact.phone_number if message.contact else None
    text = (shared or message.text or "")[:LIMIT]
    # A shared contact has no sign before the country code.
    found = phones.normalise(text) or (phones.normalise(f"+{text}") if shared else None)
    return found or t(MISTAKES[phones.fault(text)])


async def again(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        t("☎️ Write your phone number."),
        hint=t("For example: +7 701 123 45 67"),
        mistake=mistake,
        back=OwnPhone(),
    )


async def _shown(turn: Turn) -> Screen:
    t = turn.t
    phone = await turn.read(people.phone_of, turn.actor.person_id)
    known = t("☎️ <b>Your phone</b>: {phone}", phone=phones.shown(phone)) if phone else None
    enter = Button(t.plain("✏️ Enter a phone"), AskOwnPhone())
    return Screen(
        lines(
            known or t("☎️ <b>Your phone</b> is not known."),
            t("A secretary sees it only when the bot cannot reach you, and that is recorded."),
        ),
        rows=(
            (enter, Button(t.plain("🗑 Delete it"), DropPhone())) if phone else (enter,),
            nav.exits(t, Settings()),
        ),
    )


RESUME: dict[str, wizard.Renderer] = {PHONE: again}
