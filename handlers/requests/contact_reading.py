"""What a deputy types about the voter, taken apart: name, phone, address, IIN, each optional."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum

from storage.rules import iin, phones, places

MAX_NAME = 120
MAX_ADDRESS = 200
_PART = re.compile(r"[\n,;]+")
# The first digit of a phone to its last one: +7 (701) 123-45-67.
_PHONE = re.compile(r"\+?\d[\d\s().-]{8,}\d")
_IIN = re.compile(r"(?<![\d+])\d{12}(?!\d)")  # +998901234567 is a phone
_LABEL = re.compile(r"(?i)(?<!\w)(?:жсн|иин|тел(?:ефон[ы]?)?|мекенжайы?|адрес)(?!\w)[\s:.№]*")
_STREET = re.compile(r"(?i)көше|даңғыл|ауыл|қала|кент|шағын ауд|улиц|(?<!\w)ул\.|село|город|просп")
_ABOUT = re.compile(r"(?i)^(?:кім туралы|кім үшін|о ком|за кого)\s*[:–—-]\s*(.+)$")
_MEANT_AS_NUMBER = 7  # digits; a house and a flat have fewer
_AROUND = " \t\n,;:.–—-"


class WrongIin(StrEnum):
    """What is wrong with an IIN."""

    CHECK = "check"


class Vague(StrEnum):
    """Letters of which nobody could say whom they mean."""

    NAME = "name"  # one word, and no number beside it


@dataclass(frozen=True)
class Given:
    """Whom to answer, as far as it was said: phone in E.164, an IIN whose check digit fits."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None
    iin: str | None = None
    about: str | None = None  # whose matter it is, when somebody else asks for them


FIELDS = tuple(field.name for field in fields(Given))


def read(text: str) -> Given | phones.Fault | WrongIin | Vague | None:
    """What ``text`` says, or what is wrong with it; None when it says nothing."""
    phone = number = about = None
    rest: list[str] = []
    for part in _PART.split(text):
        if named := _ABOUT.match(part.strip()):
            about = named[1].strip()[:MAX_NAME]
            continue
        left = _LABEL.sub(" ", part)
        if found := _IIN.search(left):
            if not iin.valid(found[0]):
                return WrongIin.CHECK
            number = found[0]
            left = left.replace(found[0], " ")
        if found := _PHONE.search(left):
            phone = phones.normalise(found[0])
            if phone is None:
                return phones.fault(found[0])
            left = left.replace(found[0], " ")
        elif len(re.sub(r"\D", "", left)) >= _MEANT_AS_NUMBER:
            return phones.fault(left)
        rest.append(" ".join(left.split()).strip(_AROUND))
    name, address = _name_and_address(
        [part for part in rest if any(sign.isalnum() for sign in part)]
    )
    given = Given(name, phone, address, number, about)
    if given == Given():
        return None
    return Vague.NAME if _is_vague(given) else given


def _name_and_address(parts: list[str]) -> tuple[str | None, str | None]:
    name = next((part for part in parts if _may_be_name(part)), None)
    address = ", ".join(part for part in parts if part != name)
    return name and name[:MAX_NAME], address[:MAX_ADDRESS] or None


def _is_vague(given: Given) -> bool:
    """Whether there is but one word of a name, or an address that names no place."""
    if given.phone or given.iin or given.about:
        return False
    named = given.name is not None and len(given.name.split()) > 1
    placed = given.address is not None and _is_place(given.address)
    return not (named or placed)


def _is_place(part: str) -> bool:
    return places.recognise(part) is not None or _STREET.search(part) is not None


def _may_be_name(part: str) -> bool:
    has_letters = any(letter.isalpha() for letter in part)
    return has_letters and not _is_place(part) and not any(sign.isdigit() for sign in part)
