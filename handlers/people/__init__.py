"""Coming in: /start, the language, invitations, asking for access, leaving and coming back."""
