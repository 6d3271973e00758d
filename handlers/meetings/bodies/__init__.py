"""A body: its elected members, and what it needs to decide."""
