"""Dates as people type them. It is Tuesday, 24 November 2026, 10:00 in Turkistan."""

import time as stopwatch
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from handlers.ui import date_mistakes, dates
from handlers.ui.i18n import translator
from handlers.ui.typed_dates import DateMistake, Kind, read_date, read_time
from tests.conftest import NOW, ZONE

LOCAL = NOW.astimezone(ZONE)
TODAY = LOCAL.date()
TOMORROW = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)
THREE = time(15, 0)
MOST_CHARACTERS = 4096
# Of the processor; it takes a thousandth, but the first that is told loads the words of both
# languages, and a pattern that runs away takes minutes.
SOON = 5.0

UNDERSTOOD = [
    ("24.11", TODAY, None),
    ("24/11", TODAY, None),
    ("24.11.2026", TODAY, None),
    ("24-11-26", TODAY, None),
    ("2026-11-24", TODAY, None),
    ("23.11", date(2027, 11, 23), None),  # the next such day
    ("01.01", date(2027, 1, 1), None),
    ("29.02", date(2028, 2, 29), None),
    ("27", FRIDAY, None),
    ("3", date(2026, 12, 3), None),
    # Kazakh
    ("бүгін", TODAY, None),
    ("ертең", TOMORROW, None),
    ("Ертең сағат 15-те", TOMORROW, THREE),
    ("ертең 15:00-де", TOMORROW, THREE),
    ("ертең түстен кейін сағат 3-те", TOMORROW, THREE),
    ("ертең кешкі 7-де", TOMORROW, time(19, 0)),
    ("бүрсігүні", date(2026, 11, 26), None),
    ("дүйсенбі 15:00", MONDAY, THREE),
    ("ДҮЙСЕНБІДЕ, 15.00", MONDAY, THREE),
    ("дүйсембі", MONDAY, None),
    ("дс 15:00", MONDAY, THREE),
    ("жұма күні 10-да", FRIDAY, time(10, 0)),
    ("сейсенбі", date(2026, 12, 1), None),  # today is one: the next is meant
    ("сейсенбі 15:00", TODAY, THREE),  # but this time is still ahead today
    ("сейсенбі 09:00", date(2026, 12, 1), time(9, 0)),
    ("келесі дүйсенбі 15:00", MONDAY, THREE),
    ("келесі аптаның жұмасында", date(2026, 12, 4), None),
    ("осы жұма", FRIDAY, None),
    ("3 күннен кейін", FRIDAY, None),
    ("үш күннен соң", FRIDAY, None),
    ("бір аптадан кейін", date(2026, 12, 1), None),
    ("аптадан кейін", date(2026, 12, 1), None),
    ("бір айдан кейін", date(2026, 12, 24), None),
    ("24 қараша", TODAY, None),
    ("24 қарашада", TODAY, None),
    ("қараша айының 27-і", FRIDAY, None),
    ("қарашаның 27-інде сағат 10-да", FRIDAY, time(10, 0)),
    ("2027 жылғы 24 қараша", date(2027, 11, 24), None),
    # Kazakh on a Russian keyboard
    ("ертен", TOMORROW, None),
    ("бугин 15:00", TODAY, THREE),
    ("дуйсенби 15:00", MONDAY, THREE),
    ("жума", FRIDAY, None),
    ("24 караша", TODAY, None),
    ("3 куннен кейин", FRIDAY, None),
    ("сагат 15-те", TODAY, THREE),
    # Russian
    ("сегодня", TODAY, None),
    ("завтра", TOMORROW, None),
    ("Завтра в 15", TOMORROW, THREE),
    ("завтра в 3 часа дня", TOMORROW, THREE),
    ("завтра вечером в 7", TOMORROW, time(19, 0)),
    ("завтра в 15 часов 30 минут", TOMORROW, time(15, 30)),
    ("послезавтра", date(2026, 11, 26), None),
    ("в понедельник в 15:00", MONDAY, THREE),
    ("пн 15:00", MONDAY, THREE),
    ("пн. в 15-00", MONDAY, THREE),
    ("в пятницу", FRIDAY, None),
    ("в следующий вторник", date(2026, 12, 1), None),
    ("на следующей неделе в пятницу в 15", date(2026, 12, 4), THREE),
    ("через 3 дня", FRIDAY, None),
    ("через три дня", FRIDAY, None),
    ("через неделю", date(2026, 12, 1), None),
    ("через 2 недели", date(2026, 12, 8), None),
    ("через месяц", date(2026, 12, 24), None),
    ("24 ноября", TODAY, None),
    ("1-е декабря", date(2026, 12, 1), None),
    ("27-го", FRIDAY, None),
    ("27 числа", FRIDAY, None),
    ("24 ноября 2027 в 10:00", date(2027, 11, 24), time(10, 0)),
    ("24 ноября 2027 года", date(2027, 11, 24), None),
    # A time alone is the next such time
    ("11:00", TODAY, time(11, 0)),
    ("10:00", TOMORROW, time(10, 0)),
    ("15.30", TODAY, time(15, 30)),
    # Day and time together
    ("24.12 10.30", date(2026, 12, 24), time(10, 30)),
    ("24.12 в 10.12", date(2026, 12, 24), time(10, 12)),
    ("15.12.2026ж., 15.30", date(2026, 12, 15), time(15, 30)),
    ("15:00 24.12", date(2026, 12, 24), THREE),
]

REFUSED = [
    ("31.02", Kind.NO_SUCH_DAY),
    ("29.02.2027", Kind.NO_SUCH_DAY),
    ("30 ақпан", Kind.NO_SUCH_DAY),
    ("32.01", Kind.NO_SUCH_DAY),
    ("24.13", Kind.NO_SUCH_DAY),
    ("0.5.2027", Kind.NO_SUCH_DAY),
    ("25:00", Kind.NO_SUCH_TIME),
    ("24:00", Kind.NO_SUCH_TIME),
    ("завтра в 25:00", Kind.NO_SUCH_TIME),
    ("ертең 10:75", Kind.NO_SUCH_TIME),
    ("24.11.20226", Kind.YEAR_OUT_OF_RANGE),
    ("20226-11-24", Kind.YEAR_OUT_OF_RANGE),
    ("24 ноября 20226", Kind.YEAR_OUT_OF_RANGE),
    ("24 қараша 202", Kind.YEAR_OUT_OF_RANGE),
    ("через 9999 дней", Kind.YEAR_OUT_OF_RANGE),
    ("23.11.2026", Kind.IN_THE_PAST),
    ("вчера", Kind.IN_THE_PAST),
    ("кеше", Kind.IN_THE_PAST),
    ("бүгін 09:30", Kind.IN_THE_PAST),
    ("24.11.2026 10:00", Kind.IN_THE_PAST),
    ("24 ноября 2026, среда", Kind.WEEKDAY_DIFFERS),
    ("", Kind.NOT_UNDERSTOOD),
    (" \u200b\u2060 ", Kind.NOT_UNDERSTOOD),
    ("в", Kind.NOT_UNDERSTOOD),
    ("сәлем", Kind.NOT_UNDERSTOOD),
    ("келесі жұма", Kind.NOT_UNDERSTOOD),  # of this week or of the next one?
    ("следующая неделя", Kind.NOT_UNDERSTOOD),
    ("келесі 24 қараша", Kind.NOT_UNDERSTOOD),
    ("через 3", Kind.NOT_UNDERSTOOD),
    ("через день", Kind.NOT_UNDERSTOOD),  # tomorrow to some, the day after to others
    ("через 3 рабочих дня", Kind.NOT_UNDERSTOOD),
    ("5 дней", Kind.NOT_UNDERSTOOD),
    ("завтра 24.11", Kind.NOT_UNDERSTOOD),
    ("24.11-25.11", Kind.NOT_UNDERSTOOD),
    ("10:00-12:00", Kind.NOT_UNDERSTOOD),
    ("87012345678", Kind.NOT_UNDERSTOOD),
    ("ноябрь", Kind.NOT_UNDERSTOOD),
    ("2026", Kind.NOT_UNDERSTOOD),
    ("24.11 🎉", Kind.NOT_UNDERSTOOD),
    ("24.11 " * 40, Kind.NOT_UNDERSTOOD),
]

TIMES = [
    ("15:00", THREE),
    ("15.00", THREE),
    ("15-00", THREE),
    ("15 00", THREE),
    ("15", THREE),
    ("9", time(9, 0)),
    ("09:05", time(9, 5)),
    ("10.05", time(10, 5)),
    ("сағат 15-те", THREE),
    ("15-те", THREE),
    ("түстен кейін 3-те", THREE),
    ("кешкі сағат 7-де", time(19, 0)),
    ("таңғы 9", time(9, 0)),
    ("в 15 часов", THREE),
    ("в 3 часа дня", THREE),
    ("7 вечера", time(19, 0)),
    ("в 15 ч 30 мин", time(15, 30)),
]


@pytest.mark.parametrize(("text", "day", "at"), UNDERSTOOD)
def test_understood(text: str, day: date, at: time | None) -> None:
    typed = read_date(text, LOCAL)
    assert (typed.day, typed.time) == (day, at)


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_refused_for_its_reason(text: str, kind: Kind) -> None:
    with pytest.raises(DateMistake) as caught:
        read_date(text, LOCAL)
    assert caught.value.kind is kind


@pytest.mark.parametrize(("text", "at"), TIMES)
def test_a_time_alone(text: str, at: time) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("25:00", Kind.NO_SUCH_TIME),
        ("10:75", Kind.NO_SUCH_TIME),
        ("24", Kind.NO_SUCH_TIME),
        ("ертең", Kind.NOT_UNDERSTOOD),
        ("15:00 24.11", Kind.NOT_UNDERSTOOD),
        ("түсте", Kind.NOT_UNDERSTOOD),
        ("900", Kind.NOT_UNDERSTOOD),
        ("", Kind.NOT_UNDERSTOOD),
    ],
)
def test_no_time(text: str, kind: Kind) -> None:
    with pytest.raises(DateMistake) as caught:
        read_time(text)
    assert caught.value.kind is kind


def test_the_past_is_taken_where_it_is_wanted() -> None:
    assert read_date("вчера", LOCAL, future=False).day == date(2026, 11, 23)
    assert read_date("16.12.1991", LOCAL, future=False).day == date(1991, 12, 16)


def test_not_after_the_farthest_day() -> None:
    with pytest.raises(DateMistake) as caught:
        read_date("24.11.2030", LOCAL, farthest=date(2028, 11, 24))
    assert caught.value.kind is Kind.TOO_FAR


DAYS = st.dates(TODAY + timedelta(days=1), date(2099, 12, 31))
HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))
WITH_YEAR: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: day.isoformat(),
    lambda day: format_date(day, "d MMMM y", locale="ru"),
    lambda day: format_date(day, "d MMMM y 'года'", locale="ru"),
    lambda day: format_date(day, "y 'жылғы' d MMMM", locale="kk"),
    lambda day: format_date(day, "d MMMM y", locale="kk"),
    lambda day: format_date(day, "d MMMM y, EEEE", locale="ru"),
    lambda day: dates.day(translator("kk"), day, TODAY),
    lambda day: dates.day(translator("ru"), day, TODAY),
)


@given(DAYS, HOURS, st.sampled_from(WITH_YEAR))
def test_every_day_to_come_in_every_form(
    day: date, at: time, written: Callable[[date], str]
) -> None:
    text = written(day)
    assert read_date(text, LOCAL).day == day
    typed = read_date(f"{text}, {at:%H:%M}", LOCAL)
    assert (typed.day, typed.time) == (day, at)


@given(st.dates(TODAY, TODAY + timedelta(days=364)), st.sampled_from(["kk", "ru"]))
def test_every_day_of_the_year_to_come_without_its_year(day: date, language: str) -> None:
    assert read_date(f"{day:%d.%m}", LOCAL).day == day
    assert read_date(format_date(day, "d MMMM", locale=language), LOCAL).day == day


@given(st.integers(0, 3650))
def test_days_from_today(days: int) -> None:
    assert read_date(f"через {days} дней", LOCAL).day == TODAY + timedelta(days=days)
    assert read_date(f"{days} күннен кейін", LOCAL).day == TODAY + timedelta(days=days)


@given(HOURS)
def test_every_time(at: time) -> None:
    for written in (f"{at:%H:%M}", f"{at:%H.%M}", f"{at:%H-%M}", f"сағат {at:%H:%M}"):
        assert read_time(written) == at


ALPHABET = "0123456789.:-/ ,дүйсенбіөқважтрчпноямңертең\n\u200b"


@given(
    st.one_of(
        st.text(max_size=MOST_CHARACTERS),
        st.text(ALPHABET, max_size=110),
        st.lists(st.sampled_from([text for text, *_ in UNDERSTOOD + REFUSED]), max_size=6).map(
            " ".join
        ),
    )
)
def test_any_text_is_answered_soon(text: str) -> None:
    started = stopwatch.process_time()
    for read in (lambda: read_date(text, LOCAL, future=False), lambda: read_time(text)):
        try:
            read()
        except DateMistake as mistake:
            for language in ("kk", "ru"):
                assert date_mistakes.told(translator(language), mistake, LOCAL)
    assert stopwatch.process_time() - started < SOON


@pytest.mark.parametrize("text", ["9" * 100, "1." * 50, "24.11." + "9" * 90, "ү" * 4096, "٣٠.١١"])
def test_strange_numbers(text: str) -> None:
    try:
        read_date(text, LOCAL)
    except DateMistake as mistake:
        assert mistake.kind in Kind


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_mistake_has_words_of_its_own(language: str) -> None:
    t = translator(language)
    mistakes = [DateMistake(kind, date(2026, 11, 23)) for kind in Kind if kind != "not_understood"]
    told = {str(date_mistakes.told(t, mistake, LOCAL)) for mistake in mistakes}
    told.add(str(date_mistakes.told(t, DateMistake(Kind.IN_THE_PAST, TODAY), LOCAL)))
    told.add(str(date_mistakes.told(t, DateMistake(Kind.NOT_UNDERSTOOD), LOCAL)))
    told.add(str(date_mistakes.told(t, DateMistake(Kind.NOT_UNDERSTOOD), LOCAL, at=True)))
    assert len(told) == len(Kind) + 2
    assert not any("{" in text for text in told)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_example_is_right(language: str) -> None:
    for example in date_mistakes.example(translator(language), TODAY).split(", "):
        assert read_date(example, LOCAL).day > TODAY


def test_a_february_evening_in_a_leap_year() -> None:
    evening = datetime(2028, 2, 28, 23, 59, tzinfo=ZONE)
    assert read_date("ертең", evening).day == date(2028, 2, 29)
    assert read_date("через 12 месяцев", evening).day == date(2029, 2, 28)
    assert read_date("бір айдан кейін", datetime(2027, 1, 31, 9, tzinfo=ZONE)).day == date(
        2027, 2, 28
    )
