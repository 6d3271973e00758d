"""Announcing a meeting: a draft in five steps, a check, and the notice to whoever is called."""
