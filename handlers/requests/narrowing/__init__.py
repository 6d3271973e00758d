"""Narrowing the list of requests: what is chosen, the screen, typed days and places."""
