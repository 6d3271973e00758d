"""A second person's yes or no."""
