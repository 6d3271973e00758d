"""The monthly report on voters' requests: a screen, a workbook, charts."""
