"""Who reports on the agenda and who speaks besides; where one item ends and the next begins."""

from storage.rules.releases import read

OPENED = "Облыстық филиалда Бюроның кезекті отырысы өтті. "
LISTED = """Бюро отырысының хаттамасы

Күн тәртібі:
1. Су құбырын тарту барысы туралы есеп. Баяндамашы: Болат Сейітов – аудан әкімі.
2. Жастар ісі туралы (баяндамашы Гүлмира Асанова – бөлім басшысы).

1-мәселе бойынша:
Ауданда 12 шақырым құбыр тартылды. Бөлім басшысы құбырды қыста күту жоспарын жасауды тапсырды.
2-мәселе бойынша:
Іс-шараларға 300 адам қатысты. Бюро мүшелері жұмыссыздық туралы сауал қойды.
"""


def test_a_kazakh_list_of_items_is_read_with_its_headings() -> None:
    reading = read(LISTED)
    assert [(i.number, i.kind, i.topic, i.speaker.name, i.position) for i in reading.items] == [
        (1, "report", "Су құбырын тарту барысы туралы есеп", "Болат Сейітов", "аудан әкімі"),
        (2, "information", "Жастар ісі туралы", "Гүлмира Асанова", "бөлім басшысы"),
    ]
    assert [(f.item, f.value, f.unit) for f in reading.figures] == [
        (1, "12", "шақырым"),
        (2, "300", "адам"),
    ]
    assert [(p.item, p.kind, p.authors) for p in reading.proposals] == [
        (1, "instruction", ("Бөлім басшысы",)),
        (2, "question", ("бюро мүшелері",)),
    ]


def test_who_speaks_with_an_analysis_has_no_item_of_the_agenda() -> None:
    text = OPENED + (
        "Екі мәселе қаралды. Аудан әкімі Болат Сейітовтің, қала әкімі Гүлмира Асанованың есептері "
        "тыңдалды. Есептерге жүргізілген талдау нәтижесі туралы хатшы Самат Ержанов "
        "хабарлама жасады."
    )
    reading = read(text)
    assert [(i.speaker.name, i.kind) for i in reading.items] == [
        ("Болат Сейітов", "report"),
        ("Гүлмира Асанова", "report"),
    ]
    assert [co.speaker.name for co in reading.co_reports] == ["Самат Ержанов"]


def test_whoever_is_one_too_many_and_was_not_listed_spoke_besides() -> None:
    text = OPENED + (
        "Күн тәртібінде екі мәселе болды: аудан әкімі Болат Сейітов, қала әкімі Гүлмира Асанова "
        "есеп берді. Су қоры туралы маман Самат Ержанов хабарлама жасады."
    )
    reading = read(text)
    assert [i.speaker.name for i in reading.items] == ["Болат Сейітов", "Гүлмира Асанова"]
    assert [co.speaker.name for co in reading.co_reports] == ["Самат Ержанов"]


def test_what_is_said_before_the_first_item_is_no_proposal() -> None:
    text = OPENED + (
        "Филиал төрағасы бірлесіп жұмыс істеу керек екенін айтты. "
        "Бірінші мәселе бойынша аудан әкімі Болат Сейітов есеп берді. "
        "Сел қаупі бар арнаны тазалауға назар аударылып, бұл жұмысты "
        "жазға дейін бітіру қажеттігі айтылды."
    )
    (asked,) = read(text).proposals
    assert asked.item == 1
    assert asked.text.startswith("Сел қаупі бар арнаны"), "«бұл жұмысты» alone says nothing"


def test_somebodys_own_words_are_no_report() -> None:
    text = OPENED + (
        "Аудан әкімі Болат Сейітов есеп берді.\n"
        "– Жолдар туралы Самат Ержанов хабарлама жасады деп естідім, – деді төраға."
    )
    assert [i.speaker.name for i in read(text).items] == ["Болат Сейітов"]


def test_a_russian_item_begins_at_its_heading() -> None:
    text = (
        "Состоялось выездное заседание Бюро. Рассмотрено два вопроса.\n"
        "По первому вопросу доложил аким района Асхат Нурпеисов. Построено 4 моста.\n"
        "Второй вопрос – о летнем отдыхе детей. Отчёт представила директор школы Карина Ли. "
        "Отдохнуло 900 детей. Содоклад сделал депутат Асан Ким."
    )
    reading = read(text)
    assert (reading.meeting.kind, reading.meeting.count) == ("visiting", 2)
    assert [(i.number, i.speaker.name, i.topic) for i in reading.items] == [
        (1, "Асхат Нурпеисов", None),
        (2, "Карина Ли", "о летнем отдыхе детей"),
    ]
    assert [co.speaker.name for co in reading.co_reports] == ["Асан Ким"]
    assert [(f.item, f.value) for f in reading.figures] == [(1, "4"), (2, "900")]
