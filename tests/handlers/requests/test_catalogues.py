"""The regional secretary keeps the categories; what is registered follows at once."""

import pytest

from storage import people
from storage.requests import categories
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps

AIGUL, DARKHAN, MOLDIR = 1001, 1003, 1002
LAMP = "Жылға ауылында көше шамы жанбайды"

WORDS = {
    "kk": {
        "settings": "🗂 Санаттар мен мерзімдер",
        "list": "Өтініштердің санаттары",
        "days": "Жұмыс күні",
        "asked": "неше жұмыс күнінде",
        "refused": "1 – 250 аралығындағы сан",
        "set": "Өз мерзімі, жұмыс күні: 3",
        "lamp": "Жарықтандыру",
        "close": "Санатты жабу",
        "closed": "Жабық: енді ұсынылмайды",
        "open": "Санатты қайта ашу",
    },
    "ru": {
        "settings": "🗂 Категории и их сроки",
        "list": "Категории обращений",
        "days": "Рабочие дни",
        "asked": "За сколько рабочих дней",
        "refused": "число от 1 до 250",
        "set": "Собственный срок, рабочих дней: 3",
        "lamp": "Освещение",
        "close": "Закрыть категорию",
        "closed": "Закрыта: больше не предлагается",
        "open": "Открыть категорию снова",
    },
}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_category_gets_its_days_and_is_closed(stage: Stage, language: str) -> None:
    said, aigul = WORDS[language], stage.person(AIGUL)
    await stage.database.write(people.set_language, AIGUL - 1000, language)
    await aigul.start()
    await aigul.send("/setup")
    await taps(aigul, said["settings"], said["list"])
    await taps(aigul, said["lamp"], said["set"].split(":")[0])
    await taps(aigul, said["days"], said["asked"])
    await aigul.send("251")
    await aigul.wait_for(said["refused"])
    await aigul.send("3")
    await aigul.wait_for(said["set"])
    await taps(aigul, said["close"], said["closed"])

    darkhan = stage.person(DARKHAN)
    await darkhan.start()
    await darkhan.send(f"/request {LAMP}")
    receipt = await darkhan.wait_for("тіркелді")
    assert "Басқа мәселе" in receipt["text"]

    await taps(aigul, said["open"], said["set"])
    lamp = await stage.database.read(categories.get, "lighting")
    assert (lamp.active, lamp.target_days, lamp.version) == (True, 3, 4)


async def test_a_new_category_is_offered(stage: Stage) -> None:
    aigul = stage.person(AIGUL)
    await aigul.start()
    await aigul.send("/setup")
    await taps(aigul, "🗂 Санаттар мен мерзімдер", "санаттары")
    await taps(aigul, "Санат қосу", "нүктелі үтірмен")
    await aigul.send("Мал дәрігері")
    await aigul.wait_for("Үш бөлік қажет")
    await aigul.send("🐄; Жарықтандыру; Ветеринария")
    await aigul.wait_for("Мұндай атаулы санат бар")
    await aigul.send("🐄; Мал дәрігері; Ветеринария")
    await aigul.wait_for("Тізімдегі орны: 21")
    await taps(aigul, "Жоғары", "Тізімдегі орны: 20")
    offered = await stage.database.read(categories.offered)
    assert [one.name_ru for one in offered[-2:]] == ["Ветеринария", "Другое"]


async def test_a_branch_secretary_does_not_keep_them(stage: Stage) -> None:
    moldir = await meets(stage, MOLDIR)
    shown = await sends(moldir, "/setup", "баптаулары")
    assert not any("Санаттар" in label for label in moldir.labels(shown))
