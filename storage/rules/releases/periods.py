"""When a figure holds: «2024 жылы», «биылғы төрт айда», «за 9 месяцев», «2025–2028 годы»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.rules.releases import words_kk, words_ru
from storage.rules.releases.findings import Period

_COUNTS = words_kk.NUMBERS | words_ru.NUMBERS | {
    "двух": 2, "трёх": 3, "трех": 3, "четырёх": 4, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7,
    "восьми": 8, "девяти": 9, "десяти": 10, "одиннадцати": 11,
}  # fmt: skip
_COUNT = r"(?<!\w)(\d{1,2}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, **words_kk.ORDINALS, "алғашқы": 1}
_KK_ORDINAL = r"(?<!\w)([1-4]|i{1,3}|iv|" + "|".join(_ORDINALS) + r")(?:-?(?:ші|інші)?[\s-]?)"
_RU_ORDINAL = r"(?<!\w)([1-4]|i{1,3}|iv|перв|втор|трет|четв[её]рт)(?:-?\w{0,3})\s"

_YEARS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?<!\d)((?:19|20)\d\d)\s?[-–—]\s?((?:19|20)\d\d)\s?"
            r"(?:жылдар\w*(?:\sаралығында)?|жж\.?|год\w*|гг\.?)"
        ),
        "range",
    ),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:жыл\w*|ж\.|год\w*|г\.)"), "year"),
    (
        re.compile(
            r"(?<!\w)(?:биыл\w*|(?:ағымдағы|осы|үстіміздегі)\sжыл\w*|жыл\sбас[ыт]\w*|"
            r"(?:в\s)?(?:этом|текущем|нынешнем)\sгоду|(?:текущего|этого|нынешнего)\sгода|"
            r"на\s(?:этот|текущий)\sгод|с\sначала\sгода|до\sконца\sгода|жыл\sсоңына\w*)"
        ),
        "this",
    ),
    (
        re.compile(
            r"(?<!\w)(?:(?:өткен|былтырғы)\sжыл\w*|былтыр\w*|(?:в\s)?(?:прошлом|минувшем)\sгоду|"
            r"(?:прошлого|минувшего)\sгода|за\s(?:прошлый|минувший)\sгод)"
        ),
        "last",
    ),
    (
        re.compile(
            r"(?<!\w)(?:(?:келесі|алдағы|келер)\sжыл\w*|(?:в\s)?(?:следующем|будущем)\sгоду|"
            r"следующего\sгода)"
        ),
        "next",
    ),
    (
        re.compile(
            r"(?:соңғы\s|за последние\s)(\d{1,2}|"
            + "|".join(sorted(_COUNTS, key=len, reverse=True))
            + r")\s(?:жыл\w*|года|лет)"
        ),
        "years",
    ),
)
_PARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(_COUNT + r"\s(?:ай(?:да|ы|ында|дың|лық)?|месяц\w*)(?!\w)(?:\sқорытынды\w*)?"), "M"),
    (re.compile(_KK_ORDINAL + r"тоқсан\w*(?:\sқорытынды\w*)?"), "Q"),
    (re.compile(_RU_ORDINAL + r"квартал\w*"), "Q"),
    (re.compile(_KK_ORDINAL + r"жартыжылды\w*"), "H"),
    (re.compile(_RU_ORDINAL + r"полугоди\w*"), "H"),
)
_BEFORE = re.compile(r"(?<!\w)(?:во?|за|на|к|с|до|по итогам|итоги)\s\Z")
# «былтырғы жылмен салыстырғанда»: the year that is compared with is not the figure's own.
_COMPARED = re.compile(r"\w*\sсалыстыр")
_AGAINST = re.compile(r"(?:по сравнению с|к уровню|чем в|чем за)\s\w*\s?\Z")
_NEAR = 3  # letters between a year and its part


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period in a sentence, at ``text[start:end]``."""

    start: int
    end: int
    period: Period


def periods(text: str, lower: str) -> tuple[Stretch, ...]:
    """The periods that a sentence names, in their order; ``lower`` is it in small letters.

    Ages and dates of days are none.
    """
    years = sorted(_years(lower))
    parts = sorted(_parts(lower))
    made = []
    for start, end, code in years:
        near = [part for part in parts if -_NEAR <= part[0] - end <= _NEAR
                or 0 <= start - part[1] <= _NEAR]  # fmt: skip
        for part in near[:1]:
            parts.remove(part)
            start, end, code = min(start, part[0]), max(end, part[1]), f"{code}-{part[2]}"
        made.append((start, end, code))
    made += [(start, end, f"this-{code}") for start, end, code in parts]
    begun = ((_with_preposition(lower, start), end, code) for start, end, code in sorted(made))
    return tuple(Stretch(start, end, Period(text[start:end], code)) for start, end, code in begun)


def _with_preposition(lower: str, start: int) -> int:
    before = _BEFORE.search(lower, max(0, start - 12), start)
    return before.start() if before else start


def _years(lower: str) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []
    for pattern, kind in _YEARS:
        for found in pattern.finditer(lower):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            if _COMPARED.match(lower, found.end()) or _AGAINST.search(
                lower, max(0, found.start() - 25), found.start()
            ):
                continue
            if kind == "years":
                number = int(found[1]) if found[1].isdigit() else _number(found[1])
                yield *found.span(), f"{number}Y"
                continue
            code = {"range": "-".join(found.groups()), "year": found[1] if found.groups() else ""}
            yield *found.span(), code.get(kind, kind)


def _parts(lower: str) -> Iterator[tuple[int, int, str]]:
    for pattern, kind in _PARTS:
        for found in pattern.finditer(lower):
            said = found[1]
            number = int(said) if said.isdigit() else _number(said)
            yield *found.span(), f"{number}M" if kind == "M" else f"{kind}{number}"


def _number(said: str) -> int:
    if said in _COUNTS:
        return _COUNTS[said]
    if said in _ORDINALS:
        return _ORDINALS[said]
    return next(n for stem, n in words_ru.ORDINAL_STEMS.items() if stem.startswith(said[:4]))
