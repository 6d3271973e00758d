"""Meetings with their agendas that come from a workbook or go into one; a meeting's archive."""
