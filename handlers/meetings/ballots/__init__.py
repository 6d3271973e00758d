"""Open votes on the items of a meeting."""
