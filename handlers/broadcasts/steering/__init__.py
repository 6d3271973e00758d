"""A broadcast on its way: paused, resumed, stopped, recalled."""
