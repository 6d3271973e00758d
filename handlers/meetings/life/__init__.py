"""A meeting's life: announced from a draft, edited, moved, cancelled, begun, held, archived."""
