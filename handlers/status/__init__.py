"""How Buro is doing, for its administrators: what waits, what failed, what needs a hand."""
