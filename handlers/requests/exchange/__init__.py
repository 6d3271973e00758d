"""Voters' requests as workbooks."""
