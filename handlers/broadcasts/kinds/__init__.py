"""Kinds of announcements, and who wishes which."""
