"""What is kept of people: said to everybody, given out and erased when they ask."""
