"""Documents as an office makes them: fonts, margins, and the paragraphs that papers consist of.

python-docx is imported where a document is made: the bot starts without it.
"""

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from babel.dates import format_date

from handlers.ui.dates import locale_of
from handlers.ui.i18n import Translator

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph

FONT, SIZE = "Times New Roman", 14  # points
MARGINS = {"left": 3.0, "right": 1.5, "top": 2.0, "bottom": 2.0}  # centimetres
TEXT_WIDTH = 21.0 - MARGINS["left"] - MARGINS["right"]
LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU"}
OFFICIAL_DAY = {"kk": "y 'жылғы' d MMMM", "ru": "d MMMM y 'года'", "en": "d MMMM y"}

# Characters that no XML document may hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Paper:
    """A document that is being made, from top to bottom."""

    def __init__(self, t: Translator, title: str, made: datetime) -> None:
        """Begin an A4 page in the language of ``t``; ``title`` and ``made`` are its properties."""
        from docx import Document
        from docx.shared import Cm, Pt

        self._docx: Docx = Document()
        self.t = t
        section = self._docx.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        for side, width in MARGINS.items():
            setattr(section, f"{side}_margin", Cm(width))
        style = self._docx.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(SIZE)
        style.paragraph_format.space_after = Pt(6)
        _speaks(style, LANGUAGES.get(t.language, "en-US"))
        about = self._docx.core_properties
        about.title, about.author, about.comments = cleaned(title)[:255], "", ""
        about.created = about.modified = made.replace(tzinfo=None)

    def centred(self, text: str, *, bold: bool = True) -> None:
        """A line of the head."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(cleaned(text)).bold = bold

    def text(self, *parts: tuple[str, bool] | str, indent: float = 0.0) -> None:
        """Paragraphs of ``parts``: (text, bold) or plain; ``indent`` in centimetres.

        A line break begins another paragraph: within one, the lines before it would be stretched.
        A label alone stays on the page of what follows it.
        """
        paragraph = self._justified(indent)
        for part in parts:
            words, bold = (part, False) if isinstance(part, str) else part
            for number, line in enumerate(cleaned(words).split("\n")):
                if number:
                    paragraph = self._justified(indent)
                paragraph.add_run(line).bold = bold
                paragraph.paragraph_format.keep_with_next = bold

    def apart(self, left: str, right: str) -> None:
        """A line with one text at the left margin and one at the right."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm

        paragraph = self._paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{cleaned(left)}\t{cleaned(right)}")

    def addressee(self, text: str) -> None:
        """A line of whom the paper goes to, on the right half of the page."""
        from docx.shared import Cm

        paragraph = self._paragraph()
        paragraph.paragraph_format.left_indent = Cm(TEXT_WIDTH / 2)
        paragraph.add_run(cleaned(text)).bold = True

    def signature(self, role: str, name: str | None) -> None:
        """A line to sign on."""
        from docx.shared import Pt

        self.apart(role, f"________________  {name or '____________________'}")
        self._docx.paragraphs[-1].paragraph_format.space_before = Pt(18)
        self._docx.paragraphs[-1].paragraph_format.keep_together = True

    def gap(self) -> None:
        """An empty line."""
        self._paragraph()

    def content(self) -> bytes:
        """The document as a file."""
        made = BytesIO()
        self._docx.save(made)
        return made.getvalue()

    def _justified(self, indent: float) -> "Paragraph":
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm

        paragraph = self._paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.left_indent = Cm(indent)
        return paragraph

    def _paragraph(self) -> "Paragraph":
        return self._docx.add_paragraph()


def cleaned(text: str) -> str:
    """``text`` without the characters that no document may hold."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def official_day(t: Translator, day: date) -> str:
    """«2026 жылғы 24 қараша», «24 ноября 2026 года»."""
    locale = locale_of(t)
    return format_date(day, OFFICIAL_DAY[locale], locale=locale)


def _speaks(style: object, language: str) -> None:
    """Say which language the text is in, so that an office checks its spelling by the right one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()  # type: ignore[attr-defined]
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    properties.append(spoken)
