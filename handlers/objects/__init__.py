"""Objects under party control: a list, one, its visits, its photos over time."""
