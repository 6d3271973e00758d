"""What became of a broadcast, by name and number."""
