"""Summaries for members: drafted from a text, written, looked at, published."""
