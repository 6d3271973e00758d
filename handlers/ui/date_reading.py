"""Reads the pieces of a typed date; which day it is then is decided in ``typed_dates``."""

from handlers.ui import date_words as known
from handlers.ui.date_said import Said, Strange
from handlers.ui.date_tokens import Piece

HOURS = 24
MONTHS = 12
LONGEST_SHIFT = 4  # digits


class Reading:
    """Reads from left to right; ``said`` is what was understood.

    Raises Strange, WrongDay, WrongTime, WrongYear of ``date_said``.
    """

    def __init__(self, pieces: list[Piece], *, only_time: bool = False) -> None:
        self.said = Said()
        self._pieces = pieces
        self._at = 0  # of the piece after the present one
        self._only_time = only_time
        while self._at < len(pieces):
            self._at += 1
            self._read(pieces[self._at - 1])
        self.said.check()
        if only_time and not self.said.is_only_time:
            raise Strange
        self.time = self.said.time()

    def _read(self, piece: Piece) -> None:
        if piece.kind == "word":
            self._word(piece.text)
        elif piece.kind == "ymd":
            year, month, day = piece.numbers
            self._date(day, month, year)
        elif piece.kind == "dmy":
            self._date(*piece.numbers)
        elif piece.kind == "clock":
            self.said.set_clock(*piece.values[:2])
        elif piece.kind == "pair":
            self._pair(piece)
        elif piece.kind == "number":
            self._number(piece)
        else:
            raise Strange

    # Numbers

    def _date(self, day: str, month: str, year: str | None = None) -> None:
        if self.said.names_a_day:
            raise Strange
        self.said.set_day(int(day))
        self.said.set_month(int(month))
        if year is not None:
            self.said.set_year(year)

    def _pair(self, piece: Piece) -> None:
        """«24.11» is a day, «15.30» (no month has that number) a time, «24/11» always a day."""
        first, second = piece.values
        may_be_time = len(piece.numbers[1]) == 2 and "/" not in piece.text
        surely_time = self._only_time or self._after(known.BEFORE_HOUR)
        looks_like_time = first < HOURS and (
            self.said.names_a_day or second > MONTHS or second == 0
        )
        if may_be_time and (surely_time or looks_like_time):
            self.said.set_clock(first, second)
        elif surely_time:
            raise Strange
        else:
            self._date(*piece.numbers)

    def _number(self, piece: Piece) -> None:
        value = piece.numbers[0]
        if self._shift(value) or self._year(value):
            return
        if len(value) > 2:  # neither day nor hour
            raise Strange
        if self._peek() in known.MONTHS or piece.ending in known.DAY_ENDINGS:
            self.said.set_day(int(value))
        elif self.said.hour is not None and not piece.ending:
            self._minute(value)
        elif self._is_hour(piece):
            self.said.set_clock(int(value))
        elif piece.ending:
            raise Strange
        else:
            self.said.set_day(int(value))

    def _minute(self, value: str) -> None:
        """«15 30», «15 часов 30 минут»."""
        if len(value) != 2:
            raise Strange
        self.said.once("minute", int(value))

    def _is_hour(self, piece: Piece) -> bool:
        """Whether the number was said to be an hour, or can be nothing else.

        «ертең 15» is one, the day is known; «пн 15» may be the 15th.
        """
        return (
            self._only_time
            or self.said.names_a_day
            or piece.ending in known.HOUR_ENDINGS
            or self._after(known.BEFORE_HOUR)
            or self._peek() in known.AFTER_HOUR | known.AFTERNOON | known.MORNING
        )

    def _year(self, value: str) -> bool:
        """A long number after «24 ноября», or before «жылғы»."""
        after_month = self.said.month is not None and self.said.year is None
        if len(value) > 2 and (after_month or self._peek() in known.YEAR_WORDS):
            self.said.set_year(value)
            return True
        return False

    def _shift(self, value: str) -> bool:
        """«через 3 дня», «3 күннен кейін»: a number, its unit, and the word that makes a shift."""
        before = self._after(known.IN)
        unit = self._peek()
        after = self._peek(1) in known.AFTER and unit != known.NOON
        if not before and not after:
            return False
        if unit is None or len(value) > LONGEST_SHIFT or not self.said.set_shift(value, unit):
            raise Strange
        self._at += 1 if before else 2
        return True

    # Words

    def _word(self, word: str) -> None:
        if word in known.WEEKDAYS:
            self.said.once("weekday", known.WEEKDAYS[word])
        elif word in known.DAYS_FROM_TODAY:
            self.said.set_shift_days(known.DAYS_FROM_TODAY[word])
        elif word in known.MONTHS:
            self.said.set_month(known.MONTHS[word])
        elif word in known.NUMBERS:
            self._number(Piece("number", word, (str(known.NUMBERS[word]),)))
        elif word in known.IN:
            self._in()
        elif word in known.YEAR_WORDS:
            if self.said.year is None:
                raise Strange
        else:
            self._small_word(word)

    def _small_word(self, word: str) -> None:
        if self._peek() in known.AFTER:
            self._at += 1
            if word == known.NOON:  # «түстен кейін»
                self.said.afternoon = True
            elif not self.said.set_shift("1", word):  # «аптадан кейін»
                raise Strange
        elif word in known.AFTERNOON:
            self.said.afternoon = True
        elif word in known.NEXT:
            self.said.is_next = True
            self.said.in_next_week = self._peek() in known.OF_WEEK
            self._at += self.said.in_next_week
        elif word not in known.ADDS_NOTHING:
            raise Strange

    def _in(self) -> None:
        """«через неделю»; the number of «через 3 дня» is read when its turn comes."""
        unit = self._peek()
        if unit is None or unit in known.NUMBERS:
            return
        # «через день» is the day after tomorrow to some and tomorrow to others.
        if unit in known.DAY_UNITS or not self.said.set_shift("1", unit):
            raise Strange
        self._at += 1

    # Looking round

    def _peek(self, ahead: int = 0) -> str | None:
        """The word that comes next, None when it is not a word."""
        at = self._at + ahead
        if at < len(self._pieces) and self._pieces[at].kind == "word":
            return self._pieces[at].text
        return None

    def _after(self, words: frozenset[str]) -> bool:
        """Whether the piece before the present one is one of ``words``."""
        return self._at > 1 and self._pieces[self._at - 2].text in words
