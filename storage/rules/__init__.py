"""Pure functions of their arguments: no input or output, no clock of their own."""
