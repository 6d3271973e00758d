"""A year of the demo's items, lived through and told again by a walk that knows no plans."""
