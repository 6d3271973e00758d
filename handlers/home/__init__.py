"""The first screen, help, and the ways out of everything."""
