from tests.handlers.conftest import Stage


async def test_a_guest_starts_and_chooses_a_language(stage: Stage) -> None:
    anna = stage.person(1009)
    await anna.start()
    await anna.wait_for("выберите язык")
    await anna.tap("Русский")
    await anna.wait_for("помощник областного филиала")
