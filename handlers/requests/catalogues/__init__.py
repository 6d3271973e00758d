"""What requests are sorted by, as the regional secretary keeps it."""
