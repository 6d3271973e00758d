"""Stories of announcing a meeting. It is Tuesday, 24 November 2026, 10:00 in Turkistan."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, update

from bot.simulator.client import Person
from handlers.meetings.announcing.draft import AgendaMistake, agenda_of
from handlers.meetings.announcing.notices import RENDERERS
from handlers.notices import Recipient
from handlers.turn import Conversation
from handlers.ui.i18n import translator
from storage.rules.access import Role
from storage.tables import calendar_overrides, meetings, memberships, outbox
from tests import world
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps

OWNER, SECRETARY, DEPUTY, MEMBER, OLEG = 1001, 1002, 1003, 1005, 1015
LONGEST = 4096

Json = dict[str, Any]


def announced(tx: Connection) -> int:
    return int(tx.execute(select(func.count()).select_from(meetings)).scalar_one())


def notices(tx: Connection) -> int:
    query = select(func.count()).where(outbox.c.kind == "meeting_announced")
    return int(tx.execute(query).scalar_one())


async def to_the_check(person: Person) -> Json:
    await sends(person, "/newmeeting", "(1/5)")
    await taps(person, "Филиалдың жалпы жиналысы", "(2/5)")
    await sends(person, "27.11 15:00", "(4/5)")
    await taps(person, "Өткізіп жіберу", "(5/5)")
    return await taps(person, "Өткізіп жіберу", "Жарияламас бұрын тексеріңіз")


async def test_a_secretary_announces_in_kazakh(stage: Stage) -> None:
    moldir, saule = await meets(stage, SECRETARY), await meets(stage, MEMBER)
    oleg = await meets(stage, OLEG)

    first = await sends(moldir, "/newmeeting", "Қандай отырыс немесе жиналыс жарияланады?")
    assert "Сарыағаш аудандық филиалы" in first["text"]
    assert moldir.labels(first)[:3] == [
        "Саяси кеңес отырысы",
        "БПҰ жиналысы",
        "Филиалдың жалпы жиналысы",
    ]
    await taps(moldir, "Саяси кеңес", "(2/5) Қай күні өтеді?")
    await taps(moldir, "›", "16 желтоқсан: Тәуелсіздік күні")
    await taps(moldir, "15", "(3/5) 15 желтоқсан, сейсенбі. Сағат нешеде басталады?")
    await taps(moldir, "11:00", "(4/5) Қай жерде өтеді?")
    await sends(moldir, "филиалдың мәжіліс залы", "(5/5) Күн тәртібінде")
    check = await sends(
        moldir, "1. Жылдық есеп\n2) <Жоспар> & басқа\n\n— Сайлау", "Жарияламас бұрын тексеріңіз"
    )
    assert check["text"].splitlines()[1:] == [
        "Сарыағаш аудандық филиалы Саяси кеңесінің отырысы",
        "15 желтоқсан, сейсенбі, 11:00 · 21 күн қалды",
        "Өтетін жері: филиалдың мәжіліс залы",
        "Күн тәртібінде 3 мәселе:",
        "1. Жылдық есеп",
        "2. <Жоспар> & басқа",
        "3. Сайлау",
        "",
        "Хабарландыру бірден 4 адамға жіберіледі: филиалдағылардың бәріне.",
    ]
    await taps(moldir, "4 адамға хабарлау", "✅ Жарияланды")

    kazakh = await saule.wait_for("Хабарландыру")
    assert "Сарыағаш аудандық филиалы Саяси кеңесінің отырысы" in kazakh["text"]
    assert "15 желтоқсан, сейсенбі, 11:00 · 21 күн қалды" in kazakh["text"]
    russian = await oleg.wait_for("Объявление")
    assert "Заседание Политического совета (Сарыагашский районный филиал)" in russian["text"]
    assert "15 декабря, вторник, 11:00 · " in russian["text"]
    await taps(oleg, "Подробнее", "Заседание Политического совета")


async def test_a_secretary_announces_in_russian(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY, "ru")

    await sends(moldir, "/newmeeting", "(1/5) Какое заседание или собрание объявляем?")
    await taps(moldir, "Собрание ППО", "(2/5) В какой день?")
    await sends(moldir, "в пятницу в 15:00", "(4/5) Где это пройдёт?")
    await taps(moldir, "Пропустить", "(5/5) Что в повестке дня?")
    check = await taps(moldir, "Пропустить", "Проверьте перед объявлением")
    assert check["text"].splitlines()[1:] == [
        "Собрание первичной партийной организации (Сарыагашский районный филиал)",
        "27 ноября, пятница, 15:00 · осталось 3 дн.",
        "Место: не указано",
        "Повестка дня: не указана",
        "",
        "Объявление сразу уйдёт всем в филиале, получателей: 4.",
    ]
    await taps(moldir, "Объявить: 4 чел.", "✅ Объявлено")


async def test_the_regional_secretary_calls_the_bureau(stage: Stage) -> None:
    aigul, erik = await meets(stage, OWNER), await meets(stage, 1006)

    first = await sends(aigul, "/newmeeting", "Түркістан облыстық филиалы")
    assert aigul.labels(first)[0] == "Бюро отырысы"
    await taps(aigul, "Бюро отырысы", "(2/5)")
    await sends(aigul, "дуйсенби 10:00", "(4/5)")
    await taps(aigul, "Өткізіп жіберу", "(5/5)")
    await taps(aigul, "Өткізіп жіберу", "3 адамға жіберіледі: Бюро мүшелеріне, хатшыларға")
    await taps(aigul, "3 адамға хабарлау", "✅ Жарияланды")
    await erik.wait_for("Түркістан облыстық филиалы Саяси кеңесі Бюросының отырысы")


async def test_the_year_and_another_meeting_of_the_day_are_pointed_out(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    check = await to_the_check(moldir)
    assert "⚠️" not in check["text"]
    await taps(moldir, "4 адамға хабарлау", "✅ Жарияланды")
    again = await to_the_check(moldir)
    assert "⚠️ Сол уақытта осы органның басқа отырысы бар" in again["text"]
    assert not any("хабарлау" in label for label in moldir.labels(again))
    await taps(moldir, "✏️ Уақыты", "(3/5)")
    await sends(moldir, "17:00", "⚠️ Осы күні тағы бір отырыс жарияланған: 15:00")
    await taps(moldir, "Күні", "(2/5)")
    far = await sends(moldir, "23.11", "Жарияламас бұрын тексеріңіз")
    assert "⚠️ Жылына назар аударыңыз: 2027" in far["text"]
    assert "тағы бір отырыс" not in far["text"]


WRONG_DAYS = (
    ("31.02", "Күнтізбеде мұндай күн жоқ. Мысалы, былай жазыңыз: 27.11.2026"),
    ("24.11.20226", "Жылы қате жазылған сияқты. Мысалы, былай жазыңыз: 27.11.2026"),
    ("кеше", "Бұл күн өтіп кетті: 23 қараша, дүйсенбі"),
    ("бүгін 09:00", "Бүгін бұл уақыт өтіп кетті, қазір 10:0"),
    ("27.11 25:00", "Мұндай уақыт болмайды. Мысалы, былай жазыңыз: 15:00"),
    ("24.11.2031", "Таңдауға болатын ең соңғы күн: 2028 ж. 24 қараша, жұма"),
    ("27 қараша, сенбі", "Күні мен апта күні сәйкес келмейді. Күнтізбе бойынша: 27 қараша"),
    ("білмеймін", "Күнін түсінбедім. Мысалы, былай жазыңыз: 27.11, ертең, дүйсенбі 15:00"),
    ("ұ" * LONGEST, "Күнін түсінбедім"),
)


async def test_a_wrong_day_is_answered_with_a_right_one(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await sends(moldir, "/newmeeting", "(1/5)")
    await taps(moldir, "БПҰ", "(2/5)")

    for typed, answer in WRONG_DAYS:
        again = await sends(moldir, typed, answer)
        assert "(2/5) Қай күні өтеді?" in again["text"]
    await sends(moldir, "ертең", "(3/5) 25 қараша")  # the draft is there


async def test_a_wrong_time(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await sends(moldir, "/newmeeting", "(1/5)")
    await taps(moldir, "БПҰ", "(2/5)")
    step = await sends(moldir, "бүгін", "(3/5) 24 қараша, сейсенбі")
    assert moldir.labels(step)[:4] == ["11:00", "14:00", "15:00", "16:00"]  # what is still ahead

    await sends(moldir, "25:00", "Мұндай уақыт болмайды")
    await sends(moldir, "9:30", "Бүгін бұл уақыт өтіп кетті")
    await sends(moldir, "түстен кейін", "Уақытын түсінбедім. Мысалы, былай жазыңыз: 15:00")
    await sends(moldir, "27.11 сағат 15-те", "(4/5)")  # a day with its time is understood too


async def test_anything_but_words_leaves_the_step_as_it_is(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await sends(moldir, "/newmeeting", "(1/5)")
    await moldir.send_sticker()
    await moldir.wait_for("Бұл қадамда мәтін жазылмайды")
    await taps(moldir, "БПҰ", "(2/5)")
    await moldir.send_sticker()
    await moldir.wait_for("Мұнда мәтін керек.")
    await sends(moldir, "27.11", "(3/5)")
    await moldir.send_poll()
    await moldir.wait_for("(3/5)")
    await sends(moldir, "15:00", "(4/5)")
    await moldir.send_voice()
    await moldir.wait_for("(4/5)")
    await sends(moldir, "з" * 201, "ең көбі 200 таңба")
    await sends(moldir, "зал", "(5/5)")
    await moldir.send_location()
    await moldir.wait_for("(5/5)")
    await sends(moldir, "\n".join(["мәселе"] * 61), "Мәселе тым көп: 61. Ең көбі: 60.")
    await sends(moldir, f"бір\n{'е' * 251}", "2-мәселе тым ұзын: ең көбі 250 таңба.")
    await sends(moldir, "\n".join(["м" * 240] * 11), "Күн тәртібі тым ұзын: 2640 таңба.")
    await sends(moldir, "—\n•", "Бұл мәтінде бірде-бір мәселе жоқ.")
    check = await sends(moldir, "Есеп", "Жарияламас бұрын тексеріңіз")
    assert "1. Есеп" in check["text"]
    await sends(moldir, "иә", "Бұл қадамда мәтін жазылмайды")
    assert await stage.database.read(announced) == 0


async def test_sixty_items_are_looked_at_in_one_message(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY, "ru")
    await sends(moldir, "/newmeeting", "(1/5)")
    await taps(moldir, "Собрание ППО", "(2/5)")
    await sends(moldir, "29.11 15:00", "(4/5)")
    await sends(moldir, "з" * 200, "(5/5)")
    check = await sends(moldir, "\n".join(["в" * 43] * 60), "Проверьте перед объявлением")
    assert "60. " + "в" * 43 in check["text"]
    await taps(moldir, "Объявить: 4 чел.", "✅ Объявлено")


async def test_a_command_in_the_middle_and_on_again(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await sends(moldir, "/newmeeting", "(1/5)")
    await taps(moldir, "БПҰ", "(2/5)")
    await sends(moldir, "27.11 15:00", "(4/5)")

    await moldir.send("/next")
    await moldir.wait_answer()
    await sends(moldir, "/menu", "Мәзір")
    await taps(moldir, "Аяқтау: отырыс", "(4/5) Қай жерде өтеді?")
    await sends(moldir, "/newmeeting", "Сізде аяқталмаған хабарландыру бар")
    await taps(moldir, "Жалғастыру", "(4/5)")
    await sends(moldir, "зал", "(5/5)")
    await sends(moldir, "/newmeeting", "Жалғастырасыз ба, әлде жаңадан бастайсыз ба?")
    await taps(moldir, "Жаңадан бастау", "(1/5)")
    await taps(moldir, "БПҰ", "(2/5)")
    await sends(moldir, "27.11", "(3/5)")  # nothing is left of the former one


async def test_what_was_entered_can_be_changed(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await to_the_check(moldir)

    await taps(moldir, "✏️ Күні", "(2/5)")
    check = await sends(moldir, "16.12", "16 желтоқсан, сәрсенбі, 15:00")
    assert "⚠️ Бұл – демалыс күні: Тәуелсіздік күні." in check["text"]
    await taps(moldir, "✏️ Уақыты", "(3/5)")
    await taps(moldir, "09:00", "16 желтоқсан, сәрсенбі, 09:00")
    await taps(moldir, "✏️ Күні", "(2/5)")
    await sends(moldir, "бүгін", "Бүгін бұл уақыт өтіп кетті")  # nine o'clock is over
    await taps(moldir, "16:00", "24 қараша, сейсенбі, 16:00 · бүгін")
    await taps(moldir, "✏️ Орны", "(4/5)")
    await sends(moldir, "мектеп", "Өтетін жері: мектеп")
    await taps(moldir, "Артқа", "(5/5)")
    await sends(moldir, "Есеп", "1. Есеп")


async def test_two_taps_at_once_make_one_meeting(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    check = await to_the_check(moldir)
    word = data_of(check, "хабарлау")

    await asyncio.gather(*(moldir.tap_data(check["message_id"], word) for _ in range(3)))
    await moldir.wait_for("✅ Жарияланды")
    await moldir.tap_data(check["message_id"], word)

    assert "бұрын жарияланған" in moldir.toast
    assert await stage.database.read(announced) == 1
    assert await stage.database.read(notices) == 4


async def test_only_what_was_shown_is_confirmed(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    check = await to_the_check(moldir)
    word = data_of(check, "хабарлау")
    await taps(moldir, "✏️ Орны", "(4/5)")
    await sends(moldir, "мектеп", "Өтетін жері: мектеп")

    await moldir.tap_data(check["message_id"], word)
    assert "Қайта қарап шығыңыз" in moldir.toast
    assert await stage.database.read(announced) == 0


async def test_one_more_person_is_one_more_look(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await to_the_check(moldir)
    joins = {"role": Role.MEMBER, "branch_id": world.SARYAGASH, "starts_on": NOW.date()}
    await stage.database.write(
        lambda tx: tx.execute(insert(memberships).values(person_id=4, **joins)) and None
    )

    await moldir.tap("4 адамға хабарлау")
    assert "алушылар саны өзгерді" in moldir.toast
    await taps(moldir, "5 адамға хабарлау", "✅ Жарияланды")


async def test_time_goes_by_before_the_word(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await to_the_check(moldir)
    await stage.move(timedelta(days=4))

    await taps(moldir, "4 адамға хабарлау", "Бұл уақыт өтіп кетті: 27 қараша, жұма, 15:00")
    assert await stage.database.read(announced) == 0


async def test_a_draft_put_aside_is_confirmed_by_its_old_button(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    check = await to_the_check(moldir)
    await sends(moldir, "/menu", "Мәзір")

    await moldir.tap_data(check["message_id"], data_of(check, "хабарлау"))
    await moldir.wait_for("✅ Жарияланды")
    after = await sends(moldir, "/menu", "Мәзір")
    assert not any("Аяқтау" in label for label in moldir.labels(after))


@pytest.mark.parametrize(
    "forged",
    [
        "annyes:zz:zz",
        "annstep:nowhere",
        "annskip:day",
        "anntime:99999",
        "anntime:-1",
        "day:announce:2027-02-31",
        "day:announce:2020-01-01",
        "month:announce:9999-99-99",
        "annbody:3:assembly",
        "annbody:1:bureau",
        "annbody:2:congress",
        "annbody:99999999999999999999:assembly",
    ],
)
async def test_a_forged_tap_is_answered(stage: Stage, forged: str) -> None:
    moldir = await meets(stage, SECRETARY)
    step = await sends(moldir, "/newmeeting", "(1/5)")
    await moldir.tap_data(step["message_id"], forged)
    await moldir.send("/cancel")
    await moldir.wait_answer()
    await moldir.tap_data(step["message_id"], forged)
    assert moldir.toast
    assert await stage.database.read(announced) == 0


async def test_it_is_not_for_members(stage: Stage) -> None:
    saule = await meets(stage, MEMBER)
    await saule.send("/newmeeting")
    await saule.wait_for("Жандосова Мөлдір")  # whom to ask


async def test_the_governments_working_saturday(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await stage.database.write(
        lambda tx: (
            tx.execute(
                insert(calendar_overrides).values(
                    day=NOW.date() + timedelta(days=4), is_working=True
                )
            )
            and None
        )
    )
    await sends(moldir, "/newmeeting", "(1/5)")
    step = await taps(moldir, "БПҰ", "(2/5)")
    assert "28" in moldir.labels(step)
    assert "·29" in moldir.labels(step)


async def test_a_notice_that_came_too_late_is_not_sent(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    await to_the_check(moldir)
    await taps(moldir, "4 адамға хабарлау", "✅ Жарияланды")

    async def said(person_id: int, days: int = 0) -> object:
        to = Recipient(person_id, translator("kk"), NOW + timedelta(days=days), ZONE, "buro_bot")
        return await stage.database.read(RENDERERS["meeting_announced"], to, {"meeting": 1})

    assert await said(MEMBER - 1000) is not None
    assert await said(4) is None  # of another branch by now
    assert await said(MEMBER - 1000, days=4) is None  # the meeting is over
    await stage.database.write(
        lambda tx: tx.execute(update(meetings).values(state="cancelled")) and None
    )
    assert await said(MEMBER - 1000) is None


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("Есеп", ["Есеп"]),
        ("1. Есеп\n2.Жоспар\n3) Сайлау", ["Есеп", "Жоспар", "Сайлау"]),
        ("- бір\n— екі\n• үш", ["бір", "екі", "үш"]),
        ("24.11 күнгі есеп", ["24.11 күнгі есеп"]),
        ("2027 жылдың жоспары", ["2027 жылдың жоспары"]),
        ("  көп   бос  орын \n\n\n екінші ", ["көп бос орын", "екінші"]),
    ],
)
def test_items_are_lines_without_their_numbers(typed: str, items: list[str]) -> None:
    assert agenda_of(typed) == items


def test_a_draft_taken_up_again_is_not_put_aside_any_more() -> None:
    conversation = Conversation()
    conversation.to("announce:day", token="1")
    conversation.pause()
    conversation.to("requests:text", text="шам")

    assert conversation.resume("announce")

    assert (conversation.state, conversation.data["token"]) == ("announce:day", "1")
    assert list(conversation.paused) == ["requests"]


def test_no_item_at_all() -> None:
    with pytest.raises(AgendaMistake, match="empty"):
        agenda_of("1.\n-\n\u200b")
