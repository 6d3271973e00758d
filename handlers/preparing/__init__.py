"""Before the Bureau: a reference on a question, and the report on the roadmap's progress."""
