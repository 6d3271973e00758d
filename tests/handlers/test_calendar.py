"""The month to tap a day in. It is Tuesday, 24 November 2026."""

from datetime import date

import pytest
from aiogram.types import CallbackQuery, User
from holidays.countries.kazakhstan import KZ
from hypothesis import given
from hypothesis import strategies as st

from handlers.ui import calendar, holidays
from handlers.ui.calendar import DayFor, MonthFor, PickDay, TurnMonth
from handlers.ui.i18n import Translator, translator
from handlers.ui.screen import Row
from handlers.ui.typed_dates import DateMistake, Kind
from storage.rules.working_days import WorkingCalendar

TODAY = date(2026, 11, 24)
FARTHEST = date(2028, 11, 24)
WORKING = WorkingCalendar()
LONGEST_PURPOSE = "p" * 24
LONGEST_DATA = 64  # bytes, Telegram's limit
MOST_BUTTONS = 100  # Telegram's limit
KK, RU = translator("kk"), translator("ru")


def days_to_tap(rows: tuple[Row, ...]) -> list[date]:
    return [
        date.fromisoformat(button.goes.day)
        for row in rows
        for button in row
        if isinstance(button.goes, PickDay)
    ]


def label_of(rows: tuple[Row, ...], day: date) -> str:
    wanted = PickDay(purpose="p", day=day.isoformat())
    return next(button.label for row in rows for button in row if button.goes == wanted)


def test_this_month_begins_with_today() -> None:
    rows = calendar.rows(KK, "p", TODAY, TODAY, WORKING)
    assert [button.label for button in rows[0]] == [" ", "Қараша 2026", "›"]
    assert [button.label for button in rows[1]] == ["дс", "сс", "ср", "бс", "жм", "сб", "жс"]
    assert [button.label for button in rows[2]] == ["–", "24", "25", "26", "27", "·28", "·29"]
    assert days_to_tap(rows) == [date(2026, 11, day) for day in range(24, 31)]


def test_in_russian() -> None:
    rows = calendar.rows(RU, "p", TODAY, TODAY, WORKING)
    assert rows[0][1].label == "Ноябрь 2026"
    assert [button.label for button in rows[1]] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]


def test_the_next_month_names_its_holiday() -> None:
    december = date(2026, 12, 1)
    assert label_of(calendar.rows(KK, "p", december, TODAY, WORKING), date(2026, 12, 16)) == "·16"
    assert "16 желтоқсан: Тәуелсіздік күні" in calendar.legend(KK, december, TODAY, WORKING)
    assert "16 декабря: День независимости" in calendar.legend(RU, december, TODAY, WORKING)


def test_days_in_a_row_are_one_holiday() -> None:
    legend = calendar.legend(KK, date(2027, 3, 1), TODAY, WORKING).splitlines()
    assert legend[1:] == [
        "8 наурыз: Халықаралық әйелдер күні",
        "15 наурыз: Конституция күні",
        "21–23 наурыз: Наурыз мейрамы",
        "24 наурыз: Наурыз мейрамы (демалыс осы күнге ауыстырылған)",
    ]


def test_a_day_the_government_made_a_working_one() -> None:
    moved = WorkingCalendar({date(2026, 11, 28): True, date(2026, 11, 30): False})
    rows = calendar.rows(KK, "p", TODAY, TODAY, moved)
    assert label_of(rows, date(2026, 11, 28)) == "28"
    assert label_of(rows, date(2026, 11, 30)) == "·30"


@given(st.dates(TODAY, FARTHEST), st.sampled_from([KK, RU]))
def test_every_month_fits_into_a_message(month: date, t: Translator) -> None:
    rows = calendar.rows(t, LONGEST_PURPOSE, month, TODAY, WORKING)
    buttons = [button for row in rows for button in row]
    assert len(buttons) <= MOST_BUTTONS
    assert {len(row) for row in rows[1:]} == {7}
    assert all(button.label and button.goes for button in buttons)
    assert all(
        len(button.goes.pack().encode()) <= LONGEST_DATA for button in buttons if button.goes
    )
    assert all(TODAY <= day <= FARTHEST for day in days_to_tap(rows))
    assert calendar.legend(t, month, TODAY, WORKING)


def test_the_last_month_leads_no_further() -> None:
    rows = calendar.rows(KK, "p", FARTHEST, TODAY, WORKING)
    assert rows[0][2].label == " "
    assert days_to_tap(rows)[-1] == FARTHEST


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2027-02-31", Kind.NO_SUCH_DAY),
        ("", Kind.NO_SUCH_DAY),
        ("yesterday", Kind.NO_SUCH_DAY),
        ("2026-11-23", Kind.IN_THE_PAST),
        ("0001-01-01", Kind.IN_THE_PAST),
        ("2028-11-25", Kind.TOO_FAR),
        ("9999-12-31", Kind.TOO_FAR),
    ],
)
def test_a_forged_day_is_refused(day: str, kind: Kind) -> None:
    with pytest.raises(DateMistake) as caught:
        calendar.picked(PickDay(purpose="p", day=day), TODAY)
    assert caught.value.kind is kind


def test_a_day_is_picked() -> None:
    assert calendar.picked(PickDay(purpose="p", day="2026-11-24"), TODAY) == TODAY


@pytest.mark.parametrize(
    ("first", "shown"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2020-01-01", date(2026, 11, 1)),
        ("9999-01-01", date(2028, 11, 1)),
        ("2026-13-01", date(2026, 11, 1)),
    ],
)
def test_a_forged_month_is_brought_back(first: str, shown: date) -> None:
    assert calendar.turned(TurnMonth(purpose="p", first=first), TODAY) == shown


async def test_a_tap_belongs_to_its_purpose() -> None:
    day = PickDay(purpose="meeting", day="2026-11-24")
    assert await DayFor("meeting")(_tap(day.pack())) == {"callback_data": day}
    assert await DayFor("deadline")(_tap(day.pack())) is False
    assert await MonthFor("meeting")(_tap(day.pack())) is False
    assert await DayFor("meeting")(_tap("day:meeting")) is False
    assert await DayFor("meeting")(_tap("home")) is False


def _tap(data: str) -> CallbackQuery:
    person = User(id=1, is_bot=False, first_name="Гүлнар")
    return CallbackQuery(id="1", from_user=person, chat_instance="1", data=data)


def test_every_holiday_of_the_library_has_words() -> None:
    english = {
        name for year in range(1991, 2101) for name in KZ(years=year, language="en_US").values()
    }
    assert english
    for name in english:
        for t in (KK, RU):
            told = holidays.name(t, name)
            assert told
            assert not any("a" <= letter <= "z" for letter in told.lower()), told
