"""The papers of a meeting: final document, instructions, minutes."""
