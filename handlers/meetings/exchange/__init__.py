"""Meetings as workbooks: a template, an import that is looked at first, an export, an archive."""
