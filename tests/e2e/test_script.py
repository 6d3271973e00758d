"""``make demo ARGS=--script``: the four main jobs, told in the terminal."""

from tests.e2e.conftest import Launch


def test_the_conversations_are_told_and_it_ends(launch: Launch) -> None:
    program = launch("demo", "--script")
    assert program.ended() == 0, program.output
    program.assert_clean()
    for line in (
        "━━━ Партия мүшесі · Сарыағаш · Көктембаев Дәурен ━━━",
        "Дәурен: Келесі бюро қашан?",
        "    Күн тәртібінде: 6 мәселе",
        "Ержан: → [✅ Тіркеу]",
        "Айгүл: → [История]",
        "Дәурен: → [Таныстым]",
        "    Танысты: 1",
    ):
        assert line in program.output.splitlines()
