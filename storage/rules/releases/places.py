"""Places that a sentence names, in the nominative: «Аққұм елді мекені», «город Арал»."""

import re

from storage.rules.releases.words import among

_NAME = r"[А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]{1,30}"
_KK_CASE = r"(?:нда|нде|ның|нің|нан|нен|на|не|ын|ін|н|мен)?(?:ғы|гі)?"
_KK_ONE = re.compile(
    rf"({_NAME}(?:\s(?:би|хан|батыр|ата))?)\s"
    rf"(ауылдық округі|елді мекені|ауданы|қаласы|облысы|ауылы|кенті){_KK_CASE}(?!\w)"
)
_KK_MANY = re.compile(
    rf"((?:{_NAME},\s){{1,12}}{_NAME}|{_NAME}\s(?:мен|пен|бен|және)\s{_NAME})\s"
    rf"(аудан|қала|ауыл)(?:дары|лары){_KK_CASE}(?!\w)"
)
_KK_SINGLE = {"аудан": "ауданы", "қала": "қаласы", "ауыл": "ауылы"}
_RU_AFTER = re.compile(rf"(?<!\w)({_NAME})\s(район|област)(?:ах|ами|[аеуи]|ом|ью|ей)?(?!\w)")
_RU_BEFORE = re.compile(
    rf"(?<!\w)(?:(город|сел|посёл|посел|аул|г\.|с\.)(?:[аеоу]|ом|ке|ка|ок)?)\s?({_NAME})"
)
_RU_KINDS = {
    "город": "город", "сел": "село", "посёл": "посёлок", "посел": "посёлок", "аул": "аул",
    "г.": "город", "с.": "село",
}  # fmt: skip
_ADJECTIVE = re.compile(r"(?:ом|ого|ому|ий|ой|ую|ая)\Z")

# A name between such words is a street, a school, a village.
BEFORE_PLACES = among(
    "имени им ул улица улице улицы проспект проспекте проспекта площадь площади стадион"
)
AFTER_PLACES = re.compile(
    r"\s(?:атында|көшесі|даңғылы|ауылы|ауданы|қаласы|облысы|кенті|ауылдық округ|елді мекен|"
    r"шағын аудан|мөлтек аудан|район|област|сельск)"
)


def places(text: str) -> tuple[str, ...]:
    """The places named in ``text``, each once, in the order of the text."""
    found: list[tuple[int, str]] = []
    for several in _KK_MANY.finditer(text):
        names = re.split(r",\s|\s(?:мен|пен|бен|және)\s", several[1])
        kind = _KK_SINGLE[several[2]]
        found += [(several.start(), f"{name} {kind}") for name in names]
    found += [(one.start(), f"{one[1]} {one[2]}") for one in _KK_ONE.finditer(text)]
    for after in _RU_AFTER.finditer(text):
        region = after[2] == "област"
        name = _ADJECTIVE.sub("ая" if region else "ий", after[1])
        found.append((after.start(), f"{name} {'область' if region else 'район'}"))
    found += [(m.start(), f"{_RU_KINDS[m[1]]} {m[2]}") for m in _RU_BEFORE.finditer(text)]
    return tuple(dict.fromkeys(place for _, place in sorted(found, key=lambda pair: pair[0])))
