"""Merged cells of a sheet: what stands in their corner holds for all of them."""

from dataclasses import replace

from openpyxl.utils import range_boundaries

from handlers.papers.cells import EMPTY, Cell
from handlers.papers.workbooks import Line, Sheet

Area = tuple[int, int, int, int]  # first column (from 0), first line, last column, last line


def areas(sheet: Sheet) -> list[Area]:
    """The merged areas of a sheet."""
    found = []
    for text in sheet.merged:
        left, top, right, bottom = range_boundaries(text)
        if None not in (left, top, right, bottom):
            found.append((int(left) - 1, int(top), int(right) - 1, int(bottom)))
    return found


def filled_down(sheet: Sheet) -> Sheet:
    """The sheet with the value of each area in all of its lines, in the area's first column."""
    corners: dict[int, dict[int, Cell]] = {}  # line → column → what stands in the corner
    by_number = {line.number: line for line in sheet.lines}
    for left, top, _right, bottom in areas(sheet):
        corner = by_number[top].at(left) if top in by_number else EMPTY
        if corner:
            for number in range(top + 1, min(bottom, top + len(sheet.lines)) + 1):
                corners.setdefault(number, {})[left] = corner
    lines = [_filled(line, corners.get(line.number, {})) for line in sheet.lines]
    return replace(sheet, lines=tuple(lines))


def spread(sheet: Sheet) -> set[int]:
    """The lines that have an area over several columns: headings of what comes under them."""
    return {top for left, top, right, bottom in areas(sheet) if right > left and top == bottom}


def _filled(line: Line, wanted: dict[int, Cell]) -> Line:
    if not wanted or not line:
        return line
    cells = list(line.cells)
    for place, cell in wanted.items():
        cells.extend([EMPTY] * (place + 1 - len(cells)))
        if not cells[place]:
            cells[place] = cell
    return Line(line.number, tuple(cells))
