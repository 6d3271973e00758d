"""When each item of an agenda is planned to begin."""

from datetime import UTC, datetime, timedelta

from storage.rules.agenda_times import planned, total

TEN = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


def test_each_item_begins_when_those_before_it_are_over() -> None:
    items = [("planned", 15), ("planned", 20), ("planned", 5)]
    assert planned(TEN, items) == [TEN, after(15), after(35)]
    assert total(items) == (40, 0)


def test_after_an_item_without_a_time_nobody_can_say() -> None:
    items = [("planned", 15), ("planned", None), ("planned", 5)]
    assert planned(TEN, items) == [TEN, after(15), None]
    assert total(items) == (20, 1)


def test_what_was_carried_over_takes_no_time() -> None:
    items = [("planned", 15), ("carried", 20), ("dropped", None), ("planned", 5)]
    assert planned(TEN, items) == [TEN, None, None, after(15)]
    assert total(items) == (20, 0)


def test_a_meeting_without_a_day_has_no_times() -> None:
    assert planned(None, [("planned", 15)]) == [None]
