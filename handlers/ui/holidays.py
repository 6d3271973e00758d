"""Names of holidays: the calendar knows them in English, the catalogues in Kazakh and Russian."""

import re

from handlers.ui.i18n import N_, Translator

# Every name that ``holidays.countries.kazakhstan.KZ`` gives since 1991.
NAMES = (
    N_("New Year's Day"),
    N_("Orthodox Christmas"),
    N_("International Women's Day"),
    N_("Constitution Day"),
    N_("Nowruz Holiday"),
    N_("Kazakhstan's People Solidarity Holiday"),
    N_("Defender of the Fatherland Day"),
    N_("Victory Day"),
    N_("Eid al-Adha"),
    N_("Capital Day"),
    N_("Republic Day"),
    N_("First President Day"),
    N_("Independence Day"),
)

_NOTE = re.compile(r" \((observed|estimated|observed, estimated)\)$")
_SUBSTITUTED = "Day off (substituted"


def name(t: Translator, english: str) -> str:
    """The holiday in words, with what is special about the day: moved, or not yet certain."""
    return "; ".join(_one(t, part) for part in english.split("; "))


def _one(t: Translator, english: str) -> str:
    if english.startswith(_SUBSTITUTED):
        return t.plain("Day off (a working day was moved)")
    note = _NOTE.search(english)
    plain = t.plain(_NOTE.sub("", english).replace("{", "(").replace("}", ")"))
    if note is None:
        return plain
    if note[1] == "estimated":
        return t.plain("{holiday} (the day is not certain yet)", holiday=plain)
    return t.plain("{holiday} (the day off was moved)", holiday=plain)
