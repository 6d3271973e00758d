"""Turns: who is met and who is not, where a person stands, and the one write of an update."""

import asyncio
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import Connection, delete, func, select

from handlers.files import Files
from handlers.turn import Conversation, Turn
from handlers.ui.i18n import translator
from storage import audit, conversations, inbox, people
from storage.database import Database
from storage.errors import AlreadyChanged, DomainError, TooMany
from storage.people import actor_of
from storage.renaming import rename
from storage.rules.access import Actor, Role
from storage.tables import audit as audit_table
from storage.tables import conversations as conversations_table
from storage.tables import memberships
from storage.tables import people as people_table
from tests import world
from tests.bot.doubles import Json, inbox_states, message, until
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage

GROUP = -500
OURS = 9_000_000  # numbers of updates that the tests put into the inbox themselves


async def comes(stage: Stage, *updates: Json) -> None:
    """Have the bot handle ``updates``, whatever the local Telegram would let people send."""
    rows = [(update["message"]["chat"]["id"], update) for update in updates]
    await stage.database.write(inbox.keep, rows, NOW)
    stage.app.workshop.wake()

    async def settled() -> bool:
        states = await inbox_states(stage.database)
        return all(states[update["update_id"]] != "new" for update in updates)

    await until(settled, "the end of the handling")


def from_(update_id: int, chat_id: int, sender: Json | None, text: str = "hm") -> Json:
    made = message(update_id, chat_id, text)
    if chat_id < 0:
        made["message"]["chat"] = {"id": chat_id, "type": "group", "title": "Сарыағаш"}
    made["message"]["from"] = sender
    return {**made, "message": {k: v for k, v in made["message"].items() if v is not None}}


async def known(stage: Stage) -> int:
    count = select(func.count()).select_from(people_table)
    return await stage.database.read(lambda tx: tx.execute(count).scalar_one())


async def refusals(stage: Stage) -> list[tuple[int, str, Json]]:
    query = select(audit_table.c.person_id, audit_table.c.action, audit_table.c.details).where(
        audit_table.c.outcome == "refused"
    )
    return await stage.database.read(lambda tx: [tuple(row) for row in tx.execute(query)])


async def standing(stage: Stage, telegram_id: int) -> tuple[str | None, Json]:
    return await stage.database.read(conversations.load, telegram_id, telegram_id)


# -- who ---------------------------------------------------------------------------------------


async def test_a_stranger_is_met_with_their_name_and_language(stage: Stage) -> None:
    guest = stage.person(1009)
    await guest.start()
    await guest.wait_for("Пожалуйста, выберите язык")
    met = await stage.database.read(actor_of, 1009, NOW.date())
    assert met is not None
    assert (met.name, met.language, met.is_guest) == ("Анна Гость", None, True)


async def test_a_stranger_in_two_chats_at_once_is_met_once(stage: Stage) -> None:
    sender = {"id": 7777, "is_bot": False, "first_name": "Арман", "language_code": "en"}
    before = await known(stage)
    await comes(
        stage, *(from_(OURS + n, GROUP - n if n % 2 else 7777 + n, sender) for n in range(6))
    )
    assert await known(stage) == before + 1
    assert set((await inbox_states(stage.database)).values()) == {"done"}


@pytest.mark.parametrize(
    "sender",
    [
        {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
        {"id": 777000, "is_bot": False, "first_name": "Telegram"},
        {"id": 5555, "is_bot": True, "first_name": "Another bot"},
        None,
    ],
    ids=["anonymous admin", "channel", "telegram", "bot", "nobody"],
)
async def test_whoever_is_nobody_in_particular_is_not_answered(
    stage: Stage, sender: Json | None
) -> None:
    before = await known(stage)
    await comes(stage, from_(OURS, GROUP, sender, "/menu"), from_(OURS + 1, GROUP, sender))
    assert await known(stage) == before
    states = await inbox_states(stage.database)
    assert (states[OURS], states[OURS + 1]) == ("done", "done")
    calls = await (await stage.session.get(f"{stage.telegram.url}/local/calls?since=0")).json()
    assert not [call for call in calls if call["method"].lower() == "sendmessage"]


async def test_an_owner_from_the_settings_has_a_name_after_the_first_word(stage: Stage) -> None:
    await stage.database.write(people.ensure_owners, [1008], NOW, NOW.date())
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    await guest.wait_for("Мәзір")
    owner = await stage.database.read(actor_of, 1008, NOW.date())
    assert owner is not None
    assert owner.name == "Асан Қонақ"
    assert Role.OWNER in owner.roles


async def test_a_known_name_is_not_changed_by_telegrams(stage: Stage) -> None:
    await stage.database.write(rename, 5, "Төлегенова Сәуле Асанқызы")
    saule = stage.person(1005)
    await saule.start()
    await saule.wait_for("Мәзір")
    actor = await stage.database.read(actor_of, 1005, NOW.date())
    assert actor is not None
    assert actor.name == "Төлегенова Сәуле Асанқызы"


# -- where -------------------------------------------------------------------------------------


async def test_a_command_puts_the_draft_aside_and_it_can_be_taken_up_once(stage: Stage) -> None:
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    await guest.tap("Рұқсат сұрау")
    await guest.wait_for("Тегіңіз бен атыңызды жазыңыз")
    await guest.send("/help")
    await guest.wait_for("Көмек")
    await guest.send("/menu")
    menu = await guest.wait_for("Мәзір")
    assert guest.labels(menu)[0] == "✏️ Аяқтау: рұқсат сұрау"
    await guest.tap("Аяқтау", menu)
    await guest.wait_for("Тегіңіз бен атыңызды жазыңыз")
    await guest.send("Қонақов Асан")
    await guest.tap("Сарыағаш")
    await guest.wait_for("Сұрауыңыз жеткізілді")
    await guest.send("/menu")
    labels = guest.labels(await guest.wait_for("Мәзір"))
    assert not [label for label in labels if label.startswith("✏️")], "what is done is not offered"


@pytest.mark.parametrize("word", ["/cancel", "/cancel@buro_test_bot", "/cancel керек емес"])
async def test_cancel_is_the_one_command_that_forgets_the_draft(stage: Stage, word: str) -> None:
    guest = stage.person(1008)
    await guest.start()
    await guest.tap("Қазақша")
    await guest.tap("Рұқсат сұрау")
    await guest.wait_for("Тегіңіз бен атыңызды жазыңыз")
    await guest.send(word)
    await guest.wait_for("Тоқтатылды")
    assert await standing(stage, 1008) == (None, {})


async def test_each_chat_has_its_own_conversation(stage: Stage) -> None:
    await stage.database.write(conversations.save, 1003, 1003, "people:name", {"x": 1}, NOW)
    await comes(stage, from_(OURS, GROUP, {"id": 1003, "is_bot": False, "first_name": "Дархан"}))
    assert await standing(stage, 1003) == ("people:name", {"x": 1})


# -- whether -----------------------------------------------------------------------------------


async def test_a_refusal_is_recorded_by_codes_only(stage: Stage) -> None:
    dauren = stage.person(1003)
    await dauren.start()
    await dauren.send("/broadcast Құпия мәтін")
    said = await dauren.wait_for("Бұл бөлім Сізге қолжетімсіз")
    assert "Жандосова Мөлдір" in said["text"], "the secretary of the branch is named"
    assert await refusals(stage) == [(3, "broadcast", {})]


async def test_nobody_is_sent_to_herself(stage: Stage) -> None:
    secretary = stage.person(1002)
    await secretary.start()
    await secretary.send("/calendar")
    said = await secretary.wait_for("Бұл бөлім Сізге қолжетімсіз")
    assert "Сейтова Айгүл" in said["text"], "the secretaries of the region are named"
    assert "Жандосова Мөлдір" not in said["text"]


async def test_a_role_that_is_lost_within_a_wizard_ends_it(stage: Stage) -> None:
    secretary = stage.person(1002)
    await secretary.start()
    await secretary.wait_for("Мәзір")
    await secretary.send("/broadcast")
    await secretary.wait_answer()
    assert (await standing(stage, 1002))[0] == "broadcasts:text"
    await stage.database.write(
        lambda tx: tx.execute(delete(memberships).where(memberships.c.person_id == 2))
    )
    await secretary.send("Ертең жиналыс")
    await secretary.wait_for("Бұл бөлім Сізге қолжетімсіз")
    assert (await standing(stage, 1002))[0] is None
    assert [(who, what) for who, what, _ in await refusals(stage)] == [(2, "broadcast")]


async def test_a_tap_that_is_refused_leaves_what_is_being_entered(stage: Stage) -> None:
    dauren = stage.person(1003)
    await dauren.start()
    menu = await dauren.wait_for("Мәзір")
    await dauren.send("/request")
    await dauren.send("Ауыз су жоқ")
    await dauren.wait_for("(2/3)")
    before = await standing(stage, 1003)
    await dauren.tap_data(menu["message_id"], "bcedit:1:1")
    assert dauren.alert
    assert await standing(stage, 1003) == before
    assert before[0] == "requests:category"


def test_a_draft_with_something_in_it_is_never_replaced() -> None:
    c = Conversation()
    for text in ("су", "", "газ"):
        c.to("requests:text", text=text, filled=bool(text))
        c.pause()
        assert c.put_aside == {"су": "requests", "": None, "газ": "requests#2"}[text]
    c.to("requests:text", text="жол", filled=True)
    assert c.resume("requests#2")
    assert (c.data["text"], list(c.paused)) == ("газ", ["requests", "requests#2"])
    c.drop("requests")
    assert [kept["data"]["text"] for kept in c.paused.values()] == ["жол"]
    c.forget("requests")
    assert (c.paused, c.data["text"]) == ({}, "газ")


async def test_in_a_group_what_is_personal_goes_on_in_private(stage: Stage) -> None:
    stage.telegram.add_group(id=GROUP, title="Сарыағаш", members=[1003], bot_is_member=True)
    dauren = stage.person(1003).in_chat(GROUP)
    await dauren.send("/requests@buro_test_bot")
    said = await dauren.wait_for("Бұл жеке мәселе")
    url = said["inline_keyboard"][0][0]["url"]
    assert url == "https://t.me/buro_test_bot?start=requests"
    await dauren.send("жай сөз")
    await dauren.send("/menu")
    await dauren.wait_for("Бұл жеке мәселе")
    bots = [m for m in await dauren.messages() if m["sender"]["is_bot"]]
    assert len(bots) == 2, "an ordinary word in a group is nobody's business"


# -- the one write -----------------------------------------------------------------------------


async def turn_of(database: Database, update_id: int = OURS) -> Turn:
    actor = await database.read(actor_of, 1003, NOW.date())
    assert actor is not None
    await database.write(inbox.keep, [(1003, message(update_id))], NOW)
    return Turn(
        database=database,
        actor=actor,
        t=translator("kk"),
        now=NOW,
        zone=ZONE,
        conversation=Conversation(),
        chat_id=1003,
        in_group=False,
        update_id=update_id,
        bot_username="bot",
        files=cast(Files, None),  # no file comes in these turns
    )


def effect(tx: Connection, actor: Actor, name: str) -> int:
    rename(tx, actor.person_id, name)
    return 42


def broken(tx: Connection, actor: Actor) -> None:
    effect(tx, actor, "Жартылай")
    raise ZeroDivisionError


async def name_of(database: Database) -> str:
    return (await database.read(people.get, 3)).name


async def test_effect_state_and_mark_are_written_together(small_world: Database) -> None:
    turn = await turn_of(small_world)
    turn.conversation.to("requests:text", place="Сарыағаш")
    assert await turn.write(effect, turn.actor, "Жаңа есім") == 42
    assert await name_of(small_world) == "Жаңа есім"
    assert await small_world.read(conversations.load, 1003, 1003) == (
        "requests:text",
        {"place": "Сарыағаш"},
    )
    assert await inbox_states(small_world) == {OURS: "done"}


async def test_all_or_nothing(small_world: Database) -> None:
    turn = await turn_of(small_world)
    turn.conversation.to("requests:text")
    with pytest.raises(ZeroDivisionError):
        await turn.write(broken, turn.actor)
    assert await name_of(small_world) == "Оразов Дархан"
    assert await small_world.read(conversations.load, 1003, 1003) == (None, {})
    assert await inbox_states(small_world) == {OURS: "new"}
    assert not turn.written


async def test_an_update_writes_once(small_world: Database) -> None:
    turn = await turn_of(small_world)
    await turn.write(effect, turn.actor, "Бірінші")
    with pytest.raises(RuntimeError, match="writes once"):
        await turn.write(effect, turn.actor, "Екінші")
    assert await name_of(small_world) == "Бірінші"


async def test_settling_writes_only_what_is_left(small_world: Database) -> None:
    quiet = await turn_of(small_world)
    await quiet.settle()
    assert not quiet.written, "it is marked done later, together with others"
    assert await inbox_states(small_world) == {OURS: "new"}
    count = select(func.count()).select_from(conversations_table)
    assert await small_world.read(lambda tx: tx.execute(count).scalar_one()) == 0

    later = await turn_of(small_world, OURS + 1)
    await later.write(effect, later.actor, "Жаңа есім")
    await later.settle()
    assert await inbox_states(small_world) == {OURS: "new", OURS + 1: "done"}

    elsewhere = await turn_of(small_world, OURS + 2)
    elsewhere.conversation.to("requests:photo")
    await elsewhere.settle()
    assert (await small_world.read(conversations.load, 1003, 1003))[0] == "requests:photo"
    assert (await inbox_states(small_world))[OURS + 2] == "done"


async def test_what_the_write_found_may_change_where_the_person_stands(
    small_world: Database,
) -> None:
    turn = await turn_of(small_world)

    def then(found: int) -> None:
        turn.conversation.to("requests:text", number=found)

    assert await turn.write_then(then, effect, turn.actor, "Жаңа есім") == 42
    kept = await small_world.read(conversations.load, 1003, 1003)
    assert kept == ("requests:text", {"number": 42})
    assert not turn.conversation.changed


@pytest.mark.parametrize("refused", [AlreadyChanged("Оразов Дархан", NOW), TooMany(NOW)])
async def test_a_write_that_is_refused_leaves_the_person_where_they_stood(
    small_world: Database, refused: DomainError
) -> None:
    def refuse(_tx: Connection) -> None:
        raise refused

    turn = await turn_of(small_world)
    stood = Conversation("completing:comment", {"request": {"id": 1}, "paused": {}})
    turn = replace(turn, conversation=stood)
    turn.conversation.data["request"]["id"] = 2
    turn.conversation.clear()
    with pytest.raises(type(refused)):
        await turn.write(refuse)
    assert turn.conversation.state == "completing:comment"
    assert turn.conversation.data == {"request": {"id": 1}, "paused": {}}
    assert not turn.conversation.changed


async def test_a_turn_that_was_handled_before_changes_nothing(small_world: Database) -> None:
    first, again = await turn_of(small_world), await turn_of(small_world)
    await first.write(effect, first.actor, "Бірінші")
    again.conversation.to("requests:text")
    with pytest.raises(inbox.AlreadyHandled):
        await again.write(effect, again.actor, "Екінші")
    assert await name_of(small_world) == "Бірінші"
    assert await small_world.read(conversations.load, 1003, 1003) == (None, {})


def test_drafts_are_put_aside_and_taken_up() -> None:
    c = Conversation()
    c.pause()
    assert not c.changed, "nothing to put aside"
    c.to("requests:text", text="су жоқ")
    c.pause()
    c.to("broadcasts:text", branch=2)
    assert not c.resume("search")
    assert c.resume("requests")
    assert (c.state, c.data["text"]) == ("requests:text", "су жоқ")
    assert "branch" not in c.data
    assert set(c.paused) == {"broadcasts"}
    c.clear()
    assert set(c.paused) == {"broadcasts"}, "another's draft stays"
    assert c.resume("broadcasts")
    assert (c.state, c.data["branch"], c.paused) == ("broadcasts:text", 2, {})
    c.clear()
    assert (c.state, c.data) == (None, {})


# -- when it breaks ----------------------------------------------------------------------------


@pytest.fixture
def no_help(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """/help is broken, by a fault that holds personal data; how often it was called."""
    calls: list[int] = []

    def fall(_turn: Turn) -> Any:
        calls.append(1)
        raise ValueError("Канарейкина +77015550142")

    monkeypatch.setattr("handlers.home.screens.help_screen", fall)
    return calls


async def test_a_crash_is_tried_again_told_and_set_aside(stage: Stage, no_help: list[int]) -> None:
    owner, dauren = stage.person(1001), stage.person(1003)
    await owner.start()
    await dauren.start()
    await dauren.wait_for("Мәзір")
    await dauren.send("/help")
    await dauren.send("/menu")
    await dauren.wait_for("Мәзір")
    texts = [m["text"] for m in await dauren.messages() if m["sender"]["is_bot"]]
    assert texts[-2].startswith("⚠️ Орындалмады: біздің жақтан ақау шықты")
    assert len(no_help) == inbox.MAX_ATTEMPTS
    told = await owner.wait_for("Бір хабар өңделмеді")
    assert "ValueError" in told["text"]
    assert "Канарейкина" not in told["text"]
    assert "quarantined" in (await inbox_states(stage.database)).values()


async def test_a_tap_that_crashes_is_answered_and_the_message_stays(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dauren = stage.person(1003)
    await dauren.start()
    menu = await dauren.wait_for("Мәзір")

    def fall(_turn: Turn) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("handlers.home.screens.more", fall)
    await dauren.tap_data(menu["message_id"], "more")
    assert dauren.toast.startswith("⚠️ Орындалмады")
    assert dauren.alert
    assert (await dauren.last())["text"] == menu["text"]


async def test_an_update_that_cannot_be_read_holds_nobody_up(stage: Stage) -> None:
    owner = stage.person(1001)
    await owner.start()
    await owner.wait_for("Мәзір")
    poison = {"update_id": OURS, "message": {"chat": {"id": 1003}, "text": "Канарейкина"}}
    after = from_(OURS + 1, 1003, {"id": 1003, "is_bot": False, "first_name": "Дархан"}, "/menu")
    await stage.person(1003).start()
    await comes(stage, poison, after)
    states = await inbox_states(stage.database)
    assert (states[OURS], states[OURS + 1]) == ("quarantined", "done")
    told = await owner.wait_for("Бір хабар өңделмеді")
    assert "Канарейкина" not in told["text"]
    assert str(OURS) in told["text"]


async def test_what_is_written_stays_written_when_the_answer_cannot_be_made(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = stage.person(1008)
    await guest.start()
    asked = await guest.wait_for("Тілді таңдаңыз")

    def fall(_turn: Turn) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("handlers.people.start.welcome", fall)
    await guest.tap_data(asked["message_id"], "lang:kk:1", wait=False)

    async def kept() -> bool:
        actor = await stage.database.read(actor_of, 1008, NOW.date())
        return actor is not None and actor.language == "kk"

    await until(kept, "the language")
    await asyncio.sleep(0.5)  # long enough for the tries that must not come
    assert set((await inbox_states(stage.database)).values()) == {"done"}


async def test_the_audit_takes_no_texts(small_world: Database) -> None:
    actor = await small_world.read(actor_of, 1003, NOW.date())
    assert actor is not None
    await small_world.write(audit.refusal, actor, NOW, "broadcast", branch_id=2)
    row = await small_world.read(lambda tx: tx.execute(select(audit_table)).one())
    assert (row.outcome, row.details, row.person_id) == ("refused", {"branch_id": 2}, 3)
    assert world.SARYAGASH == 2
