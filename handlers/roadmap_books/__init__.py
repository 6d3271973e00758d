"""Roadmaps as workbooks: brought from anybody's file, sent in a form of our own."""
