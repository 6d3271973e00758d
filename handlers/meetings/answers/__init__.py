"""Answers of those who are called: they come, cannot, or send somebody in their place."""
