"""Questions in plain words: what they are understood as."""

import pytest

from handlers.search.questions import Asked, subject, understand

NEXT, LAST, AGENDA, SUBJECT = Asked.NEXT, Asked.LAST, Asked.LAST_AGENDA, Asked.SUBJECT


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Келесі бюро қашан?", NEXT),
        ("бюро қашан", NEXT),
        ("БЮРО КАШАН??", NEXT),
        ("Алдағы отырыс қай күні болады", NEXT),
        ("Келесі бюро қайда өтеді?", NEXT),
        ("Жиын сағат нешеде?", NEXT),
        ("Ертең бюро бола ма?", NEXT),
        ("Келесі отырыстың күн тәртібі қандай?", NEXT),
        ("Күн тәртібінде не бар?", NEXT),
        ("Бюрода не қаралады?", NEXT),
        ("Келесі бюрода кім баяндама жасайды?", NEXT),
        ("Сарыағашта бюро қашан болады?", NEXT),
        ("Когда следующее бюро?", NEXT),
        ("когда бюро", NEXT),
        ("Где пройдёт заседание?", NEXT),
        ("Во сколько завтра совещание?", NEXT),
        ("Какого числа ближайшее заседание бюро", NEXT),
        ("Повестка следующего бюро", NEXT),
        ("Что будет на бюро?", NEXT),
        ("Кто докладывает на следующем заседании?", NEXT),
        ("Какие вопросы рассмотрят на бюро?", NEXT),
        ("Бюроға дейін неше күн қалды?", NEXT),
        ("Здравствуйте! В каком зале бюро?", NEXT),
        ("Какая повестка дня?", NEXT),
        ("Соңғы жиында не қаралды?", LAST),
        ("Соңғы бюро туралы айтып беріңізші", LAST),
        ("Что обсуждали в прошлый раз?", LAST),
        ("Чем закончилось бюро?", LAST),
        ("Покажи краткое содержание последнего заседания", LAST),
        ("Өткен бюрода не шешілді?", LAST),
        ("Соңғы отырыстың қорытындысы", LAST),
        ("Бюро не шешті?", LAST),
        ("Соңғы бюро қашан болды?", LAST),
        ("Что рассматривали на последнем бюро?", LAST),
        ("Что решили?", LAST),
        ("Какие решения приняты на прошлом заседании?", LAST),
        ("Итоги последнего заседания", LAST),
        ("Соңғы отырыста кім баяндама жасады?", AGENDA),
        ("Кто выступал на прошлом бюро?", AGENDA),
    ],
)
def test_about_a_meeting(text: str, asked: Asked) -> None:
    question = understand(text)
    assert question is not None
    assert (question.asked, question.subject) == (asked, "")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Что решили по ипподрому?", "ипподрому"),
        ("Ипподром бойынша не шешілді?", "Ипподром"),
        ("ипподром туралы қандай шешім қабылданды", "ипподром"),
        ("Решение по спорткомплексу", "спорткомплексу"),
        ("Какие предложения были о дорогах Сайрама?", "дорогах Сайрама"),
        ("Ауыз су туралы не айтылды?", "Ауыз су"),
        ("Когда рассматривали электричество?", "электричество"),
        ("Кто докладывает по спорту?", "спорту"),
        ("Спорт кешені жайында қандай ұсыныстар болды?", "Спорт кешені"),
        ("Сайрамдағы электр туралы не деді?", "Сайрамдағы электр"),
        ("Что на последнем бюро решили про автобусы?", "автобусы"),
    ],
)
def test_about_a_subject(text: str, about: str) -> None:
    question = understand(text)
    assert question is not None
    assert question.asked is SUBJECT
    assert question.subject == about


@pytest.mark.parametrize(
    "text",
    [
        "ипподром",
        "Жылға ауылында көше шамы жанбайды, Абай көшесі 12",
        "Завтра отключат свет",
        "Когда дадут воду?",
        "Сегодня было собрание жителей нашей улицы, просят автобус",
        "Прошу помочь с дорогой",
        "сәлем",
        "🏇",
        "?",
        "",
        "когда " * 40,
        "متى الاجتماع القادم",
    ],
)
def test_no_question_of_meetings(text: str) -> None:
    assert understand(text) is None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Когда бюро?", "bureau"),
        ("Фракция отырысы қашан?", "faction"),
        ("Когда заседание политсовета?", "political_council"),
        ("Саяси кеңес отырысы қашан?", "political_council"),
        ("Саяси кеңес Бюросы қашан?", "bureau"),
        ("Когда заседание?", None),
    ],
)
def test_the_body_that_is_named(text: str, body: str | None) -> None:
    question = understand(text)
    assert question is not None
    assert question.body == body


def test_what_is_left_of_a_remark() -> None:
    assert subject("Что там с ипподромом?") == "ипподромом"
