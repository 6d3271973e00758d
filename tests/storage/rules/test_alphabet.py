"""Names stand in the order of the Kazakh alphabet."""

from storage.rules.alphabet import order


def test_kazakh_letters_stand_where_readers_look_for_them() -> None:
    names = ["Яхин", "Қайратов", "Ғалымов", "Ли", "Әбенов", "Байжанов", "абаев", "Ілиясов", "Smith"]
    assert sorted(names, key=order) == [
        *("Smith", "абаев", "Әбенов", "Байжанов", "Ғалымов", "Қайратов", "Ли"),
        *("Ілиясов", "Яхин"),
    ]
