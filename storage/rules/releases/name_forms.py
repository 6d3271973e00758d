"""How the words of a name are told apart and put into the nominative."""

import re

from storage.rules.releases.words import row

_KK_CASES = row(
    """
    ның нің дың дің тың тің нан нен дан ден тан тен мен бен пен ға ге қа ке ны ні ды ді ты ті да
    де та те на не
    """
)
_KK_GENITIVES = _KK_CASES[:6]
_PATRONYMIC_KK = re.compile(r"\w{2,}(?:ұлы|қызы|улы|кызы|тегі)\Z")
_PATRONYMIC_RU = re.compile(
    r"\w{2,}(?:ович|евич|ич|овн|евн|ичн)(?:а|у|е|ем|ой|ы|и|)\Z|\w{2,}(?:улы|кызы|ұлы|қызы)\Z"
)
_SURNAME = re.compile(r"\w{2,}(?:[оеё]ва?|ина?|енко|ч[уи]к|щук)\Z")
_SURNAME_RU = re.compile(r"\w{2,}(?:(?:[оеё]в|ин)(?:а|у|ым|е|ой|)|енко|чук|щук)\Z")
# Such words are adjectives of places as often: a surname only beside a patronymic or a post.
_ADJECTIVE = re.compile(r"\w{2,}[сц]к(?:ий|ая|ого|ому|им|ой|ую)\Z")
_ADJECTIVES = {"ого": "ий", "ому": "ий", "им": "ий", "ой": "ая", "ую": "ая"}
_SHORTEST_IN = 6  # letters: «Касымин», not «Амин»
_KK_VOWELS = "аәеёиоөуұүыіэюя"
_RU_VOWELS = "аеёиоуыэюяәөұүі"


def is_patronymic(word: str, *, kazakh: bool) -> bool:
    """Whether ``word`` is «…ұлы», «…қызы», «…ович», «…овна», in whatever case."""
    if kazakh:
        return any(_PATRONYMIC_KK.match(form) for form in _kazakh_forms(word)) or bool(
            re.match(r"\w{2,}(?:ович|евич|овна|евна)", word)
        )
    return bool(_PATRONYMIC_RU.match(word))


def is_surname(word: str, *, kazakh: bool) -> bool:
    """Whether ``word`` ends as surnames do, in whatever case."""
    if not kazakh:
        return bool(_SURNAME_RU.match(word)) and not (
            "ин" in word[-4:] and len(word) < _SHORTEST_IN
        )
    return any(
        _SURNAME.match(form) and not (re.search("ина?$", form) and len(form) < _SHORTEST_IN)
        for form in _kazakh_forms(word)
    )


def is_adjective(word: str) -> bool:
    """Whether ``word`` ends in -ский: a surname or the adjective of a place."""
    return bool(_ADJECTIVE.match(word))


def kazakh_nominative(word: str, *, known: bool) -> str:
    """``word`` without its case ending; a word of no ``known`` form loses a genitive only."""
    if known:
        for form in _kazakh_forms(word):
            if _PATRONYMIC_KK.match(form) or _SURNAME.match(form):
                return form
        return word
    for ending in _KK_GENITIVES:
        if word.endswith(ending) and _fits(word[: -len(ending)], ending):
            return word[: -len(ending)]
    return word


def _kazakh_forms(word: str) -> list[str]:
    return [word, *(word[: -len(case)] for case in _KK_CASES if word.endswith(case))]


def _fits(stem: str, ending: str) -> bool:
    """Whether the genitive ``ending`` can follow the last letter of ``stem``."""
    last = stem[-1:].lower()
    if len(stem) < 3:
        return False
    if ending[0] == "н":
        return last in _KK_VOWELS or last in "мнң"
    return last not in _KK_VOWELS and (last in "бвгдкқпстфхцчшщ") == (ending[0] == "т")


def russian_nominative(words: list[str], tags: str, *, oblique: bool) -> list[str]:
    """The words of a Russian name in the nominative. ``tags``: G, S or P for each of them.

    «Ахметова» may be she in the nominative or he in the genitive: the patronymic tells, else the
    given name, else ``oblique``, that is whether the post before the name is not a nominative.
    """
    by_tag = dict(zip(tags, words, strict=True))
    ending = _ending(by_tag.get("S", ""), by_tag.get("P", ""), by_tag.get("G", ""), oblique=oblique)
    if ending == "":
        return words
    made = {"G": _given, "S": _surname, "P": _patronymic}
    return [made[tag](word, ending) for tag, word in zip(tags, words, strict=True)]


def _ending(surname: str, patronymic: str, given: str, *, oblique: bool) -> str:
    """«м» or «ж» for him and her in an oblique case; "" for a nominative."""
    his, her = re.search(r"ич[а-я]+\Z", patronymic), re.search(r"н(?:ой|ы|е|у)\Z", patronymic)
    if his or her:
        return "м" if his else "ж"
    if patronymic.endswith(("ич", "на", "қызы", "кызы")) and surname[-2:] not in ("ой", "ую"):
        return ""
    if surname.endswith(("ой", "ую")):
        return "ж"
    if surname.endswith(("ым", "ого", "ому")) or re.search(r"[вн][уе]\Z", surname):
        return "м"
    in_question = not surname or surname[-1] == "а" or not is_surname(surname, kazakh=False)
    if in_question and given[-1:] in "ая" and oblique:
        return "м"
    return ""


def _given(word: str, ending: str) -> str:
    if ending == "ж":
        for case, nominative in (("ии", "ия"), ("ию", "ия"), ("ой", "а"), ("ы", "а"), ("и", "я"),
                                 ("у", "а"), ("е", "а")):  # fmt: skip
            if word.endswith(case):
                return word[: -len(case)] + nominative
        return word
    for case in ("ом", "ем"):
        if word.endswith(case) and len(word) > 5:
            return word[:-2] + ("й" if word[-3] in _RU_VOWELS else "")
    if word[-1] in "яю":
        return word[:-1] + ("й" if word[-2] in _RU_VOWELS else "ь")
    return word[:-1] if word[-1] in "ауе" else word


def _surname(word: str, ending: str) -> str:
    for case, nominative in _ADJECTIVES.items():
        if is_adjective(word) and word.endswith(case):
            return word[: -len(case)] + nominative
    if ending == "ж":
        return word[:-2] + "а" if word.endswith("ой") else re.sub("у$", "а", word)
    if word.endswith("ым"):
        return word[:-2]
    if word.endswith(("ұлы", "улы")):
        return word
    if word[-1] in "яю":
        return word[:-1] + ("й" if word[-2] in _RU_VOWELS else "ь")
    return word[:-1] if word[-1] in "ауе" else word


def _patronymic(word: str, ending: str) -> str:
    if ending == "м":
        return re.sub(r"(?<=ич)(?:а|у|е|ем)\Z", "", word)
    return re.sub(r"(?<=н)(?:ой|ы|е|у)\Z", "а", word)
