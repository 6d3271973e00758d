"""The first minute: language, what the bot is, and how a guest gets in."""

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.broadcasts.kinds.callbacks import OpenWishes
from handlers.groups.callbacks import Groups
from handlers.home import screens as home
from handlers.meetings.asking import linking
from handlers.people import callbacks, invites
from handlers.people.words import role as role_name
from handlers.privacy.callbacks import OpenPrivacy
from handlers.requests.settings.callbacks import RequestSettings
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import LANGUAGES, N_, Translator, translator
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage import outbox, people
from storage.rules.access import Action, Actor, may

router = Router(name="people.start")

NAMES = {"kk": "Қазақша", "ru": "Русский"}
GREETING = N_("Please choose a language.")
CODE_PAYLOAD = re.compile(r"i_([A-Za-z0-9_-]{1,62})")


@router.message(CommandStart())
@policy(None)
async def start(message: Message, turn: Turn, command: CommandObject) -> Screen:
    """/start, with or without the payload of a deep link."""
    payload = command.args or ""
    invited = CODE_PAYLOAD.fullmatch(payload)
    if turn.actor.language is None:
        if invited:
            # The code waits until the language is chosen: both steps stay one tap each.
            turn.conversation.to("people:language", code=invited[1])
        elif linking.PAYLOAD.fullmatch(payload):
            turn.conversation.to("people:language", link=payload)
        return language_question(turn)
    if invited:
        return await invites.redeem(turn, invited[1])
    return welcome(turn)


@router.callback_query(callbacks.ChooseLanguage.filter())
@policy(None)
async def choose_language(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.ChooseLanguage
) -> Screen:
    """A language was taken."""
    language = callback_data.language if callback_data.language in LANGUAGES else LANGUAGES[0]
    waiting = turn.conversation.data if callback_data.first else {}
    code, link = waiting.get("code"), waiting.get("link")
    if turn.conversation.state == "people:language":
        turn.conversation.clear()
    turn.t = translator(language)
    if code:
        return await invites.redeem(turn, code, language=language)
    await turn.write(_take_language, turn.actor, language, turn.update_id, turn.now)
    if link and not turn.actor.is_guest:
        return await linking.opened(turn, link)
    return welcome(turn) if callback_data.first else settings_screen(turn)


@router.message(Command("settings"))
@router.callback_query(callbacks.Settings.filter())
@policy(None)
async def settings(event: Message | CallbackQuery, turn: Turn) -> Screen:
    """The person's own settings."""
    return settings_screen(turn)


@router.my_chat_member()  # of the private chat: groups have their own
@policy(None)
async def blocked_or_back(event: ChatMemberUpdated, turn: Turn) -> None:
    """The person stopped the bot or let it in again."""
    reason = "blocked" if event.new_chat_member.status == "kicked" else None
    await turn.write(people.set_reachable, turn.actor.telegram_id, reason)


def language_question(turn: Turn) -> Screen:
    """Asked once, in both languages, the likely one first."""
    likely = turn.t.language
    order = sorted(LANGUAGES, key=lambda language: language != likely)
    return Screen(
        lines(*(Translator(language)(GREETING) for language in LANGUAGES)),
        rows=column(
            Button(NAMES[language], callbacks.ChooseLanguage(language=language, first=True))
            for language in order
        ),
    )


def welcome(turn: Turn) -> Screen:
    """Home for those who are in; for a guest, what this is and how to get in."""
    if not turn.actor.is_guest:
        return home.menu(turn)
    t = turn.t
    return Screen(
        lines(
            t("<b>Buro</b> is the assistant of the party's regional branch."),
            "",
            t(
                "Members learn here when the Bureau meets and what it decided; "
                "deputies log voters' requests; secretaries inform their branch."
            ),
            "",
            t("To get in: open your secretary's invitation, enter its code, or ask for access."),
        ),
        rows=(
            (Button(t.plain("Ask for access"), callbacks.AskAccess()),),
            (Button(t.plain("I have a code"), callbacks.EnterCode()),),
            (Button(t.plain("⚙️ Settings"), callbacks.Settings()), nav.home(t)),
        ),
    )


def settings_screen(turn: Turn) -> Screen:
    """Language, and what the person is here."""
    t = turn.t
    roles = ", ".join(role_name(t, role) for role in sorted(turn.actor.roles)) or t.plain("guest")
    groups = (Button(t.plain("👥 Groups of the branch"), Groups()),)
    setup = (Button(t.plain("🗂 Settings of the branch"), RequestSettings()),)
    return Screen(
        lines(
            t("⚙️ <b>Settings</b>"),
            t("Name: {name}", name=turn.actor.name),
            t("You are here: {roles}", roles=roles),
            t("Language: {language}", language=NAMES.get(t.language, t.language)),
        ),
        rows=(
            tuple(
                Button(NAMES[language], callbacks.ChooseLanguage(language=language))
                for language in LANGUAGES
            ),
            (Button(t.plain("🔔 Announcements of the branch"), OpenWishes()),),
            (Button(t.plain("☎️ My phone"), callbacks.OwnPhone()),),
            (Button(t.plain("🔒 Personal data"), OpenPrivacy()),),
            *((setup,) if may(turn.actor, Action.KEEP_SETTLEMENTS) else ()),
            *((groups,) if may(turn.actor, Action.BROADCAST) else ()),
            nav.exits(t),
        ),
    )


def _take_language(tx, actor: Actor, language: str, update_id: int, now) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    people.set_language(tx, actor.person_id, language)
    people.set_reachable(tx, actor.telegram_id, None)
    # The command menu speaks the new language.
    outbox.put(tx, f"commands:{update_id}", "commands", actor.person_id, {}, now)
