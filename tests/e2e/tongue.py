"""People of the demo, speaking the language of the story."""

from bot.simulator.client import Person

LANGUAGES = ("kk", "ru")
NAMES = {"kk": "Қазақша", "ru": "Русский"}
CHOSEN = {"kk": "Тіл: Қазақша", "ru": "Язык: Русский"}
MENU = {"kk": "Мәзір", "ru": "Меню"}
MEMBER, DEPUTY, RUSSIAN_DEPUTY, EXECUTOR, SECRETARY = 1005, 1003, 1004, 1007, 1002


async def begins(person: Person, language: str) -> Person:
    """Press Start, choose the language in the settings, come back to the menu."""
    await person.start()
    await person.wait_answer()
    await person.send("/settings")
    settings = await person.wait_for("⚙️")
    if CHOSEN[language] not in settings["text"]:
        await person.tap(NAMES[language], settings)
        settings = await person.wait_for(CHOSEN[language])
    await person.tap(MENU[language], settings)
    await person.wait_for(MENU[language])
    return person
