"""Watching a request: switched on and off, and told of its news."""
