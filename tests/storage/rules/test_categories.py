import pytest

from storage.rules.categories import Category, propose


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Жылға ауылында көше шамы жанбайды", Category.LIGHTING),
        ("Көшеде жарық жоқ, шамдар жанбайды", Category.LIGHTING),
        ("В селе не горят фонари", Category.LIGHTING),
        ("Нет освещения на остановке", Category.LIGHTING),
        ("Жолды жөндеп беріңіздерші, шұңқыр көп", Category.ROADS),
        ("Көпір құлап қалды", Category.ROADS),
        ("Яма на дороге возле моста", Category.ROADS),
        ("Ауыз су екі аптадан бері жоқ", Category.WATER),
        ("аыз су келмейди, кудык курып калды", Category.WATER),
        ("Нет питьевой воды, скважина пересохла", Category.WATER),
        ("Электр қуаты күнде сөнеді", Category.ENERGY),
        ("Газ қосылмай тұр", Category.ENERGY),
        ("Каждый вечер нет света", Category.ENERGY),
        ("Отопление не включили", Category.ENERGY),
        ("Қоқыс шығарылмайды", Category.WASTE),
        ("Во дворе свалка, не вывозят мусор", Category.WASTE),
        ("Үйдің шатыры ағып тұр, лифт істемейді", Category.HOUSING),
        ("В подъезде не работает лифт", Category.HOUSING),
        ("Автобус жүрмейді, аялдама жоқ", Category.TRANSPORT),
        ("Маршрут 12 не ходит", Category.TRANSPORT),
        ("Мектептің шатыры ағып тұр", Category.EDUCATION),
        ("Не хватает мест в детском саду", Category.EDUCATION),
        ("Балабақшаға кезек", Category.EDUCATION),
        ("Емханада дәрігер жоқ", Category.HEALTH),
        ("Скорая едет два часа, в поликлинике нет врача", Category.HEALTH),
        ("Зейнетақы кешігіп жатыр", Category.SOCIAL),
        ("Не назначили пособие многодетной семье", Category.SOCIAL),
        ("Жұмысқа тұра алмай жүрмін", Category.EMPLOYMENT),
        ("Третий месяц не платят зарплату", Category.EMPLOYMENT),
        ("Жер телімін бермей жатыр", Category.LAND),
        ("Очередь на земельный участок", Category.LAND),
        ("Спорт кешені керек", Category.SPORT_CULTURE),
        ("Детская площадка сломана", Category.SPORT_CULTURE),
        ("Қаңғыбас иттер көбейді", Category.SAFETY),
        ("Стая бродячих собак у магазина", Category.SAFETY),
        ("ЖОЛ НАШАР", Category.ROADS),
        ("Рақмет", None),
        ("Күн суық, водитель тоқтады", None),
        ("😡😡😡", None),
        ("", None),
    ],
)
def test_the_words_of_a_request_tell_its_category(text: str, category: Category | None) -> None:
    assert propose(text) == category
