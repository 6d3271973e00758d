"""To whom it goes, and the second person who says yes to what is large."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from storage import people
from storage.rules.access import Role
from storage.tables import broadcasts, memberships
from tests.handlers.broadcasts.branch import REGIONAL, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps

TEXT = "Ертең 15:00-де жиналыс"
BUREAU = 1006


@dataclass(frozen=True)
class Words:
    preview: str
    to_whom: str
    head: str
    roles: str
    deputy: str
    names: str
    left_out: str
    back: str
    one: str
    two: str
    send_one: str
    send_two: str
    finished: str
    whole: str
    write: str
    send: str
    waits: str
    waits_for_me: str
    approve: str
    approved: str
    give_back: str
    returned: str
    take_back: str
    limit: str
    ask_limit: str
    whole_number: str
    set_to_one: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        to_whom="👥 Кімге",
        head="Рөлдері: барлығы",
        roles="👤 Рөлдер",
        deputy="Мәслихат депутаты",
        names="📋 Есімдер",
        left_out="Есімі бойынша алып тасталғандар: 1",
        back="‹ Артқа",
        one="Алушылар: 1",
        two="Алушылар: 2",
        send_one="Жіберу: 1",
        send_two="Жіберу: 2",
        finished="Хабар тарату аяқталды",
        whole="Бүкіл облыс",
        write="мәтінін жазыңыз",
        send="Жіберу: 7",
        waits="Екінші адамның мақұлдауын күтуде",
        waits_for_me="мақұлдауыңызды күтуде",
        approve="Мақұлдау: 7",
        approved="Хабарыңыз мақұлданды",
        give_back="Авторына қайтару",
        returned="Хабарыңыз қайтарылды",
        take_back="Кері алу",
        limit="Екінші адам: 200",
        ask_limit="екінші адам мақұлдауы керек?",
        whole_number="Бүтін сан керек",
        set_to_one="Алушылар 1 адамнан асса",
    ),
    "ru": Words(
        preview="Предпросмотр",
        to_whom="👥 Кому",
        head="Роли: все",
        roles="👤 Роли",
        deputy="Депутат маслихата",
        names="📋 Имена",
        left_out="Исключены по имени: 1",
        back="‹ Назад",
        one="Получатели: 1",
        two="Получатели: 2",
        send_one="Отправить: 1",
        send_two="Отправить: 2",
        finished="Рассылка завершена",
        whole="Вся область",
        write="Напишите текст рассылки",
        send="Отправить: 7",
        waits="Ждёт одобрения второго человека",
        waits_for_me="ждёт Вашего одобрения",
        approve="Одобрить: 7",
        approved="Ваша рассылка одобрена",
        give_back="Вернуть автору",
        returned="Ваша рассылка возвращена",
        take_back="Забрать обратно",
        limit="Второй человек: свыше 200",
        ask_limit="должен одобрить второй человек?",
        whole_number="Нужно целое число",
        set_to_one="Если получателей больше 1",
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@BOTH
async def test_she_writes_to_deputies_alone(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.to_whom, words.head)
    await branch.secretary.tap(words.roles)
    await taps(branch.secretary, words.deputy, words.one)
    await taps(branch.secretary, words.back, words.deputy)
    await taps(branch.secretary, words.back, words.preview)
    await taps(branch.secretary, words.send_one, words.finished)
    await branch.deputy.wait_for(TEXT)
    assert not any(TEXT in (m["text"] or "") for m in await branch.member.messages())


@BOTH
async def test_somebody_is_left_out_by_name(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.to_whom, words.head)
    await taps(branch.secretary, words.names, words.head)
    await taps(branch.secretary, "✅ Садыков Олег", words.two)
    await taps(branch.secretary, words.back, words.left_out)
    await taps(branch.secretary, words.back, words.preview)
    await taps(branch.secretary, words.send_two, words.finished)
    assert not any(TEXT in (m["text"] or "") for m in await branch.russian.messages())


@BOTH
async def test_the_whole_region_waits_for_a_second_person(stage: Stage, language: str) -> None:
    words = WORDS[language]
    regional = await meets(stage, REGIONAL, language)
    second = await meets(stage, BUREAU, language)
    third = await meets(stage, 1005, "kk")
    await regional.send("/broadcast")
    await taps(regional, words.whole, words.write)
    await sends(regional, TEXT, words.preview)
    await taps(regional, words.send, words.waits)
    panel = await second.wait_for(words.waits_for_me)
    copy = (await second.messages())[-2]
    assert copy["text"].startswith(TEXT), "the very copy stands above"
    assert not any(TEXT in (m["text"] or "") for m in await third.messages())

    await taps(regional, words.take_back, words.preview)
    await second.tap_data(panel["message_id"], data_of(panel, words.approve))
    assert second.alert, "there is nothing to approve any more"

    await taps(regional, words.send, words.waits)
    panel = await second.wait_for(words.waits_for_me)
    await second.tap(words.give_back, panel)
    await second.wait_for("↩️")
    await regional.wait_for(words.returned)
    await regional.send("/broadcasts")
    await taps(regional, "· Ертең", words.preview)
    await taps(regional, words.send, words.waits)
    panel = await second.wait_for(words.waits_for_me)
    await second.tap(words.approve, panel)
    await regional.wait_for(words.approved)
    await third.wait_for(TEXT)


@BOTH
async def test_the_role_is_lost_while_it_waits(stage: Stage, language: str) -> None:
    words = WORDS[language]
    regional = await meets(stage, REGIONAL, language)
    second = await meets(stage, BUREAU, language)
    await regional.send("/broadcast")
    await taps(regional, words.whole, words.write)
    await sends(regional, TEXT, words.preview)
    await taps(regional, words.send, words.waits)
    await second.wait_for(words.waits_for_me)
    await stage.database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == REGIONAL - 1000)
            .values(role=Role.MEMBER)
        )
    )
    await second.tap(words.approve)
    assert second.alert
    state = select(broadcasts.c.state)
    assert await stage.database.read(lambda tx: tx.execute(state).scalar_one()) == "awaiting"


@BOTH
async def test_the_number_is_set_and_holds(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await stage.database.write(people.set_language, REGIONAL - 1000, language)
    regional = await meets(stage, REGIONAL)
    await regional.send("/broadcasts")
    await taps(regional, words.limit, words.ask_limit)
    await sends(regional, "екі жүз", words.whole_number)
    await sends(regional, "99999999", words.whole_number)
    await sends(regional, "1", words.set_to_one)
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.send.replace("7", "3"), words.waits)
    await branch.secretary.send("/broadcasts")
    mine = await branch.secretary.wait_answer()
    assert not any(words.limit[:10] in label for label in branch.secretary.labels(mine))
