"""A request is sent to the competent body: to which, under which number, since which day."""
