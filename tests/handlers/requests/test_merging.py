"""Requests about one matter are merged and parted again; a second matter is split off."""

import re
from typing import Any

import pytest

from handlers.requests.working.callbacks import (
    MergeInto,
    PartAgain,
    Similars,
    SplitOff,
    TypeMain,
)
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import kept, tap
from tests.handlers.talking import meets, sends, taps

MOLDIR, DARKHAN, RUSLAN, VOTER = 1002, 1003, 1004, 1008
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"
ALIKE = "Жылға ауылында шам жанбайды, Абай көшесі қараңғы"

WORDS = {
    "kk": {
        "list": "Сайлаушылар өтініштері",
        "more": "⋯ Тағы",
        "merge": "🔗 Басқасымен біріктіру",
        "alike": "Мазмұны мен орны ұқсас",
        "preview": "мына өтінішке біріктіріледі",
        "swap": "⇄ Керісінше",
        "yes": "🔗 Иә, біріктіру",
        "merged": "Осыған біріктірілген: № САР-2026-0002",
        "held": "Күйі сол өтініш бойынша",
        "part": "↩️ Кері ажырату",
        "sure": "↩️ Иә, ажырату",
        "back": "қайтадан жеке қаралады",
        "history": "Тарихы",
        "parted": "ажыратылды, негізгісі",
    },
    "ru": {
        "list": "Обращения",
        "more": "⋯ Ещё",
        "merge": "🔗 Объединить с другим",
        "alike": "Похожи по содержанию",
        "preview": "войдёт в",
        "swap": "⇄ Наоборот",
        "yes": "🔗 Да, объединить",
        "merged": "Объединены с ним: № САР-2026-0002",
        "held": "действует его состояние",
        "part": "↩️ Разъединить",
        "sure": "↩️ Да, разъединить",
        "back": "снова пойдёт отдельно",
        "history": "История",
        "parted": "разъединено, основное",
    },
}


async def _registered(stage: Stage, telegram_id: int, text: str) -> str:
    person = stage.person(telegram_id)
    await person.start()
    await person.send(f"/request {text}")
    receipt = await person.wait_for("САР-2026-")
    found = re.search(r"САР-2026-\d{4}", receipt["text"])
    assert found
    return found[0]


async def _two(stage: Stage) -> list[dict[str, Any]]:
    """One of the deputy's, the other written down by the secretary herself."""
    await _registered(stage, DARKHAN, LAMP)
    await _registered(stage, MOLDIR, ALIKE)
    return await kept(stage)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_secretary_merges_two_and_parts_them_again(stage: Stage, language: str) -> None:
    said = WORDS[language]
    main, other = await _two(stage)
    moldir = await meets(stage, MOLDIR, language)
    await sends(moldir, "/requests", said["list"])
    await tap(moldir, "САР-2026-0002")
    await moldir.wait_for("№ САР-2026-0002")
    await tap(moldir, said["more"])
    await tap(moldir, said["merge"])
    await moldir.wait_for(said["alike"])
    await taps(moldir, "САР-2026-0001", said["preview"])
    swapped = await taps(moldir, said["swap"], said["preview"])
    assert "№ САР-2026-0001" in swapped["text"].splitlines()[0].split(said["preview"])[0]
    await taps(moldir, said["swap"], said["preview"])
    await taps(moldir, said["yes"], said["merged"])
    assert (await kept(stage))[1]["merged_into"] == main["id"]
    await stage.person(DARKHAN).wait_for("біріктірілді, негізгісі: № САР-2026-0001")

    listed = await sends(moldir, "/requests", said["list"])
    assert "САР-2026-0002" not in str(moldir.labels(listed))
    await tap(moldir, "САР-2026-0001")
    await tap(moldir, "🔗 № САР-2026-0002")
    card = await moldir.wait_for(said["held"])
    assert said["more"] not in moldir.labels(card)
    await tap(moldir, said["part"])
    await moldir.wait_for(said["back"])
    await tap(moldir, said["sure"])
    await tap(moldir, said["history"])
    await moldir.wait_for(said["parted"])
    row = (await kept(stage))[1]
    assert (row["merged_into"], row["deputy_id"]) == (None, other["deputy_id"])


@pytest.mark.parametrize(
    ("language", "ask", "wrong", "self", "preview"),
    [
        ("kk", "нөмірін жазыңыз", "Мұндай нөмірлі өтініш жоқ", "өзімен", "біріктіріледі"),
        ("ru", "Напишите номер", "с таким номером нет", "с самим собой", "войдёт в"),
    ],
)
async def test_the_number_of_the_main_one_is_typed(
    stage: Stage, language: str, ask: str, wrong: str, self: str, preview: str
) -> None:
    await _registered(stage, DARKHAN, LAMP)
    await _registered(stage, DARKHAN, "Мектеп жанында жол нашар")
    darkhan = await meets(stage, DARKHAN, language)
    await sends(darkhan, "/requests", WORDS[language]["list"])
    await tap(darkhan, "САР-2026-0002")
    await darkhan.wait_for("№ САР-2026-0002")
    await tap(darkhan, WORDS[language]["more"])
    await tap(darkhan, WORDS[language]["merge"])
    await tap(darkhan, "🔢")
    await darkhan.wait_for(ask)
    await darkhan.send_sticker()
    await darkhan.wait_for(wrong)
    await sends(darkhan, "0002", self)
    await sends(darkhan, "99999999999999999999", wrong)
    await sends(darkhan, "1", preview)
    await tap(darkhan, WORDS[language]["yes"])
    await darkhan.wait_for(WORDS[language]["merged"])


async def test_the_voter_of_a_merged_one_hears_how_the_main_one_stands(stage: Stage) -> None:
    await _registered(stage, DARKHAN, LAMP)
    moldir = await meets(stage, MOLDIR)
    receipt = await sends(moldir, f"/request {ALIKE}", "№ САР-2026-0002")
    link = re.search(r"start=(v_[a-z2-7]{16})", receipt["text"])
    assert link
    voter = stage.person(VOTER)
    await voter.start(link[1])
    await voter.wait_for("№ САР-2026-0002")
    await taps(voter, "Хабарландыру алу", "хабар келеді")
    main, other = await kept(stage)
    merging = MergeInto(id=other["id"], version=1, into=main["id"], into_version=1, sure=True)
    await moldir.tap_data((await moldir.last())["message_id"], merging.pack())
    await moldir.wait_for("Осыған біріктірілген")
    darkhan = stage.person(DARKHAN)
    await sends(darkhan, "/requests", "Сайлаушылар өтініштері")
    await tap(darkhan, "САР-2026-0001")
    await taps(darkhan, "Күйін өзгерту", "жаңа күйін таңдаңыз")
    await tap(darkhan, "Қаралуда")
    news = await voter.wait_for("Қаралуда")
    assert "САР-2026-0002" in news["text"]
    assert "САР-2026-0001" not in str(await voter.messages())


@pytest.mark.parametrize(
    ("language", "split", "asked", "done", "off"),
    [
        (
            "kk",
            "✂️ Екінші мәселені бөлу",
            "Екінші мәселені жазыңыз",
            "Екінші мәселе тіркелді",
            "бөлінген",
        ),
        (
            "ru",
            "✂️ Выделить второй вопрос",
            "Напишите второй вопрос",
            "Второй вопрос зарегистрирован",
            "Выделено из",
        ),
    ],
)
async def test_a_second_matter_is_split_off(
    stage: Stage, language: str, split: str, asked: str, done: str, off: str
) -> None:
    await _registered(stage, DARKHAN, f"{LAMP}. Жолда шұңқыр көп")
    darkhan = await meets(stage, DARKHAN, language)
    await sends(darkhan, "/requests", WORDS[language]["list"])
    await tap(darkhan, "САР-2026-0001")
    await darkhan.wait_for("№ САР-2026-0001")
    await tap(darkhan, WORDS[language]["more"])
    await tap(darkhan, split)
    await darkhan.wait_for(asked)
    await darkhan.send_sticker()
    await darkhan.wait_for("⚠️")
    await sends(darkhan, "!!!", "⚠️")
    await darkhan.send("Жолда шұңқыр көп")
    card = await darkhan.wait_for(done)
    assert off in card["text"]
    first, second = await kept(stage)
    assert (second["split_from"], second["text"]) == (first["id"], "Жолда шұңқыр көп")


async def test_forged_and_foreign_buttons_merge_nothing(stage: Stage) -> None:
    main, other = await _two(stage)
    stranger = await meets(stage, RUSLAN)
    message = (await stranger.last())["message_id"]
    one = {"id": other["id"], "version": other["version"]}
    into = {"into": main["id"], "into_version": main["version"]}
    for data in (
        Similars(id=other["id"]), TypeMain(id=other["id"]), SplitOff(**one), PartAgain(**one),
        MergeInto(**one, **into, sure=True), MergeInto(**one, **into),
    ):  # fmt: skip
        await stranger.tap_data(message, data.pack())
    moldir = stage.person(MOLDIR)
    message = (await moldir.last())["message_id"]
    itself = MergeInto(**one, into=other["id"], into_version=1, sure=True)
    stale = MergeInto(**one, into=main["id"], into_version=7, sure=True)
    for forged in (
        itself.pack(),
        stale.pack(),
        PartAgain(**one, sure=True).pack(),
        "rqmrg:1:1:-1:1:1",
    ):
        await moldir.tap_data(message, forged)
    assert await kept(stage) == [main, other]
