"""The clocks of a request: they stand, go on, and their terms are extended."""
