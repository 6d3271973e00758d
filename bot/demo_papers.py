"""The fictional papers of the demo's meeting, written where the bot keeps the files it is sent."""

from io import BytesIO
from pathlib import Path

from storage import demo as data


def write(folder: Path) -> None:
    """Write every paper of the demo data under the data folder."""
    from docx import Document  # only the demo needs it here

    for paper in data.PAPERS:
        document = Document()
        for line in paper.lines:
            document.add_paragraph(line)
        content = BytesIO()
        document.save(content)
        target = folder / paper.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.getvalue())
