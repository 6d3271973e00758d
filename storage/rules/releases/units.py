"""What a number counts: percent, money with its scale, or things."""

import re
from dataclasses import dataclass

from storage.rules.releases import words_kk, words_ru
from storage.rules.releases.sentences import Sentence, Word

_PERCENT = re.compile(r"пайыз|процент")
_MONEY = re.compile(r"теңге|тенге|тг\Z")
_SCALES = (("трлн", "трлн"), ("триллион", "трлн"), ("млрд", "млрд"), ("миллиард", "млрд"),
           ("млн", "млн"), ("миллион", "млн"), ("тыс", "тыс"), ("мың", "мың"))  # fmt: skip
_KK_COUNTED = re.compile(
    r"(?:" + "|".join(sorted(words_kk.COUNTED, key=len, reverse=True)) + r")\w{0,6}\Z"
)
_RU_COUNTED = re.compile(
    r"(?:" + "|".join(sorted(words_ru.COUNTED, key=len, reverse=True)) + r")\w{0,5}\Z"
)
_KK_OWN = ("орын", "орны")  # «жұмыс орны»: a thing named by two words
_KK_ENDINGS = re.compile(
    r"(?:ның|нің|дың|дің|тың|тің|нан|нен|дан|ден|тан|тен|мен|бен|пен|ға|ге|қа|ке|ны|ні|ды|ді|ты|ті"
    r"|да|де|та|те)\Z"
)
_PLURAL = re.compile(r"(?:лар|лер|дар|дер|тар|тер)\Z")
_NO_UNIT = re.compile(
    r"жыл|ай(?:\w{0,3}\Z)|күн|апта|сағат|минут|рет|мәселе|сынып|ғасыр|шақырылым|тоқсан|жас|көше|"
    r"қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|бап|"
    r"год|лет|месяц|дн|час|раз|вопрос|класс|век|созыв|квартал|числ|январ|феврал|март|апрел|ма[йя]|"
    r"июн|июл|август|сентябр|октябр|ноябр|декабр|стать|микрорайон|этап|степен|балл|градус"
)
_RU_GENITIVES = ("ов", "ев", "ей", "ий", "ек", "ок", "а", "я")
_KK_ADJECTIVES = ("жаңа", "ірі", "шағын", "негізгі", "жеке", "бірыңғай")
_ENDINGS = ("нан", "нен", "дан", "ден", "тан", "тен", "ға", "ге", "қа", "ке")
MOST_WORDS = 3  # between a number and the word for what it counts


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number; ``last`` is the index of the word behind it in the sentence."""

    text: str
    bound: str | None
    last: int


def unit(sentence: Sentence, at: int) -> Unit | None:
    """What the number counts that ends before ``words[at]``; None when the text does not say."""
    words = sentence.words
    scale, bound, at = _scale(words, at)
    if at >= len(words):
        return None
    word = words[at]
    if word.text == "%" or _PERCENT.match(word.lower):
        return Unit("%", bound, _behind(words, at + 1))
    if word.text == "₸" or _MONEY.match(word.lower):
        return Unit(f"{scale} {_tenge(sentence)}".strip(), bound, at + 1)
    thing = _thing(sentence, at)
    if thing is None:
        return None
    text, last = thing
    return Unit(f"{scale} {text}".strip(), bound, last)


def _tenge(sentence: Sentence) -> str:
    return "теңге" if sentence.kazakh else "тенге"


def _scale(words: tuple[Word, ...], at: int) -> tuple[str, str | None, int]:
    """The scale and the words for more or about behind it: «мыңнан аса», «млрд.»."""
    scale, bound = "", None
    if at < len(words):
        for beginning, said in _SCALES:
            if words[at].lower.startswith(beginning):
                scale = said
                at += 1
                break
        if scale and at < len(words) and words[at].text == ".":
            at += 1
        # «мыңнан», «млн-нан»: the ending may stand apart.
        if at + 1 < len(words) and words[at].text == "-" and words[at + 1].lower in _ENDINGS:
            at += 2
        bound = _bound(words, at)
        at += bound is not None
    return scale, bound, at


def _bound(words: tuple[Word, ...], at: int) -> str | None:
    if at >= len(words):
        return None
    lower = words[at].lower
    if lower in words_kk.MORE:
        return "more"
    return "about" if lower in words_kk.ABOUT else None


def _behind(words: tuple[Word, ...], at: int) -> int:
    return at + 1 if at < len(words) and words[at].lower.endswith(("дық", "дік")) else at


def _thing(sentence: Sentence, at: int) -> tuple[str, int] | None:
    """The noun that is counted, with the adjectives before it."""
    words = sentence.words
    ahead = words[at : at + MOST_WORDS + 1]
    for index, word in enumerate(ahead):
        if not word.text[0].isalpha() or word.lower in words_kk.INSIDE_POSTS:
            break
        pattern = _KK_COUNTED if sentence.kazakh else _RU_COUNTED
        if pattern.match(word.lower):
            inside = [part.lower for part in ahead[: index + 1]]
            if sentence.kazakh:
                inside[-1] = _kazakh(inside[-1])
            return " ".join(inside), at + index + 1
        if not _may_describe(word, kazakh=sentence.kazakh):
            break
    return _next_noun(sentence, at)


def _may_describe(word: Word, *, kazakh: bool) -> bool:
    """Whether ``word`` can stand between a number and the noun: «новых», «инвестициялық»."""
    if kazakh:
        return not word.lower.endswith(words_kk.OUTSIDE_ENDINGS)
    return word.lower.endswith(("ых", "их", "ого", "его", "ой", "ый", "ая", "ое"))


def _next_noun(sentence: Sentence, at: int) -> tuple[str, int] | None:
    """The noun right behind the number, when it is no word of time, of order or of place."""
    word = sentence.words[at]
    if sentence.kazakh and word.lower == "жас":
        return word.lower, at + 1  # «2 350 жас»: young people; an age has an ending
    if not sentence.kazakh and word.lower.endswith(("ых", "их")) and at + 1 < len(sentence.words):
        noun = _next_noun(sentence, at + 1)  # «25 детских площадок»
        return (f"{word.lower} {noun[0]}", noun[1]) if noun else None
    if word.lower in words_kk.POSTPOSITIONS:
        return None
    if word.is_capital or len(word.text) < 4 or _NO_UNIT.match(word.lower):
        return None
    if sentence.kazakh and word.lower in _KK_ADJECTIVES:
        return None
    if sentence.kazakh:
        return None if word.lower.endswith(words_kk.OUTSIDE_ENDINGS) else (word.lower, at + 1)
    return (word.lower, at + 1) if word.lower.endswith(_RU_GENITIVES) else None


def _kazakh(word: str) -> str:
    """A counted noun without case and number; «орын» that belongs to «жұмыс» stays «орны»."""
    if word.startswith(_KK_OWN) and word != "орын":
        return "орны"
    if word.endswith(("адамға", "адамды")):
        return "адам"
    stem = _KK_ENDINGS.sub("", word)
    stem = stem if len(stem) >= 3 else word
    return _PLURAL.sub("", stem) if len(stem) > 5 else stem
