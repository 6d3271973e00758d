"""Finding requests by number, phone, name or words."""
