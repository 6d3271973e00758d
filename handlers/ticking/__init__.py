"""Words about the program's own standstills, for those who look after it."""
