"""Search over meetings and decisions, and questions typed in plain words."""
