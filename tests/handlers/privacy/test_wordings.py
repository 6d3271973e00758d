"""The privacy text is read by everybody; the regional secretary words it in both languages."""

import pytest

from storage import people, wordings
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps

REGIONAL, SECRETARY = 1001, 1002
GUESTS = {"kk": 1008, "ru": 1009}
SAYS = {
    "kk": ("Дербес деректер", "15 күн ішінде", "На русском", "в течение 15 дней"),
    "ru": ("Персональные данные", "в течение 15 дней", "Қазақша", "15 күн ішінде"),
}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_guest_reads_what_is_kept_in_either_language(stage: Stage, language: str) -> None:
    title, days, other, other_days = SAYS[language]
    voter = await meets(stage, GUESTS[language])
    await sends(voter, "/privacy", title)
    assert days in (await voter.last())["text"]
    await taps(voter, other, other_days)


async def test_in_a_group_it_is_read_without_ways_to_anything_else(stage: Stage) -> None:
    stage.telegram.add_group(id=-500, title="Сарыағаш", members=[REGIONAL], bot_is_member=True)
    there = stage.person(REGIONAL).in_chat(-500)
    shown = await sends(there, "/privacy", "Дербес деректер")
    assert there.labels(shown) == ["На русском"]


WORDS = {
    "kk": {
        "texts": "✏️ Мәтіндер мен мерзім",
        "which": "Құпиялық мәтіні",
        "own": "бағдарламаның өз мәтіні",
        "anew": "✏️ Қайта жазу",
        "kk?": "Мәтін қазақша қалай",
        "ru?": "Мәтін орысша қалай",
        "all": "Енді бәрі мынаны оқиды",
        "save": "✅ Қолданысқа енгізу",
        "back": "‹ Артқа",
        "holds": "1-нұсқа: Сейтова Айгүл",
    },
    "ru": {
        "texts": "✏️ Тексты и сроки",
        "which": "Текст о конфиденциальности",
        "own": "собственный текст программы",
        "anew": "✏️ Написать заново",
        "kk?": "Как звучит текст на казахском",
        "ru?": "Как звучит текст на русском",
        "all": "Отныне все будут читать это",
        "save": "✅ Ввести в действие",
        "back": "‹ Назад",
        "holds": "Версия 1: Сейтова Айгүл",
    },
}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_secretary_words_the_privacy_text_and_looks_at_it_first(
    stage: Stage, language: str
) -> None:
    said = WORDS[language]
    aigul = await meets(stage, REGIONAL, language)
    await sends(aigul, "/privacy", "15")
    await aigul.tap(said["texts"])
    await taps(aigul, said["which"], said["own"])
    await taps(aigul, said["anew"], said["kk?"])
    await sends(aigul, "Біз <деректі> сақтаймыз", said["ru?"])
    await taps(aigul, said["back"], said["kk?"])
    await sends(aigul, "Біз <деректі> сақтаймыз!", said["ru?"])
    shown = await sends(aigul, "Мы храним данные", said["all"])
    assert "Біз <деректі> сақтаймыз!" in shown["text"], "escaped, and as it was typed last"
    assert "Мы храним данные" in shown["text"]
    assert (await stage.database.read(wordings.read, "privacy")).version == 0, "not yet"
    await taps(aigul, said["save"], said["holds"])

    await sends(await meets(stage, GUESTS["kk"]), "/privacy", "Біз <деректі> сақтаймыз!")
    await sends(await meets(stage, GUESTS["ru"]), "/privacy", "Мы храним данные")


async def test_bad_input_is_said_and_nothing_is_lost(stage: Stage) -> None:
    said = WORDS["kk"]
    aigul = await meets(stage, REGIONAL)
    await sends(aigul, "/privacy", "15 күн")
    await aigul.tap(said["texts"])
    await aigul.tap(said["which"])
    before = await taps(aigul, said["anew"], said["kk?"])
    await sends(aigul, "Ә" * 1801, "тым ұзын")
    await aigul.send_sticker()
    await aigul.wait_for("мәтін керек")
    await sends(aigul, "Бірінші", said["ru?"])
    shown = await sends(aigul, "Первый", said["all"])
    # Another secretary's words come first: these are not put over them unseen.
    texts = {"kk": "Олжастікі", "ru": "Олжаса"}
    actor = await stage.database.read(people.actor_of, REGIONAL, stage.clock.now().date())
    assert actor is not None
    now = stage.clock.now()
    await stage.database.write(wordings.write, actor, "privacy", 0, texts, now)
    await taps(aigul, said["save"], "Осы арада өзгерді")
    assert (await stage.database.read(wordings.read, "privacy")).texts == texts
    # An old preview saves nothing any more.
    await aigul.tap_data(shown["message_id"], data_of(shown, said["save"]))
    assert "Бұл аяқталған" in aigul.toast
    assert before["message_id"]


async def test_only_the_regional_secretary_writes_them(stage: Stage) -> None:
    moldir = await meets(stage, SECRETARY)
    shown = await sends(moldir, "/privacy", "15 күн")
    assert "✏️ Мәтіндер мен мерзім" not in moldir.labels(shown)
    await moldir.tap_data(shown["message_id"], "pvwe:privacy:0")
    assert moldir.alert
    aigul = await meets(stage, REGIONAL)
    shown = await sends(aigul, "/privacy", "15 күн")
    await aigul.tap_data(shown["message_id"], "pvwo:passwords")
    assert "жоқ немесе" in aigul.toast
