"""What is said in the scripted demo: each line is somebody's act and the answer it must bring."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """Something ``who`` does or sees; the bot's answer must contain ``expect``."""

    who: int
    expect: str


@dataclass(frozen=True)
class Starts(Act):
    """Presses Start."""


@dataclass(frozen=True)
class Says(Act):
    """Writes ``text``."""

    text: str


@dataclass(frozen=True)
class Taps(Act):
    """Taps one of the buttons last shown: the first of ``labels`` that is there."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Sends(Taps):
    """Sends to many: by day, for at night that would wait; the clock goes to the morning first."""


@dataclass(frozen=True)
class Receives(Act):
    """Gets a message that was not asked for."""


@dataclass(frozen=True)
class IsReminded(Act):
    """Gets a reminder as the clock moves from event to event."""


MEMBER, DEPUTY, RUSSIAN_DEPUTY, EXECUTOR, SECRETARY = 1005, 1003, 1004, 1007, 1002
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"
WELL = "В селе Бадам нет питьевой воды, ул. Абая 12"
GATHERING = "Ертең сағат 15:00-де филиалда жиналыс өтеді."

SCENES: tuple[tuple[Act, ...], ...] = (
    (
        Starts(MEMBER, "Мәзір"),
        Says(MEMBER, "Бюросының кезекті отырысы", "Келесі бюро қашан?"),
        Says(MEMBER, "ипподром", "Ипподром туралы не шешілді?"),
        Says(MEMBER, "Қаралды", "Соңғы жиында не қаралды?"),
    ),
    (
        Starts(DEPUTY, "Мәзір"),
        Taps(DEPUTY, "(1/3)", ("Өтініш тіркеу",)),
        Says(DEPUTY, "(2/3)", LAMP),
        Taps(DEPUTY, "(3/3)", ("✓ Жарықтандыру",)),
        Taps(DEPUTY, "Мерзімі", ("✅ Тіркеу",)),
    ),
    (
        Starts(RUSSIAN_DEPUTY, "Меню"),
        Says(RUSSIAN_DEPUTY, "зарегистрировано", f"/request {WELL}"),
        Taps(RUSSIAN_DEPUTY, "Зарегистрировано", ("Открыть карточку",)),
        Taps(RUSSIAN_DEPUTY, "выберите новый статус", ("Изменить статус",)),
        Taps(RUSSIAN_DEPUTY, "На рассмотрении", ("На рассмотрении",)),
        Taps(RUSSIAN_DEPUTY, "история", ("История",)),
    ),
    (
        Starts(SECRETARY, "Мәзір"),
        Says(SECRETARY, "Алдын ала қарау", f"/broadcast {GATHERING}"),
        Sends(SECRETARY, "Хабар тарату аяқталды", ("Жіберу: ",)),
        Receives(MEMBER, GATHERING),
        Taps(MEMBER, GATHERING, ("Таныстым",)),
        Taps(SECRETARY, "Танысты: 1", ("Нәтижесін ашу",)),
    ),
    (
        Starts(EXECUTOR, "Меню"),
        IsReminded(EXECUTOR, "Напоминание"),
        # A reminder of several items asks first of which one; that of one item asks for a comment.
        Taps(EXECUTOR, "Срок исполнения: ", ("№ ", "⏳ В работе")),
        Taps(EXECUTOR, "Последний отчёт", ("Без комментария", "⏳ В работе")),
    ),
)
