"""A meeting that goes on: what is under discussion, and what people propose from their phones."""
