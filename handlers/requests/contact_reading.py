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


@dataclass(frozen=True)
class Given:
    """Whom to answer, as far as it was said: phone in E.164, an IIN whose check digit fits."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None
    iin: str | None = None
    about: str | None = None  # whose matter it is, when somebody else asks for them


FIELDS = tuple(field.name for field in fields(Given))


def read(text: str) -> Given | phones.Fault | WrongIin | None:
    """What ``text`` says, or what is wrong with a number in it; None when it says nothing."""
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
    return None if given == Given() else given


def _name_and_address(parts: list[str]) -> tuple[str | None, str | None]:
    name = next((part for part in parts if _may_be_name(part)), None)
    address = ", ".join(part for part in parts if part != name)
    return name and name[:MAX_NAME], address[:MAX_ADDRESS] or None


def _may_be_name(part: str) -> bool:
    has_letters = any(letter.isalpha() for letter in part)
    no_place = places.recognise(part) is None and not _STREET.search(part)
    return has_letters and no_place and not any(sign.isdigit() for sign in part)
