"""A new draft begins from a template of the branch, or from a former broadcast."""
