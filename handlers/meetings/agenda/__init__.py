"""The agenda as a secretary makes it."""
