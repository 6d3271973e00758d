"""The working calendar that an administrator keeps: holidays, moved days, a year confirmed."""
