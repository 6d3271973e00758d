"""Stories of questions: about a day, about a speaker, in Kazakh and in Russian."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from storage.tables import agenda_items
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps
from tests.storage.meetings.world import add_ahead, add_held
from tests.world import ORDABASY, REGION

SAULE, OLEG = 1005, 1015


@pytest.fixture
async def told(stage: Stage) -> Stage:
    """A meeting of the region in three days and one of last week; it is 24 November."""
    await stage.database.write(add_ahead, REGION)
    await stage.database.write(add_held, REGION)
    await stage.database.write(add_ahead, ORDABASY, days=1, of="Ордабасы")
    return stage


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("27 қарашадағы бюро", "27 қараша, жұма, 10:00 · 3 күн қалды"),
        ("Жұмадағы отырыс қайда өтеді?", "Өтетін жері: облыстық филиал, 2-қабат"),
        ("27.11 күн тәртібінде қанша мәселе?", "Күн тәртібінде: 2 мәселе"),
        ("17 қарашада не қаралды?", "Екі мәселе қаралды: спорт және жолдар."),
        ("Өткен аптадағы бюрода не шешілді?", "Барлық ұсыныс қорытынды құжатқа енгізілді."),
        ("Қарашадағы отырыстар", "Сол кездегі отырыстар: 2"),
        ("25 қарашадағы бюро", "25 қараша: отырыс жарияланған жоқ. Ең жақыны:"),
        ("Кеше не шешілді?", "23 қараша: отырыс болғаны белгісіз. Соңғы өткені:"),
        ("Сапаров қашан баяндайды?", "27 қараша, жұма, 10:00 · 3 күн қалды"),
        ("Сапаров не туралы сөйледі?", "🗓 17 қараша · Бюроның қараша отырысы"),
        ("қашан?", "27 қараша, жұма, 10:00"),
    ],
)
async def test_saule_asks(told: Stage, asked: str, answer: str) -> None:
    saule = await meets(told, SAULE, "kk")
    card = await sends(saule, asked, answer)
    assert "Ордабасы" not in card["text"]
    assert card["text"].count("\n") < 12


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Бюро в пятницу во сколько?", "27 ноября, пятница, 10:00"),
        ("Где будет заседание 27 ноября?", "Место: областной филиал, 2-й этаж"),
        ("что было 17 ноября", "Рассмотрено два вопроса: спорт и дороги."),
        ("Что решили на прошлой неделе?", "Все предложения внесены в итоговый документ."),
        ("Что решили 17.11.2026 по ипподрому?", "ипподром"),
        ("Заседания в ноябре", "Заседания за это время: 2"),
        ("Будет бюро 1 декабря?", "1 декабря: заседание не объявлено. Ближайшее:"),
        ("Что решили 3 ноября?", "3 ноября: о заседании сведений нет. Последнее прошедшее:"),
        ("Когда отчитывается Ержан Сапаров?", "27 ноября, пятница, 10:00 · осталось 3 дн."),
        ("На каком заседании выступит Айгуль Тлеубаева?", "О нехватке питьевой воды"),
        ("О чём докладывал Сапаров?", "🗓 17 ноября · Ноябрьское заседание Бюро"),
        ("Где пройдёт?", "Место: областной филиал, 2-й этаж"),
    ],
)
async def test_oleg_asks(told: Stage, asked: str, answer: str) -> None:
    oleg = await meets(told, OLEG, "ru")
    card = await sends(oleg, asked, answer)
    assert card["text"].count("\n") < 12


async def test_from_the_speaker_to_the_item_and_from_the_month_to_the_meeting(told: Stage) -> None:
    oleg = await meets(told, OLEG, "ru")
    await sends(oleg, "Когда отчёт Сапарова?", "Вопросов в повестках заседаний: 2")
    await taps(oleg, "1", "Вопрос 2 из 2")
    await sends(oleg, "Заседания в ноябре", "Заседания за это время: 2")
    await taps(oleg, "17 ноября", "Ноябрьское заседание Бюро")


async def test_a_name_that_speaks_nowhere_is_searched_for(told: Stage) -> None:
    saule = await meets(told, SAULE, "kk")
    await sends(saule, "Оразов қашан баяндайды?", "Ипподром құрылысын")
    await sends(saule, "Ахметов қашан баяндайды?", "Ештеңе табылмады")


async def test_a_speaker_for_the_bureau_only_is_not_named_to_a_member(told: Stage) -> None:
    secret = update(agenda_items).values(visibility="bureau")
    await told.database.write(lambda tx: tx.execute(secret))
    saule = await meets(told, SAULE, "kk")
    answer = await sends(saule, "Сапаров қашан баяндайды?", "Ештеңе табылмады")
    assert "Спорт" not in answer["text"]


async def test_with_the_days_the_same_words_mean_another_meeting(told: Stage) -> None:
    saule = await meets(told, SAULE, "kk")
    await told.move(timedelta(days=1))
    await sends(saule, "Ертең бюро бола ма?", "26 қараша: отырыс жарияланған жоқ")
    await told.move(timedelta(days=1))
    answer = await sends(saule, "Ертең бюро бола ма?", "27 қараша, жұма, 10:00")
    assert "жарияланған жоқ" not in answer["text"]
    assert told.clock.now() > NOW
