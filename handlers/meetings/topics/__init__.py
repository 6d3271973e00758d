"""Topics that members propose for a next meeting."""
