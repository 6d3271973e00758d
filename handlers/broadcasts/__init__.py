"""Broadcasts: a secretary writes to her branch, and sees whom it reached."""
