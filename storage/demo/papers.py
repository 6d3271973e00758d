"""Fictional papers of the next meeting: where each is kept on disk, and what stands in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A document of an item of the agenda; ``lines`` are its paragraphs."""

    item: int  # its number
    path: str  # under the data folder
    name: str
    lines: tuple[str, ...]


PAPERS = (
    Paper(
        item=1,
        path="files/demo-water.docx",
        name="Анықтама – Справка (демо).docx",
        lines=(
            "Анықтама (демо)",
            "Облыстың ауылдарын ауызсумен қамту жұмыстарының барысы.",
            "Бұл құжат бот мүмкіндіктерін көрсету үшін ойдан құрастырылған.",
            "Справка (демо)",
            "О ходе работ по обеспечению сёл области питьевой водой.",
            "Документ вымышлен и служит для показа возможностей бота.",
        ),
    ),
    Paper(
        item=5,
        path="files/demo-receptions.docx",
        name="Кесте – График (демо).docx",
        lines=(
            "Көшпелі қабылдаулар кестесі (демо)",
            "Бұл құжат бот мүмкіндіктерін көрсету үшін ойдан құрастырылған.",
            "График выездных приёмов (демо)",
            "Документ вымышлен и служит для показа возможностей бота.",
        ),
    ),
)
