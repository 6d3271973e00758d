"""What recipients and authors write to one another."""
