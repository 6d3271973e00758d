from datetime import UTC, date, datetime

import pytest

from handlers.privacy import wording as own_words
from handlers.requests import consent, contact_reading, contacts, terms, words
from handlers.requests.contact_reading import Given, Vague, WrongIin
from handlers.ui.i18n import translator
from storage.requests import VoterRequest
from storage.rules.phones import Fault
from storage.rules.request_states import RequestState
from storage.rules.veiling import veiled
from storage.rules.working_days import WorkingCalendar
from storage.wordings import Wording


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Менің нөмірім 8 701 123 45 67, су жоқ", "Менің нөмірім •••, су жоқ"),
        ("+7(701)123-45-67", "•••"),
        ("7011234567 деген нөмір", "••• деген нөмір"),
        ("ЖСН 061211600012", "ЖСН •••"),
        ("24.11.2026 15:00-ден бері су жоқ", "24.11.2026 15:00-ден бері су жоқ"),
        ("200 000 000 теңге бөлінген", "200 000 000 теңге бөлінген"),
        ("Абай 12, 2025-2026 оқу жылы", "Абай 12, 2025-2026 оқу жылы"),
    ],
)
def test_phones_and_iins_are_hidden_dates_and_sums_are_not(text: str, shown: str) -> None:
    assert veiled(text) == shown


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_states_fit_in_a_row(language: str) -> None:
    t = translator(language)
    assert all(len(words.state(t, state)) <= 30 for state in RequestState)
    assert len({words.state(t, state) for state in RequestState}) == len(RequestState)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 24), "Мерзімі: 15 желтоқсан · 15 жұмыс күні қалды (күнтізбелік күн: 21)"),
        (date(2026, 12, 14), "Мерзімі: 15 желтоқсан · 1 жұмыс күні қалды (ертең)"),
        (date(2026, 12, 15), "Мерзімі: 15 желтоқсан · бүгін"),
        (date(2026, 12, 18), "Мерзімі: 15 желтоқсан · 3 күн кешікті"),
    ],
)
def test_beside_the_deadline_stand_the_days_left(today: date, said: str) -> None:
    request = _request(RequestState.REGISTERED)
    assert terms.deadline(translator("kk"), request, today, WorkingCalendar()) == said


@pytest.mark.parametrize(
    ("today", "kk", "ru"),
    [
        (date(2026, 12, 11), "2 жұмыс күні қалды", "рабочих дней осталось: 2"),
        (date(2026, 12, 15), "бүгін", "сегодня"),
        (date(2026, 12, 16), None, None),  # Independence Day: no working day has passed
        (date(2026, 12, 21), "3 жұмыс күні кешікті", "просрочено рабочих дней: 3"),
    ],
)
def test_a_term_by_law_is_counted_in_working_days(
    today: date, kk: str | None, ru: str | None
) -> None:
    for language, said in (("kk", kk), ("ru", ru)):
        left = terms.working_left(
            translator(language), date(2026, 12, 15), today, WorkingCalendar()
        )
        assert left == said


@pytest.mark.parametrize("state", [RequestState.RESOLVED, RequestState.ANSWERED])
def test_an_answered_request_counts_no_days(state: RequestState) -> None:
    said = terms.deadline(translator("ru"), _request(state), date(2026, 12, 18), WorkingCalendar())
    assert said == "Срок: 15 декабря"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_consent_names_what_is_kept_why_and_where_it_goes(language: str) -> None:
    t = translator(language)
    wording = consent.Wording(
        consent.BUILT_IN_VERSION, own_words.text(Wording("consent", 0, {}), language), language
    )
    text = consent.shown(t, wording, Given("Асанова Гүлнар", "+77011234567", None, "900101300007"))
    assert "Telegram" in text
    assert "2026-11" in text
    assert "+7 701 *** ** 67" in text
    assert "••••••••0007" in text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Су жоқ. Асанова Гүлнар 87015554433", ("Асанова Гүлнар", "+77015554433")),
        ("Су жоқ, Асанов Бек Оралұлы, +7 (701) 555-44-33", ("Асанов Бек Оралұлы", "+77015554433")),
        ("8 701 555 44 33 Гульнар Асанова, нет воды", ("Гульнар Асанова", "+77015554433")),
        ("Хабарласыңыз 8 701 555 44 33", (None, "+77015554433")),
        ("ЖСН 870101300123, су жоқ", None),
        ("Су жоқ", None),
    ],
)
def test_a_phone_in_the_text_is_found_with_its_name(
    text: str, found: tuple[str | None, str] | None
) -> None:
    assert contacts.in_text(text) == found


def _request(state: RequestState) -> VoterRequest:
    return VoterRequest(
        id=1,
        number="САР-2026-0147",
        branch_id=2,
        branch_kk="Сарыағаш аудандық филиалы",
        branch_ru="Сарыагашский районный филиал",
        text="Су жоқ",
        category="water",
        category_kk="Ауыз су, кәріз",
        category_ru="Вода, канализация",
        kind="application",
        channel="reception",
        place=None,
        masked_phone=None,
        has_contact=False,
        state=state,
        deputy_id=3,
        deputy_name="Оразов Дархан",
        registered_at=datetime(2026, 11, 24, 5, tzinfo=UTC),
        due_on=date(2026, 12, 15),
        closed_at=None,
        attachments=0,
        version=1,
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("8 701 123 45 67", Given(phone="+77011234567")),
        ("Гүлнар Асанова", Given("Гүлнар Асанова")),
        ("Гүлнар Асанова 7011234567", Given("Гүлнар Асанова", "+77011234567")),
        (
            "Асанов Бек, +7 (701) 123-45-67, Жылға ауылы, Абай көшесі 12, ЖСН 900101300007",
            Given("Асанов Бек", "+77011234567", "Жылға ауылы, Абай көшесі 12", "900101300007"),
        ),
        (
            "Гүлнар Асанова, кім туралы: Асан Асанов",
            Given("Гүлнар Асанова", about="Асан Асанов"),
        ),
        ("Гульнар; о ком - Асан Асанов", Given("Гульнар", about="Асан Асанов")),
        ("село Жылга, ул. Абая 12", Given(address="село Жылга, ул. Абая 12")),
        ("Гүлнар, 87011234", Fault.SHORT),
        ("8701ABC4567", Fault.LETTERS),
        ("8701а234567", Fault.LETTERS),
        ("+998 90 123 45 67", Fault.FOREIGN),
        ("+998901234567", Fault.FOREIGN),
        ("+7 912 345 67 89", Fault.FOREIGN),
        ("8701123456789", Fault.LONG),
        ("Бек, 123456789012", WrongIin.CHECK),
        ("000000000000", WrongIin.CHECK),
        ("абв", Vague.NAME),
        ("абв 12", Vague.NAME),
        ("Гүлнар, 8 701 123 45 67", Given("Гүлнар", "+77011234567")),
        ("🙂 ?!", None),
        ("", None),
    ],
)
def test_a_typed_contact_is_taken_apart(text: str, read: object) -> None:
    assert contact_reading.read(text) == read
