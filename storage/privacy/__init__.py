"""Personal data: sealed where it is kept, found by keyed hashes; the keys stand elsewhere."""
