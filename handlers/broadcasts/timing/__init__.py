"""When a draft goes, and how often."""
