"""Voters' requests: logging one in three taps, and what is done about it afterwards."""
