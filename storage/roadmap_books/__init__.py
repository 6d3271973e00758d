"""Roadmaps as workbooks: what one would bring, brought all or none, and sent in the same form."""
