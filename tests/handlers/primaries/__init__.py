"""Stories of primary organisations."""
