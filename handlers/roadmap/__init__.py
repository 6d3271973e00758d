"""Roadmap items: what one carries, its card and history, a report in two taps."""
