"""The states of a request: the next one is chosen, an outcome reported, accepted or returned."""
