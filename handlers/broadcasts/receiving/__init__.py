"""What a recipient reads and taps."""
