"""Many requests at once: marked in the list, looked at, and done in one go."""
