"""Personal data is hidden in a text that others will read."""

from storage.rules.veiling import veiled


def test_a_known_name_is_hidden_in_each_of_its_forms() -> None:
    text = "Гүлнар Асанованың көшесінде шам жоқ, гүлнарға хабарласыңыз: 8 701 123 45 67"
    assert veiled(text, ["Асанова Гүлнар"]) == ("••• ••• көшесінде шам жоқ, ••• хабарласыңыз: •••")


def test_a_short_name_hides_only_itself() -> None:
    assert veiled("Ли говорит: линия порвана", ["Ли"]) == "••• говорит: линия порвана"


def test_a_name_with_signs_is_no_pattern() -> None:
    assert veiled("Су жоқ (Айша)", ["(.*) Айша+"]) == "Су жоқ (•••)"


def test_without_a_name_only_numbers_are_hidden() -> None:
    assert veiled("Айша, ЖСН 061211600012, 24.11.2026") == "Айша, ЖСН •••, 24.11.2026"
